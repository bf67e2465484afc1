//! Exports that were read: where they belong, and what is kept of them.

use crate::app::App;
use crate::app::model::{AskedScan, KnownScan, Model, ReadExports, ScanRun, Waiting};
use crate::app::notices;
use crate::app::undo::Undo;
use crate::domain::case::{Case, Placing};
use crate::domain::entry::{Change, Stamp};
use crate::domain::evidence::kept::{KeptScan, Lines, Side};
use crate::domain::id::{CaseId, DeviceId, ScanId};
use crate::domain::removal::{Check, Removal};
use crate::domain::time::count_text;
use crate::ui::action::{Dialog, ScanPlace, ScanTarget};
use crate::worker::command::{ScanSource, Ticket, Write};
use crate::worker::event::Scanned;

/// Scans whose lines stay in memory, so that they can be kept later.
const WITH_LINES_MAX: usize = 16;

impl App {
    /// Exports were read: what was not is told, and what they say is kept where it belongs.
    pub(super) fn scanned(&mut self, ticket: Ticket, scanned: Scanned) {
        let is_it = |run: &ScanRun| run.ticket == ticket;
        let Some(run) = self.model.scan.take_if(|run| is_it(run)) else { return };
        let ScanRun { target, names, source, case, more_of, .. } = run;
        let Scanned { scan, files, is_known, refused } = scanned;
        let read = ReadExports { target, names, source, files, scan };
        if let Some((earlier, alone)) = more_of {
            return self.read_with_more(earlier, *alone, (read, case));
        }
        if !is_known && !read.files.is_empty() {
            self.model.notice = Some(notices::not_known(&read.files, &refused));
            return;
        }
        if !refused.is_empty() {
            self.model.notice = Some(notices::not_read(&refused, read.files.len()));
        } else if read.files.is_empty() {
            return self.warn("There was nothing to read");
        }
        if !read.files.is_empty() {
            self.place(read, case, Memory::Good);
        }
    }

    /// Keeps what was read, reads it again with the scan that it is more of, or asks.
    fn place(&mut self, read: ReadExports, case: Option<Case>, memory: Memory) {
        let shown = self.model.case.as_deref().map(|file| &file.case);
        let shown = shown.filter(|case| case.id == read.target.case);
        let is_shown = shown.is_some();
        let target = read.target;
        let is_known = |id| memory == Memory::Good && self.model.known_scan(id).is_some();
        let of = (target.device, target.side);
        let placing = shown
            .or(case.as_ref())
            .map(|case| case.placing(of, &read.scan, self.model.now, is_known));
        match placing {
            None | Some(Placing::First(_)) => {
                let what = Undo::taken(target.side);
                self.keep_read(read, what, Along::default());
            }
            Some(Placing::Adds(id)) => self.read_more(id, read, case),
            Some(Placing::Replaces(id)) => {
                let what = self.replaced_words(id, read.target.side);
                self.keep_read(read, what, Along::default());
            }
            Some(Placing::Asks { before, can_add }) if is_shown => {
                self.model.asked_scan = Some(AskedScan { before, can_add, read });
                self.model.dialog = Some(Dialog::WhichScan(target.case));
            }
            Some(Placing::Asks { .. }) => {
                self.model.notice = Some(notices::elsewhere(&read.names));
            }
        }
    }

    /// The technician says where the exports belong that wait for it.
    pub(super) fn place_asked(&mut self, place: ScanPlace) {
        let Some(AskedScan { before, mut read, .. }) = self.model.asked_scan.take() else { return };
        self.model.dialog = None;
        match place {
            ScanPlace::MoreOfBefore => {
                read.target.side = Side::Before;
                let case = self.model.case.as_ref().map(|file| file.case.clone());
                self.read_more(before, read, case);
            }
            ScanPlace::Before => {
                read.target.side = Side::Before;
                let what = self.replaced_words(before, Side::Before);
                self.keep_read(read, what, Along::default());
            }
            ScanPlace::After => {
                read.target.side = Side::After;
                let along = self.ticks_along(read.target);
                self.keep_read(read, Undo::taken(Side::After), along);
            }
        }
    }

    /// Nobody said where they belong: nothing of them is kept.
    pub(super) fn place_canceled(&mut self) {
        if let Some(asked) = self.model.asked_scan.take() {
            self.warn(&format!("Nothing was kept of {}", asked.read.names));
        }
    }

    /// Reads exports again together with the scan that they are more of: what the whole says is
    /// more than the sum, as an alert that one file raises and another one explains.
    fn read_more(&mut self, earlier: ScanId, read: ReadExports, case: Option<Case>) {
        let Some(known) = self.model.known_scan(earlier) else { return };
        let source = ScanSource::Together(vec![known.source.clone(), read.source.clone()]);
        let names = read.names.clone();
        let target = ScanTarget { side: known.kept.side, ..read.target };
        let more_of = Some((earlier, Box::new(read)));
        self.start_reading(target, names, source, (case, more_of));
    }

    /// Both were read together. Where the earlier files are not there any more, what came now
    /// stands alone.
    fn read_with_more(
        &mut self,
        earlier: ScanId,
        alone: ReadExports,
        (whole, case): (ReadExports, Option<Case>),
    ) {
        let known = self.model.known_scan(earlier).map(|known| &known.kept);
        let is_there = |sha256: &String| whole.files.iter().any(|file| file.sha256 == *sha256);
        let Some(kept) = known.filter(|kept| kept.files.iter().all(|it| is_there(&it.sha256)))
        else {
            return self.place(alone, case, Memory::Stale);
        };
        let n_files = i64::try_from(whole.files.len()).unwrap_or(i64::MAX);
        let what = format!(
            "Added to the scan {} of {}: {} now",
            kept.side.label().to_lowercase(),
            self.clock_text(kept.kept_at),
            count_text(n_files, "file")
        );
        self.keep_read(whole, what, Along::default());
    }

    /// Keeps a scan, with what is recorded along with it; all of it can be taken back at once.
    fn keep_read(&mut self, read: ReadExports, what: String, along: Along) {
        let ReadExports { target, source, files, scan, .. } = read;
        let now = self.model.now;
        let (id, of) = ((ScanId::mint(now), now), (target.device, target.side));
        let pinned = KeptScan::new(id, of, files.clone(), scan.clone(), Lines::Pinned);
        let kept = KeptScan::new(id, of, files, scan, Lines::Dropped);
        self.model.offers.took(&paths_of(&source));
        self.model.with_lines.push(KnownScan { kept: pinned, source });
        if self.model.with_lines.len() > WITH_LINES_MAX {
            self.model.with_lines.remove(0);
        }
        self.model.tell_offers();
        let Along { mut first, mut back } = along;
        let mut what = what;
        if let Some((told, untold, noted)) = self.product_told(target.case, &kept) {
            first.push(told);
            back.push(untold);
            what = format!("{what}; {noted}");
        }
        for change in first {
            self.write_change(self.model.me, change, Waiting::Step);
        }
        back.insert(0, Change::EvidenceDropped { case: target.case, scan: kept.id });
        let undo = Undo::offered(what, back, now);
        self.keep(Change::EvidenceKept { case: target.case, scan: kept }, Some(Box::new(undo)));
    }

    fn keep(&mut self, change: Change, undo: Option<Box<Undo>>) {
        let stamp = Stamp::new(self.model.now, self.model.me);
        let when = self.model.when();
        let ticket = self.worker.write(Write::Record { stamp, change, when });
        self.wait(ticket, Waiting::ScanKept(undo));
    }

    /// A scan counts no longer; why stands in the timeline.
    pub(super) fn drop_scan(&mut self, case: CaseId, scan: ScanId, note: String) {
        let file = self.model.case.as_ref().filter(|file| file.case.id == case);
        let Some(kept) = file.and_then(|file| file.case.scan(scan)).cloned() else { return };
        let back = vec![Change::EvidenceKept { case, scan: kept }];
        let undo = Undo::offered("Scan removed".to_owned(), back, self.model.now);
        self.write_change(self.model.me, Change::NoteAdded { case, text: note }, Waiting::Step);
        let waiting = Waiting::Change(Some(Box::new(undo)));
        self.write_change(self.model.me, Change::EvidenceDropped { case, scan }, waiting);
    }

    /// Keeps the masked lines of a device's scans with the case, or drops them.
    pub(super) fn keep_lines(&mut self, target: ScanTarget, lines: Lines) {
        let Some(file) = self.model.case.as_ref().filter(|file| file.case.id == target.case) else {
            return;
        };
        let case = &file.case;
        let scans = [Side::Before, Side::After]
            .into_iter()
            .filter_map(|side| case.scan_of(target.device, side))
            .filter(|kept| kept.is_pinned != (lines == Lines::Pinned));
        let changed: Vec<KeptScan> = match lines {
            Lines::Pinned => scans
                .filter_map(|kept| self.model.known_scan(kept.id))
                .map(|known| known.kept.clone())
                .collect(),
            Lines::Dropped => scans.map(without_lines).collect(),
        };
        for scan in changed {
            self.keep(Change::EvidenceKept { case: target.case, scan }, None);
        }
    }

    /// The ticks without which no after-scan can be kept, and what takes them back.
    fn ticks_along(&self, target: ScanTarget) -> Along {
        let Some(file) = self.model.case.as_ref() else { return Along::default() };
        let (case, id) = (&file.case, file.case.id);
        let removal = case.removal_of(target.device).map(|removal| removal.id);
        let checks: Vec<Check> = case.ticks_to_after(target.device).unwrap_or_default();
        let Some(removal) = removal else { return Along::default() };
        let tick = |check: &Check| Change::CheckTicked { case: id, removal, check: *check };
        let untick = |check: &Check| Change::CheckUnticked { case: id, removal, check: *check };
        Along {
            first: checks.iter().map(tick).collect(),
            back: checks.iter().rev().map(untick).collect(),
        }
    }

    /// What a scan before tells about the product of a removal that was begun without it: the
    /// change, what takes it back, and words for it.
    fn product_told(&self, case: CaseId, kept: &KeptScan) -> Option<(Change, Change, String)> {
        let desk = self.model.desk.as_ref()?;
        let file = self.model.case.as_ref().filter(|file| file.case.id == case)?;
        let removal = running(&file.case, kept.device).filter(|_| kept.side == Side::Before)?;
        let seen = kept.product_seen()?;
        let vendor = &desk.settings.campaign.withdrawn_vendor;
        let told = removal.told(&seen, vendor)?;
        let noted = match told.version.as_str() {
            "" => format!("{} noted", told.product),
            version => format!("version {version} noted"),
        };
        let started = |removal: Removal| Change::RemovalStarted { case, removal };
        Some((started(told), started(removal.described()), noted))
    }

    /// `Scan before replaced the one of 05:09 (7 files)`.
    fn replaced_words(&self, earlier: ScanId, side: Side) -> String {
        let side = side.label().to_lowercase();
        let file = self.model.case.as_ref();
        let Some(kept) = file.and_then(|file| file.case.scan(earlier)) else {
            return format!("Scan {side} taken");
        };
        let n_files = i64::try_from(kept.files.len()).unwrap_or(i64::MAX);
        let at = self.clock_text(kept.kept_at);
        format!("Scan {side} replaced the one of {at} ({})", count_text(n_files, "file"))
    }

    fn clock_text(&self, at: crate::domain::time::Moment) -> String {
        let desk = self.model.desk.as_ref();
        desk.map(|desk| at.clock_text(desk.settings.desk.time_zone)).unwrap_or_default()
    }
}

/// Whether the files of earlier scans can be read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Memory {
    Good,
    /// It was tried, and they are not what they were.
    Stale,
}

/// What is recorded before a scan, and what takes that back after it.
#[derive(Debug, Default)]
struct Along {
    first: Vec<Change>,
    back: Vec<Change>,
}

impl Model {
    /// A scan that was read since the program was started.
    pub(super) fn known_scan(&self, id: ScanId) -> Option<&KnownScan> {
        self.with_lines.iter().find(|known| known.kept.id == id)
    }
}

/// The removal that runs on a device.
fn running(case: &Case, device: DeviceId) -> Option<&Removal> {
    case.removal_of(device).filter(|removal| removal.finish.is_none())
}

/// The files and folders that a source names.
fn paths_of(source: &ScanSource) -> Vec<std::path::PathBuf> {
    match source {
        ScanSource::Paths(paths) => paths.clone(),
        ScanSource::Text(_) => Vec::new(),
        ScanSource::Together(sources) => sources.iter().flat_map(paths_of).collect(),
    }
}

/// The same scan, its lines let go.
fn without_lines(kept: &KeptScan) -> KeptScan {
    let id = (kept.id, kept.kept_at);
    let of = (kept.device, kept.side);
    KeptScan::new(id, of, kept.files.clone(), kept.scan.clone(), Lines::Dropped)
}
