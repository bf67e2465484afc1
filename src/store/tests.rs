//! How the file is opened, and that a change that can't be written leaves it as it was.

use super::*;
use crate::domain::customer::Customer;

const NOW: Moment = Moment(1_507_220_100_000);

fn store(folder: &tempfile::TempDir) -> Store {
    Store::open(&folder.path().join("desk.swapdesk"), NOW).expect("a new file")
}

fn add_customer(store: &mut Store, street: &str) -> Result<Recorded, StoreError> {
    let text = str::to_owned;
    let customer = Customer {
        external_id: ExternalId::mint(NOW),
        given_name: text("Amara"),
        surname: text("Okafor"),
        phone: text("612 555 0142"),
        phone2: String::new(),
        email: String::new(),
        street: text(street),
        city: String::new(),
        state: String::new(),
        postcode: String::new(),
        member_id: String::new(),
    };
    let people = store.read().people()?;
    let stamp = Stamp::new(NOW, people.first().map(|person| person.id));
    store.record(stamp, Change::CustomerAdded { customer })
}

#[test]
fn the_bundled_sqlite_has_no_known_way_to_lose_a_log() {
    // 3.7.0 to 3.51.2 can corrupt a file when its log begins anew.
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

#[test]
fn a_file_is_opened_so_that_a_power_cut_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(&folder);
    let path = folder.path().join("desk.swapdesk");
    let reader = Reader::open(&path).expect("a reader");
    let number = |conn: &Connection, name| -> i64 {
        conn.pragma_query_value(None, name, |row| row.get(0)).expect(name)
    };
    let mode: String =
        store.conn().pragma_query_value(None, "journal_mode", |row| row.get(0)).expect("a mode");
    assert_eq!(mode, "wal");
    // 2 is FULL.
    assert_eq!(number(store.conn(), "synchronous"), 2);
    assert_eq!(number(store.conn(), "foreign_keys"), 1);
    assert_eq!(number(store.conn(), "application_id"), migrations::APPLICATION_ID);
    assert_eq!(number(store.conn(), "user_version"), migrations::SCHEMA_VERSION);
    for conn in [store.conn(), &reader.conn] {
        assert_eq!(number(conn, "cell_size_check"), 1);
        assert_eq!(number(conn, "trusted_schema"), 0);
    }
    assert_eq!(number(&reader.conn, "query_only"), 1);
}

#[test]
fn on_a_full_disk_nothing_is_half_written_and_work_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = store(&folder);
    let n_pages: i64 =
        store.conn().pragma_query_value(None, "page_count", |row| row.get(0)).expect("pages");
    store.conn().pragma_update(None, "max_page_count", n_pages + 4).expect("set");
    let long = "x".repeat(3_000);
    let full = (0..20).find_map(|_| add_customer(&mut store, &long).err());
    assert!(matches!(full, Some(StoreError::DiskFull)), "{full:?}");
    let head = store.read().head().expect("a head");
    let counts = store.read().file_counts().expect("counts");
    // One entry made the file; each of the others is a customer.
    assert_eq!(head.seq, counts.n_customers + 1);
    store.conn().pragma_update(None, "max_page_count", 1_000_000).expect("set");
    add_customer(&mut store, &long).expect("room again");
    let path = folder.path().join("desk.swapdesk");
    assert!(verify::verify(&path).expect("a report").is_whole());
}

#[test]
fn a_file_that_another_program_holds_is_waited_for_then_busy_and_unchanged() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = store(&folder);
    let other = Connection::open(folder.path().join("desk.swapdesk")).expect("another program");
    other.execute_batch("BEGIN IMMEDIATE").expect("begun");
    let other = std::thread::scope(|scope| {
        let ends = scope.spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(100));
            other.execute_batch("COMMIT").expect("over");
            other
        });
        add_customer(&mut store, "").expect("it waited");
        ends.join().expect("the other program")
    });
    other.execute_batch("BEGIN IMMEDIATE").expect("begun");
    store.conn().busy_timeout(std::time::Duration::from_millis(20)).expect("set");
    let head = store.read().head().expect("a head");
    assert!(matches!(add_customer(&mut store, ""), Err(StoreError::Busy)));
    assert_eq!(store.read().head().expect("a head"), head);
    other.execute_batch("ROLLBACK").expect("over");
    add_customer(&mut store, "").expect("free again");
}

#[test]
fn the_schema_itself_refuses_a_second_issue_and_a_way_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(&folder);
    let conn = store.conn();
    conn.execute_batch(
        "INSERT INTO customer SELECT 1, 'M1', '', '', '', '', '', '', '', '', '', '', 'desk',
                                     '', '', '', '', '', '', '', '', '', '', 0;
         INSERT INTO cases (id, number, customer, opened_at_ms, opened_on)
         VALUES ('c1', 'D1-00001', 'M1', 0, '2017-10-05'), ('c2', 'D1-00002', 'M1', 0, '2017-10-05');
         INSERT INTO license_key (id, product_id, license, license_key, lot, state, case_id)
         SELECT 'k1', id, 'A-1', 'A1', 'L', 'issued', 'c1' FROM product LIMIT 1;
         INSERT INTO replacement (id, case_id, key_id, product_id, is_overridden, issued_at_ms,
                                  shortfall_reason)
         SELECT 'r1', 'c1', 'k1', product_id, 0, 0, '' FROM license_key;",
    )
    .expect("an issued key");
    for sql in [
        "INSERT INTO replacement SELECT 'r2', 'c2', key_id, product_id, NULL, 1, 0, '', NULL, '',
                                        NULL FROM replacement",
        "INSERT INTO license_key SELECT 'k2', product_id, 'a1', license_key, 'L', 'free', NULL,
                                        NULL, '', '', '' FROM license_key",
        "UPDATE license_key SET state = 'free', case_id = NULL",
        "UPDATE license_key SET state = 'held', held_until_ms = 1",
        "UPDATE replacement SET key_id = 'k2'",
        "UPDATE replacement SET case_id = 'c2'",
        "DELETE FROM replacement",
        "DELETE FROM license_key",
        "DELETE FROM journal",
        "UPDATE journal SET body = ''",
    ] {
        assert!(conn.execute_batch(sql).is_err(), "{sql}");
    }
    conn.execute_batch("UPDATE license_key SET state = 'voided'").expect("voided");
    assert!(conn.execute_batch("UPDATE license_key SET state = 'issued'").is_err());
}
