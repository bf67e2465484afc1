-- The first 13 characters of an id are the moment of its import.
SELECT id
  FROM license_key
 WHERE product_id = :product
   AND (state = 'free' OR (state = 'held' AND (held_until_ms <= :now OR case_id = :case)))
   AND (expires_on IS NULL OR expires_on >= :today)
 ORDER BY state = 'held' AND case_id = :case DESC, expires_on IS NULL, expires_on,
          substr(id, 1, 13), lot, id
 LIMIT 1
