//! The barcode scanner: whatever has the focus, nothing lands where it was not meant.

use crate::desk::Desk;
use egui::{Key, Modifiers};

/// The box that finds everything.
const BOX: &str = "Find a customer, case or key";

/// Receipt of Lena, whose case is open, and of Chidi, who has none.
fn receipt(desk: &Desk, who: &str) -> String {
    desk.cell(&format!(
        "SELECT s.receipt_no FROM subscription s JOIN customer c ON c.external_id = s.customer \
         WHERE c.given_name || ' ' || c.surname = '{who}'"
    ))
}

#[test]
fn a_scan_of_a_case_number_a_receipt_or_a_serial_opens_the_record() {
    for (code, who) in [("D2-00004", "Lena Brandt"), ("5CD7140XYZ", "Lena Brandt")] {
        for page in [Key::F2, Key::F4, Key::F6] {
            let mut desk = Desk::demo();
            desk.key(page);
            desk.scan(code);
            desk.see("Remove Kaspersky");
            desk.see(who);
        }
    }
    let mut desk = Desk::demo();
    let receipt = receipt(&desk, "Tom Weiss");
    desk.key(Key::F4);
    desk.scan(&receipt);
    desk.see("Issue replacement");
    desk.see("Tom Weiss");
}

#[test]
fn two_scans_back_to_back_lose_no_key_and_the_last_one_counts() {
    let mut desk = Desk::demo();
    desk.driver().queue_text("D2-00004");
    desk.driver().queue_key(Modifiers::NONE, Key::Enter);
    desk.driver().queue_text("D2-00003");
    desk.driver().queue_key(Modifiers::NONE, Key::Enter);
    desk.driver().frame();
    desk.driver().settle();
    desk.see("Tom Weiss");
    desk.key(Key::F2);
    assert_eq!(desk.value(BOX), "", "no letter of a scan is left over");
}

#[test]
fn a_scan_while_a_note_is_typed_never_lands_in_the_note() {
    let mut desk = Desk::demo();
    desk.scan("D2-00004");
    desk.key(Key::N);
    desk.type_text("calls back on ");
    desk.scan("D2-00003");
    desk.see("Tom Weiss");
    desk.see_no("Add a note");
    desk.scan("D2-00004");
    desk.key(Key::N);
    assert_eq!(desk.value("Note"), "calls back on ");
    desk.type_text("Friday");
    desk.go_on();
    let sql = "SELECT body FROM journal WHERE kind = 'note_added'";
    let body = desk.cell(sql);
    assert!(body.contains("calls back on Friday"), "{body}");
    desk.close();
}

#[test]
fn a_scan_that_begins_with_a_letter_of_a_command_opens_no_dialog() {
    let mut desk = Desk::demo();
    desk.scan("D2-00004");
    desk.scan("NXGE6AA0017160");
    desk.see_no("Add a note");
    desk.see("Amara Okafor");
}

#[test]
fn in_a_serial_number_a_scan_replaces_what_stood_there() {
    let mut desk = Desk::demo();
    desk.serve("chidi okafor");
    desk.click("Serial number");
    desk.type_text("ab");
    desk.scan("SN-000-111");
    assert_eq!(desk.value("Serial number"), "SN-000-111");
    desk.see("Chidi Okafor");
}

#[test]
fn a_fast_typist_loses_no_key_behind_tab() {
    let mut desk = Desk::demo();
    desk.ctrl(Key::N);
    let driver = desk.driver();
    driver.queue_text("Zora");
    driver.queue_key(Modifiers::NONE, Key::Tab);
    driver.queue_text("Neale");
    driver.queue_key(Modifiers::NONE, Key::Tab);
    driver.queue_text("612 5");
    driver.frame();
    driver.settle();
    let typed = ["First name", "Last name", "Phone or e-mail"].map(|field| desk.value(field));
    assert_eq!(typed, ["Zora", "Neale", "612 5"]);
}

#[test]
fn keys_that_come_while_the_case_is_written_are_for_the_screen_that_comes() {
    let mut desk = Desk::demo();
    desk.type_text("0142");
    let driver = desk.driver();
    driver.queue_key(Modifiers::NONE, Key::Enter);
    driver.queue_key(Modifiers::NONE, Key::Num1);
    driver.queue_key(Modifiers::NONE, Key::Space);
    driver.queue_key(Modifiers::COMMAND, Key::Enter);
    driver.frame();
    driver.settle();
    let sql = "SELECT wants, backup, consent_by FROM cases ORDER BY number DESC LIMIT 1";
    assert_eq!(desk.cell(sql), "both|yes|Amara Okafor");
}

#[test]
fn what_is_typed_in_one_frame_is_done_in_its_order() {
    let mut desk = Desk::demo();
    desk.scan("D2-00004");
    let driver = desk.driver();
    for _ in 0..4 {
        driver.queue_key(Modifiers::NONE, Key::Space);
    }
    driver.queue_key(Modifiers::NONE, Key::N);
    driver.queue_text("done");
    driver.queue_key(Modifiers::COMMAND, Key::Enter);
    driver.frame();
    driver.settle();
    let entries = desk.last_entries(5);
    let ticked = "check_ticked";
    assert_eq!(entries, [ticked, ticked, ticked, ticked, "note_added"]);
    let body = desk.cell("SELECT body FROM journal WHERE kind = 'note_added'");
    assert!(body.contains("done"), "{body}");
}

#[test]
fn the_sheet_of_a_closed_case_opens_that_case_and_starts_no_other() {
    let mut desk = Desk::demo();
    let closed = "SELECT number FROM cases WHERE closed_at_ms IS NOT NULL ORDER BY number LIMIT 1";
    let number = desk.cell(closed);
    let n_cases = desk.cell("SELECT count(*) FROM cases");
    for by_hand in [false, true] {
        desk.key(Key::F2);
        if by_hand {
            desk.type_text(&number);
            desk.enter();
        } else {
            desk.scan(&number);
        }
        desk.see("Reopen the case");
        desk.see(&number);
        assert_eq!(desk.cell("SELECT count(*) FROM cases"), n_cases);
    }
    desk.close();
}

#[test]
fn the_beginning_of_a_receipt_starts_no_case() {
    let mut desk = Desk::demo();
    let receipt = receipt(&desk, "Chidi Okafor");
    let n_cases = desk.cell("SELECT count(*) FROM cases");
    desk.scan(&receipt[..receipt.len() - 2]);
    assert_eq!(desk.cell("SELECT count(*) FROM cases"), n_cases);
    desk.close();
}
