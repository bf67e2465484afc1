//! Where sheets are written, and how they reach the viewer and the printer.
//!
//! A handoff sheet is kept beside the desk's file, in `sheets`, where it can be printed again. A
//! key sheet has the whole key on it: it is written into a private folder and taken away when the
//! program ends. Everything here waits for the system, so it runs on a thread of its own.

use crate::domain::entry::SheetKind;
use crate::domain::id::CaseNumber;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

/// How long a copied secret stays on the clipboard, in milliseconds.
pub const SECRET_ON_CLIPBOARD_MS: i64 = 10_000;

/// Who shows and prints.
#[derive(Debug, Clone)]
pub enum Desktop {
    /// The system.
    System,
    /// Nobody: what would have been shown or printed is kept for a test to look at.
    Record(Arc<Mutex<Vec<SheetDone>>>),
}

/// What became of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetDone {
    /// The viewer was started.
    Opened(PathBuf),
    /// The system's printing took it.
    Printed(PathBuf),
    /// There is no printing command here, so the viewer was started to print from.
    OpenedToPrint(PathBuf),
    /// It was written here.
    Saved(PathBuf),
    /// Nobody chose a place.
    NotSaved,
}

impl fmt::Display for SheetDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened(_) => f.write_str("The sheet is open in the viewer"),
            Self::Printed(_) => f.write_str("The sheet was sent to the printer"),
            Self::OpenedToPrint(_) => f.write_str(
                "No printer is set up here: the sheet is open in the viewer, print it there",
            ),
            Self::Saved(path) => write!(f, "Saved as {}", path.display()),
            Self::NotSaved => f.write_str("Not saved"),
        }
    }
}

/// Why a sheet could not be written, shown or printed.
#[derive(Debug, thiserror::Error)]
#[error("{what}: {cause}")]
pub struct SheetError {
    what: String,
    cause: std::io::Error,
}

/// `D2-00419 handoff.pdf`.
pub fn sheet_name(number: &CaseNumber, sheet: SheetKind) -> String {
    match sheet {
        SheetKind::Handoff => format!("{number} handoff.pdf"),
        SheetKind::Key => format!("{number} key.pdf"),
    }
}

/// Writes the sheet and starts the viewer on it.
pub fn open_sheet(
    desktop: &Desktop,
    desk_file: &Path,
    (number, sheet): (&CaseNumber, SheetKind),
    pdf: &[u8],
) -> Result<SheetDone, SheetError> {
    let path = write_sheet(desk_file, &sheet_name(number, sheet), sheet, pdf)?;
    match desktop {
        Desktop::Record(done) => Ok(kept(done, SheetDone::Opened(path))),
        Desktop::System => {
            open::that_detached(&path).map_err(|cause| failed("the viewer", cause))?;
            Ok(SheetDone::Opened(path))
        }
    }
}

/// Writes the sheet and prints it; where the system has no printing command, the viewer opens.
pub fn print_sheet(
    desktop: &Desktop,
    desk_file: &Path,
    (number, sheet): (&CaseNumber, SheetKind),
    pdf: &[u8],
) -> Result<SheetDone, SheetError> {
    let path = write_sheet(desk_file, &sheet_name(number, sheet), sheet, pdf)?;
    match desktop {
        Desktop::Record(done) => Ok(kept(done, SheetDone::Printed(path))),
        Desktop::System if print(&path) => Ok(SheetDone::Printed(path)),
        Desktop::System => {
            open::that_detached(&path).map_err(|cause| failed("the viewer", cause))?;
            Ok(SheetDone::OpenedToPrint(path))
        }
    }
}

/// Writes the sheet where somebody chose; `None` is a canceled dialog.
pub fn save_sheet(place: Option<PathBuf>, pdf: &[u8]) -> Result<SheetDone, SheetError> {
    let Some(path) = place else { return Ok(SheetDone::NotSaved) };
    std::fs::write(&path, pdf).map_err(|cause| failed(&path.display().to_string(), cause))?;
    Ok(SheetDone::Saved(path))
}

/// Takes away the key sheets of this process.
pub fn forget_key_sheets() {
    let folder = private_folder();
    if folder.exists()
        && let Err(error) = std::fs::remove_dir_all(&folder)
    {
        log::warn!("{} stays: {error}", folder.display());
    }
}

fn write_sheet(
    desk_file: &Path,
    name: &str,
    sheet: SheetKind,
    pdf: &[u8],
) -> Result<PathBuf, SheetError> {
    let folder = match sheet {
        SheetKind::Handoff => desk_file.with_file_name("sheets"),
        SheetKind::Key => private_folder(),
    };
    let told = |cause| failed(&folder.display().to_string(), cause);
    make_folder(&folder, sheet).map_err(told)?;
    let path = folder.join(name);
    std::fs::write(&path, pdf).map_err(|cause| failed(&path.display().to_string(), cause))?;
    Ok(path)
}

/// Of this process alone.
fn private_folder() -> PathBuf {
    std::env::temp_dir().join(format!("swapdesk-keys-{}", std::process::id()))
}

/// Made readable for this user alone when it is for key sheets.
fn make_folder(folder: &Path, sheet: SheetKind) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if sheet == SheetKind::Key {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    }
    builder.create(folder)
}

/// Whether the system's printing took it: `lp` of CUPS on Linux and macOS, the registered
/// program's own print verb on Windows.
fn print(path: &Path) -> bool {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("powershell");
        command.args(["-NoProfile", "-Command", "Start-Process -Verb Print -FilePath $args[0]"]);
        command
    } else {
        Command::new("lp")
    };
    command.arg(path).output().is_ok_and(|output| output.status.success())
}

fn kept(done: &Mutex<Vec<SheetDone>>, sheet: SheetDone) -> SheetDone {
    if let Ok(mut done) = done.lock() {
        done.push(sheet.clone());
    }
    sheet
}

fn failed(what: &str, cause: std::io::Error) -> SheetError {
    SheetError { what: what.to_owned(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handoff_sheet_lies_beside_the_file_and_a_key_sheet_goes_with_the_program() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.swapdesk");
        let number = CaseNumber { prefix: "D2".to_owned(), counter: 419 };
        let done = Arc::default();
        let desktop = Desktop::Record(Arc::clone(&done));
        print_sheet(&desktop, &file, (&number, SheetKind::Handoff), b"%PDF-").expect("printed");
        let path = folder.path().join("sheets/D2-00419 handoff.pdf");
        assert_eq!(std::fs::read(&path).expect("the sheet"), b"%PDF-");
        let key = open_sheet(&desktop, &file, (&number, SheetKind::Key), b"%PDF-").expect("opened");
        let SheetDone::Opened(key_path) = key.clone() else { panic!("opened") };
        assert!(key_path.exists());
        forget_key_sheets();
        assert!(!key_path.exists());
        assert!(path.exists());
        let done = done.lock().expect("what was done");
        assert_eq!(*done, [SheetDone::Printed(path), key]);
    }
}
