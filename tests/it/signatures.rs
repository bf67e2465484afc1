//! Signatures are data: a newer file in Settings finds what is new, without a new program.

use crate::desk::Desk;
use crate::scan_worker::answer;
use crate::shop::{NOW, Shop, today};
use chrono::NaiveDate;
use egui::{Key, Modifiers};
use std::sync::Arc;
use swapdesk::domain::entry::{Change, FileMark, Stamp};
use swapdesk::domain::guard::Refusal;
use swapdesk::domain::id::CaseId;
use swapdesk::domain::signature_file::{SignatureFile, SignatureMark, TEXT_BYTES_MAX};
use swapdesk::store::digest::sha256_of;
use swapdesk::store::error::StoreError;
use swapdesk::worker::Handle;
use swapdesk::worker::command::{ScanJob, ScanSource, When};
use swapdesk::worker::event::{Event, Scanned};

/// Packages of a phone, one of which no signature knows yet.
pub const EXPORT: &str = "package:com.android.phone\r\npackage:com.madeup.guard\r\n";

/// The program's own signatures with one more, compiled for this day.
pub fn newer(day: &str) -> String {
    let own = include_str!("../../assets/signatures.json");
    let entry = r#""entries": [{"subject": "android_package", "pattern": "com.madeup.guard",
        "match": "exact", "product": "Made-up Guard", "confidence": "seen", "source": "a test"},"#;
    let more = own.replacen("\"entries\": [", entry, 1);
    let text = more.replacen("\"2017-09-08\"", &format!("{day:?}"), 1);
    assert!(text.contains("Made-up Guard") && text.contains(day));
    text
}

fn file(text: &str) -> SignatureFile {
    let sha256 = sha256_of(text.as_bytes()).expect("memory");
    let mark = SignatureMark {
        file: FileMark { name: "newer.json".to_owned(), sha256 },
        day: NaiveDate::from_ymd_opt(2017, 12, 1).expect("a day"),
        n_entries: 400,
    };
    SignatureFile { mark, text: text.to_owned() }
}

/// The part of Settings about scans.
fn settings(desk: &mut Desk) {
    desk.press(Modifiers::COMMAND, Key::Comma);
    desk.alt(Key::Num4);
}

/// Pastes an export, better than the scan before that is there.
fn paste_before(desk: &mut Desk) {
    desk.driver().paste(EXPORT);
    desk.see("Is it the scan before or after?");
    desk.click("Instead of the scan before");
    desk.go_on();
}

/// Whether a scan of Lena's device, taken now, finds the new package.
fn finds(desk: &mut Desk) -> bool {
    const N_SCANS: &str = "SELECT count(*) FROM journal WHERE kind = 'evidence_kept'";
    let before = desk.cell(N_SCANS);
    desk.scan("D2-00004");
    paste_before(desk);
    assert_ne!(desk.cell(N_SCANS), before, "nothing was kept:\n{}", desk.screen());
    let sql = "SELECT body FROM journal WHERE kind = 'evidence_kept' ORDER BY seq DESC LIMIT 1";
    desk.cell(sql).contains("Made-up Guard")
}

#[test]
fn a_newer_file_finds_what_is_new_also_after_a_restart_until_the_desk_goes_back() {
    let mut desk = Desk::demo();
    assert!(!finds(&mut desk));
    desk.will_choose(desk.write("newer.json", &newer("2017-12-01")));
    settings(&mut desk);
    desk.see("Built in, 8 Sep 2017");
    desk.click("Morgan Lee");
    desk.ctrl(Key::U);
    desk.see("Scans use the signatures of 1 Dec 2017 now");
    desk.see("newer.json, 1 Dec 2017");
    assert_eq!(desk.last_entries(1), ["signatures_set"]);
    assert!(finds(&mut desk));
    desk.reopen();
    assert!(finds(&mut desk));
    settings(&mut desk);
    desk.see("newer.json, 1 Dec 2017");
    desk.click("Morgan Lee");
    desk.ctrl_shift(Key::U);
    assert_eq!(desk.last_entries(1), ["signatures_reset"]);
    desk.see_no("newer.json");
    assert!(!finds(&mut desk));
    desk.key(Key::F6);
    desk.see("Signatures: newer.json of 1 Dec 2017");
    desk.see("Signatures: the built-in ones again");
    desk.close();
}

#[test]
fn a_scan_tells_with_which_signatures_it_was_read_also_when_newer_ones_came() {
    let mut desk = Desk::demo();
    desk.scan("D2-00004");
    paste_before(&mut desk);
    desk.see("signatures of 8 Sep 2017");
    settings(&mut desk);
    desk.click("Morgan Lee");
    desk.drop_file(&desk.write("newer.json", &newer("2017-12-01")));
    assert_eq!(desk.last_entries(1), ["signatures_set"]);
    desk.scan("D2-00004");
    desk.see("signatures of 8 Sep 2017");
    paste_before(&mut desk);
    desk.see("signatures of 1 Dec 2017");
    desk.see_no("8 Sep 2017");
    desk.reopen();
    desk.scan("D2-00004");
    desk.see("signatures of 1 Dec 2017");
    desk.close();
}

#[test]
fn a_file_that_can_not_be_used_tells_why_at_its_place_and_changes_nothing() {
    let mut desk = Desk::demo();
    let n_entries = "SELECT count(*) FROM journal";
    let before = desk.cell(n_entries);
    settings(&mut desk);
    desk.drop_file(&desk.write("newer.json", &newer("2017-12-01")));
    desk.see("Choose the lead first");
    desk.click("Morgan Lee");
    for (name, text, why) in [
        ("old.json", newer("2016-12-01"), "older than the program's own of 8 Sep 2017"),
        ("catalog.json", "[]".to_owned(), "it is no signature file"),
    ] {
        desk.will_choose(desk.write(name, &text));
        desk.click("Choose newer file…");
        desk.see(&format!("{name} was not taken: "));
        desk.see(why);
    }
    assert_eq!(desk.cell(n_entries), before);
    desk.drop_file(&desk.write("newer.json", &newer("2017-12-01")));
    desk.see_no("was not taken");
    assert_eq!(desk.last_entries(1), ["signatures_set"]);
    desk.close();
}

#[test]
fn the_file_refuses_signatures_that_no_lead_read() {
    let mut shop = Shop::new();
    let good = file(&newer("2017-12-01"));
    let by_technician = shop.ask(Change::SignaturesSet { file: good.clone() });
    assert!(matches!(by_technician, Err(StoreError::Refused(Refusal::LeadOnly))));
    let mut as_lead = |change| {
        let stamp = Stamp { by: Some(shop.lead), ..shop.stamp() };
        shop.store.record(stamp, change)
    };
    let none = as_lead(Change::SignaturesReset);
    assert!(matches!(none, Err(StoreError::Refused(Refusal::Missing(_)))));
    let differs = SignatureFile { text: "{}".to_owned(), ..good.clone() };
    let differs = as_lead(Change::SignaturesSet { file: differs });
    assert!(matches!(differs, Err(StoreError::Refused(Refusal::SignaturesDiffer))));
    let large = file(&" ".repeat(TEXT_BYTES_MAX + 1));
    let large = as_lead(Change::SignaturesSet { file: large });
    assert!(matches!(large, Err(StoreError::Refused(Refusal::SignaturesTooLarge))));
    as_lead(Change::SignaturesSet { file: good.clone() }).expect("recorded");
    assert_eq!(shop.store.read().signature_file().expect("read"), Some(good));
    let copy = shop.folder.path().join("copy.swapdesk");
    shop.store.read().backup(&copy).expect("a copy");
    let kept = swapdesk::store::reader::Reader::open(&copy).expect("the copy");
    assert!(kept.signature_mark().expect("read").is_some());
    let report = swapdesk::store::verify::verify(&shop.path).expect("verified");
    assert!(report.is_whole(), "{:?}", report.lines);
}

/// What the threads find in the export when these were chosen.
fn scanned_with(file: SignatureFile) -> Scanned {
    let mut shop = Shop::new();
    shop.tell_as_lead(Change::SignaturesSet { file });
    let Shop { store, path, folder: _folder, .. } = shop;
    drop(store);
    let when = When { now: NOW, today: today() };
    let mut handle = Handle::start(&path, when, Arc::new(|| ())).expect("threads");
    let source = ScanSource::Text(EXPORT.to_owned());
    handle.scan(ScanJob { case: CaseId::mint(NOW), source }).expect("taken");
    loop {
        if let (_, Event::Scanned(scanned)) = answer(&mut handle) {
            return *scanned;
        }
    }
}

#[test]
fn a_chosen_file_that_can_not_be_used_any_more_gives_way_to_the_programs_own() {
    let names = |scanned: &Scanned| {
        scanned.scan.traces.iter().map(|trace| trace.product.clone()).collect::<Vec<_>>()
    };
    let used = scanned_with(file(&newer("2017-12-01")));
    assert_eq!(names(&used).len(), 1, "{:?}", used.scan);
    assert_eq!(used.scan.notes, Vec::<String>::new());
    // A newer program brought newer ones: no news, Settings say so.
    let older = scanned_with(file(&newer("2017-01-01")));
    assert_eq!((names(&older).len(), older.scan.notes.len()), (0, 0), "{:?}", older.scan);
    let broken = scanned_with(file("{}"));
    assert_eq!(names(&broken).len(), 0);
    assert!(broken.scan.notes[0].contains("built-in signatures"), "{:?}", broken.scan.notes);
}
