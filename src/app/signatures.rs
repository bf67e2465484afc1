//! A newer file of signatures: chosen in the system's dialog or dropped on its page, read beside
//! everything else, and recorded once it was found good.

use crate::app::App;
use crate::app::model::Waiting;
use crate::domain::entry::Change;
use crate::domain::id::PersonId;
use crate::domain::signature_file::SignatureFile;
use crate::domain::time::day_text;
use crate::ui::shell::Page;
use crate::ui::views::word::Staff;
use crate::worker::command::Job;
use std::path::{Path, PathBuf};

impl App {
    /// Reads the file; `lead` says that it is used.
    pub(super) fn read_signatures(&mut self, path: PathBuf, lead: PersonId) {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let ticket = self.worker.job(Job::Signatures(path));
        self.wait(ticket, Waiting::Signatures(name, lead));
    }

    /// A good file is recorded; of another one the page says what is wrong.
    pub(super) fn signatures_read(
        &mut self,
        read: Result<Box<SignatureFile>, String>,
        waiting: Option<Waiting>,
    ) {
        let Some(Waiting::Signatures(name, lead)) = waiting else { return };
        self.views.settings.signatures_read(&name, read.as_ref().err().map(String::as_str));
        if let Ok(file) = read {
            let what = format!("Scans use the signatures of {} now", day_text(file.mark.day));
            let change = Change::SignaturesSet { file: *file };
            self.write_change(Some(lead), change, Waiting::SignaturesSet(what));
        }
    }

    /// Whether what was dropped is meant as signatures: one JSON file on their page.
    pub(super) fn are_signatures(&self, paths: &[PathBuf]) -> bool {
        let is_json =
            |path: &Path| path.extension().is_some_and(|it| it.eq_ignore_ascii_case("json"));
        let is_here = self.model.page == Page::Settings && self.views.settings.shows_scans();
        is_here && self.model.dialog.is_none() && matches!(paths, [path] if is_json(path))
    }

    /// Reads what was dropped, if a lead is at the desk or chosen.
    pub(super) fn signatures_dropped(&mut self, paths: Vec<PathBuf>) {
        let Some(desk) = &self.model.desk else { return };
        let staff = Staff { people: &desk.people, me: self.model.me };
        if let Some(lead) = self.views.settings.signatures_dropped(staff) {
            for path in paths {
                self.read_signatures(path, lead);
            }
        }
    }
}
