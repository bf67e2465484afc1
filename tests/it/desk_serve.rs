//! The job, through the window: a returning customer, a new one, one after the other.

use crate::desk::Desk;
use egui::Key;
use swapdesk::app::files::SheetDone;
use swapdesk::app::pictures::{HAND_OVER, SERVE, play};

/// What a returning customer may cost, from the first letter to the printed sheet.
const KEYS_MAX: usize = 25;

#[test]
fn a_returning_customer_has_the_printed_sheet_within_25_keys_and_no_pointer() {
    let mut desk = Desk::with_exports();
    for scene in SERVE {
        play(desk.driver(), scene);
    }
    let n_keys = desk.n_keys();
    println!("{n_keys} keys from the first letter to the printed sheet");
    assert!(n_keys <= KEYS_MAX, "{n_keys} keys");
    let sheets = desk.sheets();
    let [SheetDone::Printed(sheet)] = sheets.as_slice() else { panic!("{sheets:?}") };
    assert!(std::fs::read(sheet).expect("the sheet").starts_with(b"%PDF-"));
    let sql = "SELECT c.given_name || ' ' || c.surname, s.wants, s.consent_by, \
               (SELECT count(*) FROM removal_check JOIN removal ON removal_id = id \
                WHERE case_id = s.id), k.state \
               FROM cases s JOIN customer c ON c.external_id = s.customer \
               JOIN replacement r ON r.case_id = s.id JOIN license_key k ON k.id = r.key_id \
               WHERE s.closed_at_ms IS NULL AND k.state = 'issued'";
    assert_eq!(desk.rows(sql), ["Amara Okafor|both|Amara Okafor|3|issued"]);
    desk.see("Replacement seen active");
    for scene in HAND_OVER {
        play(desk.driver(), scene);
    }
    desk.see("Find a customer, case or key");
    assert_eq!(desk.value("Find a customer, case or key"), "", "the box is empty");
    assert_eq!(desk.focus(), "Find a customer, case or key");
    desk.close();
}

#[test]
fn the_second_customer_is_served_right_after_the_first_without_a_stray_word_of_theirs() {
    let mut desk = Desk::with_exports();
    for scene in SERVE.iter().chain(HAND_OVER) {
        play(desk.driver(), scene);
    }
    desk.see_no("Amara Okafor");
    desk.type_text("lena");
    desk.see("Lena Brandt");
    desk.enter();
    desk.see("Lena Brandt");
    desk.see_no("Amara Okafor");
    for _ in 0..4 {
        desk.key(Key::Space);
    }
    desk.state_removed();
    desk.go_on();
    desk.go_on();
    let issued = "SELECT c.surname FROM replacement r JOIN cases s ON s.id = r.case_id \
                  JOIN customer c ON c.external_id = s.customer ORDER BY r.issued_at_ms";
    assert_eq!(desk.rows(issued), ["Novak", "Okafor", "Brandt"]);
    assert_eq!(desk.sheets().len(), 2);
    desk.close();
}

#[test]
fn a_new_customer_takes_three_fields_and_somebody_alike_is_told_while_typing() {
    let mut desk = Desk::demo();
    desk.ctrl(Key::N);
    assert_eq!(desk.focus(), "First name");
    desk.type_text("Amara");
    desk.key(Key::Tab);
    desk.type_text("Okafor");
    desk.see("Probably in the file already");
    desk.key(Key::Tab);
    desk.type_text("612 555 7788");
    desk.enter();
    let sql = "SELECT given_name, surname, phone FROM customer WHERE origin = 'desk'";
    assert_eq!(desk.rows(sql), ["Amara|Okafor|612 555 7788"]);
    desk.see("612 555 7788");
    // Enter begins the visit of the one who was just added.
    desk.enter();
    desk.see("What the customer wants");
    let sql = "SELECT c.phone FROM cases s JOIN customer c ON c.external_id = s.customer \
               ORDER BY s.number DESC LIMIT 1";
    assert_eq!(desk.cell(sql), "612 555 7788");
    desk.close();
}

#[test]
fn the_one_who_is_alike_is_opened_instead_by_alt_and_a_digit() {
    let mut desk = Desk::demo();
    desk.ctrl(Key::N);
    desk.type_text("Amara");
    desk.key(Key::Tab);
    desk.type_text("Okafor");
    desk.see("Probably in the file already");
    desk.alt(Key::Num1);
    desk.see_no("Probably in the file already");
    desk.see("(612) 555-0142");
    desk.enter();
    desk.see("What the customer wants");
    assert_eq!(desk.cell("SELECT count(*) FROM customer WHERE origin = 'desk'"), "0");
    desk.close();
}

#[test]
fn esc_keeps_the_draft_of_a_new_customer() {
    let mut desk = Desk::demo();
    desk.ctrl(Key::N);
    desk.type_text("Zora");
    desk.esc();
    desk.see_no("First name");
    desk.ctrl(Key::N);
    assert_eq!(desk.value("First name"), "Zora");
    desk.close();
}
