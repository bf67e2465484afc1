//! What the window knows. `take_in` and `route` change it, views read it.

use crate::app::offers::Offers;
use crate::app::paths::AskedPath;
use crate::app::undo::Undo;
use crate::domain::card::{CaseFile, CaseLine, CustomerCard, JournalLine};
use crate::domain::case::Case;
use crate::domain::customer::CustomerDraft;
use crate::domain::entry::SheetKind;
use crate::domain::evidence::kept::KeptScan;
use crate::domain::evidence::trace::Scan;
use crate::domain::file_mark::FileMark;
use crate::domain::hit::{Found, Hit};
use crate::domain::id::{CaseId, ExternalId, KeyId, PersonId, ScanId};
use crate::domain::people::{Person, Role};
use crate::domain::time::Moment;
use crate::ui::action::{CaseScope, Dialog, Look, ScanTarget, SheetUse};
use crate::ui::notice::Notice;
use crate::ui::shell::Page;
use crate::ui::theme::Tone;
use crate::worker::command::{CaseQuery, ScanSource, Ticket, When};
use crate::worker::event::{
    DeskState, FilePreview, ImportReport, Progress, ScanProgress, StockPage, Verified,
};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Rows that a list asks for at first, and again each time more are wanted.
pub const ROWS_STEP: usize = 500;
/// Hits that a search asks for.
pub const HITS_MAX: usize = 20;

/// The whole of it.
#[derive(Debug)]
pub struct Model {
    /// The moment of this frame.
    pub now: Moment,
    /// The store's day of this frame.
    pub today: NaiveDate,
    /// Settings, people, counts; `None` until the file is open.
    pub desk: Option<Box<DeskState>>,
    /// Who is at the desk.
    pub me: Option<PersonId>,
    /// The page that is shown.
    pub page: Page,
    /// The dialog over it.
    pub dialog: Option<Dialog>,
    /// The answer to what stands in the search box.
    pub found: Found,
    /// All of one name, and by whom they were asked.
    pub namesakes: Option<(ExternalId, Vec<Hit>)>,
    /// What stands in the search box.
    pub query: String,
    /// The customer whose card is shown.
    pub card: Option<Box<CustomerCard>>,
    /// The customer whose card is wanted, shown as soon as it is there.
    pub looking_at: Option<ExternalId>,
    /// Customers like the one being entered.
    pub alike: Vec<Hit>,
    /// The last draft that was asked about.
    pub alike_asked: Option<CustomerDraft>,
    /// The case that the Cases page shows; `None` shows the list.
    pub case: Option<Box<CaseFile>>,
    /// The list of cases.
    pub cases: Vec<CaseLine>,
    /// What the list was asked for.
    pub case_query: CaseQuery,
    /// The stock; `None` until it was asked for.
    pub stock: Option<Box<StockPage>>,
    /// The filter of the stock.
    pub stock_text: String,
    /// How many keys are listed.
    pub n_stock_rows: usize,
    /// The journal, the latest first.
    pub journal: Vec<JournalLine>,
    /// Before which entry there are older ones than are listed.
    pub journal_next: Option<i64>,
    /// The filter of the journal.
    pub journal_text: String,
    /// What the last check of the file found.
    pub verified: Option<Verified>,
    /// A whole key on the screen.
    pub revealed: Option<KeyId>,
    /// What went wrong, or what is worth reading.
    pub notice: Option<Notice>,
    /// What can be taken back, and until when it is offered.
    pub undo: Option<Undo>,
    /// What was done, shown for some seconds.
    pub toast: Option<Toast>,
    /// The file that is imported.
    pub import: ImportState,
    /// The exports that are being read.
    pub scan: Option<ScanRun>,
    /// The folder that is watched for exports.
    pub watched: Option<PathBuf>,
    /// Whether it is there; `None` until somebody looked.
    pub is_folder_there: Option<bool>,
    /// What is new in it.
    pub offers: Offers,
    /// What S would take, by name: before and after.
    pub offered: [String; 2],
    /// The case whose sheet was to be printed and was not.
    pub unprinted: Option<CaseId>,
    /// What a path is typed for.
    pub asked_path: Option<AskedPath>,
    /// Exports that were read and wait for a word on where they belong.
    pub asked_scan: Option<AskedScan>,
    /// The last scans with their masked lines, and where they were read from.
    pub with_lines: Vec<KnownScan>,
    /// Their ids.
    pub with_lines_ids: Vec<ScanId>,
    /// How far the reading of all names is, in percent; `None` before the first word of it. Until
    /// 100, misspelt names are not found.
    pub names_read: Option<u8>,
    /// Answers that are waited for.
    pub waiting: Vec<(Ticket, Waiting)>,
    /// Where the file is.
    pub path: PathBuf,
    /// How the window looks.
    pub look: Look,
    /// Whether that is dark now.
    pub is_dark: bool,
    /// Why the file is not open: nothing more will come.
    pub is_failed: bool,
    /// What draws the window: `glow`, `wgpu`, or `pictures`.
    pub renderer: &'static str,
}

/// What an answer is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Waiting {
    /// A change; with what is offered to take back afterwards.
    Change(Option<Box<Undo>>),
    /// A change that another one follows.
    Step,
    /// This was taken back.
    TakenBack(String),
    /// A case that is to be shown when it is open.
    NewCase,
    /// A customer who was added, whose card is to be shown.
    NewCustomer(ExternalId),
    /// A key that is shown once its reveal is written.
    Reveal(KeyId),
    /// The case that is to be shown.
    ShowCase(CaseId),
    /// The case that is closed: the desk turns to the next customer.
    CloseCase,
    /// A sheet, and what then.
    Sheet(SheetKind, SheetUse),
    /// A check of the file.
    Verify,
    /// A scan that is kept; with what is offered to take back afterwards.
    ScanKept(Option<Box<Undo>>),
    /// A look at a file that was dropped: where it is no list, it is an export of this.
    Dropped(PathBuf, Option<ScanTarget>),
    /// A copy, an export, a preview.
    Job,
    /// An import.
    Import,
    /// A file of signatures of this name; this lead says that it is used.
    Signatures(String, PersonId),
    /// The change to other signatures; with the words for when it is in the file.
    SignaturesSet(String),
}

/// Exports that are being read.
#[derive(Debug)]
pub struct ScanRun {
    /// Tells its answer from a late one.
    pub ticket: Ticket,
    /// Of what.
    pub target: ScanTarget,
    /// Which files or folders, in a few words.
    pub names: String,
    /// Where they come from.
    pub source: ScanSource,
    /// The case as it stood; another one may be on the screen by the end.
    pub case: Option<Case>,
    /// The scan that is read again with them, and what they say alone.
    pub more_of: Option<(ScanId, Box<ReadExports>)>,
    /// Since when.
    pub began: Moment,
    /// How far it is, once that was told.
    pub progress: Option<ScanProgress>,
}

/// What was done, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// The words.
    pub words: String,
    /// Whether something was done, or was not.
    pub tone: Tone,
    /// Until when they stay.
    pub until: Moment,
    /// Whether they tell what Undo takes back.
    pub offers_undo: bool,
}

/// Exports that were read and are not kept yet.
#[derive(Debug)]
pub struct ReadExports {
    /// Of what.
    pub target: ScanTarget,
    /// Which files or folders, in a few words.
    pub names: String,
    /// Where they came from.
    pub source: ScanSource,
    /// The files.
    pub files: Vec<FileMark>,
    /// What they say.
    pub scan: Scan,
}

/// Exports that wait for a word on where they belong.
#[derive(Debug)]
pub struct AskedScan {
    /// The scan before that is there.
    pub before: ScanId,
    /// Whether they may be more of it.
    pub can_add: bool,
    /// What was read.
    pub read: ReadExports,
}

/// A scan that was read since the program was started.
#[derive(Debug)]
pub struct KnownScan {
    /// With its masked lines.
    pub kept: KeptScan,
    /// Where it was read from, so that it can be read again with more.
    pub source: ScanSource,
}

impl ScanRun {
    /// How far it is, 0 to 1.
    pub fn fraction(&self) -> f32 {
        match self.progress {
            Some(progress) if progress.n_bytes_all > 0 => {
                (progress.n_bytes as f64 / progress.n_bytes_all as f64).min(1.0) as f32
            }
            Some(_) | None => 0.0,
        }
    }
}

/// The import dialog.
#[derive(Debug, Default)]
pub enum ImportState {
    /// No file was chosen.
    #[default]
    Idle,
    /// A file is being looked at.
    Reading(PathBuf),
    /// A file was looked at; Enter imports it.
    Previewed(Box<FilePreview>, PathBuf),
    /// It is being imported.
    Running(PathBuf, Progress),
    /// It was imported.
    Done(Box<ImportReport>),
}

impl Model {
    /// A window whose file is being opened.
    pub fn new(path: PathBuf, when: When) -> Self {
        Self {
            now: when.now,
            today: when.today,
            desk: None,
            me: None,
            page: Page::Lookup,
            dialog: None,
            found: Found::default(),
            namesakes: None,
            query: String::new(),
            card: None,
            looking_at: None,
            alike: Vec::new(),
            alike_asked: None,
            case: None,
            cases: Vec::new(),
            case_query: CaseQuery::default(),
            stock: None,
            stock_text: String::new(),
            n_stock_rows: ROWS_STEP,
            journal: Vec::new(),
            journal_next: None,
            journal_text: String::new(),
            verified: None,
            revealed: None,
            notice: None,
            undo: None,
            toast: None,
            import: ImportState::default(),
            scan: None,
            watched: None,
            is_folder_there: None,
            offers: Offers::default(),
            offered: Default::default(),
            unprinted: None,
            asked_path: None,
            asked_scan: None,
            with_lines: Vec::new(),
            with_lines_ids: Vec::new(),
            names_read: None,
            waiting: Vec::new(),
            path,
            look: Look::System,
            is_dark: false,
            is_failed: false,
            renderer: "",
        }
    }

    /// The moment and day of this frame.
    pub fn when(&self) -> When {
        When { now: self.now, today: self.today }
    }

    /// Who is at the desk.
    pub fn me(&self) -> Option<&Person> {
        let me = self.me?;
        self.desk.as_ref()?.people.iter().find(|person| person.id == me && person.is_active)
    }

    /// Takes the remembered person, if they are still here. If they have left, the window asks who
    /// it is; at the very first start it is the first technician.
    pub fn choose_me(&mut self) {
        if self.me().is_some() {
            return;
        }
        if self.me.take().is_some() {
            self.dialog = Some(Dialog::People);
            return;
        }
        let people = self.desk.as_ref().map(|desk| desk.people.as_slice()).unwrap_or_default();
        let here = || people.iter().filter(|person| person.is_active);
        let technician = here().find(|person| person.role == Role::Technician);
        self.me = technician.or_else(|| here().next()).map(|person| person.id);
    }

    /// Whether a change is being written: until then keys wait.
    pub fn is_writing(&self) -> bool {
        self.waiting.iter().any(|(_, waiting)| {
            matches!(
                waiting,
                Waiting::Change(_)
                    | Waiting::Step
                    | Waiting::TakenBack(_)
                    | Waiting::NewCase
                    | Waiting::NewCustomer(_)
                    | Waiting::Reveal(_)
                    | Waiting::ShowCase(_)
                    | Waiting::SignaturesSet(_)
                    | Waiting::ScanKept(_)
                    | Waiting::CloseCase
                    | Waiting::Sheet(..)
            )
        })
    }

    /// Whether the toast that is shown tells what Undo takes back.
    pub fn offers_undo(&self) -> bool {
        self.undo.is_some() && self.toast.as_ref().is_some_and(|toast| toast.offers_undo)
    }

    /// Whether anything is waited for.
    pub fn is_busy(&self) -> bool {
        !self.waiting.is_empty() || (self.desk.is_none() && !self.is_failed)
    }

    /// Whether an answer to this is waited for.
    pub fn is_waiting_for(&self, wanted: &Waiting) -> bool {
        self.waiting.iter().any(|(_, waiting)| waiting == wanted)
    }

    /// Which cases the list shows.
    pub fn case_scope(&self) -> CaseScope {
        if self.case_query.with_closed { CaseScope::All } else { CaseScope::Open }
    }
}
