//! Exports of the corpus as scans of a case.

use crate::shop::{Shop, device};
use swapdesk::domain::case::{Case, Wants};
use swapdesk::domain::entry::{Change, FileMark};
use swapdesk::domain::evidence::kept::{KeptScan, Lines, Side};
use swapdesk::domain::id::{CaseId, DeviceId, RemovalId, ScanId};
use swapdesk::domain::removal::{Check, Finish, Method, Outcome, Removal, RemovedBy};
use swapdesk::evidence::Scanner;
use swapdesk::evidence::signatures::Signatures;
use swapdesk::store::error::StoreError;

/// A device of a customer at the desk.
pub struct Visit {
    pub shop: Shop,
    pub case: CaseId,
    pub device: DeviceId,
    pub removal: RemovalId,
}

impl Visit {
    /// Checked in, nothing done yet.
    pub fn new() -> Self {
        let mut shop = Shop::stocked(2);
        let case = shop.open_case("M1");
        let device = device();
        let (id, removal) = (device.id, RemovalId::mint(shop.now));
        shop.check_in(case, Wants::Both, vec![device]);
        Self { shop, case, device: id, removal }
    }

    pub fn case(&self) -> Case {
        self.shop.case(self.case)
    }

    /// What texts say together, as it would be kept now.
    pub fn scan_of(&self, side: Side, exports: &[(&str, &[u8])], lines: Lines) -> KeptScan {
        let mut scanner = Scanner::new(Signatures::builtin()).salted(&self.case.to_string());
        for (_, bytes) in exports {
            scanner.add(*bytes).expect("from memory");
        }
        let scan = scanner.finish();
        let mark = |(name, sha256): (&str, &String)| FileMark {
            name: name.to_owned(),
            sha256: sha256.clone(),
        };
        let marks = exports.iter().map(|(name, _)| *name).zip(&scan.digests).map(mark).collect();
        let at = self.shop.now;
        KeptScan::new((ScanId::mint(at), at), (self.device, side), marks, scan, lines)
    }

    /// What exports of the corpus say together.
    pub fn scan(&self, side: Side, files: &[&str], lines: Lines) -> KeptScan {
        let bytes = |file: &&str| {
            let path = format!("{}/tests/data/evidence/{file}", env!("CARGO_MANIFEST_DIR"));
            std::fs::read(path).expect("an export")
        };
        let bytes: Vec<Vec<u8>> = files.iter().map(bytes).collect();
        let exports: Vec<(&str, &[u8])> =
            files.iter().copied().zip(bytes.iter().map(Vec::as_slice)).collect();
        self.scan_of(side, &exports, lines)
    }

    pub fn record(&mut self, scan: KeptScan) -> Result<ScanId, StoreError> {
        let (id, case) = (scan.id, self.case);
        self.shop.ask(Change::EvidenceKept { case, scan }).map(|_| id)
    }

    pub fn keep(&mut self, side: Side, files: &[&str]) -> Result<ScanId, StoreError> {
        let scan = self.scan(side, files, Lines::Dropped);
        self.record(scan)
    }

    pub fn start(&mut self, by: RemovedBy, method: Method) {
        let removal = Removal {
            id: self.removal,
            device: self.device,
            by,
            method,
            product: "Kaspersky Internet Security".to_owned(),
            version: "17.0.0.611".to_owned(),
            started_at: self.shop.now,
            checks: Vec::new(),
            finish: None,
        };
        self.shop.tell(Change::RemovalStarted { case: self.case, removal });
    }

    pub fn tick(&mut self, checks: &[Check]) {
        for check in checks {
            let (case, removal) = (self.case, self.removal);
            self.shop.tell(Change::CheckTicked { case, removal, check: *check });
        }
    }

    pub fn finish(&mut self, outcome: Outcome) -> Result<(), StoreError> {
        let finish = Finish { at: self.shop.now, outcome, notes: String::new() };
        let (case, removal) = (self.case, self.removal);
        self.shop.ask(Change::RemovalFinished { case, removal, finish }).map(drop)
    }
}
