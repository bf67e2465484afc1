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
       coalesce(r.outcome ->> '$.statement', r.outcome ->> '$.reason',
                r.outcome ->> '$.proof.summary') AS statement,
       r.notes AS notes,
       b.kept_at_ms AS before_scan_at,
       b.found ->> '$.verdict' AS before_verdict,
       a.kept_at_ms AS after_scan_at,
       a.found ->> '$.verdict' AS after_verdict,
       (SELECT group_concat(f.value ->> '$.sha256', ' ') FROM json_each(a.files) f)
           AS after_sha256
  FROM removal r
  JOIN cases c ON c.id = r.case_id
  JOIN customer p ON p.external_id = c.customer
  JOIN device d ON d.id = r.device_id
  LEFT JOIN scan b ON b.id = (SELECT id FROM scan
                               WHERE case_id = r.case_id AND device_id = r.device_id
                                 AND side = 'before'
                               ORDER BY kept_at_ms DESC, id DESC LIMIT 1)
  LEFT JOIN scan a ON a.id = (SELECT id FROM scan
                               WHERE case_id = r.case_id AND device_id = r.device_id
                                 AND side = 'after'
                               ORDER BY kept_at_ms DESC, id DESC LIMIT 1)
 WHERE r.started_at_ms >= :from AND r.started_at_ms < :to
 ORDER BY r.started_at_ms, c.number
