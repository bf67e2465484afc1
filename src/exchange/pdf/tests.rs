//! One page, always: everything inside the margins, whatever was typed.

use super::*;
use crate::domain::case::Wants;
use crate::domain::evidence::kept::Side;
use crate::domain::evidence::samples::{WHOLE, kept, protected, scan};
use crate::domain::evidence::trace::{Kind, State};
use crate::domain::handoff::tests as cases;
use crate::domain::handoff::{key_sheet, sheet};
use crate::domain::removal::{Check, Outcome};
use handoff::Cut;
use page::{HEIGHT, Page, WIDTH};

fn served() -> HandoffSheet {
    let mut acer = cases::computer(11, "Acer Aspire E15", "NXGE6AA0017160");
    acer.condition = "Scratch on the lid".to_owned();
    let mut file = cases::file(Wants::Both, vec![acer.clone()]);
    file.case.removals = vec![cases::ended(&acer, cases::removed())];
    file.timeline = vec![cases::line(20, "Dana Reyes", "Removed")];
    cases::hand_out(&mut file);
    sheet(&file, &cases::settings(), cases::at(31))
}

/// Shown by scans: one before that found seven, one after that shows that they are gone.
fn proven() -> HandoffSheet {
    let acer = cases::computer(11, "Acer Aspire E15", "NXGE6AA0017160");
    let mut file = cases::file(Wants::Both, vec![acer.clone()]);
    let found = ["KIS", "avp", "klif", "klflt", "klim6", "kneps", "klhk"];
    let found = found.map(|name| (Kind::Driver, name));
    let clean = protected(scan(&[], &WHOLE), &[("Windows Defender", State::Enabled, Some(true))]);
    file.case.scans = vec![
        kept(acer.id, Side::Before, cases::at(2).0, scan(&found, &WHOLE)),
        kept(acer.id, Side::After, cases::at(15).0, clean),
    ];
    for (scan, mark) in file.case.scans.iter_mut().zip(["1f3a09bc", "77d0e21a"]) {
        scan.files[0].sha256 = mark.repeat(8);
        scan.files.push(scan.files[0].clone());
    }
    let mut removal = cases::bare_end(&acer, cases::removed());
    removal.checks = vec![
        (Check::DataSaved, cases::at(4)),
        (Check::Uninstalled, cases::at(6)),
        (Check::Restarted, cases::at(11)),
    ];
    file.case.removals = vec![removal];
    let proof = file.case.shown(acer.id).expect("gone");
    if let Some(finish) = &mut file.case.removals[0].finish {
        finish.outcome = Outcome::RemovedAsShown { proof };
    }
    file.timeline = vec![cases::line(20, "Dana Reyes", "Removed")];
    cases::hand_out(&mut file);
    sheet(&file, &cases::settings(), cases::at(31))
}

fn crowded(n_devices: u128, typed: &str) -> HandoffSheet {
    let devices: Vec<_> = (0..n_devices)
        .map(|n| {
            let mut one = cases::computer(20 + n, "Lenovo IdeaPad 320", "PF0QX4T8");
            one.condition = typed.to_owned();
            one
        })
        .collect();
    let mut file = cases::file(Wants::Both, devices.clone());
    let reason = format!("klflt.sys {typed}");
    let remains = |_| Outcome::LeftoversRemain { reason: reason.clone() };
    file.case.removals = devices.iter().map(|one| cases::ended(one, remains(one))).collect();
    cases::hand_out(&mut file);
    file.customer.surname = format!("Okafor {typed}");
    let mut settings = cases::settings();
    settings.is_training = true;
    sheet(&file, &settings, cases::at(31))
}

/// Every line and shape stands on the paper, and text inside the margins.
#[track_caller]
fn assert_inside(fonts: &Fonts, page: &Page) {
    for line in page.paragraphs.iter().flat_map(|(_, lines)| lines) {
        let right = line.x + fonts.width(line.typeface, line.size, &line.text);
        assert!(line.x >= set::MARGIN - 0.1 && right <= WIDTH - set::MARGIN + 0.6, "{line:?}");
        assert!(line.baseline > 16.0 && line.baseline < HEIGHT - 16.0, "{line:?}");
    }
    for (area, ..) in &page.shapes {
        assert!(area.x >= 0.0 && area.x + area.w <= WIDTH, "{area:?}");
        assert!(area.y >= 0.0 && area.y + area.h <= HEIGHT, "{area:?}");
    }
}

fn n_pages(pdf: &[u8]) -> usize {
    let count = |name: &[u8]| pdf.windows(name.len()).filter(|bytes| *bytes == name).count();
    count(b"/Type/Page") - count(b"/Type/Pages")
}

#[test]
fn the_same_sheet_gives_the_same_bytes_on_one_page_with_its_fonts() {
    let pdf = handoff_pdf(&served()).expect("a PDF");
    assert_eq!(pdf, handoff_pdf(&served()).expect("a PDF"));
    assert!(pdf.starts_with(b"%PDF-"));
    assert_eq!(n_pages(&pdf), 1);
    assert!(pdf.len() < 150_000, "{} bytes", pdf.len());
    let n_fonts = pdf.windows(9).filter(|bytes| bytes == b"/FontFile").count();
    assert_eq!(n_fonts, 3);
    assert!(!pdf.windows(12).any(|bytes| bytes == b"CreationDate"));
}

#[test]
fn a_usual_visit_is_printed_at_full_size() {
    let fonts = Fonts::load().expect("fonts");
    for (name, sheet) in [("stated", served()), ("shown", proven())] {
        let (page, outcome) = handoff::lay_out(&fonts, &sheet).expect("a page");
        assert_inside(&fonts, &page);
        assert_eq!((outcome.fit.scale, outcome.n_rows_cut), (1.0, 0), "{name}");
    }
}

#[test]
fn whatever_was_typed_there_is_one_page_and_what_is_cut_is_counted() {
    let fonts = Fonts::load().expect("fonts");
    let long = "something that somebody typed without an end ".repeat(200);
    let word = "W".repeat(5_000);
    for (n_devices, typed) in [(2, ""), (3, ""), (40, ""), (1, &*long), (8, &*long), (8, &*word)] {
        let sheet = crowded(n_devices, typed);
        let (page, outcome) = handoff::lay_out(&fonts, &sheet).expect("a page");
        assert_inside(&fonts, &page);
        assert!(outcome.overflow <= 0.0);
        let says_more = page
            .paragraphs
            .iter()
            .flat_map(|(_, lines)| lines)
            .any(|line| line.text.starts_with("… and "));
        assert_eq!(says_more, outcome.fit.cut != Cut::Nothing, "{n_devices} {outcome:?}");
        assert_eq!(outcome.n_rows_cut > 0, outcome.fit.cut == Cut::Rows, "{n_devices} {outcome:?}");
        let pdf = handoff_pdf(&sheet).expect("a PDF");
        assert_eq!(n_pages(&pdf), 1);
        assert!(pdf.len() < 150_000);
    }
}

#[test]
fn names_in_other_scripts_are_printed_or_boxed_but_never_dropped() {
    let mut sheet = served();
    sheet.signatures[0].name = "Nguyễn Ольга Ελένη 李小龙 مريم 🙂".to_owned();
    assert_eq!(n_pages(&handoff_pdf(&sheet).expect("a PDF")), 1);
}

#[test]
fn a_key_of_any_length_stands_whole_on_its_sheet() {
    let fonts = Fonts::load().expect("fonts");
    let mut file = cases::file(Wants::ExchangeOnly, Vec::new());
    cases::hand_out(&mut file);
    for key in [cases::KEY, "A1", &"XXXXX-".repeat(30), &"9".repeat(200)] {
        if let Some(own) = &mut file.key {
            own.key = crate::domain::privacy::Secret::new(key);
        }
        let sheet = key_sheet(&file, &cases::settings(), cases::at(31)).expect("a sheet");
        let page = key::lay_out(&fonts, &sheet).expect("a page");
        assert_inside(&fonts, &page);
        let mono: String = page
            .paragraphs
            .iter()
            .flat_map(|(_, lines)| lines)
            .filter(|line| line.size >= 15.0 && line.typeface == fonts::Type::Mono)
            .map(|line| line.text.as_str())
            .collect();
        assert_eq!(mono, key);
        let pdf = key_pdf(&sheet).expect("a PDF");
        assert_eq!((n_pages(&pdf), pdf == key_pdf(&sheet).expect("a PDF")), (1, true));
    }
}
