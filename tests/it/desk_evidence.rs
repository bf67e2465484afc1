//! What a customer's device says, through the window: both scans, what is left, and the alarm.

use crate::desk::Desk;
use egui::Key;
use std::path::Path;

/// How the removal that was started last ended.
const OUTCOME: &str =
    "SELECT coalesce(outcome, '') FROM removal ORDER BY started_at_ms DESC LIMIT 1";
/// Scans of the case that was opened last.
pub(crate) const N_SCANS: &str =
    "SELECT count(*) FROM scan WHERE case_id = (SELECT id FROM cases ORDER BY number DESC LIMIT 1)";

/// Clean in programs, services and drivers.
pub(crate) const CLEAN: [&str; 3] =
    ["reg_uninstall_clean.reg", "sc_query_clean.txt", "driverquery_clean.txt"];
/// Programs, services and drivers of a whole product.
const INSTALLED: [&str; 2] = ["reg_uninstall_installed.reg", "sc_query.txt"];

/// A restart and another run of the collector: longer than the device ran by the made-up scan.
const RESTART_MS: i64 = 5 * 60 * 1_000;

/// Amara's laptop, checked in, its removal begun.
pub(crate) fn removing(mut desk: Desk) -> Desk {
    desk.type_text("0142");
    desk.enter();
    desk.key(Key::Num1);
    desk.key(Key::Space);
    desk.go_on();
    desk.go_on();
    desk.see("Scan before removal");
    desk
}

/// Uninstalled and restarted.
pub(crate) fn uninstall(desk: &mut Desk) {
    for _ in 0..3 {
        desk.key(Key::Space);
    }
}

/// The export that was read is a better one of the time before.
fn instead_of_the_one_before(desk: &mut Desk) {
    desk.see("Is it the scan before or after?");
    desk.click("Instead of the scan before");
    desk.go_on();
}

/// A running service of Kaspersky's is gone, its driver is still registered.
fn leftovers(desk: &Desk) -> std::path::PathBuf {
    let folder = desk.evidence("after-left", &CLEAN);
    let driver = "SERVICE_NAME: klif\r\nDISPLAY_NAME: Kaspersky Lab Driver\r\n        \
                  TYPE               : 2  FILE_SYSTEM_DRIVER \r\n        \
                  STATE              : 1  STOPPED \r\n        \
                  WIN32_EXIT_CODE    : 1077  (0x435)\r\n        \
                  SERVICE_EXIT_CODE  : 0  (0x0)\r\n        \
                  CHECKPOINT         : 0x0\r\n        \
                  WAIT_HINT          : 0x0\r\n\r\n";
    let clean = std::fs::read_to_string(folder.join("sc_query_clean.txt")).expect("text");
    std::fs::write(folder.join("sc_query_clean.txt"), format!("{clean}\r\n{driver}"))
        .expect("written");
    folder
}

#[test]
fn two_keys_take_both_scans_from_the_watched_folder_and_show_that_it_is_gone() {
    let mut desk = Desk::demo();
    let stick = desk.folder.path().join("stick");
    std::fs::create_dir(&stick).expect("a folder");
    desk.will_choose(stick.clone());
    desk.press(egui::Modifiers::COMMAND, Key::Comma);
    desk.alt(Key::Num4);
    desk.click("Browse…");
    assert_eq!(desk.value("Watched folder"), stick.to_str().expect("text"));
    desk.click("Morgan Lee");
    desk.go_on();
    assert_eq!(desk.last_entries(1), ["settings_changed"]);
    desk.key(Key::F2);
    let mut desk = removing(desk);
    let [before, _] = desk.exports();
    let name = before.file_name().expect("a name").to_str().expect("text").to_owned();
    desk.wait_for(&format!("New: {name}. Press S to take it"));
    desk.key(Key::S);
    desk.see("7 traces found");
    desk.key(Key::Space);
    desk.key(Key::Space);
    // The device is started again, as its files tell afterwards.
    desk.wait_ms(RESTART_MS);
    desk.key(Key::S);
    desk.see("7 found, 7 gone");
    desk.see("Exactly one antivirus is on, and it is current: Windows Defender");
    desk.see("Restarted between the two, as the files tell");
    desk.see("Finish: removed, shown by the scan");
    desk.go_on();
    assert!(desk.cell(OUTCOME).contains("removed_as_shown"), "{}", desk.cell(OUTCOME));
    desk.see("Windows Defender is on, shown by the scan");
    desk.see_no("Unprotected for");
    desk.close();
}

#[test]
fn dropped_exports_go_to_the_device_at_hand_and_elsewhere_it_is_said_where_to_drop() {
    let mut desk = Desk::demo();
    let folder = desk.evidence("before", &INSTALLED);
    let files: Vec<_> = INSTALLED.iter().map(|file| folder.join(file)).collect();
    desk.driver().drop_files(&files);
    desk.see("Open the case of the device first");
    desk.driver().drop_files(std::slice::from_ref(&folder));
    desk.see("drop it onto the page of its case");
    desk.esc();
    let mut desk = removing(desk);
    desk.driver().drop_files(std::slice::from_ref(&folder));
    desk.see("5 traces found");
    assert_eq!(desk.last_entries(1), ["evidence_kept"]);
    uninstall(&mut desk);
    let clean = desk.evidence("after", &CLEAN);
    let files: Vec<_> = CLEAN.iter().map(|file| clean.join(file)).collect();
    desk.driver().drop_files(&files);
    desk.see("5 found, 5 gone");
    desk.close();
}

#[test]
fn a_table_that_is_dropped_on_a_case_is_imported_and_any_other_csv_is_read_as_an_export() {
    let mut desk = removing(Desk::demo());
    let keys = "product,key,lot\nWebroot SecureAnywhere 3 Devices 1 Year,AAAA-BBBB-CCCC-0001,L1\n";
    let keys = desk.write("keys.csv", keys);
    desk.drop_file(&keys);
    desk.see("Is this the right file?");
    desk.esc();
    let folder = desk.evidence("before", &["driverquery_v.csv"]);
    desk.drop_file(&folder.join("driverquery_v.csv"));
    assert_eq!(desk.last_entries(1), ["evidence_kept"]);
    desk.see("traces found");
    desk.close();
}

#[test]
fn pasted_text_is_a_scan_and_what_can_not_be_read_is_told_by_name() {
    let mut desk = removing(Desk::demo());
    let folder = desk.evidence("before", &["sc_query.txt"]);
    let text = std::fs::read_to_string(folder.join("sc_query.txt")).expect("text");
    desk.driver().paste(&text);
    desk.see("3 traces found");
    desk.see("1 file");
    std::fs::write(folder.join("photo.txt"), b"\x89PNG\r\n\x1a\n\0\0").expect("written");
    desk.will_choose(folder.join("photo.txt"));
    desk.key(Key::S);
    desk.see("1 file not read");
    desk.see("photo.txt (it is not text)");
    desk.see("No scan was taken");
    assert_eq!(desk.cell(N_SCANS), "1");
    desk.close();
}

#[test]
fn a_dropped_file_of_no_known_format_is_told_by_its_name() {
    let mut desk = removing(Desk::demo());
    let text = "Called Amara at noon.\r\nC:\\ProgramData\\Kaspersky Lab\\AVP17.0.0\\Bases\r\n";
    desk.drop_file(&desk.write("notes.txt", text));
    desk.see("1 trace found");
    desk.see("Before: notes.txt: format not recognized");
    desk.close();
}

#[test]
fn text_that_is_pasted_into_a_field_stays_there() {
    let mut desk = Desk::demo();
    desk.driver().paste("okafor");
    assert_eq!(desk.value("Find a customer, case or key"), "okafor");
    desk.close();
}

#[test]
fn a_scan_that_was_taken_by_mistake_is_taken_back() {
    let mut desk = removing(Desk::with_exports());
    desk.key(Key::S);
    desk.see("Scan before taken");
    desk.ctrl(Key::Z);
    // The version that the scan told goes with it.
    let entries = desk.last_entries(4);
    assert_eq!(
        entries,
        ["removal_started", "evidence_kept", "evidence_dropped", "removal_started"]
    );
    desk.see("Taken back: Scan before taken");
    assert_eq!(desk.cell(N_SCANS), "0");
    desk.see_no("7 traces found");
    desk.close();
}

#[test]
fn what_is_left_is_named_and_goes_on_only_by_a_leads_word() {
    let mut desk = removing(Desk::demo());
    let before = desk.evidence("before", &INSTALLED);
    desk.will_choose(before);
    desk.key(Key::S);
    uninstall(&mut desk);
    let left = leftovers(&desk);
    desk.will_choose(left);
    desk.key(Key::S);
    desk.see("5 found, 4 gone, 1 still there");
    desk.see("1 trace is still there: klif (driver). Remove it, then scan again");
    desk.see_no("Nothing is left");
    // The line that is left has the focus; Enter opens what to do about it.
    desk.enter();
    desk.see("Never delete the file by hand");
    desk.key(Key::O);
    assert!(desk.cell(OUTCOME).contains("leftovers_remain"), "{}", desk.cell(OUTCOME));
    desk.see("Lead who gives their word");
    desk.click("Morgan Lee");
    desk.fill("Reason, for the journal", "Customer comes back tomorrow");
    desk.go_on();
    assert_eq!(desk.last_entries(2), ["removal_finished", "overridden"]);
    desk.see("Hold key");
    desk.close();
}

#[test]
fn mended_and_scanned_again_it_is_shown_to_be_gone() {
    let mut desk = removing(Desk::demo());
    desk.will_choose(desk.evidence("before", &INSTALLED));
    desk.key(Key::S);
    uninstall(&mut desk);
    desk.will_choose(leftovers(&desk));
    desk.key(Key::S);
    desk.will_choose(desk.evidence("after", &CLEAN));
    desk.go_on();
    desk.see("5 found, 5 gone");
    assert_eq!(desk.cell(N_SCANS), "3");
    desk.go_on();
    assert!(desk.cell(OUTCOME).contains("removed_as_shown"), "{}", desk.cell(OUTCOME));
    desk.close();
}

#[test]
fn the_alarm_stays_above_everything_until_a_scan_shows_it_gone() {
    let mut desk = removing(Desk::demo());
    let alarm = "do not restart";
    desk.will_choose(desk.evidence("one", &["reg_class_leftover.reg", "driverquery_clean.txt"]));
    desk.key(Key::S);
    desk.see(alarm);
    desk.see("The mouse may be dead after the next restart");
    desk.see("The keyboard may be dead after the next restart");
    desk.esc();
    desk.scan("D2-00005");
    desk.see(alarm);
    desk.reopen();
    desk.scan("D2-00005");
    desk.see(alarm);
    desk.will_choose(desk.evidence("two", &["driverquery_clean.txt"]));
    desk.key(Key::S);
    instead_of_the_one_before(&mut desk);
    desk.see(alarm);
    desk.will_choose(desk.evidence("three", &["reg_class_clean.reg"]));
    desk.key(Key::S);
    desk.see_no(alarm);
    desk.close();
}

#[test]
fn after_a_restart_of_the_program_the_table_is_there_and_its_lines_only_if_they_were_kept() {
    let mut desk = removing(Desk::with_exports());
    desk.key(Key::S);
    let pinned = "SELECT is_pinned FROM scan ORDER BY kept_at_ms DESC LIMIT 1";
    assert_eq!(desk.cell(pinned), "0");
    desk.key(Key::P);
    assert_eq!(desk.last_entries(2), ["evidence_kept", "evidence_kept"]);
    assert_eq!(desk.cell(pinned), "1");
    desk.see_no("Without it only the list of traces stays");
    desk.key(Key::Space);
    desk.key(Key::Space);
    desk.wait_ms(RESTART_MS);
    desk.key(Key::S);
    desk.reopen();
    desk.scan("D2-00005");
    desk.see("7 found, 7 gone");
    desk.see("Scan again to keep them");
    desk.key(Key::P);
    assert_eq!(desk.cell(pinned), "0", "the one after was never pinned");
    desk.go_on();
    assert!(desk.cell(OUTCOME).contains("removed_as_shown"), "{}", desk.cell(OUTCOME));
    desk.close();
}

#[test]
fn of_two_devices_the_one_at_hand_is_scanned() {
    let mut desk = Desk::with_exports();
    desk.type_text("0142");
    desk.enter();
    desk.click("Another device");
    desk.fill("Make and model", "Lenovo Yoga");
    desk.click("Yes, recent");
    desk.click("Amara Okafor signed");
    desk.go_on();
    desk.click("Lenovo Yoga: to do");
    desk.go_on();
    desk.key(Key::S);
    desk.see("7 traces found");
    let sql = "SELECT d.model FROM scan s JOIN device d ON d.id = s.device_id \
               WHERE s.case_id = (SELECT id FROM cases ORDER BY number DESC LIMIT 1)";
    assert_eq!(desk.cell(sql), "Lenovo Yoga");
    desk.close();
}

#[test]
fn before_the_uninstall_nothing_is_taken_as_the_scan_after() {
    let mut desk = removing(Desk::with_exports());
    desk.press(egui::Modifiers::SHIFT, Key::S);
    assert_eq!(desk.cell(N_SCANS), "0");
    desk.see("The scan after comes after the uninstall: tick it first");
    desk.key(Key::S);
    uninstall(&mut desk);
    // The scan before can be taken again: Shift+S, or a click on its row.
    desk.press(egui::Modifiers::SHIFT, Key::S);
    let sides = "SELECT side FROM scan ORDER BY kept_at_ms DESC LIMIT 2";
    assert_eq!(desk.rows(sides), ["before", "before"]);
    desk.close();
}

#[test]
fn the_exports_of_the_stick_are_never_copied_into_the_file() {
    let mut desk = removing(Desk::with_exports());
    desk.key(Key::S);
    let file: &Path = &desk.path;
    let bytes = std::fs::read(file).expect("the file");
    let log = std::fs::read(file.with_extension("swapdesk-wal")).unwrap_or_default();
    for raw in ["SERVICE_EXIT_CODE", "ms_msclient", "Office 16 Click-to-Run"] {
        let holds = |bytes: &[u8]| bytes.windows(raw.len()).any(|part| part == raw.as_bytes());
        assert!(!holds(&bytes) && !holds(&log), "{raw} is in the file");
    }
    desk.close();
}
