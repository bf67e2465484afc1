-- What was read from a device's exports, before and after its removal. The files are not kept.

CREATE TABLE scan (
    id          TEXT    NOT NULL PRIMARY KEY,
    case_id     TEXT    NOT NULL REFERENCES cases (id),
    device_id   TEXT    NOT NULL REFERENCES device (id),
    side        TEXT    NOT NULL CHECK (side IN ('before', 'after')),
    kept_at_ms  INTEGER NOT NULL,
    is_pinned   INTEGER NOT NULL CHECK (is_pinned IN (0, 1)),  -- with the masked lines
    files       TEXT    NOT NULL,                              -- JSON: names and digests
    found       TEXT    NOT NULL                               -- JSON: traces, verdict, alerts
) STRICT;

CREATE INDEX scan_case ON scan (case_id);
