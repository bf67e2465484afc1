//! Small things under the technician's hands: undo, reveal, palette, keys, drafts.

use crate::desk::Desk;
use egui::Key;
use swapdesk::ui::command::UiCommand;

#[test]
fn a_tick_is_taken_back_by_ctrl_z_and_the_journal_keeps_both() {
    let mut desk = Desk::demo();
    desk.scan("D2-00004");
    desk.key(Key::Space);
    desk.see("Uninstalled");
    desk.ctrl(Key::Z);
    assert_eq!(desk.last_entries(2), ["check_ticked", "check_unticked"]);
    let n_ticked = "SELECT count(*) FROM removal_check JOIN removal r ON r.id = removal_id \
                    JOIN cases c ON c.id = r.case_id WHERE c.number = 'D2-00004'";
    assert_eq!(desk.cell(n_ticked), "1");
    desk.close();
}

#[test]
fn a_revealed_key_is_in_the_journal_and_a_copied_one_leaves_the_clipboard() {
    let mut desk = Desk::demo();
    desk.scan("D2-00002");
    let key = desk.cell(
        "SELECT k.license FROM license_key k JOIN cases c ON c.id = k.case_id \
         WHERE c.number = 'D2-00002'",
    );
    desk.see_no(&key);
    desk.click("Reveal key");
    desk.see(&key);
    assert_eq!(desk.last_entries(1), ["key_revealed"]);
    desk.click("Copy key");
    assert_eq!(desk.driver().take_copied().as_deref(), Some(key.as_str()));
    desk.wait_ms(9_000);
    assert_eq!(desk.driver().take_copied(), None);
    desk.wait_ms(1_500);
    assert_eq!(desk.driver().take_copied().as_deref(), Some(""));
    desk.key(Key::F2);
    desk.scan("D2-00002");
    desk.see_no(&key);
    desk.close();
}

#[test]
fn the_palette_runs_a_command_by_a_few_letters() {
    let mut desk = Desk::demo();
    desk.ctrl(Key::K);
    desk.type_text("journal");
    desk.see("Journal");
    desk.enter();
    desk.see("Each entry carries the hash of the one before");
    desk.ctrl(Key::K);
    desk.type_text("new cus");
    desk.enter();
    desk.see("First name");
    desk.esc();
    desk.close();
}

#[test]
fn f1_lists_every_command_that_has_a_key() {
    let mut desk = Desk::demo();
    desk.key(Key::F1);
    for command in UiCommand::ALL.into_iter().filter(|command| !command.keys().is_empty()) {
        desk.see(command.label().trim_end_matches('…'));
        desk.see(&command.key_text());
    }
    desk.esc();
    desk.see_no(UiCommand::KeySheet.label());
}

#[test]
fn esc_keeps_the_drafts_of_notes_reasons_and_check_in() {
    let mut desk = Desk::demo();
    desk.scan("D2-00004");
    desk.key(Key::N);
    desk.type_text("half a note");
    desk.esc();
    desk.key(Key::N);
    assert_eq!(desk.value("Note"), "half a note");
    desk.esc();
    desk.ctrl_shift(Key::W);
    desk.fill("Why", "wants to think");
    desk.esc();
    desk.ctrl_shift(Key::W);
    assert_eq!(desk.value("Why"), "wants to think");
    desk.esc();
    desk.serve("chidi okafor");
    desk.fill("Make and model", "Dell XPS");
    desk.key(Key::F4);
    desk.ctrl(Key::Tab);
    desk.serve("chidi okafor");
    assert_eq!(desk.value("Make and model"), "Dell XPS");
    desk.close();
}

#[test]
fn a_search_is_verified_backed_up_and_exported_where_the_dialog_says() {
    let mut desk = Desk::demo();
    let backup = desk.folder.path().join("copy.backup");
    desk.will_choose(backup.clone());
    desk.ctrl(Key::B);
    desk.see("Backed up to");
    assert!(backup.exists());
    let csv = desk.folder.path().join("cases.csv");
    desk.will_choose(csv.clone());
    desk.key(Key::F3);
    desk.ctrl(Key::E);
    desk.see("Exported to");
    let text = std::fs::read_to_string(csv).expect("the export");
    assert!(text.contains("D2-00004"), "{text}");
    desk.key(Key::F6);
    desk.ctrl_shift(Key::V);
    desk.see("whole");
    desk.close();
}

#[test]
fn somebody_else_at_the_desk_is_named_in_what_they_do() {
    let mut desk = Desk::demo();
    desk.ctrl(Key::L);
    desk.click_row("Morgan Lee");
    desk.see("Morgan Lee, lead");
    desk.scan("D2-00004");
    desk.key(Key::Space);
    let by = "SELECT p.name FROM journal j JOIN person p ON p.id = j.person_id \
              ORDER BY seq DESC LIMIT 1";
    assert_eq!(desk.cell(by), "Morgan Lee");
    desk.close();
}

/// Amara's case, ended without an exchange.
fn closed() -> Desk {
    let mut desk = Desk::demo();
    desk.type_text("0142");
    desk.enter();
    desk.see("What the customer wants");
    desk.ctrl_shift(Key::W);
    desk.go_on();
    desk.see("is closed");
    desk
}

#[test]
fn a_closed_case_is_taken_back_from_the_empty_box() {
    let mut desk = closed();
    assert_eq!(desk.focus(), "Find a customer, case or key");
    desk.ctrl(Key::Z);
    assert_eq!(desk.last_entries(1), ["case_reopened"]);
    desk.see("What the customer wants");
    desk.see("Amara Okafor");
    desk.close();
}

#[test]
fn ctrl_z_never_brings_back_what_was_typed_for_the_customer_before() {
    let mut desk = closed();
    desk.wait_ms(9_000);
    desk.see_no("is closed");
    desk.ctrl(Key::Z);
    assert_eq!(desk.value("Find a customer, case or key"), "");
    desk.close();
}

#[test]
fn undo_stands_only_beside_the_words_of_what_it_takes_back() {
    let mut desk = Desk::demo();
    desk.scan("D2-00004");
    desk.key(Key::Space);
    assert!(desk.driver().sees("Undo"));
    desk.will_choose(desk.folder.path().join("copy.backup"));
    desk.ctrl(Key::B);
    desk.see("Backed up to");
    assert!(!desk.driver().sees("Undo"), "a copy is not taken back");
    desk.close();
}

#[test]
fn a_second_ctrl_z_says_that_there_is_nothing_more() {
    let mut desk = Desk::demo();
    desk.scan("D2-00004");
    desk.key(Key::Space);
    desk.ctrl(Key::Z);
    desk.see("Taken back: Uninstalled");
    desk.ctrl(Key::Z);
    desk.see("Nothing more to undo");
    assert_eq!(desk.last_entries(2), ["check_ticked", "check_unticked"]);
    desk.close();
}

#[test]
fn what_had_a_link_alone_has_a_key_or_stands_in_the_palette() {
    let mut desk = Desk::demo();
    desk.scan("D2-00002");
    let key = desk.cell(
        "SELECT k.license FROM license_key k JOIN cases c ON c.id = k.case_id \
         WHERE c.number = 'D2-00002'",
    );
    desk.key(Key::R);
    desk.see(&key);
    desk.key(Key::C);
    assert_eq!(desk.driver().take_copied().as_deref(), Some(key.as_str()));
    desk.scan("D2-00004");
    desk.ctrl(Key::K);
    desk.type_text("reveal");
    desk.see("no key was handed out");
    desk.enter();
    desk.esc();
    desk.key(Key::F2);
    desk.type_text("0142");
    desk.enter();
    desk.see("What the customer wants");
    desk.alt(Key::D);
    assert_eq!(desk.focus(), "Make and model");
    desk.type_text("Lenovo Yoga");
    desk.ctrl(Key::K);
    desk.type_text("not this device");
    desk.enter();
    desk.see_no("Lenovo Yoga");
    desk.ctrl(Key::K);
    desk.type_text("somebody else");
    desk.enter();
    assert_eq!(desk.focus(), "Who signs");
    desk.ctrl(Key::K);
    desk.type_text("all cases");
    desk.enter();
    desk.see("D2-00001");
    desk.close();
}

#[test]
fn a_scan_of_the_wrong_device_is_removed_with_a_reason_also_long_after() {
    let mut desk = Desk::demo();
    desk.scan("D2-00004");
    desk.see("7 traces found");
    desk.ctrl_shift(Key::S);
    desk.see("Remove the scan before of");
    desk.go_on();
    assert_ne!(desk.last_entries(1), ["evidence_dropped"], "without a reason nothing is removed");
    desk.type_text("it was of another device");
    desk.go_on();
    assert_eq!(desk.last_entries(2), ["note_added", "evidence_dropped"]);
    desk.see("Scan before removed: it was of another device");
    desk.see_no("7 traces found");
    desk.ctrl(Key::Z);
    desk.see("7 traces found");
    desk.close();
}

#[test]
fn after_a_key_is_held_enter_goes_on_and_begins_no_note() {
    let mut desk = Desk::demo();
    desk.scan("D2-00003");
    desk.see("Hold key");
    desk.go_on();
    desk.see("Check with the customer, then issue");
    assert_ne!(desk.focus(), "+ Note");
    desk.enter();
    desk.see_no("Add a note");
    assert_eq!(desk.last_entries(2), ["key_issued", "sheet_made"]);
    desk.close();
}
