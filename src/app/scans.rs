//! Exports on their way in: taken from the watched folder, picked, dropped or pasted, read beside
//! everything else.

use crate::app::App;
use crate::app::draw::case_data;
use crate::app::model::{Model, ReadExports, ScanRun, Waiting};
use crate::app::offers::{Which, names};
use crate::app::outside::Answer;
use crate::app::{notices, offers};
use crate::domain::case::Case;
use crate::domain::evidence::kept::Side;
use crate::domain::id::ScanId;
use crate::ui::action::ScanTarget;
use crate::ui::shell::Page;
use crate::ui::views::case::{ScanAsked, ScanIntake, ScanReading};
use crate::worker::command::{Job, ScanJob, ScanSource};
use egui::{Context, Event as Input};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A text of so many lines is not meant for a field of one.
const LINES_OF_A_SCAN: usize = 3;
/// A reading that takes longer than this gets a bar, in milliseconds.
pub(super) const BAR_AFTER_MS: i64 = 1_000;

impl App {
    /// Takes what is new in the watched folder; where nothing is, the system's dialog asks.
    pub(super) fn take_scan(&mut self, target: ScanTarget) {
        let paths = self.model.offers.offer(self.model.which(target.side));
        if self.model.scan.is_none() && paths.is_empty() {
            self.outside.pick_files(target, "Exports of the device");
        } else {
            self.read_exports(target, ScanSource::Paths(paths));
        }
    }

    /// Reads exports; what they say is kept with the case once they are read.
    pub(super) fn read_exports(&mut self, target: ScanTarget, source: ScanSource) {
        let names = match &source {
            ScanSource::Paths(paths) => names(paths),
            ScanSource::Text(_) | ScanSource::Together(_) => "the pasted text".to_owned(),
        };
        let case = self.model.case.as_ref().filter(|file| file.case.id == target.case);
        let case = case.map(|file| file.case.clone());
        self.start_reading(target, names, source, (case, None));
    }

    /// Reads them, alone or with the scan that they are more of.
    pub(super) fn start_reading(
        &mut self,
        target: ScanTarget,
        names: String,
        source: ScanSource,
        (case, more_of): (Option<Case>, Option<(ScanId, Box<ReadExports>)>),
    ) {
        if self.model.scan.is_some() {
            self.warn("Other exports are being read: wait, or press Esc");
            return;
        }
        let ticket = self.worker.scan(ScanJob { case: target.case, source: source.clone() });
        let Some(ticket) = ticket.filter(|_| !self.model.is_failed) else {
            return self.no_answer();
        };
        let began = self.model.now;
        self.model.notice = None;
        self.model.scan =
            Some(ScanRun { ticket, target, names, source, case, more_of, began, progress: None });
    }

    /// Stops what is being read.
    pub(super) fn cancel_scan(&mut self) {
        if self.model.scan.is_some() {
            self.worker.cancel_scan();
        }
    }

    /// Nothing was kept.
    pub(super) fn scan_canceled(&mut self) {
        self.model.scan = None;
        self.warn("Reading canceled; nothing of it was kept");
    }

    /// Files or folders were dropped on the window: exports where a device is at hand, else a file
    /// to import.
    pub(super) fn dropped(&mut self, paths: Vec<PathBuf>) {
        let is_table = |path: &PathBuf| {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            ["csv", "json"].iter().any(|known| ending.eq_ignore_ascii_case(known))
        };
        if self.are_signatures(&paths) {
            return self.signatures_dropped(paths);
        }
        let target = self.scan_target();
        match (&target, paths.as_slice()) {
            (Ok(target), [table]) if is_table(table) => {
                // A list of customers or keys has its own header; anything else is an export.
                let (path, now) = (table.clone(), self.model.now);
                let ticket = self.worker.job(Job::Preview { kind: None, path: path.clone(), now });
                self.wait(ticket, Waiting::Dropped(path, Some(*target)));
            }
            (Ok(target), [_, ..]) => self.read_exports(*target, ScanSource::Paths(paths)),
            (Err(_), [one]) => {
                let (path, now) = (one.clone(), self.model.now);
                let ticket = self.worker.job(Job::Preview { kind: None, path: path.clone(), now });
                self.wait(ticket, Waiting::Dropped(path, None));
            }
            (Err(_), [_, _, ..]) => self.say_where(&names(&paths)),
            (_, []) => (),
        }
    }

    /// What was dropped is no list of customers, subscriptions, keys or products: an export.
    pub(super) fn no_table(&mut self, path: PathBuf, target: Option<ScanTarget>) {
        match target {
            Some(target) => self.read_exports(target, ScanSource::Paths(vec![path])),
            None => self.say_where(&names(&[path])),
        }
    }

    /// Where exports can be dropped or pasted, for those that came elsewhere.
    fn say_where(&mut self, names: &str) {
        let why = self.scan_target().err().unwrap_or_default();
        self.model.notice = Some(notices::nowhere(names, why));
    }

    /// Text was pasted outside any field; or several lines into a field for one, which nobody means.
    pub(super) fn paste(&mut self, ctx: &Context) {
        if self.model.dialog.is_some() {
            return;
        }
        let pasted = ctx.input(|input| {
            input.events.iter().find_map(|event| match event {
                Input::Paste(text) => Some(text.clone()),
                _ => None,
            })
        });
        let Some(text) = pasted.filter(|text| !text.trim().is_empty()) else { return };
        let is_typing = ctx.text_edit_focused();
        if is_typing && text.trim().lines().count() < LINES_OF_A_SCAN {
            return;
        }
        match self.scan_target() {
            Ok(target) => {
                ctx.input_mut(|input| {
                    input.events.retain(|event| !matches!(event, Input::Paste(_)));
                });
                self.read_exports(target, ScanSource::Text(text));
            }
            Err(_) if is_typing => (),
            Err(_) => self.say_where("The pasted text"),
        }
    }

    /// Of what a scan is taken now, or where the technician must go first.
    fn scan_target(&mut self) -> Result<ScanTarget, &'static str> {
        const NO_CASE: &str = "Open the case of the device first";
        if self.model.page != Page::Cases || self.model.me().is_none() {
            return Err(NO_CASE);
        }
        let Some(data) = case_data(&self.model, None) else { return Err(NO_CASE) };
        self.views.case.scan_target(&data)
    }

    /// The folder that is watched is the one in the settings.
    pub(super) fn watch(&mut self) {
        let folder = self.model.desk.as_ref().map(|desk| desk.settings.watched_folder.trim());
        let folder = folder.filter(|folder| !folder.is_empty()).map(PathBuf::from);
        if folder == self.model.watched {
            return;
        }
        self.model.offers = offers::Offers::default();
        self.model.watched.clone_from(&folder);
        self.model.is_folder_there = None;
        self.model.tell_offers();
        self.worker.watch(folder);
    }

    /// Files appeared in the watched folder: which export they belong to is asked of the disk.
    pub(super) fn appeared(&self, files: Vec<PathBuf>) {
        if let Some(folder) = self.model.watched.clone() {
            self.outside.run(move || Answer::Appeared(offers::exports(&folder, &files)));
        }
    }

    /// They are offered from now on.
    pub(super) fn offered(&mut self, exports: Vec<offers::Export>) {
        self.model.offers.add(exports);
        self.model.tell_offers();
    }

    /// A folder was chosen for the settings; it is watched once they are saved.
    pub(super) fn folder_picked(&mut self, folder: &Path) {
        self.views.settings.folder_picked(folder);
    }
}

impl Model {
    /// What the page of a case is told about exports that are not in it.
    pub(super) fn intake(&self) -> ScanIntake<'_> {
        ScanIntake {
            offer_before: &self.offered[0],
            offer_after: &self.offered[1],
            reading: self.scan.as_ref().map(|run| ScanReading {
                target: run.target,
                names: &run.names,
                fraction: (self.now.0 - run.began.0 >= BAR_AFTER_MS).then(|| run.fraction()),
            }),
            with_lines: &self.with_lines_ids,
            asked: self.asked_scan.as_ref().map(|asked| ScanAsked {
                before: asked.before,
                can_add: asked.can_add,
                names: &asked.read.names,
                n_found: asked.read.scan.found().count(),
            }),
        }
    }

    /// The names of what is offered, put together when it or the case changes, not in every frame.
    pub(super) fn tell_offers(&mut self) {
        let name = |side| names(&self.offers.offer(self.which(side)));
        self.offered = [name(Side::Before), name(Side::After)];
        self.with_lines_ids = self.with_lines.iter().map(|known| known.kept.id).collect();
    }

    /// Which export is meant for this side of the case on the screen.
    fn which(&self, side: Side) -> Which {
        let opened = self.case.as_ref().map_or(0, |file| file.case.opened_at.0);
        let opened = Duration::from_millis(u64::try_from(opened).unwrap_or_default());
        match side {
            Side::Before => Which::OldestSince(SystemTime::UNIX_EPOCH + opened),
            Side::After => Which::Newest,
        }
    }
}
