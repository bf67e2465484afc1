INSERT INTO customer (external_id, given_name, surname, phone, phone2, email, street, city, state,
                      postcode, member_id, origin, name_key, given_key, phone_key, phone_rkey,
                      phone2_rkey, email_key, member_key)
VALUES (:external_id, :given_name, :surname, :phone, :phone2, :email, :street, :city, :state,
        :postcode, :member_id, 'desk', :name_key, :given_key, :phone_key, :phone_rkey,
        :phone2_rkey, :email_key, :member_key)
