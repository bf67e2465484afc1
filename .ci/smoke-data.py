"""Writes a store's three CSV files with made-up people: usage: smoke-data.py FOLDER N"""
import csv, pathlib, random, sys

folder, n = pathlib.Path(sys.argv[1]), int(sys.argv[2])
rng = random.Random(20170908)
given = "James Mary John Linda Robert Susan David Karen Amara Chidi Lena Tom Ines Otto Priya Wei".split()
start = "Al Ber Cor Dan El Far Gar Hol In Jan Kel Lor Mar Nor Ol Per Ros Sal Tor Wil".split()
end = "berg den field ford ham kins land ler man mond ner rick sen son ton ville wick worth".split()
towns = [("Richfield", "MN", "55423"), ("Edina", "MN", "55435"), ("Fargo", "ND", "58102")]
editions = [("Kaspersky Internet Security 3 Devices", 3), ("Kaspersky Anti-Virus", 1),
            ("Kaspersky Total Security 5 Devices", 5)]
letters = "ABCDEFGHJKMNPRSTUVWXYZ123456789"
code = lambda: "-".join("".join(rng.choices(letters, k=5)) for _ in range(4))

with open(folder / "customers.csv", "w", newline="") as customers, \
     open(folder / "subscriptions.csv", "w", newline="") as subscriptions:
    people, subs = csv.writer(customers), csv.writer(subscriptions)
    people.writerow("external_id given_name surname phone email street city state postcode".split())
    subs.writerow("external_id product activation_code receipt_no purchased_on expires_on channel".split())
    for i in range(n):
        name = rng.choice(start) + rng.choice(end) + rng.choice(["", "", "s", "er"])
        first = rng.choice(given)
        if i in (4321, 8765):  # the two who are served
            first, name = ("Wilhelmina", "Quillfeather") if i == 4321 else ("Barnaby", "Thistlewood")
        town, state, postcode = rng.choice(towns)
        phone = f"{rng.randint(200, 989)}-{rng.randint(200, 989)}-{rng.randint(0, 9999):04}"
        people.writerow([f"M{100000000 + i}", first, name, phone, f"{first}.{name}{i}@example.com".lower(),
                         f"{rng.randint(1, 9999)} Main St", town, state, postcode])
        product, _ = editions[0] if i in (4321, 8765) else rng.choice(editions)
        channel = "in_store" if i in (4321, 8765) else rng.choice(["in_store", "online", "renewal"])
        subs.writerow([f"M{100000000 + i}", product, code(), f"0281-{i:06}", "2016-11-14", "2017-11-13", channel])

with open(folder / "keys.csv", "w", newline="") as keys:
    rows = csv.writer(keys)
    rows.writerow(["product", "key", "lot"])
    for _ in range(40):
        for product, lot in [("Trend Micro Maximum Security 5 Devices 1 Year", "TM-0904"),
                             ("Webroot SecureAnywhere Internet Security Complete 5 Devices 1 Year", "WB-1709")]:
            rows.writerow([product, "-".join("".join(rng.choices(letters, k=4)) for _ in range(5)), lot])
