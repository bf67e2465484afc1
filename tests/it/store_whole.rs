//! Verify, backup and restore: what they find, what they keep, what they freeze.

use crate::shop::{NOW, Shop, customer};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use swapdesk::domain::case::Wants;
use swapdesk::domain::entry::{Change, Stamp};
use swapdesk::domain::guard::Refusal;
use swapdesk::domain::id::ExternalId;
use swapdesk::domain::stock::KeyState;
use swapdesk::store::Store;
use swapdesk::store::backup::{Restoration, RestoreError, restore};
use swapdesk::store::error::StoreError;
use swapdesk::store::lock::WindowLock;
use swapdesk::store::reader::Reader;
use swapdesk::store::stock::KeyQuery;
use swapdesk::store::verify::verify;

const TREND: &str = "Trend Micro Internet Security 3 Devices 1 Year";

/// What verify finds wrong.
fn wrong(shop: &Shop) -> Vec<String> {
    let report = verify(&shop.path).expect("a report");
    report.lines.into_iter().filter(|line| !line.is_good).map(|line| line.text).collect()
}

/// Changes the file as no program of ours does.
fn tamper(shop: &Shop, sql: &str) {
    let conn = Connection::open(&shop.path).expect("a file");
    let triggers = "DROP TRIGGER journal_rows_stay; DROP TRIGGER journal_rows_do_not_change;
                    PRAGMA foreign_keys = OFF;";
    conn.execute_batch(&format!("{triggers} {sql}")).expect(sql);
}

fn served() -> Shop {
    let mut shop = Shop::stocked(6);
    let case = shop.serve("M1", TREND);
    shop.close(case);
    shop
}

#[test]
fn a_served_customer_leaves_a_file_that_is_whole() {
    let mut shop = served();
    let case = shop.serve("M2", TREND);
    let key = shop.case(case).replacement().expect("a replacement").key;
    let reason = "rejected".to_owned();
    shop.tell_as_lead(Change::KeyVoided { key, case: Some(case), reason });
    let report = verify(&shop.path).expect("a report");
    assert_eq!(wrong(&shop), Vec::<String>::new());
    assert_eq!(report.lines.len(), 4);
}

#[test]
fn a_journal_that_was_tampered_with_is_found_at_the_first_entry_that_does_not_fit() {
    let table = [
        (
            "UPDATE journal SET body = replace(body, 'Okafor', 'Okonkwo') WHERE seq = 2",
            "2 was changed",
        ),
        ("UPDATE journal SET at_ms = at_ms + 1 WHERE seq = 7", "7 was changed"),
        ("UPDATE journal SET person_id = NULL WHERE seq = 8", "8 was changed"),
        ("UPDATE journal SET hash = replace(hash, 'a', 'b') WHERE seq = 5", "5 was changed"),
        ("DELETE FROM journal WHERE seq = 9", "9 is missing"),
        ("DELETE FROM journal WHERE seq = 1", "1 is missing"),
    ];
    for (sql, expected) in table {
        let shop = served();
        tamper(&shop, sql);
        let found = wrong(&shop);
        let chain = found.iter().find(|line| line.starts_with("chain: "));
        assert!(chain.is_some_and(|chain| chain.ends_with(expected)), "{sql}: {found:?}");
    }
}

#[test]
fn a_table_that_is_not_what_the_journal_says_is_named() {
    let table = [
        ("UPDATE person SET name = 'Somebody else' WHERE role = 'lead'", "replay: person: 1 rows"),
        ("UPDATE cases SET number = 'D1-00009'", "replay: cases: 1 rows"),
        ("DELETE FROM case_device", "replay: case_device: 1 rows missing"),
        ("UPDATE customer SET phone = '1'", "replay: customer: 2 rows"),
        ("UPDATE license_key SET lot = 'L2' WHERE state = 'free'", "replay: license_key: 5 rows"),
        ("UPDATE meta SET value = '9' WHERE name = 'next_case_counter'", "replay: meta: 1 rows"),
        ("DELETE FROM device", "references: "),
    ];
    for (sql, expected) in table {
        let shop = served();
        tamper(&shop, sql);
        let found = wrong(&shop);
        assert!(found.iter().any(|line| line.starts_with(expected)), "{sql}: {found:?}");
    }
}

#[test]
fn an_imported_directory_is_reference_data_and_not_replayed() {
    let mut shop = Shop::stocked(4);
    // As an import writes them: rows that no entry has.
    tamper(
        &shop,
        "INSERT INTO customer
         SELECT NULL, 'M5', given_name, surname, phone, phone2, email, street, city, state,
                postcode, member_id, 'file', name_key, given_key, phone_key, phone_rkey,
                phone2_rkey, email_key, member_key, phone2_key, email_rkey, id_key, changed_in
           FROM customer WHERE external_id = 'M1';
         INSERT INTO subscription
         SELECT NULL, 5, 'M5', product, activation_code, receipt_no, purchased_on, expires_on,
                channel, seats, term_months, 'file', code_key, code_rkey, receipt_key,
                receipt_rkey, code_mark, receipt_mark
           FROM subscription WHERE customer = 'M1'",
    );
    let case = shop.serve("M5", TREND);
    shop.close(case);
    assert_eq!(wrong(&shop), Vec::<String>::new());
}

#[test]
fn a_copy_is_whole_although_others_write_meanwhile() {
    let shop = served();
    let reader = Reader::open(&shop.path).expect("a reader");
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut writer = Store::open(&shop.path, NOW).expect("a second connection");
            for n in 0.. {
                let customer = customer(&format!("W{n}"), "Will", "Writer");
                let change = Change::CustomerAdded { customer };
                writer.record(Stamp::new(NOW, Some(shop.lead)), change).expect("an entry");
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        for n in 0..5 {
            let dest = shop.folder.path().join(format!("copy-{n}"));
            let head = reader.backup(&dest).expect("a copy");
            let copy = Reader::open(&dest).expect("the copy");
            assert_eq!(copy.head().expect("a head"), head);
            assert!(verify(&dest).expect("a report").is_whole());
            assert!(matches!(reader.backup(&dest), Err(StoreError::Exists(_))));
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert_eq!(parts(shop.folder.path()), Vec::<String>::new());
}

/// Half copies that lie in the folder.
fn parts(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder");
    let names = names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into());
    names.filter(|name: &String| name.contains(".part-")).collect()
}

/// Goes back to a copy that was made before two more keys went out.
fn restored(spoil: impl FnOnce(&Shop)) -> (Shop, Restoration) {
    let mut shop = served();
    let copy = shop.folder.path().join("copy");
    let holder = shop.open_case("M2");
    shop.check_in(holder, Wants::ExchangeOnly, Vec::new());
    shop.hold(holder, TREND).expect("a key");
    shop.store.read().backup(&copy).expect("a copy");
    shop.issue(holder).expect("issued");
    shop.open_case("M1");
    spoil(&shop);
    let Shop { store, path, now, technician, lead, folder } = shop;
    drop(store);
    let lock = WindowLock::acquire(&path).expect("no window");
    let done = restore(&copy, &path, Stamp::new(now, None), &lock).expect("restored");
    let store = Store::open(&path, now).expect("the file");
    (Shop { store, path, now, technician, lead, folder }, done)
}

#[test]
fn after_a_restore_no_key_whose_fate_is_unknown_goes_out_until_a_lead_says_so() {
    let (mut shop, done) = restored(|_| ());
    assert_eq!((done.n_frozen, done.next_case_counter), (5, 4));
    let kept = done.kept_as.expect("the file that was there");
    assert!(verify(&kept).expect("a report").is_whole());
    assert_eq!(wrong(&shop), Vec::<String>::new());
    let old = Reader::open(&kept).expect("the old file");
    assert_ne!(
        old.incarnation().expect("a life"),
        shop.store.read().incarnation().expect("a life")
    );

    let query = KeyQuery { state: Some("frozen"), limit: 100, ..KeyQuery::default() };
    let frozen = shop.store.read().key_rows(query, shop.now).expect("rows");
    assert_eq!(frozen.len(), 5);
    let card = shop.store.read().customer_card(&ExternalId("M2".to_owned()), crate::shop::today());
    let case = card.expect("read").expect("a card").open_case().expect("open").id;
    assert!(matches!(shop.hold(case, TREND), Err(StoreError::NoFreeKey)));
    let keys = vec![frozen[0].id];
    let reason = "still sealed on the shelf".to_owned();
    let release = Change::FrozenReleased { keys, reason };
    let refused = shop.ask(release.clone());
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::LeadOnly))));
    shop.tell_as_lead(release.clone());
    let stamp = Stamp { by: Some(shop.lead), ..shop.stamp() };
    let twice = shop.store.record(stamp, release);
    assert!(matches!(twice, Err(StoreError::Refused(Refusal::KeyNotAvailable("Free")))));
    let new = shop.open_case("M2");
    assert_eq!(shop.case(new).number.to_string(), "D1-00004");
    let states = shop.store.read().key_rows(KeyQuery { state: None, ..query }, shop.now);
    let is_issued = |state: &KeyState| matches!(state, KeyState::Issued { .. });
    let n_issued = states.expect("rows").iter().filter(|row| is_issued(&row.state)).count();
    assert_eq!(n_issued, 1);
}

#[test]
fn numbers_of_a_lost_file_are_left_out_by_the_thousand() {
    let (_shop, done) = restored(|shop| {
        let lost = shop.folder.path().join("lost");
        fs::rename(&shop.path, lost).expect("lost");
    });
    assert_eq!((done.kept_as, done.next_case_counter), (None, 1_003));
    let (_shop, done) = restored(|shop| fs::write(&shop.path, [7; 8192]).expect("spoilt"));
    assert_eq!(done.next_case_counter, 1_003);
    assert!(done.kept_as.is_some());
}

#[test]
fn a_damaged_copy_is_not_put_in_place() {
    let shop = served();
    let copy = shop.folder.path().join("copy");
    shop.store.read().backup(&copy).expect("a copy");
    let tampered = Connection::open(&copy).expect("a file");
    tampered
        .execute_batch(
            "DROP TRIGGER journal_rows_do_not_change;
             UPDATE journal SET body = replace(body, 'Okafor', 'Okonkwo')",
        )
        .expect("tampered");
    drop(tampered);
    let Shop { store, path, now, folder, .. } = shop;
    let head = store.read().head().expect("a head");
    drop(store);
    let lock = WindowLock::acquire(&path).expect("no window");
    let refused = restore(&copy, &path, Stamp::new(now, None), &lock);
    assert!(matches!(refused, Err(RestoreError::Copy(StoreError::Damaged(_)))), "{refused:?}");
    assert_eq!(Reader::open(&path).expect("the file").head().expect("a head"), head);
    assert_eq!(parts(folder.path()), Vec::<String>::new());
}
