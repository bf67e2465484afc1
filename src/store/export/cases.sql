SELECT c.number AS "case",
       c.customer AS external_id,
       trim(p.given_name || ' ' || p.surname) AS customer,
       s.product AS subscription,
       (SELECT group_concat(d.model, ', ' ORDER BY v.position)
          FROM case_device v JOIN device d ON d.id = v.device_id
         WHERE v.case_id = c.id) AS devices,
       c.wants AS wants,
       c.opened_at_ms AS opened_at,
       w.name AS opened_by,
       c.closed_at_ms AS closed_at,
       c.closing ->> '$.how' AS closing,
       c.closing ->> '$.reason' AS reason
  FROM cases c
  JOIN customer p ON p.external_id = c.customer
  LEFT JOIN subscription s ON s.uid = c.subscription_uid
  LEFT JOIN person w ON w.id = c.opened_by
 WHERE c.opened_at_ms >= :from AND c.opened_at_ms < :to
 ORDER BY c.opened_at_ms, c.number
