-- Products outside, keys inside, so that both indexes give the order and nothing is sorted but
-- the keys of one lot.
SELECT k.id, p.name, p.seats, p.term_months, k.license, k.lot, k.state, k.held_until_ms,
       k.reason, k.leased_to,
       k.case_id,
       CASE WHEN k.state = 'held' AND k.held_until_ms <= :now THEN NULL ELSE c.number END
           AS case_number
  FROM product p
 CROSS JOIN license_key k ON k.product_id = p.id
  LEFT JOIN cases c ON c.id = k.case_id
 WHERE (:state IS NULL
        OR CASE WHEN k.state = 'held' AND k.held_until_ms <= :now THEN 'free' ELSE k.state END
           = :state)
   AND (:text = ''
        OR (:words <> '' AND instr(p.name_key, :words) > 0)
        OR instr(lower(k.lot), lower(:text)) > 0
        OR (length(:letters) >= 3 AND k.license_key LIKE '%' || :letters)
        OR c.number LIKE :text || '%')
 ORDER BY p.name_key, k.lot, k.id
 LIMIT :limit OFFSET :offset
