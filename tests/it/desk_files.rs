//! Files into the window, and a file that can't be written.

use crate::desk::Desk;
use egui::Key;
use rusqlite::Connection;

const CUSTOMERS: &str = "external_id,given_name,surname,phone,email,street,city,state,postcode\n\
    C1,Zora,Neale,612-555-0188,zora@example.com,1 Main St,Edina,MN,55435\n\
    C2,,,,,,,,\n\
    C3,Ana,Lopez,612-555-0189,ana@example.com,2 Main St,Edina,MN,55435\n";
const SUBSCRIPTIONS: &str = "external_id,product,activation_code,receipt_no,purchased_on,expires_on,channel\n\
    C1,Kaspersky Internet Security 3 Devices,AAAAA-BBBBB-CCCCC-DDDDD,0281-1,2016-11-20,2017-11-20,store\n\
    C9,Kaspersky Anti-Virus,AAAAA-BBBBB-CCCCC-DDDDE,0281-2,2016-11-20,2017-11-20,store\n\
    C3,Kaspersky Anti-Virus,AAAAA-BBBBB-CCCCC-DDDDF,0281-3,2016-11-20,2017-02-30,store\n";
const KEYS: &str = "product,key,lot\n\
    Webroot SecureAnywhere Internet Security Complete 5 Devices 1 Year,WRSA-0001-0001-0001,L1\n\
    Webroot SecureAnywhere Internet Security Complete 5 Devices 1 Year,WRSA-0001-0001-0002,L1\n\
    ,WRSA-0001-0001-0003,L1\n";

#[test]
fn three_dropped_files_make_an_empty_desk_ready_and_a_customer_is_served() {
    let mut desk = Desk::empty();
    for (name, content, refused) in [
        ("customers.csv", CUSTOMERS, "3"),
        ("subscriptions.csv", SUBSCRIPTIONS, "3"),
        ("keys.csv", KEYS, "4"),
    ] {
        let path = desk.write(name, content);
        desk.drop_file(&path);
        desk.see("Is this the right file?");
        desk.see(name);
        desk.enter();
        desk.see("Imported");
        desk.see("refused");
        desk.see(refused);
        desk.esc();
        desk.see_no("Imported");
    }
    assert_eq!(desk.rows("SELECT external_id FROM customer ORDER BY 1"), ["C1", "C3"]);
    assert_eq!(desk.cell("SELECT count(*) FROM license_key WHERE state = 'free'"), "2");
    desk.type_text("zora");
    desk.see("Eligible");
    desk.enter();
    desk.fill("Make and model", "Dell XPS 13");
    desk.click("Yes, recent");
    desk.click("Zora Neale signed");
    desk.go_on();
    desk.go_on();
    for _ in 0..5 {
        desk.key(Key::Space);
    }
    desk.state_removed();
    desk.go_on();
    desk.go_on();
    assert_eq!(desk.last_entries(2), ["key_issued", "sheet_made"]);
    desk.close();
}

#[test]
fn the_same_file_again_changes_nothing_and_says_so() {
    let mut desk = Desk::empty();
    let path = desk.write("customers.csv", CUSTOMERS);
    let all = "SELECT * FROM customer ORDER BY row";
    desk.drop_file(&path);
    desk.enter();
    desk.esc();
    let before = desk.rows(all);
    desk.drop_file(&path);
    desk.enter();
    desk.see("Imported");
    desk.see("nothing changed");
    assert_eq!(desk.rows(all), before);
    desk.close();
}

#[test]
fn a_file_that_is_none_of_ours_is_told_in_words_and_nothing_is_written() {
    let mut desk = Desk::empty();
    let n_entries = desk.cell("SELECT count(*) FROM journal");
    let path = desk.write("photo.csv", "\0\0\0PNG");
    desk.drop_file(&path);
    desk.see("photo.csv: no list of customers, subscriptions, keys or products");
    assert_eq!(desk.cell("SELECT count(*) FROM journal"), n_entries);
    desk.close();
}

#[test]
fn an_import_that_is_canceled_keeps_nothing() {
    use std::fmt::Write;
    let mut text = CUSTOMERS.to_owned();
    for idx in 0..60_000 {
        writeln!(
            text,
            "X{idx},Zora,Neale,612-555-0188,z{idx}@example.com,1 Main St,Edina,MN,55435"
        )
        .expect("a line");
    }
    let mut desk = Desk::empty();
    let path = desk.write("many.csv", &text);
    desk.drop_file(&path);
    desk.see("Is this the right file?");
    let n_entries = desk.cell("SELECT count(*) FROM journal");
    let driver = desk.driver();
    driver.queue_key(egui::Modifiers::NONE, Key::Enter);
    for _ in 0..4 {
        driver.pass();
    }
    driver.queue_key(egui::Modifiers::NONE, Key::Escape);
    driver.settle();
    desk.see("Import canceled; nothing of it was kept");
    assert_eq!(desk.cell("SELECT count(*) FROM customer"), "0");
    assert_eq!(desk.cell("SELECT count(*) FROM journal"), n_entries);
    desk.close();
}

#[test]
fn while_another_program_writes_the_window_says_so_and_keeps_what_was_typed() {
    let mut desk = Desk::demo();
    desk.scan("D2-00004");
    desk.key(Key::N);
    desk.type_text("calls back on Friday");
    let other = Connection::open(&desk.path).expect("the file");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    desk.go_on();
    desk.see("The file is in use by another program");
    desk.see("Nothing was changed, and what you typed is still there");
    desk.see("Wait a few seconds");
    assert_eq!(desk.value("Note"), "calls back on Friday");
    other.execute_batch("ROLLBACK").expect("let go");
    desk.go_on();
    desk.see_no("The file is in use by another program");
    let body = desk.cell("SELECT body FROM journal WHERE kind = 'note_added'");
    assert!(body.contains("calls back on Friday"), "{body}");
    desk.close();
}

#[test]
fn a_lock_that_stays_stops_no_later_write() {
    let mut desk = Desk::demo();
    desk.scan("D2-00004");
    let other = Connection::open(&desk.path).expect("the file");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    desk.key(Key::Space);
    desk.see("The file is in use by another program");
    // The writer moves its log into the file when it is quiet.
    std::thread::sleep(std::time::Duration::from_millis(700));
    desk.driver().settle();
    desk.see_no("has stopped");
    drop(other);
    desk.key(Key::Space);
    assert_eq!(desk.last_entries(1), ["check_ticked"]);
    desk.close();
}

#[test]
fn a_file_that_is_none_of_ours_is_left_alone_and_the_window_says_so_and_rests() {
    let bytes = b"a letter to a friend, and no desk file at all".repeat(8);
    let mut desk = Desk::on(&bytes);
    desk.see("This is not a file of Swapdesk");
    desk.see("The file was left as it is");
    desk.see_no("Opening the file");
    for key in [Key::F3, Key::F4, Key::F6, Key::F2] {
        desk.key(key);
    }
    desk.ctrl(Key::B);
    desk.ctrl_shift(Key::V);
    assert!(desk.driver().is_at_rest());
    assert_eq!(std::fs::read(&desk.path).expect("bytes"), bytes);
}
