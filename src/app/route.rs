//! Outward: what was asked for becomes a command. Nothing here waits.

use crate::app::App;
use crate::app::model::{ImportState, ROWS_STEP, Waiting};
use crate::app::outside::Pick;
use crate::app::undo::Undo;
use crate::domain::entry::{Change, Stamp};
use crate::domain::evidence::kept::Lines;
use crate::domain::id::{CaseId, ExternalId, PersonId, SubscriptionUid};
use crate::domain::intake;
use crate::ui::action::{Action, CaseScope, Dialog, ImportKind};
use crate::ui::command::UiCommand;
use crate::ui::shell::Page;
use crate::worker::command::{CaseQuery, FileKind, Job, Read, Table, Write};
use std::path::PathBuf;

impl App {
    /// Does what was asked for, or sends it on its way.
    pub(super) fn route(&mut self, action: Action) {
        if writes(&action) && !self.has_person() {
            return;
        }
        match action {
            Action::Go(page) => self.go(page),
            Action::Open(dialog) => self.open_dialog(dialog),
            Action::CloseDialog => self.close_dialog(),
            Action::Find(query) => self.find(query),
            Action::Look(customer) => self.look(customer),
            Action::Namesakes(of) => self.read(Read::Namesakes(of, self.model.when())),
            Action::ShowCustomer(customer) if self.model.dialog == Some(Dialog::NewCustomer) => {
                self.show_instead_of_new(customer);
            }
            Action::ShowCustomer(customer) => self.show_customer(customer),
            Action::StartCase { customer, subscription } => self.start_case(customer, subscription),
            Action::OpenCase(case) => self.open_case(case),
            Action::Record(change) => self.record(self.model.me, change),
            Action::RecordAs { lead, change } => self.record(Some(lead), change),
            Action::AddCustomer(customer) => {
                let waiting = Waiting::NewCustomer(customer.external_id.clone());
                self.write_change(self.model.me, Change::CustomerAdded { customer }, waiting);
            }
            Action::FindAlike(draft) => {
                if self.model.alike_asked.as_ref() != Some(&draft) {
                    self.model.alike_asked = Some(draft.clone());
                    self.read(Read::Alike(draft, self.model.when()));
                }
            }
            Action::HoldKey { case, product } => {
                let (stamp, when) = (self.stamp(self.model.me), self.model.when());
                let ticket = self.worker.write(Write::HoldKey { stamp, case, product, when });
                self.wait(ticket, Waiting::Change(None));
            }
            Action::IssueAndPrint(replacement) => self.issue_and_print(replacement),
            Action::Sheet { case, sheet, then } => {
                let (stamp, when) = (self.stamp(self.model.me), self.model.when());
                let ticket = self.worker.write(Write::MakeSheet { stamp, case, sheet, when });
                self.wait(ticket, Waiting::Sheet(sheet, then));
            }
            Action::Reveal { key, case } => {
                let change = Change::KeyRevealed { key, case };
                self.write_change(self.model.me, change, Waiting::Reveal(key));
            }
            Action::Do(command) => {
                self.model.dialog = None;
                self.do_later(command);
            }
            Action::Undo => self.undo(),
            Action::DismissNotice => self.model.notice = None,
            other => self.route_lists(other),
        }
    }

    /// Lists, files and the look of the window.
    fn route_lists(&mut self, action: Action) {
        match action {
            Action::CopySecret(secret) => self.copy_secret(&secret),
            Action::Copy(text) => self.ctx.copy_text(text),
            Action::PathTyped(path) => self.path_typed(path),
            Action::PickFile(kind) => self.pick_file(Some(kind)),
            Action::Preview(kind, path) => self.preview(kind, path),
            Action::StartImport => self.start_import(),
            Action::CancelImport => self.worker.cancel(),
            Action::TakeScan(target) => self.take_scan(target),
            Action::PasteScan => self.ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Action::CancelScan => self.cancel_scan(),
            Action::DropScan { case, scan, note } => self.drop_scan(case, scan, note),
            Action::AllCases => {
                self.model.case = None;
                self.model.case_query.with_closed = true;
                self.go(Page::Cases);
            }
            Action::PlaceScan(place) => self.place_asked(place),
            Action::Say(words) => self.warn(words),
            Action::KeepLines(target) => self.keep_lines(target, Lines::Pinned),
            Action::DropLines(target) => self.keep_lines(target, Lines::Dropped),
            Action::PickWatched => self.outside.pick_folder(Pick::Watched, "Folder to watch"),
            Action::PickSignatures(lead) => {
                self.outside.pick_file(Pick::Signatures(lead), "Newer signatures", &["json"]);
            }
            Action::CasesFilter { text, scope } => {
                self.model.case_query = CaseQuery { text, with_closed: scope == CaseScope::All };
                self.load_page();
            }
            Action::StockFilter { text } => {
                self.model.stock_text = text;
                self.model.n_stock_rows = ROWS_STEP;
                self.load_page();
            }
            Action::MoreStock => {
                self.model.n_stock_rows += ROWS_STEP;
                self.load_page();
            }
            Action::JournalFilter { text } => {
                self.model.journal_text = text;
                self.load_page();
            }
            Action::MoreJournal => {
                if let Some(before) = self.model.journal_next {
                    let text = self.model.journal_text.clone();
                    self.read(Read::Journal { text, before: Some(before) });
                }
            }
            Action::Verify => {
                let ticket = self.worker.job(Job::Verify);
                self.wait(ticket, Waiting::Verify);
            }
            Action::Backup => self.pick_backup(),
            Action::Export(page) => self.pick_export(page),
            Action::ChooseMe(person) => {
                self.model.me = Some(person);
                self.model.dialog = None;
            }
            Action::SetLook(look) => self.set_look(look),
            Action::Quit => self.ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            // Told by `route`, which comes first.
            _ => (),
        }
    }

    fn stamp(&self, by: Option<PersonId>) -> Stamp {
        Stamp::new(self.model.now, by)
    }

    /// Whether somebody is at the desk; if not, the window asks who. Entries without a person are
    /// the command line's.
    fn has_person(&mut self) -> bool {
        let has_person = self.model.me().is_some();
        if !has_person {
            self.model.dialog = Some(Dialog::People);
        }
        has_person
    }

    /// Turns to a page, with what it shows as it is now.
    pub(super) fn go(&mut self, page: Page) {
        if page == Page::Cases && self.model.page == Page::Cases {
            self.model.case = None;
        }
        self.model.page = page;
        self.model.dialog = None;
        self.model.revealed = None;
        self.load_page();
    }

    /// Asks again for what the open page shows.
    pub(super) fn load_page(&mut self) {
        let when = self.model.when();
        self.read(Read::Desk(when));
        let read = match self.model.page {
            Page::Lookup => self.model.looking_at.clone().map(|who| Read::Customer(who, when)),
            Page::Cases => match &self.model.case {
                Some(file) => Some(Read::Case(file.case.id, when)),
                None => Some(Read::Cases(self.model.case_query.clone(), when)),
            },
            Page::Stock => Some(Read::Stock {
                text: self.model.stock_text.clone(),
                limit: self.model.n_stock_rows,
                when,
            }),
            Page::Journal => {
                Some(Read::Journal { text: self.model.journal_text.clone(), before: None })
            }
            Page::Settings => None,
        };
        if let Some(read) = read {
            self.read(read);
        }
    }

    /// The command is given in the next frame, to the page that is then open.
    fn do_later(&mut self, command: UiCommand) {
        if command == UiCommand::Find && self.model.page != Page::Lookup {
            self.go(Page::Lookup);
        }
        self.picked = Some(command);
    }

    fn open_dialog(&mut self, dialog: Dialog) {
        if dialog == Dialog::NewCustomer {
            self.views.new_customer.begin_with(&self.model.query);
            self.model.alike.clear();
            self.model.alike_asked = None;
        }
        if dialog == Dialog::Import && !matches!(self.model.import, ImportState::Running(..)) {
            self.model.import = ImportState::Idle;
        }
        self.model.dialog = Some(dialog);
    }

    /// Closes the dialog. Drafts are kept; the palette begins anew.
    fn close_dialog(&mut self) {
        self.model.dialog = None;
        self.views.palette.clear();
        self.place_canceled();
    }

    /// Asks for what stands in the box now.
    pub(super) fn find(&mut self, query: String) {
        self.model.query.clone_from(&query);
        let when = self.model.when();
        self.read(Read::Find { query, limit: crate::app::model::HITS_MAX, when });
    }

    /// Shows a customer's card as soon as it is read.
    pub(super) fn look(&mut self, customer: ExternalId) {
        if self.model.looking_at.as_ref() != Some(&customer) {
            self.model.looking_at = Some(customer.clone());
            self.read(Read::Customer(customer, self.model.when()));
        }
    }

    /// The card of the customer who was added, or who turned out to be in the file already: the
    /// draft is done with.
    pub(super) fn show_instead_of_new(&mut self, customer: ExternalId) {
        self.views.new_customer.clear();
        self.show_customer(customer);
    }

    /// Turns to Lookup with an empty box and this customer's card.
    fn show_customer(&mut self, customer: ExternalId) {
        self.go(Page::Lookup);
        self.lookup_done();
        self.views.lookup.show(customer.clone());
        self.look(customer);
    }

    fn start_case(&mut self, customer: ExternalId, subscription: Option<SubscriptionUid>) {
        let (stamp, when) = (self.stamp(self.model.me), self.model.when());
        let ticket = self.worker.write(Write::OpenCase { stamp, customer, subscription, when });
        self.wait(ticket, Waiting::NewCase);
    }

    /// Shows a case as soon as it is read.
    pub(super) fn open_case(&mut self, case: CaseId) {
        if self.model.page == Page::Lookup {
            self.lookup_done();
        }
        self.model.page = Page::Cases;
        self.model.dialog = None;
        self.model.revealed = None;
        if self.model.case.as_ref().is_some_and(|file| file.case.id != case) {
            self.model.case = None;
        }
        let ticket = self.worker.read(Read::Case(case, self.model.when()));
        self.wait(ticket, Waiting::ShowCase(case));
    }

    fn record(&mut self, by: Option<PersonId>, change: Change) {
        let waiting = match &change {
            Change::CaseClosed { .. } => Waiting::CloseCase,
            _ => Waiting::Change(Undo::of(&change, self.model.now).map(Box::new)),
        };
        self.write_change(by, change, waiting);
    }

    pub(super) fn write_change(&mut self, by: Option<PersonId>, change: Change, waiting: Waiting) {
        self.model.notice = None;
        if let Change::CaseClosed { .. } = &change {
            self.model.undo = Undo::of(&change, self.model.now);
        }
        let (stamp, when) = (self.stamp(by), self.model.when());
        let ticket = self.worker.write(Write::Record { stamp, change, when });
        self.wait(ticket, waiting);
    }

    fn issue_and_print(&mut self, replacement: crate::domain::replacement::Replacement) {
        use crate::domain::entry::SheetKind;
        use crate::ui::action::SheetUse;
        let (stamp, when) = (self.stamp(self.model.me), self.model.when());
        let change = Change::KeyIssued { replacement };
        let ticket = self.worker.write(Write::IssueAndMakeSheet { stamp, change, when });
        self.wait(ticket, Waiting::Sheet(SheetKind::Handoff, SheetUse::Print));
    }

    fn undo(&mut self) {
        let offered = self.model.undo.take().filter(|undo| undo.until > self.model.now);
        let Some(Undo { what, mut changes, .. }) = offered else {
            return self.warn("Nothing more to undo");
        };
        self.model.toast = None;
        let last = changes.pop();
        for change in changes {
            self.write_change(self.model.me, change, Waiting::Step);
        }
        if let Some(last) = last {
            let waiting = match &last {
                // The case is on the screen again.
                Change::CaseReopened { .. } => Waiting::NewCase,
                _ => Waiting::TakenBack(what),
            };
            self.write_change(self.model.me, last, waiting);
        }
    }

    pub(super) fn preview(&mut self, kind: Option<ImportKind>, path: PathBuf) {
        self.model.dialog = Some(Dialog::Import);
        self.model.import = ImportState::Reading(path.clone());
        let ticket =
            self.worker.job(Job::Preview { kind: kind.map(file_kind), path, now: self.model.now });
        self.wait(ticket, Waiting::Job);
    }

    fn start_import(&mut self) {
        let state = std::mem::take(&mut self.model.import);
        if let ImportState::Previewed(preview, path) = state {
            let stamp = self.stamp(self.model.me);
            let command = Write::Import { stamp, kind: preview.kind(), path: path.clone() };
            let ticket = self.worker.write(command);
            self.model.import =
                ImportState::Running(path, crate::worker::event::Progress::default());
            self.wait(ticket, Waiting::Import);
        } else {
            self.model.import = state;
        }
    }

    pub(super) fn read(&mut self, read: Read) {
        if self.worker.read(read).is_none() {
            self.no_answer();
        }
    }
}

/// Whether an action ends in an entry of the person at the desk.
fn writes(action: &Action) -> bool {
    matches!(
        action,
        Action::StartCase { .. }
            | Action::Record(_)
            | Action::AddCustomer(_)
            | Action::HoldKey { .. }
            | Action::IssueAndPrint(_)
            | Action::Sheet { .. }
            | Action::Reveal { .. }
            | Action::StartImport
            | Action::TakeScan(_)
            | Action::PlaceScan(_)
            | Action::DropScan { .. }
            | Action::PickSignatures(_)
            | Action::KeepLines(_)
            | Action::DropLines(_)
    )
}

/// The offered kind as the worker knows it.
pub(super) fn file_kind(kind: ImportKind) -> FileKind {
    match kind {
        ImportKind::Customers => FileKind::Rows(intake::FileKind::Customers),
        ImportKind::Subscriptions => FileKind::Rows(intake::FileKind::Subscriptions),
        ImportKind::Keys => FileKind::Rows(intake::FileKind::Keys),
        ImportKind::Catalog => FileKind::Catalog,
    }
}

/// What a page exports; Lookup and Settings have nothing to export.
pub(super) fn table_of(page: Page) -> Option<Table> {
    match page {
        Page::Cases => Some(Table::Cases),
        Page::Stock => Some(Table::Stock),
        Page::Journal => Some(Table::Journal),
        Page::Lookup | Page::Settings => None,
    }
}

/// The worker's kind as it is offered.
pub(super) fn import_kind(kind: FileKind) -> ImportKind {
    match kind {
        FileKind::Rows(intake::FileKind::Customers) => ImportKind::Customers,
        FileKind::Rows(intake::FileKind::Subscriptions) => ImportKind::Subscriptions,
        FileKind::Rows(intake::FileKind::Keys) => ImportKind::Keys,
        FileKind::Catalog => ImportKind::Catalog,
    }
}
