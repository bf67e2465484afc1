//! Which scan an export becomes: nothing is replaced unasked or untold, and nonsense becomes none.

use crate::desk::Desk;
use crate::desk_evidence::{CLEAN, N_SCANS, removing, uninstall};
use egui::Key;

/// Amara's case with the form of the removal open.
fn describing() -> Desk {
    let mut desk = Desk::with_exports();
    desk.type_text("0142");
    desk.enter();
    desk.key(Key::Num1);
    desk.key(Key::Space);
    desk.go_on();
    desk.see("Product removed");
    desk
}

#[test]
fn a_second_export_never_takes_the_place_of_the_scan_before_by_one_key() {
    let mut desk = removing(Desk::with_exports());
    desk.key(Key::S);
    desk.see("7 traces found");
    desk.key(Key::S);
    desk.see("Is it the scan before or after?");
    assert_eq!(desk.cell(N_SCANS), "1");
    desk.esc();
    desk.see("Nothing was kept of evidence-20171005111502");
    desk.see("7 traces found");
    assert_eq!(desk.cell(N_SCANS), "1");
    desk.close();
}

#[test]
fn what_is_said_to_be_the_scan_after_ticks_what_that_says_and_is_taken_back_as_a_whole() {
    let mut desk = removing(Desk::with_exports());
    desk.key(Key::S);
    desk.key(Key::S);
    desk.see("it is ticked: Customer's data is safe, Uninstalled from Windows");
    desk.go_on();
    assert_eq!(desk.last_entries(3), ["check_ticked", "check_ticked", "evidence_kept"]);
    desk.see("7 found, 7 gone");
    desk.ctrl(Key::Z);
    let entries = desk.last_entries(3);
    assert_eq!(entries, ["evidence_dropped", "check_unticked", "check_unticked"]);
    assert_eq!(desk.cell(N_SCANS), "1");
    desk.see("7 traces found");
    desk.close();
}

#[test]
fn before_the_removal_runs_there_is_no_scan_after_to_choose() {
    let mut desk = describing();
    desk.key(Key::S);
    desk.see("7 traces found");
    desk.key(Key::S);
    desk.see("Is it the scan before or after?");
    desk.see_no("The scan after");
    desk.go_on();
    desk.see("Scan before replaced the one of 11:1");
    desk.close();
}

#[test]
fn files_that_come_one_after_the_other_make_one_scan() {
    let mut desk = removing(Desk::demo());
    let folder = desk.evidence("frst", &["frst_2017.txt", "frst_addition_installed.txt"]);
    desk.drop_file(&folder.join("frst_2017.txt"));
    desk.see("Before: 1 file");
    desk.wait_ms(20_000);
    desk.drop_file(&folder.join("frst_addition_installed.txt"));
    desk.see("Added to the scan before of 11:1");
    desk.see("Before: 2 files");
    desk.ctrl(Key::Z);
    desk.see("Before: 1 file");
    desk.close();
}

#[test]
fn exports_that_were_taken_again_say_which_scan_they_replace_and_are_taken_back() {
    let mut desk = removing(Desk::with_exports());
    desk.key(Key::S);
    uninstall(&mut desk);
    let clean = desk.evidence("after", &CLEAN);
    desk.drop_file(&clean);
    desk.see("Scan after taken");
    let n_scans = "SELECT count(*) FROM scan WHERE side = 'after'";
    let again = desk.evidence("again", &CLEAN);
    desk.wait_ms(20_000);
    desk.drop_file(&again);
    desk.see("Scan after replaced the one of 11:1");
    desk.see("(3 files)");
    let both = desk.cell(n_scans);
    desk.ctrl(Key::Z);
    assert_ne!(desk.cell(n_scans), both);
    desk.close();
}

#[test]
fn after_a_new_start_of_the_program_nothing_is_promised_to_be_added() {
    let mut desk = removing(Desk::with_exports());
    desk.key(Key::S);
    uninstall(&mut desk);
    let part = desk.evidence("part", &["reg_uninstall_clean.reg"]);
    desk.drop_file(&part);
    desk.see("Add an export that lists them");
    desk.reopen();
    desk.scan("D2-00005");
    desk.see("Take all exports again, with one that lists them");
    desk.close();
}

#[test]
fn nonsense_is_no_scan() {
    let mut desk = removing(Desk::with_exports());
    desk.driver().paste("Dear Amara,\nyour laptop is ready.\nSee you on Friday");
    desk.see("Pasted text: this is no export that we know");
    desk.see("Nothing was kept of it");
    let empty = desk.write("empty.txt", "");
    desk.drop_file(&empty);
    desk.see("empty.txt (it is empty)");
    assert_eq!(desk.cell(N_SCANS), "0");
    desk.key(Key::S);
    desk.see("7 traces found");
    desk.drop_file(&empty);
    desk.see("empty.txt (it is empty)");
    desk.see("7 traces found");
    assert_eq!(desk.cell(N_SCANS), "1");
    desk.close();
}

#[test]
fn a_pasted_path_is_read_as_the_file_that_it_names() {
    let mut desk = removing(Desk::demo());
    let folder = desk.evidence("before", &["sc_query.txt"]);
    let path = folder.join("sc_query.txt");
    desk.driver().paste(&format!("\"{}\"", path.display()));
    desk.see("3 traces found");
    desk.close();
}

#[test]
fn the_form_of_a_removal_leaves_letters_to_commands_and_fills_in_what_the_scan_tells() {
    let mut desk = describing();
    desk.key(Key::S);
    desk.see("7 traces found");
    assert_eq!(desk.value("Version"), "17.0.0");
    let log = std::fs::read_to_string(desk.evidence("log", &["sc_query.txt"]).join("sc_query.txt"));
    desk.click("Version");
    // Copied from the prompt before it to the prompt behind it, so that it is known to be whole.
    let prompt = "C:\\Users\\Jane>";
    let log = log.expect("text");
    desk.driver().paste(&format!("{prompt}sc query\r\n\r\n{log}\r\n{prompt}"));
    desk.see("Is it the scan before or after?");
    desk.esc();
    assert_eq!(desk.value("Version"), "17.0.0");
    desk.fill("Version", "4111 1111 1111 1111");
    desk.go_on();
    desk.see("card number");
    assert_eq!(desk.last_entries(1), ["evidence_kept"]);
    desk.close();
}

#[test]
fn a_removal_that_runs_without_a_version_takes_it_from_the_scan_before() {
    let mut desk = removing(Desk::with_exports());
    desk.key(Key::S);
    desk.see("Scan before taken; version 17.0.0 noted");
    let version = "SELECT version FROM removal ORDER BY started_at_ms DESC LIMIT 1";
    assert_eq!(desk.cell(version), "17.0.0");
    desk.ctrl(Key::Z);
    assert_eq!(desk.cell(version), "");
    desk.close();
}
