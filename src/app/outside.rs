//! What is done outside the window and its file: the system's dialogs, viewer and printer. Each on
//! a named thread of its own, so that the window never waits; tests answer in the system's place.

use crate::app::files::{Desktop, SheetDone, SheetError};
use crate::app::offers::Export;
use crate::domain::id::{CaseId, PersonId};
use crate::ui::action::{ImportKind, ScanTarget, SheetUse};
use crate::ui::shell::Page;
use crate::worker::Wake;
use std::cell::Cell;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What is closed sooner than this was not closed by a hand.
const CLOSED_BY_HAND: Duration = Duration::from_millis(400);
/// Answers that may wait; each is asked for by a key press.
const ANSWERS_MAX: usize = 64;

/// An answer from outside.
#[derive(Debug)]
pub enum Answer {
    /// What was chosen for this.
    Picked(Pick, Chosen),
    /// These are new in the watched folder.
    Appeared(Vec<Export>),
    /// A sheet was shown, printed or saved, or not.
    Sheet(CaseId, SheetUse, Result<SheetDone, SheetError>),
    /// There is no dialog that asks where this sheet shall lie.
    NoPlace(SheetToSave),
}

/// What came of a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// These; never none.
    Paths(Vec<PathBuf>),
    /// Nothing: it was closed.
    Nothing,
    /// There was no dialog: the system has none, or it failed.
    NoDialog,
}

/// A sheet that is made and waits for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetToSave {
    /// Of which case.
    pub case: CaseId,
    /// `D2-00419 handoff.pdf`.
    pub name: String,
    /// The PDF.
    pub pdf: Vec<u8>,
}

/// What a file is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// To read as a scan of this.
    Exports(ScanTarget),
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
    /// Nobody: a system without dialogs.
    Missing,
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
        self.ask(pick, move || {
            let dialog = rfd::FileDialog::new().set_title(title);
            dialog.add_filter(endings.join(", "), endings).pick_file().map(one)
        });
    }

    /// Asks for exports to read.
    pub fn pick_files(&self, target: ScanTarget, title: &'static str) {
        self.ask(Pick::Exports(target), move || {
            rfd::FileDialog::new().set_title(title).pick_files()
        });
    }

    /// Asks for a folder.
    pub fn pick_folder(&self, pick: Pick, title: &'static str) {
        self.ask(pick, move || rfd::FileDialog::new().set_title(title).pick_folder().map(one));
    }

    /// Asks for a place to write to.
    pub fn pick_place(&self, pick: Pick, title: &'static str, name: String) {
        let dialogs = self.dialogs.clone();
        self.run(move || Answer::Picked(pick, place(&dialogs, title, &name)));
    }

    fn ask(&self, pick: Pick, system: impl FnOnce() -> Option<Vec<PathBuf>> + Send + 'static) {
        let dialogs = self.dialogs.clone();
        self.run(move || Answer::Picked(pick, choose(&dialogs, system)));
    }
}

/// Asks for a place to write to, and waits for it: only from a thread of its own.
pub(super) fn place(dialogs: &Dialogs, title: &str, name: &str) -> Chosen {
    choose(dialogs, || {
        rfd::FileDialog::new().set_title(title).set_file_name(name).save_file().map(one)
    })
}

/// What `dialogs` say; `system` is the system's own.
fn choose(dialogs: &Dialogs, system: impl FnOnce() -> Option<Vec<PathBuf>>) -> Chosen {
    match dialogs {
        Dialogs::System => {
            let began = Instant::now();
            let paths = system();
            told(paths, began.elapsed())
        }
        Dialogs::Prepared(answers) => {
            let next = answers.lock().ok().and_then(|mut answers| answers.pop_front());
            next.map_or(Chosen::Nothing, |path| Chosen::Paths(one(path)))
        }
        Dialogs::Missing => Chosen::NoDialog,
    }
}

/// What came of the system's dialog. It says the same when it was closed and when there is none:
/// only on Linux may there be none, and nobody closes a window that soon.
fn told(paths: Option<Vec<PathBuf>>, took: Duration) -> Chosen {
    match paths {
        Some(paths) if !paths.is_empty() => Chosen::Paths(paths),
        Some(_) => Chosen::Nothing,
        None if cfg!(target_os = "linux") && took < CLOSED_BY_HAND => Chosen::NoDialog,
        None => Chosen::Nothing,
    }
}

fn one(path: PathBuf) -> Vec<PathBuf> {
    vec![path]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_that_nobody_can_have_closed_was_not_there() {
        let (soon, later) = (Duration::from_millis(40), Duration::from_secs(3));
        let missing = if cfg!(target_os = "linux") { Chosen::NoDialog } else { Chosen::Nothing };
        let chosen = || one(PathBuf::from("a.txt"));
        let table = [
            (Some(chosen()), soon, Chosen::Paths(chosen())),
            (Some(Vec::new()), soon, Chosen::Nothing),
            (None, soon, missing),
            (None, later, Chosen::Nothing),
        ];
        for (paths, took, expected) in table {
            assert_eq!(told(paths.clone(), took), expected, "{paths:?} {took:?}");
        }
    }
}
