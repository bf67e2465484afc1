SELECT c.number AS "case",
       c.customer AS external_id,
       trim(p.given_name || ' ' || p.surname) AS customer,
       d.model AS device,
       d.serial AS serial,
       d.platform AS platform,
       r.removed_by AS removed_by,
       r.method AS method,
       r.product AS product,
       r.version AS version,
       r.started_at_ms AS started_at,
       r.finished_at_ms AS finished_at,
       r.outcome ->> '$.outcome' AS outcome,
       coalesce(r.outcome ->> '$.statement', r.outcome ->> '$.reason') AS statement,
       r.notes AS notes
  FROM removal r
  JOIN cases c ON c.id = r.case_id
  JOIN customer p ON p.external_id = c.customer
  JOIN device d ON d.id = r.device_id
 WHERE r.started_at_ms >= :from AND r.started_at_ms < :to
 ORDER BY r.started_at_ms, c.number
