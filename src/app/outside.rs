//! What is done outside the window and its file: the system's dialogs, viewer and printer. Each on
//! a named thread of its own, so that the window never waits; tests answer in the system's place.

use crate::app::files::{Desktop, SheetDone};
use crate::app::offers::Export;
use crate::domain::entry::SheetKind;
use crate::domain::id::{CaseId, PersonId};
use crate::ui::action::{ImportKind, ScanTarget};
use crate::ui::shell::Page;
use crate::worker::Wake;
use std::cell::Cell;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

/// Answers that may wait; each is asked for by a key press.
const ANSWERS_MAX: usize = 64;

/// An answer from outside.
#[derive(Debug)]
pub enum Answer {
    /// A file was chosen for this; `None` when the dialog was canceled.
    Picked(Pick, Option<PathBuf>),
    /// These were chosen as exports; none when the dialog was canceled.
    Exports(ScanTarget, Vec<PathBuf>),
    /// These are new in the watched folder.
    Appeared(Vec<Export>),
    /// A sheet was shown, printed or saved, or not.
    Sheet(CaseId, SheetKind, Result<SheetDone, String>),
}

/// What a file is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// To import.
    Import(Option<ImportKind>),
    /// To watch for exports.
    Watched,
    /// To find by the signatures in it; this lead says so.
    Signatures(PersonId),
    /// To back up to.
    Backup,
    /// To export this page to.
    Export(Page),
}

/// Who answers the system's dialogs.
#[derive(Debug, Clone)]
pub enum Dialogs {
    /// The system.
    System,
    /// Prepared answers, in order; none left is a canceled dialog.
    Prepared(Arc<Mutex<VecDeque<PathBuf>>>),
}

/// Starts what is done outside and collects what came of it.
pub struct Outside {
    /// Who answers dialogs.
    pub dialogs: Dialogs,
    /// Who shows and prints sheets.
    pub desktop: Desktop,
    answers_in: SyncSender<Answer>,
    answers: Receiver<Answer>,
    wake: Wake,
    n_running: Cell<usize>,
}

impl Outside {
    /// Nothing was started yet.
    pub fn new(dialogs: Dialogs, desktop: Desktop, wake: Wake) -> Self {
        let (answers_in, answers) = sync_channel(ANSWERS_MAX);
        Self { dialogs, desktop, answers_in, answers, wake, n_running: Cell::new(0) }
    }

    /// The next answer, if one is there.
    pub fn take(&self) -> Option<Answer> {
        let answer = self.answers.try_recv().ok()?;
        self.n_running.set(self.n_running.get().saturating_sub(1));
        Some(answer)
    }

    /// Whether something that was started has not ended yet.
    pub fn is_waiting(&self) -> bool {
        self.n_running.get() > 0
    }

    /// Runs `body` on a thread of its own.
    pub fn run(&self, body: impl FnOnce() -> Answer + Send + 'static) {
        let (answers, wake) = (self.answers_in.clone(), Arc::clone(&self.wake));
        let started =
            std::thread::Builder::new().name("swapdesk outside".to_owned()).spawn(move || {
                if answers.send(body()).is_ok() {
                    wake();
                }
            });
        match started {
            Ok(_) => self.n_running.set(self.n_running.get() + 1),
            Err(error) => log::error!("no thread for what is done outside: {error}"),
        }
    }

    /// Asks for a file to read.
    pub fn pick_file(&self, pick: Pick, title: &'static str, endings: &'static [&'static str]) {
        let dialogs = self.dialogs.clone();
        self.run(move || {
            let path = match dialogs {
                Dialogs::System => rfd::FileDialog::new()
                    .set_title(title)
                    .add_filter(endings.join(", "), endings)
                    .pick_file(),
                Dialogs::Prepared(answers) => next(&answers),
            };
            Answer::Picked(pick, path)
        });
    }

    /// Asks for exports to read.
    pub fn pick_files(&self, target: ScanTarget, title: &'static str) {
        let dialogs = self.dialogs.clone();
        self.run(move || {
            let paths = match dialogs {
                Dialogs::System => rfd::FileDialog::new().set_title(title).pick_files(),
                Dialogs::Prepared(answers) => next(&answers).map(|path| vec![path]),
            };
            Answer::Exports(target, paths.unwrap_or_default())
        });
    }

    /// Asks for a folder.
    pub fn pick_folder(&self, pick: Pick, title: &'static str) {
        let dialogs = self.dialogs.clone();
        self.run(move || {
            let path = match dialogs {
                Dialogs::System => rfd::FileDialog::new().set_title(title).pick_folder(),
                Dialogs::Prepared(answers) => next(&answers),
            };
            Answer::Picked(pick, path)
        });
    }

    /// Asks for a place to write to.
    pub fn pick_place(&self, pick: Pick, title: &'static str, name: String) {
        let dialogs = self.dialogs.clone();
        self.run(move || Answer::Picked(pick, place(&dialogs, title, &name)));
    }
}

/// Asks for a place to write to, and waits for it: only from a thread of its own.
pub(super) fn place(dialogs: &Dialogs, title: &str, name: &str) -> Option<PathBuf> {
    match dialogs {
        Dialogs::System => rfd::FileDialog::new().set_title(title).set_file_name(name).save_file(),
        Dialogs::Prepared(answers) => next(answers),
    }
}

fn next(answers: &Mutex<VecDeque<PathBuf>>) -> Option<PathBuf> {
    answers.lock().ok()?.pop_front()
}
