-- What lookup asks of the file: second phones like first ones, the last seven digits of a phone,
-- what stands before the @ from its end, ids however they were typed. And what changed, so that
-- names that are kept in memory follow what any program writes.
--
-- The functions stand in `store/search_keys.rs`, and are there while a file climbs.

ALTER TABLE customer ADD COLUMN phone2_key TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN email_rkey TEXT NOT NULL DEFAULT '';  -- of what is before the @
-- Capitals and digits of external_id; '' when that has nothing else.
ALTER TABLE customer ADD COLUMN id_key TEXT NOT NULL DEFAULT '';
-- The journal's seq of the entry with which the row was written; 0: before this schema. Local to
-- this file, like `row`.
ALTER TABLE customer ADD COLUMN changed_in INTEGER NOT NULL DEFAULT 0;

UPDATE customer
   SET phone2_key = key_reversed(phone2_rkey),
       email_rkey = key_email_local_reversed(email_key),
       id_key = key_id(external_id)
 WHERE phone2_rkey <> '' OR email_key <> '' OR key_id(external_id) <> '';

CREATE INDEX customer_phone2 ON customer (phone2_key) WHERE phone2_key <> '';
CREATE INDEX customer_phone_local ON customer (substr(phone_key, -7), phone_key)
    WHERE length(phone_key) >= 7;
CREATE INDEX customer_phone2_local ON customer (substr(phone2_key, -7), phone2_key)
    WHERE length(phone2_key) >= 7;
-- With the whole address, so that it can be compared without a look at the row.
CREATE INDEX customer_email_local ON customer (email_rkey, email_key) WHERE email_rkey <> '';
CREATE INDEX customer_id ON customer (id_key) WHERE id_key <> '';
CREATE INDEX customer_changed ON customer (changed_in);

-- Receipt numbers by their digits alone.
UPDATE subscription
   SET receipt_key = key_digits(receipt_no),
       receipt_rkey = key_reversed(key_digits(receipt_no))
 WHERE receipt_key GLOB '*[^0-9]*';
