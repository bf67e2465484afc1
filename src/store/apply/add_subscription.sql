INSERT INTO subscription (uid, customer, product, activation_code, receipt_no, purchased_on,
                          expires_on, channel, seats, term_months, origin, code_key, code_rkey,
                          receipt_key, receipt_rkey)
VALUES (:uid, :customer, :product, :activation_code, :receipt_no, :purchased_on, :expires_on,
        :channel, :seats, :term_months, 'desk', :code_key, :code_rkey, :receipt_key,
        :receipt_rkey)
