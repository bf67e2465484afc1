-- A product is known by its name: its id stays, whoever brings it again.
INSERT INTO product (id, vendor, name, name_key, tier, seats, term_months, platforms,
                     activation_address, key_groups)
VALUES (:id, :vendor, :name, :name_key, :tier, :seats, :term_months, :platforms,
        :activation_address, :key_groups)
ON CONFLICT (name_key) DO UPDATE
   SET vendor = excluded.vendor, name = excluded.name, tier = excluded.tier,
       seats = excluded.seats, term_months = excluded.term_months,
       platforms = excluded.platforms, activation_address = excluded.activation_address,
       key_groups = excluded.key_groups
ON CONFLICT (id) DO UPDATE
   SET vendor = excluded.vendor, name = excluded.name, name_key = excluded.name_key,
       tier = excluded.tier, seats = excluded.seats, term_months = excluded.term_months,
       platforms = excluded.platforms, activation_address = excluded.activation_address,
       key_groups = excluded.key_groups
