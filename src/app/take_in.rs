//! Inward: what happened becomes what is drawn.

use crate::app::App;
use crate::app::files;
use crate::app::model::{ImportState, Toast, Waiting};
use crate::app::notices;
use crate::app::outside::{Answer, Chosen, SheetToSave};
use crate::app::paths::AskedPath;
use crate::app::undo::Undo;
use crate::domain::card::{CaseFile, JournalLine};
use crate::domain::entry::SheetKind;
use crate::domain::id::CaseId;
use crate::exchange::error::ReadError;
use crate::ui::action::{Dialog, ScanTarget, SheetUse};
use crate::ui::shell::Page;
use crate::ui::theme::Tone;
use crate::worker::command::{Job, Ticket};
use crate::worker::event::{DeskState, Event, WorkError};

/// How long a message about what was done stays, in milliseconds.
const TOAST_MS: i64 = 8_000;

impl App {
    /// Takes in every answer that is there.
    pub(super) fn take_in_all(&mut self) {
        while let Some((ticket, event)) = self.worker.take() {
            self.take_in(ticket, event);
        }
        while let Some(answer) = self.outside.take() {
            self.take_in_answer(answer);
        }
    }

    fn take_in(&mut self, ticket: Ticket, event: Event) {
        if let Event::ImportProgress(progress) = &event {
            if let ImportState::Running(_, shown) = &mut self.model.import {
                *shown = *progress;
            }
            return;
        }
        if let Event::ScanProgress(progress) = &event {
            if let Some(run) = self.model.scan.as_mut().filter(|run| run.ticket == ticket) {
                run.progress = Some(*progress);
            }
            return;
        }
        let idx = self.model.waiting.iter().position(|(waited, _)| *waited == ticket);
        let waiting = idx.map(|idx| self.model.waiting.remove(idx).1);
        match event {
            Event::Desk(desk) => self.take_in_desk(desk),
            Event::Found(found) => {
                if found.query == self.model.query {
                    self.model.found = found;
                }
            }
            Event::NamesRead(percent) => self.take_in_names(percent),
            Event::Alike(hits) => self.model.alike = hits,
            Event::Namesakes { of, hits } => self.model.namesakes = Some((of, hits)),
            Event::Customer(card) => {
                let wanted = self.model.looking_at.as_ref();
                if card.as_ref().map(|card| &card.customer.external_id) == wanted {
                    self.model.card = card;
                }
            }
            Event::Case(file) => self.take_in_case(file, waiting.as_ref()),
            Event::Cases(lines) => self.model.cases = lines,
            Event::Stock(page) => self.model.stock = Some(page),
            Event::Journal { lines, before, next } => self.take_in_journal(lines, (before, next)),
            Event::Recorded { case } => self.take_in_recorded(case, waiting),
            Event::Sheet { case, sheet, pdf } => self.take_in_sheet(case, sheet, (pdf, waiting)),
            Event::NotDone(error) => self.take_in_failure(&error, waiting),
            Event::SignaturesRead(read) => self.signatures_read(read, waiting),
            Event::Scanned(scanned) => self.scanned(ticket, *scanned),
            Event::Previewed(preview) if matches!(waiting, Some(Waiting::Dropped(..))) => {
                if let Some(Waiting::Dropped(path, _)) = waiting {
                    self.model.dialog = Some(Dialog::Import);
                    self.model.import = ImportState::Previewed(preview, path);
                }
            }
            other => self.take_in_long(other),
        }
    }

    /// Answers to what takes long, and failures.
    fn take_in_long(&mut self, event: Event) {
        match event {
            Event::Previewed(preview) => {
                if let ImportState::Reading(path) = &self.model.import {
                    self.model.import = ImportState::Previewed(preview, path.clone());
                }
            }
            Event::Imported(report) => {
                self.model.import = ImportState::Done(report);
                self.load_page();
                self.find(self.model.query.clone());
            }
            Event::ImportCanceled => {
                self.model.import = ImportState::Idle;
                self.warn("Import canceled; nothing of it was kept");
            }
            Event::ScanCanceled => self.scan_canceled(),
            Event::ExportsAppeared { paths } => self.appeared(paths),
            Event::FolderSeen { is_there } => self.model.is_folder_there = Some(is_there),
            Event::Verified(verified) => self.model.verified = Some(verified),
            Event::BackedUp(path) => self.toast(&format!("Backed up to {}", path.display())),
            Event::Exported(path) => self.toast(&format!("Exported to {}", path.display())),
            Event::Stopped(thread) => {
                // Nothing that was asked of it is answered any more, so nothing waits for it.
                self.model.waiting.clear();
                self.model.scan = None;
                self.model.notice = Some(notices::stopped(&thread));
            }
            // Told by `take_in`, which comes first.
            _ => (),
        }
    }

    /// When all names are there, what stands in the box is answered anew: it may be misspelt.
    fn take_in_names(&mut self, percent: u8) {
        self.model.names_read = Some(percent);
        if percent == 100 && !self.model.query.is_empty() {
            self.find(self.model.query.clone());
        }
    }

    /// Older entries go below those that are listed; a filter that came between makes them late.
    fn take_in_journal(
        &mut self,
        lines: Vec<JournalLine>,
        (before, next): (Option<i64>, Option<i64>),
    ) {
        match before {
            None => self.model.journal = lines,
            Some(_) if before == self.model.journal_next => self.model.journal.extend(lines),
            Some(_) => return,
        }
        self.model.journal_next = next;
    }

    fn take_in_failure(&mut self, error: &WorkError, waiting: Option<Waiting>) {
        log::warn!("not done: {error}");
        if let (WorkError::Read { cause, .. }, Some(Waiting::Dropped(path, target))) =
            (error, &waiting)
            && is_no_table(cause, *target)
        {
            return self.no_table(path.clone(), *target);
        }
        if let ImportState::Reading(_) | ImportState::Running(..) = &self.model.import {
            self.model.import = ImportState::Idle;
        }
        self.model.notice = Some(notices::of(error));
        if let WorkError::NotOpened(_) = error {
            self.model.is_failed = true;
            self.model.waiting.clear();
            return;
        }
        // A read that failed is not asked for again by itself: it would fail for ever.
        if waiting.is_some_and(|waiting| !matches!(waiting, Waiting::ShowCase(_))) {
            self.load_page();
        }
    }

    fn take_in_desk(&mut self, desk: Box<DeskState>) {
        let is_first = self.model.desk.is_none();
        let mode = crate::app::mode(&desk.settings);
        if is_first || self.mode != mode {
            self.mode = mode;
            crate::ui::theme::set_mode(&self.ctx, mode);
        }
        self.model.desk = Some(desk);
        self.watch();
        self.model.choose_me();
        if is_first {
            self.tell_time();
        }
    }

    fn take_in_case(&mut self, file: Option<Box<CaseFile>>, waiting: Option<&Waiting>) {
        let Some(file) = file else { return };
        let is_wanted = matches!(waiting, Some(Waiting::ShowCase(case)) if *case == file.case.id);
        let is_shown = self.model.case.as_ref().is_some_and(|shown| shown.case.id == file.case.id);
        if is_wanted || is_shown {
            self.show_case(file);
        }
    }

    fn show_case(&mut self, file: Box<CaseFile>) {
        self.model.case = Some(file);
        self.model.tell_offers();
    }

    fn take_in_recorded(&mut self, case: Option<Box<CaseFile>>, waiting: Option<Waiting>) {
        if let Some(file) = case {
            // Reading takes its time: meanwhile another case may be on the screen.
            let is_late = matches!(waiting, Some(Waiting::ScanKept(_)))
                && self.model.case.as_ref().is_none_or(|shown| shown.case.id != file.case.id);
            if !is_late {
                self.model.looking_at = None;
                self.show_case(file);
            }
        }
        match waiting {
            Some(Waiting::ScanKept(Some(undo))) => self.offer_undo(*undo),
            Some(Waiting::Change(undo)) => {
                (self.model.toast, self.model.undo) = (None, None);
                if let Some(undo) = undo {
                    self.offer_undo(*undo);
                }
                self.dialog_recorded();
            }
            Some(Waiting::TakenBack(what)) => self.toast(&format!("Taken back: {what}")),
            Some(Waiting::SignaturesSet(what)) => {
                self.model.undo = None;
                self.toast(&what);
            }
            Some(Waiting::NewCase) => {
                self.model.page = Page::Cases;
                self.model.dialog = None;
                self.lookup_done();
            }
            Some(Waiting::NewCustomer(customer)) => self.show_instead_of_new(customer),
            Some(Waiting::Reveal(key)) => self.model.revealed = Some(key),
            Some(Waiting::CloseCase) => self.case_closed(),
            _ => (),
        }
        self.load_page();
    }

    /// What the open dialog asked for is in the file: what was typed in it is done with.
    fn dialog_recorded(&mut self) {
        if self.model.dialog.take().is_some() {
            self.views.release_frozen.clear();
            if let Some(file) = &self.model.case {
                self.views.case.dialog_recorded(file.case.id);
            }
        }
    }

    /// The desk turns to the next customer.
    fn case_closed(&mut self) {
        let closed = self.model.case.take();
        self.model.dialog = None;
        if let Some(file) = closed {
            self.toast(&format!("{} is closed", file.case.number));
            if let Some(toast) = &mut self.model.toast {
                toast.offers_undo = true;
            }
        }
        self.model.revealed = None;
        self.model.page = Page::Lookup;
        self.lookup_done();
    }

    /// The search box is empty for the next customer.
    pub(super) fn lookup_done(&mut self) {
        self.views.lookup.clear();
        self.model.card = None;
        self.model.looking_at = None;
        self.find(String::new());
    }

    fn take_in_sheet(
        &mut self,
        case: Box<CaseFile>,
        sheet: SheetKind,
        (pdf, waiting): (Vec<u8>, Option<Waiting>),
    ) {
        let Some(Waiting::Sheet(_, then)) = waiting else { return };
        let number = case.case.number.clone();
        let id = case.case.id;
        self.show_case(case);
        self.load_page();
        let (desktop, dialogs) = (self.outside.desktop.clone(), self.outside.dialogs.clone());
        let path = self.model.path.clone();
        self.outside.run(move || {
            let done = match then {
                SheetUse::Open => files::open_sheet(&desktop, &path, (&number, sheet), &pdf),
                SheetUse::Print => files::print_sheet(&desktop, &path, (&number, sheet), &pdf),
                SheetUse::Save => {
                    let name = files::sheet_name(&number, sheet);
                    match super::outside::place(&dialogs, "Save the sheet", &name) {
                        Chosen::Paths(paths) => files::save_sheet(paths.into_iter().next(), &pdf),
                        Chosen::Nothing => files::save_sheet(None, &pdf),
                        Chosen::NoDialog => {
                            return Answer::NoPlace(SheetToSave { case: id, name, pdf });
                        }
                    }
                }
            };
            Answer::Sheet(id, then, done)
        });
    }

    fn take_in_answer(&mut self, answer: Answer) {
        match answer {
            Answer::Picked(pick, Chosen::Paths(paths)) => self.picked(pick, paths),
            Answer::Picked(_, Chosen::Nothing) => (),
            Answer::Picked(pick, Chosen::NoDialog) => self.ask_path(AskedPath::Pick(pick)),
            Answer::NoPlace(sheet) => self.ask_path(AskedPath::Sheet(sheet)),
            Answer::Appeared(exports) => self.offered(exports),
            Answer::Sheet(case, then, done) => self.take_in_sheet_done(case, then, done),
        }
    }

    fn take_in_sheet_done(
        &mut self,
        case: CaseId,
        then: SheetUse,
        done: Result<files::SheetDone, files::SheetError>,
    ) {
        match done {
            Ok(done) => {
                self.model.unprinted.take_if(|unprinted| *unprinted == case);
                self.toast(&done.to_string());
            }
            Err(error) => {
                if then == SheetUse::Print {
                    self.model.unprinted = Some(case);
                }
                self.model.notice = Some(notices::sheet_not_out(then, &error));
            }
        }
    }

    pub(super) fn job(&mut self, job: Job) {
        let ticket = self.worker.job(job);
        self.wait(ticket, Waiting::Job);
    }

    /// Says what was done, for some seconds.
    pub(super) fn toast(&mut self, what: &str) {
        self.tell(Tone::Ok, what);
    }

    /// Says that something was not done, and why.
    pub(super) fn warn(&mut self, what: &str) {
        self.tell(Tone::Warn, what);
    }

    fn tell(&mut self, tone: Tone, what: &str) {
        let until = self.model.now.plus_ms(TOAST_MS);
        let words = what.to_owned();
        self.model.toast = Some(Toast { words, tone, until, offers_undo: false });
    }

    /// Says what was done, and offers to take it back.
    fn offer_undo(&mut self, undo: Undo) {
        let until = self.model.now.plus_ms(TOAST_MS);
        let words = undo.what.clone();
        self.model.toast = Some(Toast { words, tone: Tone::Ok, until, offers_undo: true });
        self.model.undo = Some(undo);
    }

    /// A scan, or a customer to turn to: what it says is looked up, and the one record that it
    /// names is opened.
    pub(super) fn scan(&mut self, text: &str) {
        let shown = self.model.case.as_ref().filter(|_| self.model.page == Page::Cases);
        if let Some(file) = shown
            && self.views.case.take_scan(file.case.id, text)
        {
            return;
        }
        self.model.page = Page::Lookup;
        self.model.dialog = None;
        self.views.lookup.take_scan(text);
        self.find(text.to_owned());
    }
}

/// Whether a dropped file that can't be imported is no list at all: then it may be an export. On the
/// page of a device all is, but a list with something wrong in its header; elsewhere only what has
/// no such header, and a folder.
fn is_no_table(cause: &ReadError, target: Option<ScanTarget>) -> bool {
    match (cause, target) {
        // A word or two of an export's header may be a column's name by chance.
        (ReadError::MissingColumns(missing), Some(_)) => missing.len() > 1,
        (ReadError::MissingColumns(_) | ReadError::OtherKind { .. }, _) => false,
        (ReadError::Io(error), None) => error.kind() == std::io::ErrorKind::IsADirectory,
        (_, Some(_)) | (ReadError::NoHeader(_) | ReadError::BadHeader(_), None) => true,
        (_, None) => false,
    }
}
