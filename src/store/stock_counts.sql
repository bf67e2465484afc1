SELECT count(*) FILTER (WHERE state = 'free' OR (state = 'held' AND held_until_ms <= :now))
           AS n_free,
       count(*) FILTER (WHERE state = 'held' AND held_until_ms > :now) AS n_held,
       count(*) FILTER (WHERE state IN ('issued', 'activated')) AS n_issued,
       count(*) FILTER (WHERE state = 'voided') AS n_voided,
       count(*) FILTER (WHERE state = 'frozen') AS n_frozen,
       (SELECT count(*) FROM replacement
         WHERE issued_at_ms >= :midnight AND voided_at_ms IS NULL) AS n_issued_today
  FROM license_key
