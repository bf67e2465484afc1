//! A system that has neither dialogs for files nor a printer: every key that would open a dialog
//! asks for the path instead, and a sheet that was not printed says where it lies.

use crate::desk::Desk;
use crate::desk_evidence::removing;
use egui::Key;

const MISSING: &str = "No file dialog on this system";

/// Types where it is over what stands there.
fn answer(desk: &mut Desk, path: &std::path::Path) {
    desk.see(MISSING);
    desk.ctrl(Key::A);
    desk.type_text(path.to_str().expect("text"));
    desk.enter();
    desk.see_no(MISSING);
}

#[test]
fn a_scan_is_read_from_where_it_is_typed_to_be() {
    let mut desk = removing(Desk::demo().without_dialogs());
    let [before, _] = desk.exports();
    desk.key(Key::S);
    desk.see("drop the files on the page, paste what they say");
    answer(&mut desk, &before);
    desk.see("7 traces found");
    // Space ticks what is next, as if nothing had been asked between.
    desk.key(Key::Space);
    desk.see("1 of 5 done");
    desk.close();
}

#[test]
fn a_backup_an_export_and_a_sheet_are_written_where_it_is_typed() {
    let mut desk = Desk::demo().without_dialogs();
    let place = |desk: &Desk, name: &str| desk.folder.path().join(name);
    let backup = place(&desk, "copy.backup");
    desk.ctrl(Key::B);
    answer(&mut desk, &backup);
    desk.see("Backed up to");
    desk.key(Key::F3);
    desk.ctrl(Key::E);
    let csv = place(&desk, "cases.csv");
    answer(&mut desk, &csv);
    desk.see("Exported to");
    desk.scan("D2-00002");
    desk.ctrl(Key::S);
    let sheet = place(&desk, "sheet.pdf");
    answer(&mut desk, &sheet);
    desk.see("Saved as");
    assert!(backup.is_file() && csv.is_file() && sheet.is_file());
    desk.close();
}

#[test]
fn a_list_is_imported_and_a_folder_is_watched_from_where_they_are_typed_to_be() {
    let mut desk = Desk::demo().without_dialogs();
    let keys = desk.write("keys.csv", "product,key,lot\nWebroot 3 Devices 1 Year,AAAA-0001,L1\n");
    desk.ctrl(Key::I);
    desk.key(Key::Num3);
    answer(&mut desk, &keys);
    desk.see("Is this the right file?");
    desk.esc();
    desk.press(egui::Modifiers::COMMAND, Key::Comma);
    desk.alt(Key::Num4);
    desk.click("Browse…");
    let stick = desk.folder.path().join("stick");
    answer(&mut desk, &stick);
    assert_eq!(desk.value("Watched folder"), stick.to_str().expect("text"));
    desk.close();
}

#[test]
fn esc_on_the_question_changes_nothing() {
    let mut desk = removing(Desk::demo().without_dialogs());
    let n_entries = desk.cell("SELECT count(*) FROM journal");
    desk.key(Key::S);
    desk.see(MISSING);
    desk.esc();
    desk.see_no(MISSING);
    desk.see("Scan before removal");
    assert_eq!(desk.cell("SELECT count(*) FROM journal"), n_entries);
    desk.close();
}

#[test]
fn a_sheet_that_was_not_printed_says_where_it_lies_and_nothing_stands_green_below() {
    let mut desk = Desk::demo().without_dialogs();
    desk.scan("D2-00002");
    desk.ctrl(Key::P);
    desk.see("The sheet was not printed");
    desk.see("D2-00002 handoff.pdf: print it from there");
    desk.see("no printer is set up here, and no program that opens PDF files");
    desk.see_no("unix_wait_status");
    desk.see_no("Everything that the customer came for is done");
    desk.see("The sheet was not printed: Ctrl+P tries again");
    desk.close();
}
