//! The ways that a visit can go, through the window.

use crate::desk::Desk;
use egui::Key;

/// The case that was opened last.
const LAST: &str = "SELECT id FROM cases ORDER BY number DESC LIMIT 1";

fn last(desk: &Desk, column: &str) -> String {
    desk.cell(&format!("SELECT {column} FROM cases WHERE id = ({LAST})"))
}

/// Amara's case, open, her laptop taken over.
fn amara() -> Desk {
    let mut desk = Desk::demo();
    desk.type_text("0142");
    desk.enter();
    desk.see("Does the customer have a backup");
    desk
}

fn check_in(desk: &mut Desk) {
    desk.key(Key::Num1);
    desk.key(Key::Space);
    desk.go_on();
}

fn remove(desk: &mut Desk) {
    desk.go_on();
    for _ in 0..5 {
        desk.key(Key::Space);
    }
    desk.state_removed();
}

#[test]
fn a_closed_window_loses_no_step_and_the_case_goes_on_where_it_stood() {
    let mut desk = amara();
    let again = |desk: &mut Desk| {
        desk.reopen();
        desk.type_text("0142");
        desk.enter();
        desk.see("Amara Okafor");
    };
    again(&mut desk);
    check_in(&mut desk);
    again(&mut desk);
    desk.see("Start removal");
    desk.go_on();
    again(&mut desk);
    for n_ticked in 0..5 {
        let n_checks = "SELECT count(*) FROM removal_check c JOIN removal r ON r.id = c.removal_id \
                        WHERE r.case_id = (SELECT id FROM cases ORDER BY number DESC LIMIT 1)";
        assert_eq!(desk.cell(n_checks), n_ticked.to_string());
        desk.key(Key::Space);
        again(&mut desk);
    }
    desk.state_removed();
    again(&mut desk);
    desk.see("Hold key");
    desk.go_on();
    again(&mut desk);
    desk.see("Check with the customer, then issue");
    desk.go_on();
    again(&mut desk);
    desk.see("Hand over, next customer");
    desk.key(Key::A);
    again(&mut desk);
    desk.go_on();
    assert_eq!(last(&desk, "closing IS NOT NULL"), "1");
    assert_eq!(desk.sheets().len(), 1);
    desk.close();
}

#[test]
fn the_customer_removes_it_alone_and_is_given_a_key() {
    let mut desk = amara();
    check_in(&mut desk);
    desk.click("Customer");
    desk.go_on();
    desk.see("Choose how it ended");
    desk.click("Removed by the customer");
    desk.go_on();
    desk.go_on();
    desk.go_on();
    let sql = "SELECT removed_by, outcome FROM removal ORDER BY started_at_ms DESC LIMIT 1";
    assert!(desk.cell(sql).contains("customer|"), "{}", desk.cell(sql));
    assert_eq!(desk.last_entries(3), ["key_held", "key_issued", "sheet_made"]);
    desk.close();
}

#[test]
fn a_removal_without_exchange_ends_without_a_key() {
    let mut desk = amara();
    desk.click("Removal only");
    desk.click("Yes, recent");
    desk.click("Amara Okafor signed");
    desk.go_on();
    remove(&mut desk);
    desk.see("Hand over");
    desk.see_no("Hold key");
    desk.ctrl(Key::P);
    desk.go_on();
    assert_eq!(last(&desk, "wants"), "removal_only");
    assert!(last(&desk, "closing").contains("handed_over"));
    assert_eq!(desk.sheets().len(), 1);
    desk.close();
}

#[test]
fn an_exchange_without_a_device_at_the_desk_needs_no_removal() {
    let mut desk = amara();
    desk.click("Exchange only");
    desk.click("Not this one");
    desk.go_on();
    desk.see("Hold key");
    desk.go_on();
    desk.go_on();
    assert_eq!(desk.last_entries(3), ["key_held", "key_issued", "sheet_made"]);
    let devices = format!("SELECT count(*) FROM case_device WHERE case_id = ({LAST})");
    assert_eq!(desk.cell(&devices), "0");
    desk.close();
}

#[test]
fn two_devices_on_one_subscription_are_both_cleaned_before_the_key() {
    let mut desk = amara();
    desk.click("Another device");
    desk.fill("Make and model", "Lenovo Yoga");
    desk.click("Yes, recent");
    desk.click("Amara Okafor signed");
    desk.go_on();
    remove(&mut desk);
    desk.see_no("Hold key");
    desk.see("Lenovo Yoga");
    remove(&mut desk);
    desk.see("Hold key");
    desk.go_on();
    desk.go_on();
    let sql = format!("SELECT count(*) FROM removal WHERE case_id = ({LAST})");
    assert_eq!(desk.cell(&sql), "2");
    assert_eq!(desk.last_entries(2), ["key_issued", "sheet_made"]);
    desk.close();
}

#[test]
fn a_key_that_the_vendor_rejects_is_voided_by_the_lead_and_the_next_one_is_issued() {
    let mut desk = amara();
    check_in(&mut desk);
    remove(&mut desk);
    desk.go_on();
    desk.go_on();
    desk.ctrl(Key::D);
    desk.fill("Reason", "the vendor says it is used already");
    desk.see_no("Hold key");
    desk.go_on();
    desk.see("Void key");
    desk.click("Morgan Lee");
    desk.go_on();
    desk.see("Hold key");
    desk.go_on();
    desk.go_on();
    let sql = format!(
        "SELECT k.state, k.reason, r.void_reason FROM replacement r \
         JOIN license_key k ON k.id = r.key_id WHERE r.case_id = ({LAST}) ORDER BY r.issued_at_ms"
    );
    let why = "the vendor says it is used already";
    assert_eq!(desk.rows(&sql), [format!("voided|{why}|{why}"), "issued||".to_owned()]);
    desk.close();
}

#[test]
fn a_customer_who_changes_their_mind_leaves_and_the_held_key_is_free_again() {
    let mut desk = amara();
    let free = "SELECT count(*) FROM license_key WHERE state = 'free'";
    let before = desk.cell(free);
    check_in(&mut desk);
    remove(&mut desk);
    desk.go_on();
    assert_ne!(desk.cell(free), before);
    desk.ctrl_shift(Key::W);
    desk.see("End the case without an exchange");
    desk.go_on();
    assert_eq!(desk.cell(free), before);
    assert!(last(&desk, "closing").contains("Customer changed their mind"));
    assert_eq!(desk.value("Find a customer, case or key"), "");
    desk.close();
}

#[test]
fn who_is_not_eligible_is_given_a_key_only_by_the_word_of_a_lead() {
    let mut desk = Desk::demo();
    desk.type_text("chidi okafor");
    desk.see("Not eligible");
    desk.enter();
    desk.fill("Make and model", "Dell XPS 13");
    desk.click("Yes, recent");
    desk.click("Chidi Okafor signed");
    desk.go_on();
    remove(&mut desk);
    desk.go_on();
    assert_eq!(desk.last_entries(1), ["removal_finished"], "no key is held");
    desk.key(Key::O);
    desk.see("Override");
    assert_eq!(desk.focus(), "Cancel");
    desk.click("Morgan Lee");
    desk.fill("Reason, for the journal", "Receipt of another store was seen");
    desk.go_on();
    assert_eq!(desk.last_entries(1), ["overridden"]);
    desk.go_on();
    desk.go_on();
    assert_eq!(desk.last_entries(3), ["key_held", "key_issued", "sheet_made"]);
    let by = "SELECT p.name, p.role FROM journal j JOIN person p ON p.id = j.person_id \
              WHERE j.kind = 'overridden'";
    assert_eq!(desk.cell(by), "Morgan Lee|lead");
    desk.close();
}

#[test]
fn a_hold_runs_out_after_five_minutes_and_the_key_is_held_again() {
    let mut desk = amara();
    check_in(&mut desk);
    remove(&mut desk);
    desk.go_on();
    desk.see("Check with the customer, then issue");
    desk.wait_ms(5 * 60_000 + 1_000);
    desk.see("The hold ran out");
    desk.go_on();
    desk.see("Check with the customer, then issue");
    desk.go_on();
    let entries = desk.last_entries(4);
    assert_eq!(entries, ["key_held", "key_held", "key_issued", "sheet_made"]);
    desk.close();
}

#[test]
fn with_nothing_in_stock_the_case_waits_and_a_delivery_lets_it_go_on() {
    let mut desk = Desk::empty();
    desk.ctrl(Key::N);
    desk.type_text("Zora");
    desk.key(Key::Tab);
    desk.type_text("Neale");
    desk.key(Key::Tab);
    desk.type_text("612 555 0188");
    desk.enter();
    desk.enter();
    desk.see("A lead decides on the exchange. No subscription is on file");
    desk.see_no("No subscription is on file; no");
    desk.click("Exchange only");
    desk.go_on();
    desk.see("Nothing is in stock");
    desk.go_on();
    assert_eq!(desk.last_entries(1), ["checked_in"]);
    let keys = "product,key,lot\nWebroot SecureAnywhere Internet Security Complete 5 Devices 1 \
                Year,AAAA-BBBB-CCCC-DDDD-0001,L1\n";
    let path = desk.write("keys.csv", keys);
    desk.drop_file(&path);
    desk.see("Is this the right file?");
    desk.enter();
    desk.see("Imported");
    desk.esc();
    desk.see("Webroot SecureAnywhere");
    desk.see_no("Nothing is in stock");
    desk.close();
}
