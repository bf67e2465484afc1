//! Scans in the file: kept, pinned, dropped, and what a removal may rest on.

use crate::shop::{Shop, device};
use swapdesk::domain::case::{Case, DeviceEvidence, Wants};
use swapdesk::domain::entry::{Change, FileMark};
use swapdesk::domain::evidence::kept::{KeptScan, Lines, Side};
use swapdesk::domain::id::{CaseId, DeviceId, ScanId};
use swapdesk::evidence::Scanner;
use swapdesk::evidence::signatures::Signatures;
use swapdesk::store::error::StoreError;
use swapdesk::store::verify::verify;

/// Exports of the corpus, read into one scan.
fn scan(shop: &Shop, (device, side): (DeviceId, Side), files: &[&str], lines: Lines) -> KeptScan {
    let mut scanner = Scanner::new(Signatures::builtin());
    for file in files {
        let path = format!("{}/tests/data/evidence/{file}", env!("CARGO_MANIFEST_DIR"));
        scanner.add(std::fs::File::open(path).expect("an export")).expect("read");
    }
    let scan = scanner.finish();
    let marks = files.iter().zip(&scan.digests);
    let marks =
        marks.map(|(name, digest)| FileMark { name: (*name).to_owned(), sha256: digest.clone() });
    let marks = marks.collect();
    KeptScan::new((ScanId::mint(shop.now), shop.now), (device, side), marks, scan, lines)
}

const INSTALLED: [&str; 1] = ["frst_addition_installed.txt"];

struct Visit {
    shop: Shop,
    case: CaseId,
    device: DeviceId,
}

impl Visit {
    fn new() -> Self {
        let mut shop = Shop::stocked(2);
        let case = shop.open_case("M1");
        shop.check_in(case, Wants::Both, vec![device()]);
        let device = shop.case(case).devices()[0].id;
        Self { shop, case, device }
    }

    fn case(&self) -> Case {
        self.shop.case(self.case)
    }

    fn keep(&mut self, side: Side, files: &[&str], lines: Lines) -> Result<ScanId, StoreError> {
        let scan = scan(&self.shop, (self.device, side), files, lines);
        let (id, case) = (scan.id, self.case);
        self.shop.ask(Change::EvidenceKept { case, scan }).map(|_| id)
    }
}

#[test]
fn a_scan_is_kept_without_its_lines_pinned_with_them_and_taken_back() {
    let mut visit = Visit::new();
    let id = visit.keep(Side::Before, &INSTALLED, Lines::Dropped).expect("kept");
    let kept = visit.case().scan(id).expect("the scan").clone();
    assert!(!kept.scan.traces.is_empty());
    assert!(kept.scan.traces.iter().all(|trace| trace.text.is_empty()));
    assert!(matches!(visit.case().evidence_of(visit.device), DeviceEvidence::BeforeOnly(_)));

    let mut pinned = scan(&visit.shop, (visit.device, Side::Before), &INSTALLED, Lines::Pinned);
    (pinned.id, pinned.kept_at) = (id, kept.kept_at);
    visit.shop.tell(Change::EvidenceKept { case: visit.case, scan: pinned.clone() });
    assert_eq!(visit.case().scans, [pinned]);
    assert!(verify(&visit.shop.path).expect("a report").is_whole());

    visit.shop.tell(Change::EvidenceDropped { case: visit.case, scan: id });
    assert_eq!(visit.case().scans, []);
    assert!(verify(&visit.shop.path).expect("a report").is_whole());
}
