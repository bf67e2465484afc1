//! What the scans of a device change on the page.

use super::Window;
use crate::domain::evidence::kept::Side;
use crate::domain::evidence::trace::{Area, Kind, Scan, Trace};
use crate::domain::subscription::Channel;
use crate::ui::action::{Action, ScanTarget};
use crate::ui::views::case::samples::acer;
use crate::ui::views::case::scan_samples::{FOUND, after, alarmed, scan, trace};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

/// The laptop, its removal begun and the scan before it taken.
fn scanned() -> Window {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.check_in();
    window.finish();
    window.desk().keep(Side::Before, scan(&FOUND));
    window.0.run();
    window
}

fn uninstalled() -> Window {
    let mut window = scanned();
    for item in ["Customer's data is safe", "Uninstalled from Windows", "Restarted"] {
        window.press(item);
    }
    window
}

fn target(window: &mut Window, side: Side) -> Action {
    let case = window.desk().file.case.id;
    Action::TakeScan(ScanTarget { case, device: acer().id, side })
}

#[test]
fn s_takes_the_side_that_follows_from_what_was_done_and_its_row_says_so() {
    let mut window = scanned();
    let before = target(&mut window, Side::Before);
    let after = target(&mut window, Side::After);
    // What comes now may be either: the window asks once it is read.
    window.key(Modifiers::NONE, Key::S);
    assert_eq!(window.desk().asked.last(), Some(&after));
    window.key(Modifiers::SHIFT, Key::S);
    assert_eq!(window.desk().asked.last(), Some(&before));
    let mut window = uninstalled();
    window.key(Modifiers::NONE, Key::S);
    assert_eq!(window.desk().asked.last(), Some(&after));
    window.key(Modifiers::SHIFT, Key::S);
    assert_eq!(window.desk().asked.last(), Some(&before));
}

#[test]
fn the_letters_of_a_text_field_take_no_scan() {
    let mut window = uninstalled();
    window.press("Not removed");
    let n_asked = window.desk().asked.len();
    window.type_into("Notes", "s");
    window.key(Modifiers::SHIFT, Key::S);
    assert_eq!(window.desk().asked.len(), n_asked);
}

#[test]
fn nothing_ends_while_exports_are_read() {
    let mut window = uninstalled();
    window.press("Looked for leftovers");
    window.desk().intake.reading = Some(0.4);
    window.0.run();
    assert!(window.sees("Reading evidence-20171005111204"));
    window.finish();
    assert_eq!(window.last_done(), "Done: Looked for leftovers");
    window.press("Cancel");
    assert_eq!(window.desk().asked.last(), Some(&Action::CancelScan));
    window.desk().intake.reading = None;
    window.0.run();
    window.press("Nothing is left");
    window.finish();
    assert!(window.last_done().starts_with("Removed, as stated"), "{}", window.last_done());
}

#[test]
fn what_is_shown_needs_no_tick_and_ends_with_one_key() {
    let mut window = uninstalled();
    window.desk().keep(Side::After, after(&[]));
    window.0.run();
    assert!(!window.sees("Looked for leftovers"));
    assert!(window.sees("4 of 4 done"), "what is not shown is not counted");
    window.finish();
    assert_eq!(window.last_done(), "Removed, as the scan shows: 7 found, 7 gone");
}

#[test]
fn what_the_after_files_do_not_show_wants_a_decision() {
    let mut window = uninstalled();
    let mut cut = scan(&[]);
    cut.covers = vec![Area::Programs];
    window.desk().keep(Side::After, cut);
    window.0.run();
    assert!(window.sees("Add an export that lists them"));
    let again = target(&mut window, Side::After);
    window.finish();
    assert_eq!(window.desk().asked.last(), Some(&again), "scanned again");
    // A list of programs is no look for leftovers: somebody must have looked.
    window.press("Nothing is left");
    window.press("Looked for leftovers");
    window.finish();
    assert!(window.last_done().starts_with("Removed, as stated"), "{}", window.last_done());
}

#[test]
fn a_trace_opens_to_what_to_do_and_closes_again() {
    let mut window = uninstalled();
    window.desk().keep(Side::After, after(&FOUND[6..]));
    window.0.run();
    let advice = crate::domain::evidence::advice::advice(&extension());
    assert!(!window.sees(advice));
    window.press("Browser extension Kaspersky Protection, found, still there");
    assert!(window.sees(advice));
    assert!(window.sees(", line 212, certain"), "the file, the line, how sure");
    window.press("Browser extension Kaspersky Protection, found, still there");
    assert!(!window.sees(advice));
}

#[test]
fn the_scan_after_has_the_focus_once_it_is_time_and_space_ticks_the_look_instead() {
    let mut window = uninstalled();
    assert!(window.0.get_by_label("Scan after removal").is_focused());
    assert!(window.sees("Scan after: drop the exports or press S; or look yourself (Space)"));
    assert!(window.sees("3 of 5 done"), "scans have no box, and are not counted");
    let n_asked = window.desk().asked.len();
    window.key(Modifiers::NONE, Key::Space);
    assert_eq!(window.last_done(), "Done: Looked for leftovers");
    assert_eq!(window.desk().asked.len(), n_asked + 1, "no scan was asked for");
    let mut window = uninstalled();
    let after = target(&mut window, Side::After);
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.desk().asked.last(), Some(&after));
}

#[test]
fn how_it_ended_is_asked_after_the_restart_and_nothing_is_assumed() {
    let mut window = scanned();
    assert!(!window.sees("How did it end"));
    window.finish();
    window.press("Customer's data is safe");
    window.press("Uninstalled from Windows");
    assert!(!window.sees("How did it end"));
    window.press("Restarted");
    assert!(window.sees("How did it end"));
    window.press("Looked for leftovers");
    assert!(!window.sees("Your statement, printed as a statement"));
    window.finish();
    assert_eq!(window.last_done(), "Done: Looked for leftovers");
    assert!(window.0.get_by_label("Nothing is left").is_focused());
    window.key(Modifiers::NONE, Key::Num1);
    assert!(window.sees("Your statement, printed as a statement"));
    window.finish();
    assert!(window.last_done().starts_with("Removed, as stated"), "{}", window.last_done());
}

#[test]
fn what_can_not_be_removed_ends_before_the_restart_too() {
    let mut window = scanned();
    window.press("It can't be removed…");
    window.press("Not removed");
    window.type_into("Why not", "asks for a password");
    window.finish();
    assert_eq!(window.last_done(), "Not removed: asks for a password");
}

#[test]
fn v_shows_the_traces_of_a_scan_before_and_hides_them_again() {
    let mut window = scanned();
    assert!(window.sees("Show 7 traces"));
    window.key(Modifiers::NONE, Key::V);
    assert!(window.sees("Service AVP17.0.0, found"));
    window.key(Modifiers::NONE, Key::V);
    assert!(!window.sees("Service AVP17.0.0, found"));
}

#[test]
fn what_is_gone_needs_nothing_done() {
    let mut window = uninstalled();
    window.desk().keep(Side::After, after(&FOUND[6..]));
    window.0.run();
    let service = trace(Kind::Service, "AVP17.0.0");
    window.press("Service AVP17.0.0, found, gone");
    assert!(window.sees("Gone. Nothing to do."));
    assert!(!window.sees(crate::domain::evidence::advice::advice(&service)));
}

#[test]
fn however_long_a_sentence_is_nothing_reaches_under_the_side_panel() {
    let mut window = uninstalled();
    let mut cut = scan(&[]);
    cut.covers = vec![Area::Browsers];
    cut.notes = vec!["cut short: not everything is shown ".repeat(8)];
    window.desk().keep(Side::After, cut);
    window.0.run();
    assert!(window.sees("Add an export that lists them"));
    window.is_beside_the_panel();
}

fn extension() -> Trace {
    trace(Kind::BrowserExtension, "Kaspersky Protection")
}

#[test]
fn a_customer_who_removed_it_alone_is_believed_by_what_the_scan_shows() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.check_in();
    window.press("Customer");
    window.finish();
    window.desk().keep(Side::After, after(&[]));
    window.0.run();
    window.finish();
    assert!(window.last_done().starts_with("Removed, as the scan shows"), "{}", window.last_done());
}

#[test]
fn the_alarm_is_gone_only_by_a_scan_and_goes_home_only_by_a_leads_word() {
    let mut window = uninstalled();
    window.desk().keep(Side::After, alarmed());
    window.0.run();
    assert!(window.sees("Acer Aspire E15: do not restart"));
    assert!(window.0.query_all_by_role(egui::Role::Alert).next().is_some());
    window.key(Modifiers::NONE, Key::O);
    window.press("M. Lee");
    window.type_into("Reason, for the journal", "The customer has no other time");
    window.finish();
    assert!(window.sees("A lead has said that it may go on"));
    assert!(window.sees("Acer Aspire E15: do not restart"));
    window.desk().keep(Side::After, after(&[]));
    window.0.run();
    assert!(!window.sees("do not restart"));
}

#[test]
fn while_an_alert_stands_nothing_says_to_restart() {
    for (after, is_told) in [(alarmed(), false), (after(&FOUND[6..]), true)] {
        let mut window = Window::with(Channel::Store, &[acer()]);
        window.check_in();
        window.finish();
        // By both files the device was started once.
        let booted = Some("2017-10-05 09:00".to_owned());
        let before = Scan { booted: booted.clone(), ..scan(&FOUND) };
        window.desk().keep(Side::Before, before);
        window.0.run();
        for item in ["Customer's data is safe", "Uninstalled from Windows", "Restarted"] {
            window.press(item);
        }
        window.desk().keep(Side::After, Scan { booted, ..after });
        window.0.run();
        assert!(window.sees("By the files it was not restarted"));
        assert_eq!(window.sees("restart it, then scan again"), is_told);
        assert_eq!(window.sees("only after the filter is mended"), !is_told);
    }
}

#[test]
fn the_lines_can_be_kept_while_they_are_in_memory() {
    let mut window = uninstalled();
    window.key(Modifiers::NONE, Key::P);
    assert!(matches!(window.desk().asked.last(), Some(Action::KeepLines(_))));
    window.desk().intake.with_lines.clear();
    window.0.run();
    let n_asked = window.desk().asked.len();
    window.key(Modifiers::NONE, Key::P);
    assert_eq!(window.desk().asked.len(), n_asked);
    let pin = window.0.get_by_label("Keep the masked lines with the case");
    let says = egui_kittest::kittest::NodeT::accesskit_node(&pin).description();
    assert_eq!(says.as_deref(), Some("Scan again to keep them"));
}

#[test]
fn a_restart_before_the_uninstall_is_not_taken_for_one_after_it() {
    let timed = |scan: Scan, booted: &str, clock: &str| Scan {
        booted: Some(booted.to_owned()),
        clock: Some(clock.to_owned()),
        ..scan
    };
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.check_in();
    window.finish();
    let before = timed(scan(&FOUND), "20171005080000", "20171005110000");
    window.desk().keep(Side::Before, before);
    window.0.run();
    window.press("Customer's data is safe");
    window.press("Uninstalled from Windows");
    // It ran for eight minutes when it was scanned, and the uninstall was ticked just now.
    let after = timed(after(&[]), "20171005110100", "20171005110900");
    window.desk().keep(Side::After, after);
    window.0.run();
    assert!(window.sees("tick the restart if it was"));
    window.press("Restarted");
    assert!(window.sees("Restarted between the two, as the files tell"));
    window.finish();
    assert_eq!(window.last_done(), "Removed, as the scan shows: 7 found, 7 gone");
}
