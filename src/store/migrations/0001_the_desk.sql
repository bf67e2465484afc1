-- The desk's file: what was done (journal), and what is so because of it (the rest).
--
-- Only `journal` is written by hand, so to speak: every other table follows from its entries.
-- The exception is rows of `customer` and `subscription` that came from a directory file
-- (`origin` 'file'): reference data, one entry for the whole file.
--
-- Ids are UUIDs as text, unique across desks. `row` numbers are local to this file and stand in
-- no entry. Days are ISO text, moments UTC milliseconds. `*_key` columns are what lookup searches:
-- folded text, digits, or canonical letters, and `*_rkey` the same from its end.

CREATE TABLE meta (
    name   TEXT NOT NULL PRIMARY KEY,  -- 'settings' (JSON), 'incarnation', 'next_case_counter'
    value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    seq        INTEGER PRIMARY KEY,       -- place in this file's chain, from 1, without gaps
    entry_id   TEXT    NOT NULL UNIQUE,
    at_ms      INTEGER NOT NULL,
    desk       TEXT    NOT NULL,          -- the case prefix of the desk: D2
    person_id  TEXT,                      -- NULL: the command line
    kind       TEXT    NOT NULL,
    case_id    TEXT,                      -- NULL: no case
    key_id     TEXT,                      -- NULL: no key
    body       TEXT    NOT NULL,          -- the change as JSON
    prev_hash  TEXT    NOT NULL,          -- hash of the entry before; 64 zeros for the first
    hash       TEXT    NOT NULL           -- SHA-256 over all of the above
) STRICT;

CREATE INDEX journal_case ON journal (case_id, seq) WHERE case_id IS NOT NULL;

CREATE TRIGGER journal_rows_stay BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'journal rows are never deleted'); END;
CREATE TRIGGER journal_rows_do_not_change BEFORE UPDATE ON journal
BEGIN SELECT raise(ABORT, 'journal rows are never changed'); END;

CREATE TABLE person (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    role       TEXT    NOT NULL CHECK (role IN ('technician', 'lead', 'auditor')),
    is_active  INTEGER NOT NULL CHECK (is_active IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE product (
    id                  TEXT    NOT NULL PRIMARY KEY,
    vendor              TEXT    NOT NULL,
    name                TEXT    NOT NULL,
    name_key            TEXT    NOT NULL UNIQUE,  -- lower-case words, one blank between
    tier                TEXT,                     -- NULL: nobody said
    seats               INTEGER,                  -- NULL: unlimited
    term_months         INTEGER NOT NULL CHECK (term_months BETWEEN 1 AND 120),
    platforms           TEXT    NOT NULL,         -- JSON list
    activation_address  TEXT    NOT NULL,
    key_groups          TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
    row          INTEGER PRIMARY KEY,
    external_id  TEXT NOT NULL UNIQUE,
    given_name   TEXT NOT NULL,
    surname      TEXT NOT NULL,
    phone        TEXT NOT NULL,
    phone2       TEXT NOT NULL,
    email        TEXT NOT NULL,
    street       TEXT NOT NULL,
    city         TEXT NOT NULL,
    state        TEXT NOT NULL,
    postcode     TEXT NOT NULL,
    member_id    TEXT NOT NULL,
    origin       TEXT NOT NULL CHECK (origin IN ('file', 'desk')),
    name_key     TEXT NOT NULL,  -- surname, blank, given name
    given_key    TEXT NOT NULL,  -- given name, blank, surname
    phone_key    TEXT NOT NULL,  -- digits without the country code
    phone_rkey   TEXT NOT NULL,
    phone2_rkey  TEXT NOT NULL,
    email_key    TEXT NOT NULL,
    member_key   TEXT NOT NULL
) STRICT;

CREATE INDEX customer_name ON customer (name_key);
CREATE INDEX customer_given ON customer (given_key);
CREATE INDEX customer_phone ON customer (phone_key) WHERE phone_key <> '';
CREATE INDEX customer_phone_end ON customer (phone_rkey) WHERE phone_rkey <> '';
CREATE INDEX customer_phone2_end ON customer (phone2_rkey) WHERE phone2_rkey <> '';
CREATE INDEX customer_email ON customer (email_key) WHERE email_key <> '';
CREATE INDEX customer_member ON customer (member_key) WHERE member_key <> '';

CREATE TABLE subscription (
    row              INTEGER PRIMARY KEY,
    uid              INTEGER NOT NULL UNIQUE,  -- SubscriptionUid
    customer         TEXT    NOT NULL REFERENCES customer (external_id),
    product          TEXT    NOT NULL,
    activation_code  TEXT    NOT NULL,         -- '' unknown; the last five once exchanged,
                                               -- whatever a directory says later
    receipt_no       TEXT    NOT NULL,
    purchased_on     TEXT,                     -- NULL: unknown
    expires_on       TEXT,                     -- NULL: unknown
    channel          TEXT    NOT NULL,
    seats            INTEGER,                  -- NULL: no column says
    term_months      INTEGER,                  -- NULL: no column says
    origin           TEXT    NOT NULL CHECK (origin IN ('file', 'desk')),
    code_key         TEXT    NOT NULL,
    code_rkey        TEXT    NOT NULL,
    receipt_key      TEXT    NOT NULL,
    receipt_rkey     TEXT    NOT NULL,
    code_mark        INTEGER,                  -- digests of code, and of receipt and product:
    receipt_mark     INTEGER                   -- set by an exchange, when there is one to digest
) STRICT;

CREATE INDEX subscription_customer ON subscription (customer);
CREATE INDEX subscription_code ON subscription (code_key) WHERE code_key <> '';
CREATE INDEX subscription_code_end ON subscription (code_rkey) WHERE code_rkey <> '';
CREATE INDEX subscription_receipt ON subscription (receipt_key) WHERE receipt_key <> '';
CREATE INDEX subscription_receipt_end ON subscription (receipt_rkey) WHERE receipt_rkey <> '';
-- Only exchanges are in these, so they cost an import nothing.
CREATE INDEX subscription_code_mark ON subscription (code_mark) WHERE code_mark IS NOT NULL;
CREATE INDEX subscription_receipt_mark ON subscription (receipt_mark)
    WHERE receipt_mark IS NOT NULL;

-- What was read from the program at the desk; beats what the directory says.
CREATE TABLE subscription_reading (
    uid         INTEGER NOT NULL PRIMARY KEY REFERENCES subscription (uid),
    runs_until  TEXT    NOT NULL,
    read_on     TEXT    NOT NULL
) STRICT;

CREATE TABLE cases (
    id                     TEXT    NOT NULL PRIMARY KEY,
    number                 TEXT    NOT NULL UNIQUE,
    customer               TEXT    NOT NULL REFERENCES customer (external_id),
    subscription_uid       INTEGER REFERENCES subscription (uid),  -- NULL: none is exchanged
    opened_at_ms           INTEGER NOT NULL,
    opened_on              TEXT    NOT NULL,  -- the store's day
    opened_by              TEXT,              -- NULL: the command line
    wants                  TEXT,              -- NULL: not checked in
    backup                 TEXT,              -- NULL: not asked
    consent_by             TEXT    NOT NULL DEFAULT '',
    protection_seen_at_ms  INTEGER,           -- NULL: none but the replacement was seen
    protection_name        TEXT    NOT NULL DEFAULT '',
    closed_at_ms           INTEGER,           -- NULL: open
    closing                TEXT               -- JSON; NULL: open
) STRICT, WITHOUT ROWID;

CREATE INDEX cases_customer ON cases (customer);
CREATE INDEX cases_open ON cases (opened_at_ms) WHERE closed_at_ms IS NULL;
CREATE INDEX cases_opened ON cases (opened_at_ms);

CREATE TABLE device (
    id          TEXT NOT NULL PRIMARY KEY,
    customer    TEXT NOT NULL REFERENCES customer (external_id),
    model       TEXT NOT NULL,
    serial      TEXT NOT NULL,
    serial_key  TEXT NOT NULL,
    platform    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX device_customer ON device (customer);
CREATE INDEX device_serial ON device (serial_key) WHERE serial_key <> '';

-- A device at one visit, and in what state it was handed over.
CREATE TABLE case_device (
    case_id      TEXT    NOT NULL REFERENCES cases (id),
    position     INTEGER NOT NULL,
    device_id    TEXT    NOT NULL REFERENCES device (id),
    condition    TEXT    NOT NULL,
    accessories  TEXT    NOT NULL,
    PRIMARY KEY (case_id, device_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE removal (
    id              TEXT    NOT NULL PRIMARY KEY,
    case_id         TEXT    NOT NULL REFERENCES cases (id),
    device_id       TEXT    NOT NULL REFERENCES device (id),
    removed_by      TEXT    NOT NULL,
    method          TEXT    NOT NULL,
    product         TEXT    NOT NULL,
    version         TEXT    NOT NULL,
    started_at_ms   INTEGER NOT NULL,
    finished_at_ms  INTEGER,          -- NULL: it runs
    outcome         TEXT,             -- JSON; NULL: it runs
    notes           TEXT    NOT NULL DEFAULT '',
    UNIQUE (case_id, device_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE removal_check (
    removal_id   TEXT    NOT NULL REFERENCES removal (id),
    item         TEXT    NOT NULL,
    ticked_at_ms INTEGER NOT NULL,
    PRIMARY KEY (removal_id, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_override (
    entry_id   TEXT    NOT NULL PRIMARY KEY,
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    what       TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    person_id  TEXT    NOT NULL,
    at_ms      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX case_override_case ON case_override (case_id);

CREATE TABLE license_key (
    id             TEXT    NOT NULL PRIMARY KEY,
    product_id     TEXT    NOT NULL REFERENCES product (id),
    license        TEXT    NOT NULL,          -- the key as delivered
    license_key    TEXT    NOT NULL UNIQUE,   -- capitals and digits of it
    lot            TEXT    NOT NULL,
    expires_on     TEXT,                      -- NULL: the delivery does not say
    state          TEXT    NOT NULL CHECK (state IN
        ('free', 'held', 'issued', 'activated', 'voided', 'leased', 'frozen')),
    case_id        TEXT    REFERENCES cases (id),  -- who holds or has it
    held_until_ms  INTEGER,
    reason         TEXT    NOT NULL DEFAULT '',    -- why it is voided
    leased_to      TEXT    NOT NULL DEFAULT '',
    CHECK ((state = 'held') = (held_until_ms IS NOT NULL)),
    CHECK (state NOT IN ('held', 'issued', 'activated') OR case_id IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX license_key_state ON license_key (product_id, state, held_until_ms, expires_on);
CREATE INDEX license_key_lot ON license_key (product_id, lot);
CREATE INDEX license_key_case ON license_key (case_id) WHERE case_id IS NOT NULL;

-- A key that a customer has seen never goes back to the shelf.
CREATE TRIGGER license_key_never_returns BEFORE UPDATE OF state ON license_key
WHEN (old.state IN ('issued', 'activated') AND new.state NOT IN ('issued', 'activated', 'voided'))
  OR (old.state = 'voided' AND new.state <> 'voided')
BEGIN SELECT raise(ABORT, 'a key that was issued or voided never goes back'); END;
CREATE TRIGGER license_key_rows_stay BEFORE DELETE ON license_key
BEGIN SELECT raise(ABORT, 'keys are never deleted'); END;

-- UNIQUE is what makes a second issue impossible, whoever asks.
CREATE TABLE replacement (
    id                TEXT    NOT NULL PRIMARY KEY,
    case_id           TEXT    NOT NULL REFERENCES cases (id),
    key_id            TEXT    NOT NULL UNIQUE REFERENCES license_key (id),
    product_id        TEXT    NOT NULL REFERENCES product (id),
    subscription_uid  INTEGER REFERENCES subscription (uid),  -- NULL: none on file
    is_overridden     INTEGER NOT NULL CHECK (is_overridden IN (0, 1)),  -- by a lead's word
    issued_at_ms      INTEGER NOT NULL,
    shortfall_reason  TEXT    NOT NULL,
    voided_at_ms      INTEGER,                                -- NULL: it counts
    void_reason       TEXT    NOT NULL DEFAULT '',
    active_at_ms      INTEGER                                 -- NULL: not seen active
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX replacement_one_a_case ON replacement (case_id) WHERE voided_at_ms IS NULL;
-- Twice only by a lead's word.
CREATE UNIQUE INDEX replacement_one_a_subscription ON replacement (subscription_uid)
    WHERE voided_at_ms IS NULL AND is_overridden = 0 AND subscription_uid IS NOT NULL;
CREATE INDEX replacement_subscription ON replacement (subscription_uid)
    WHERE subscription_uid IS NOT NULL;
CREATE INDEX replacement_issued ON replacement (issued_at_ms);

CREATE TRIGGER replacement_rows_stay BEFORE DELETE ON replacement
BEGIN SELECT raise(ABORT, 'replacements are never deleted'); END;
CREATE TRIGGER replacement_key_stays BEFORE UPDATE OF key_id, case_id ON replacement
BEGIN SELECT raise(ABORT, 'what was handed out does not change'); END;
