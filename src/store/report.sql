SELECT (SELECT count(*) FROM cases
         WHERE opened_at_ms >= :from AND opened_at_ms < :to) AS n_opened,
       (SELECT count(*) FROM cases
         WHERE closed_at_ms >= :from AND closed_at_ms < :to
           AND closing ->> '$.how' = 'handed_over') AS n_handed_over,
       (SELECT count(*) FROM cases
         WHERE closed_at_ms >= :from AND closed_at_ms < :to
           AND closing ->> '$.how' = 'withdrawn') AS n_withdrawn,
       (SELECT count(*) FROM removal
         WHERE finished_at_ms >= :from AND finished_at_ms < :to) AS n_removed,
       (SELECT count(*) FROM replacement
         WHERE issued_at_ms >= :from AND issued_at_ms < :to) AS n_issued,
       (SELECT count(*) FROM replacement
         WHERE voided_at_ms >= :from AND voided_at_ms < :to) AS n_voided,
       (SELECT count(*) FROM case_override
         WHERE at_ms >= :from AND at_ms < :to) AS n_overrides
