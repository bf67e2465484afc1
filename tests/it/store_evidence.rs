//! Scans in the file: kept, pinned, dropped, and what a removal may rest on.

use crate::scans::Visit;
use swapdesk::domain::case::{Closing, DeviceEvidence, OverrideKind};
use swapdesk::domain::entry::{Change, Stamp};
use swapdesk::domain::evidence::compare::Restart;
use swapdesk::domain::evidence::kept::{Lines, Side, TRACES_MAX};
use swapdesk::domain::evidence::proof::{NotShown, Proof};
use swapdesk::domain::guard::{EvidenceRefusal, Refusal};
use swapdesk::domain::handoff::sheet;
use swapdesk::domain::id::ScanId;
use swapdesk::domain::removal::{Check, Method, Outcome, RemovedBy};
use swapdesk::store::Store;
use swapdesk::store::backup::restore;
use swapdesk::store::error::StoreError;
use swapdesk::store::export::{ExportOf, Span};
use swapdesk::store::lock::WindowLock;
use swapdesk::store::verify::verify;

/// Two programs, three services and drivers.
const INSTALLED: [&str; 2] = ["reg_uninstall_installed.reg", "sc_query.txt"];
const CLEAN: [&str; 3] = ["reg_uninstall_clean.reg", "sc_query_clean.txt", "driverquery_clean.txt"];
const LEFTOVERS: [&str; 2] = ["reg_uninstall_clean.reg", "reg_services_leftovers.reg"];
const TREND: &str = "Trend Micro Internet Security 3 Devices 1 Year";

/// Uninstalled and restarted, by the technician's ticks.
fn uninstalled() -> Visit {
    let mut visit = Visit::new();
    visit.start(RemovedBy::Technician, Method::WindowsUninstall);
    visit.tick(&[Check::DataSaved, Check::Uninstalled, Check::Restarted]);
    visit
}

/// As [`uninstalled`], with a scan before that found the product.
fn found_before() -> Visit {
    let mut visit = Visit::new();
    visit.keep(Side::Before, &INSTALLED).expect("kept");
    visit.start(RemovedBy::Technician, Method::WindowsUninstall);
    visit.tick(&[Check::DataSaved, Check::Uninstalled, Check::Restarted]);
    visit
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer.expect_err("a refusal") {
        StoreError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn assert_whole(visit: &Visit) {
    let report = verify(&visit.shop.path).expect("a report");
    assert!(report.is_whole(), "{report:?}");
}

fn sheet_text(visit: &Visit) -> Vec<String> {
    let reader = visit.shop.store.read();
    let file = reader.case_file(visit.case, visit.shop.now).expect("read").expect("a case");
    let sheet = sheet(&file, &reader.settings().expect("settings"), visit.shop.now);
    let facts = sheet.parts.iter().flat_map(|part| &part.facts);
    let facts = facts.map(|fact| format!("{}: {}", fact.label, fact.value));
    [sheet.summary.clone()].into_iter().chain(facts).collect()
}

#[test]
fn before_uninstall_after_and_the_sheet_says_that_nothing_is_left() {
    let mut visit = found_before();
    let after = visit.keep(Side::After, &CLEAN).expect("kept");
    let case = visit.case();
    let comparison = case.comparison(visit.device).expect("both sides");
    assert_eq!(comparison.summary(), "5 found, 5 gone");
    let removal = &case.removals[0];
    assert_eq!(case.next_needed(removal), None, "the after-scan is the look for leftovers");

    let proof = case.shown(visit.device).expect("proof");
    assert_eq!((proof.after, proof.summary.as_str()), (after, "5 found, 5 gone"));
    visit.finish(Outcome::RemovedAsShown { proof }).expect("finished");
    let case = visit.case();
    assert!(case.is_removal_over() && case.unsettled().next().is_none());
    visit.shop.hold(visit.case, TREND).expect("a key");

    let lines = sheet_text(&visit);
    let proof = "Proof: Before, 11:15: 5 found. After, 11:15: 5 gone, nothing left.";
    assert!(lines.iter().any(|line| line == proof), "{lines:#?}");
    let marks = lines.iter().find(|line| line.starts_with("Scanned: ")).expect("the files");
    assert!(marks.starts_with("Scanned: before: 2 files ("), "{marks}");
    let said = visit.shop.store.read().journal_page("", None, 20).expect("a page");
    let said: Vec<_> = said.lines.iter().map(|line| line.what.as_str()).collect();
    assert!(said.contains(&"Removed, as the scan shows: 5 found, 5 gone"), "{said:?}");
    assert!(said.iter().any(|what| what.starts_with("After-scan: clean, 0 traces, from 3 files")));
    let mut rows: Vec<Vec<String>> = Vec::new();
    let now = visit.shop.now;
    let mut each = |row: &[String]| {
        rows.push(row.to_vec());
        std::ops::ControlFlow::Continue(())
    };
    let reader = visit.shop.store.read();
    reader.export(ExportOf::Removals, Span::default(), now, &mut each).expect("rows");
    let cell = |name: &str| {
        let idx = ExportOf::Removals.columns().iter().position(|column| *column == name);
        rows[0][idx.expect("a column")].as_str()
    };
    assert_eq!((cell("outcome"), cell("statement")), ("removed_as_shown", "5 found, 5 gone"));
    assert_eq!((cell("before_verdict"), cell("after_verdict")), ("installed", "clean"));
    assert!(cell("before_scan_at").starts_with("2017-10-05 11:15:"));
    assert_eq!(cell("after_sha256").split(' ').count(), 3);
    assert_whole(&visit);
}

#[test]
fn leftovers_are_named_and_nothing_is_called_removed() {
    let mut visit = found_before();
    visit.keep(Side::After, &LEFTOVERS).expect("kept");
    let case = visit.case();
    let left = case.leftovers(visit.device).expect("leftovers");
    let why = case.shown(visit.device).expect_err("no proof");
    assert_eq!(why, NotShown::Left(left.clone()));
    let proof = Proof {
        before: None,
        after: case.scans[1].id,
        summary: "5 found, 5 gone".to_owned(),
        restart: Restart::NotTold,
    };
    let answer = refused(visit.finish(Outcome::RemovedAsShown { proof }));
    assert_eq!(answer, Refusal::Evidence(EvidenceRefusal::NotShown(why)));

    visit.finish(Outcome::LeftoversRemain { reason: left.clone() }).expect("finished");
    assert_eq!(visit.case().unsettled().count(), 1);
    let lines = sheet_text(&visit);
    assert!(lines.iter().any(|line| line.starts_with(&format!("What remains: {left}"))));
    assert!(lines.iter().any(|line| line.starts_with("What to do: ")), "{lines:#?}");
    assert_eq!(lines.iter().filter(|line| line.contains(&left)).count(), 1, "named once");
    assert_whole(&visit);
}

#[test]
fn a_scan_is_kept_without_its_lines_pinned_with_them_and_taken_back() {
    let mut visit = Visit::new();
    let id = visit.keep(Side::Before, &INSTALLED).expect("kept");
    let kept = visit.case().scan(id).expect("the scan").clone();
    assert_eq!(kept.scan.traces.len(), 5);
    assert!(kept.scan.traces.iter().all(|trace| trace.text.is_empty()));
    assert!(matches!(visit.case().evidence_of(visit.device), DeviceEvidence::BeforeOnly(_)));

    let mut pinned = visit.scan(Side::Before, &INSTALLED, Lines::Pinned);
    (pinned.id, pinned.kept_at) = (id, kept.kept_at);
    visit.record(pinned.clone()).expect("pinned");
    assert_eq!(visit.case().scans, [pinned.clone()]);
    pinned.scan.traces.pop();
    let other = refused(visit.record(pinned));
    assert_eq!(other, Refusal::Evidence(EvidenceRefusal::Differs));
    assert_whole(&visit);

    visit.shop.tell(Change::EvidenceDropped { case: visit.case, scan: id });
    assert_eq!(visit.case().scans, []);
    let again = visit.shop.ask(Change::EvidenceDropped { case: visit.case, scan: id });
    assert_eq!(refused(again), Refusal::Missing("the scan"));
    assert_whole(&visit);
}

#[test]
fn an_after_scan_comes_after_the_uninstall() {
    let mut visit = Visit::new();
    assert_eq!(visit.case().side_now(visit.device), Side::Before);
    let early = refused(visit.keep(Side::After, &CLEAN));
    assert_eq!(early, Refusal::Evidence(EvidenceRefusal::AfterTooEarly));
    visit.start(RemovedBy::Technician, Method::WindowsUninstall);
    visit.tick(&[Check::DataSaved]);
    refused(visit.keep(Side::After, &CLEAN));
    visit.tick(&[Check::Uninstalled]);
    assert_eq!(visit.case().side_now(visit.device), Side::After);
    visit.keep(Side::After, &CLEAN).expect("kept");

    // Uninstalled again after the scan: what was scanned was before it.
    let (case, removal) = (visit.case, visit.removal);
    visit.shop.tell(Change::CheckUnticked { case, removal, check: Check::Uninstalled });
    visit.tick(&[Check::Uninstalled]);
    assert_eq!(visit.case().shown(visit.device), Err(NotShown::TooEarly));
}

#[test]
fn what_a_removal_rests_on_stays_until_its_end_is_taken_back() {
    let mut visit = uninstalled();
    let after = visit.keep(Side::After, &CLEAN).expect("kept");
    let proof = visit.case().shown(visit.device).expect("clean");
    assert_eq!(proof.before, None);
    visit.finish(Outcome::RemovedAsShown { proof }).expect("finished");
    let (case, removal) = (visit.case, visit.removal);
    let drop_it = Change::EvidenceDropped { case, scan: after };
    let kept = refused(visit.shop.ask(drop_it.clone()));
    assert_eq!(kept, Refusal::Evidence(EvidenceRefusal::InUse));
    visit.shop.tell(Change::RemovalResumed { case, removal });
    visit.shop.tell(drop_it);
    assert_eq!(visit.case().shown(visit.device), Err(NotShown::NoAfterScan));
}

#[test]
fn a_later_scan_that_finds_it_again_unsettles_the_removal() {
    let mut visit = found_before();
    visit.keep(Side::After, &CLEAN).expect("kept");
    let proof = visit.case().shown(visit.device).expect("proof");
    visit.finish(Outcome::RemovedAsShown { proof }).expect("finished");
    visit.keep(Side::After, &INSTALLED[1..]).expect("kept");
    let case = visit.case();
    assert!(case.contradiction(&case.removals[0]).is_some());
    assert_eq!(refused(visit.shop.hold(visit.case, TREND)), Refusal::RemovalNotSettled);
    let lines = sheet_text(&visit);
    assert!(lines[0].contains("but a later scan found it again"), "{}", lines[0]);
    assert!(lines.iter().any(|line| line.starts_with("Found again: ")));
    visit.keep(Side::After, &CLEAN).expect("kept");
    visit.shop.hold(visit.case, TREND).expect("settled again");
}

#[test]
fn a_statement_against_a_scan_that_shows_something_is_refused() {
    let mut visit = uninstalled();
    visit.tick(&[Check::LeftoversChecked]);
    visit.keep(Side::After, &INSTALLED).expect("kept");
    let stated = || Outcome::RemovedAsStated { statement: "looked everywhere".to_owned() };
    let answer = refused(visit.finish(stated()));
    assert_eq!(answer, Refusal::Evidence(EvidenceRefusal::StillInstalled));
    visit.keep(Side::After, &LEFTOVERS).expect("kept");
    let left = visit.case().leftovers(visit.device).expect("leftovers");
    let answer = refused(visit.finish(stated()));
    assert_eq!(answer, Refusal::Evidence(EvidenceRefusal::StillLeft(left)));
    // A list of programs alone shows nothing that is left, and not that nothing is.
    visit.keep(Side::After, &CLEAN[..1]).expect("kept");
    visit.finish(stated()).expect("stated");
    let lines = sheet_text(&visit);
    let proof = lines.iter().find(|line| line.starts_with("Proof: ")).expect("a proof");
    assert_eq!(proof, "Proof: The technician states: “Looked everywhere.”");
    assert!(lines.iter().any(|line| line.starts_with("Scan: After, ")), "{lines:#?}");
}

#[test]
fn what_the_customer_removed_alone_is_shown_by_a_clean_scan() {
    let mut visit = Visit::new();
    visit.start(RemovedBy::Customer, Method::WindowsUninstall);
    visit.keep(Side::After, &CLEAN).expect("kept");
    let proof = visit.case().shown(visit.device).expect("clean");
    visit.finish(Outcome::RemovedAsShown { proof }).expect("finished");
    assert!(visit.case().unsettled().next().is_none());
    let lines = sheet_text(&visit);
    let proof = "nothing found; programs, services and drivers were shown.";
    assert!(lines.iter().any(|line| line.starts_with("Proof: After, ") && line.ends_with(proof)));
}

#[test]
fn a_dead_mouse_filter_lets_nothing_end_without_a_leads_word() {
    let mut visit = uninstalled();
    visit.tick(&[Check::LeftoversChecked]);
    visit.keep(Side::After, &["reg_class_leftover.reg"]).expect("kept");
    assert!(visit.case().danger_of(visit.device).is_some());
    // Files that do not show the filters answer nothing.
    visit.keep(Side::After, &CLEAN).expect("kept");
    assert!(visit.case().danger_of(visit.device).is_some());
    let stated = || Outcome::RemovedAsStated { statement: "looked everywhere".to_owned() };
    assert_eq!(refused(visit.finish(stated())), Refusal::Danger);
    assert!(sheet_text(&visit).iter().any(|line| line.starts_with("Warning: ")));

    let case = visit.case;
    let reason = "the driver comes back".to_owned();
    let word = Change::Overridden { case, what: OverrideKind::Danger, reason };
    assert_eq!(refused(visit.shop.ask(word.clone())), Refusal::LeadOnly);
    visit.shop.tell_as_lead(word);
    visit.finish(stated()).expect("a lead said so");
    visit.shop.hold(case, TREND).expect("a key");
    visit.shop.issue(case).expect("issued");

    visit.keep(Side::After, &["reg_class_leftover.reg"]).expect("kept");
    let close = Change::CaseClosed { case, closing: Closing::HandedOver };
    assert_eq!(refused(visit.shop.ask(close.clone())), Refusal::Danger, "a new alert");
    visit.keep(Side::After, &["reg_class_clean.reg"]).expect("kept");
    assert_eq!(visit.case().danger_of(visit.device), None);
    visit.shop.tell(close);
}

#[test]
fn one_current_antivirus_in_the_after_scan_ends_the_gap_and_is_named() {
    let mut visit = found_before();
    let files: Vec<&str> = CLEAN.into_iter().chain(["ps_mpcomputerstatus.txt"]).collect();
    visit.keep(Side::After, &files).expect("kept");
    let proof = visit.case().shown(visit.device).expect("proof");
    visit.finish(Outcome::RemovedAsShown { proof }).expect("finished");
    let case = visit.case();
    let shown = case.protection_shown(visit.device).expect("an antivirus");
    assert_eq!(shown.name, "Windows Defender");
    assert_eq!(case.unprotected_since(), None);
    assert!(sheet_text(&visit)[0].contains("shows Windows Defender on and current"));

    // A later scan that tells otherwise counts.
    visit.keep(Side::After, &["wmic_av_list.txt"]).expect("kept");
    assert!(visit.case().protection_shown(visit.device).is_none());
    assert!(visit.case().unprotected_since().is_some());
}

#[test]
fn a_device_with_scans_stays_in_the_case_and_a_scan_in_its_own() {
    let mut visit = Visit::new();
    let id = visit.keep(Side::Before, &INSTALLED).expect("kept");
    let mut check_in = visit.case().check_in.expect("checked in");
    check_in.devices = vec![crate::shop::device()];
    let change = Change::CheckedIn { case: visit.case, check_in };
    assert_eq!(refused(visit.shop.ask(change)), Refusal::DeviceHasScans);

    let mut scan = visit.case().scan(id).expect("the scan").clone();
    let other = visit.shop.open_case("M2");
    let device = crate::shop::device();
    scan.device = device.id;
    visit.shop.check_in(other, swapdesk::domain::case::Wants::Both, vec![device]);
    let stolen = visit.shop.ask(Change::EvidenceKept { case: other, scan });
    assert!(matches!(stolen, Err(StoreError::AlreadyThere("the scan"))), "{stolen:?}");
}

#[test]
fn scans_are_in_the_backup_and_come_back_with_it() {
    let mut visit = found_before();
    visit.keep(Side::After, &CLEAN).expect("kept");
    let proof = visit.case().shown(visit.device).expect("proof");
    visit.finish(Outcome::RemovedAsShown { proof }).expect("finished");
    let kept = visit.case();
    let copy = visit.shop.folder.path().join("copy.swapdesk");
    visit.shop.store.read().backup(&copy).expect("a copy");
    let Visit { shop, case, .. } = visit;
    let place = shop.folder.path().join("other.swapdesk");
    drop(Store::open(&place, shop.now).expect("a new file"));
    let lock = WindowLock::acquire(&place).expect("no window");
    restore(&copy, &place, Stamp::new(shop.now, None), &lock).expect("restored");
    drop(lock);
    let store = Store::open(&place, shop.now).expect("the copy");
    let restored = store.read().case_file(case, shop.now).expect("read").expect("a case").case;
    assert_eq!((restored.scans, restored.removals), (kept.scans, kept.removals));
    assert!(verify(&place).expect("a report").is_whole());
}

#[test]
fn a_hundred_thousand_traces_make_a_small_entry_that_proves_nothing() {
    let mut visit = found_before();
    let word = |n: usize| -> String {
        [10_000, 1_000, 100, 10, 1]
            .map(|digit| char::from(b"abcdefghij"[n / digit % 10]))
            .iter()
            .collect()
    };
    let lines = (0..100_000).map(|n| format!("package:com.kaspersky.{}\r\n", word(n)));
    let text: String = lines.collect();
    let scan = visit.scan_of(Side::After, &[("many.txt", text.as_bytes())], Lines::Pinned);
    assert_eq!((scan.scan.traces.len(), scan.scan.n_left_out), (TRACES_MAX, 99_000));
    let n_bytes = serde_json::to_string(&scan).expect("JSON").len();
    assert!(n_bytes < 2_000_000, "{n_bytes} bytes");
    visit.record(scan).expect("kept");
    assert!(visit.case().shown(visit.device).is_err());
    assert_whole(&visit);
}

#[test]
fn hostile_text_is_kept_harmless() {
    let mut visit = Visit::new();
    let text = "\u{202e}Node,DisplayName,instanceGuid,productState\r\n\
                PC,Kaspersky \u{202e}\u{7}Total\u{200b} Security,{86367591-4BE4-AE08-2FD9-7FCB8259CD98},266240\r\n\
                =cmd|' /C calc'!A1 Kaspersky Lab 4111 1111 1111 1111 klif.sys\r\n";
    let exports = [("card 4111111111111111\u{202e}.txt", text.as_bytes())];
    let scan = visit.scan_of(Side::Before, &exports, Lines::Pinned);
    visit.record(scan).expect("kept");
    let kept = visit.case().scans[0].clone();
    let json = serde_json::to_string(&kept).expect("JSON");
    for bad in ["\u{202e}", "\u{200b}", "\u{7}", "\\u0007", "4111111111111111", "4111 1111"] {
        assert!(!json.contains(bad), "{bad:?} in {json}");
    }
    assert_eq!(kept.files[0].name, "card ••••••••••••••••.txt");
    // What did not go through the door is refused at it.
    let mut raw = kept.clone();
    raw.id = ScanId::mint(visit.shop.now);
    raw.files[0].name = "card 4111111111111111.txt".to_owned();
    assert!(matches!(
        refused(visit.record(raw.clone())),
        Refusal::Evidence(EvidenceRefusal::Scan(_))
    ));
    raw.files.clear();
    assert!(matches!(refused(visit.record(raw)), Refusal::Evidence(EvidenceRefusal::Scan(_))));
    assert_whole(&visit);
}
