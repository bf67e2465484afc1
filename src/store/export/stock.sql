-- A hold that ran out is free, without a write.
SELECT o.name AS product,
       '…' || substr(k.license_key, -4) AS "key",
       k.lot AS lot,
       k.expires_on AS expires_on,
       CASE WHEN k.state = 'held' AND k.held_until_ms <= :now THEN 'free' ELSE k.state END
           AS state,
       CASE WHEN k.state = 'held' AND k.held_until_ms <= :now THEN NULL ELSE c.number END
           AS "case",
       k.reason AS reason
  FROM license_key k
  JOIN product o ON o.id = k.product_id
  LEFT JOIN cases c ON c.id = k.case_id
 ORDER BY o.name_key, k.lot, k.id
