//! Paths that were chosen in the system's dialog, or typed where it has none.

use crate::app::App;
use crate::app::files;
use crate::app::outside::{Answer, Pick, SheetToSave};
use crate::ui::action::{Dialog, PathFor, SheetUse};
use crate::worker::command::{Job, ScanSource};
use std::path::PathBuf;

/// What a path is asked for in the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedPath {
    /// What the system's dialog would have asked.
    Pick(Pick),
    /// A place for a sheet.
    Sheet(SheetToSave),
}

impl App {
    /// Does what the paths were chosen for.
    pub(super) fn picked(&mut self, pick: Pick, paths: Vec<PathBuf>) {
        if let Pick::Exports(target) = pick {
            return self.read_exports(target, ScanSource::Paths(paths));
        }
        let Some(path) = paths.into_iter().next() else { return };
        match pick {
            Pick::Exports(_) => (),
            Pick::Import(kind) => self.preview(kind, path),
            Pick::Signatures(lead) => self.read_signatures(path, lead),
            Pick::Watched => self.folder_picked(&path),
            Pick::Backup => self.job(Job::Backup(path)),
            Pick::Export(page) => {
                if let Some(table) = super::route::table_of(page) {
                    self.job(Job::Export(table, path, self.model.when()));
                }
            }
        }
    }

    /// The system has no dialog: the path is typed.
    pub(super) fn ask_path(&mut self, asked: AskedPath) {
        let (what_for, name) = match &asked {
            AskedPath::Pick(Pick::Exports(_)) => (PathFor::Exports, String::new()),
            AskedPath::Pick(Pick::Import(_)) => (PathFor::Import, String::new()),
            AskedPath::Pick(Pick::Watched) => (PathFor::WatchedFolder, String::new()),
            AskedPath::Pick(Pick::Signatures(_)) => (PathFor::Signatures, String::new()),
            AskedPath::Pick(Pick::Backup) => (PathFor::Backup, self.backup_name()),
            AskedPath::Pick(Pick::Export(page)) => (PathFor::Export, self.export_name(*page)),
            AskedPath::Sheet(sheet) => (PathFor::Sheet, sheet.name.clone()),
        };
        let beside = |name: String| match name.as_str() {
            "" => name,
            _ => self.model.path.with_file_name(name).display().to_string(),
        };
        self.views.path.begin_with(&beside(name));
        self.model.asked_path = Some(asked);
        self.model.dialog = Some(Dialog::Path(what_for));
    }

    /// The path was typed.
    pub(super) fn path_typed(&mut self, path: PathBuf) {
        self.model.dialog = None;
        match self.model.asked_path.take() {
            Some(AskedPath::Pick(pick)) => self.picked(pick, vec![path]),
            Some(AskedPath::Sheet(SheetToSave { case, pdf, .. })) => {
                self.outside.run(move || {
                    let done = files::save_sheet(Some(path), &pdf);
                    Answer::Sheet(case, SheetUse::Save, done)
                });
            }
            None => (),
        }
    }
}
