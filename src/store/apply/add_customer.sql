-- The entry stands in the journal already. In a replay it does not, and nobody asks what changed.
INSERT INTO customer (external_id, given_name, surname, phone, phone2, email, street, city, state,
                      postcode, member_id, origin, name_key, given_key, phone_key, phone_rkey,
                      phone2_key, phone2_rkey, email_key, email_rkey, member_key, id_key,
                      changed_in)
VALUES (:external_id, :given_name, :surname, :phone, :phone2, :email, :street, :city, :state,
        :postcode, :member_id, 'desk', :name_key, :given_key, :phone_key, :phone_rkey,
        :phone2_key, :phone2_rkey, :email_key, :email_rkey, :member_key, :id_key,
        (SELECT coalesce(max(seq), 0) FROM journal))
