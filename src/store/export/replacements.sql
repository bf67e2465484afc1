SELECT c.number AS "case",
       c.customer AS external_id,
       trim(p.given_name || ' ' || p.surname) AS customer,
       s.product AS subscription,
       o.vendor AS vendor,
       o.name AS product,
       '…' || substr(k.license_key, -4) AS "key",
       k.lot AS lot,
       r.issued_at_ms AS issued_at,
       r.shortfall_reason AS shortfall_reason,
       r.active_at_ms AS active_at,
       r.voided_at_ms AS voided_at,
       r.void_reason AS void_reason
  FROM replacement r
  JOIN cases c ON c.id = r.case_id
  JOIN customer p ON p.external_id = c.customer
  JOIN product o ON o.id = r.product_id
  JOIN license_key k ON k.id = r.key_id
  LEFT JOIN subscription s ON s.uid = r.subscription_uid
 WHERE r.issued_at_ms >= :from AND r.issued_at_ms < :to
 ORDER BY r.issued_at_ms, c.number
