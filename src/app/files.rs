//! Where sheets are written, and how they reach the viewer and the printer.
//!
//! A handoff sheet is kept beside the desk's file, in `sheets`, where it can be printed again. A
//! key sheet has the whole key on it: it is written into a private folder and taken away when the
//! program ends. Everything here waits for the system, so it runs on a thread of its own.

use crate::domain::entry::SheetKind;
use crate::domain::id::CaseNumber;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tempfile::{NamedTempFile, TempDir};

/// How long a copied secret stays on the clipboard, in milliseconds.
pub const SECRET_ON_CLIPBOARD_MS: i64 = 10_000;

/// How many names are tried for a sheet when a viewer holds the earlier ones open (Windows).
const NAMES_MAX: u32 = 9;

/// How long a printing program may take to accept a sheet: 10 s, asked every 50 ms.
const PRINT_POLLS_MAX: u32 = 200;
const PRINT_POLL: Duration = Duration::from_millis(50);

/// The key sheets' folder: one for the whole process, made with the first sheet.
static KEY_SHEETS: Mutex<Option<TempDir>> = Mutex::new(None);

/// Who shows and prints.
#[derive(Debug, Clone)]
pub enum Desktop {
    /// The system.
    System,
    /// Nobody: what would have been shown or printed is kept for a test to look at.
    Record(Arc<Mutex<Vec<SheetDone>>>),
    /// Nobody: a system without a printer and a viewer.
    Missing,
}

/// What became of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetDone {
    /// The viewer was started.
    Opened(PathBuf),
    /// The system's printing took it.
    Printed(PathBuf),
    /// The program that opens PDF files was asked to print it (Windows): whether it did, it does
    /// not say.
    AskedToPrint(PathBuf),
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
            Self::AskedToPrint(_) => {
                f.write_str("The PDF program was asked to print the sheet: look at the printer")
            }
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
#[error("{why}")]
pub struct SheetError {
    /// In words.
    pub why: String,
    /// Where the sheet lies all the same, to be printed from there.
    pub lies_at: Option<PathBuf>,
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
        Desktop::Missing => Err(unseen(&path)),
        Desktop::System => view(&path).map(|()| SheetDone::Opened(path)),
    }
}

/// Writes the sheet and prints it; where no printing command takes it, the viewer opens.
pub fn print_sheet(
    desktop: &Desktop,
    desk_file: &Path,
    (number, sheet): (&CaseNumber, SheetKind),
    pdf: &[u8],
) -> Result<SheetDone, SheetError> {
    let path = write_sheet(desk_file, &sheet_name(number, sheet), sheet, pdf)?;
    match desktop {
        Desktop::Record(done) => Ok(kept(done, SheetDone::Printed(path))),
        Desktop::Missing => Err(unseen(&path)),
        Desktop::System
            if cfg!(windows) && ends_well(&mut windows_print(&path), PRINT_POLLS_MAX) =>
        {
            Ok(SheetDone::AskedToPrint(path))
        }
        Desktop::System if !cfg!(windows) && print_with(&["lp", "lpr"], &path).is_some() => {
            Ok(SheetDone::Printed(path))
        }
        Desktop::System => view(&path).map(|()| SheetDone::OpenedToPrint(path)),
    }
}

/// Writes the sheet where somebody chose; `None` is a canceled dialog.
pub fn save_sheet(place: Option<PathBuf>, pdf: &[u8]) -> Result<SheetDone, SheetError> {
    let Some(path) = place else { return Ok(SheetDone::NotSaved) };
    write(&path, pdf)?;
    Ok(SheetDone::Saved(path))
}

/// Takes away the key sheets of this process. After a crash, the system's own cleaning of
/// temporary files does.
pub fn forget_key_sheets() {
    let folder = KEY_SHEETS.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(folder) = folder {
        let path = folder.path().to_owned();
        if let Err(error) = folder.close() {
            log::warn!("{} stays: {error}", path.display());
        }
    }
}

/// Writes over an earlier sheet of the same name. One that a viewer holds open stays as it is, and
/// the new one is called `D2-00419 handoff (2).pdf`.
fn write_sheet(
    desk_file: &Path,
    name: &str,
    sheet: SheetKind,
    pdf: &[u8],
) -> Result<PathBuf, SheetError> {
    let folder = match sheet {
        SheetKind::Handoff => {
            let folder = desk_file.with_file_name("sheets");
            let made = std::fs::create_dir_all(&folder);
            made.map_err(|cause| failed(&folder.display().to_string(), cause))?;
            folder
        }
        SheetKind::Key => {
            private_folder().map_err(|cause| failed("the folder of the key sheets", cause))?
        }
    };
    let mut path = folder.join(name);
    for nth in 2..=NAMES_MAX {
        match write(&path, pdf) {
            Err(_) if path.is_file() => {
                let stem = name.trim_end_matches(".pdf");
                path = folder.join(format!("{stem} ({nth}).pdf"));
            }
            written => return written.map(|()| path),
        }
    }
    write(&path, pdf).map(|()| path)
}

/// Of this process alone: with a name that nobody can guess and, where users share the temporary
/// folder, closed to all others.
fn private_folder() -> std::io::Result<PathBuf> {
    let mut made = KEY_SHEETS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(folder) = made.as_ref().filter(|folder| folder.path().is_dir()) {
        return Ok(folder.path().to_owned());
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let folder = made.insert(builder.prefix("swapdesk-").tempdir()?);
    Ok(folder.path().to_owned())
}

/// Writes wholly or not at all: a viewer never sees half a sheet, and a full disk leaves the
/// earlier one.
fn write(path: &Path, bytes: &[u8]) -> Result<(), SheetError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    let put = || -> std::io::Result<()> {
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    put().map_err(|cause| failed(&path.display().to_string(), cause))
}

fn view(path: &Path) -> Result<(), SheetError> {
    open::that_detached(path).map_err(|cause| {
        log::warn!("no viewer: {cause}");
        unseen(path)
    })
}

/// The sheet is there, and nothing shows it.
fn unseen(path: &Path) -> SheetError {
    let why = "no printer is set up here, and no program that opens PDF files".to_owned();
    SheetError { why, lies_at: Some(path.to_owned()) }
}

/// The first of `programs` that takes the sheet.
fn print_with(programs: &[&'static str], path: &Path) -> Option<&'static str> {
    // An absolute path never looks like an option.
    let path = std::path::absolute(path).ok()?;
    let takes = |program: &str| ends_well(Command::new(program).arg(&path), PRINT_POLLS_MAX);
    programs.iter().copied().find(|program| takes(program))
}

/// Windows prints through the program that opens PDF files. The path goes in as a variable, so
/// that no character in it can become a command.
fn windows_print(path: &Path) -> Command {
    let mut command = Command::new("powershell.exe");
    command
        .args(["-NoProfile", "-NonInteractive", "-WindowStyle", "Hidden", "-Command"])
        .arg("Start-Process -FilePath $env:SWAPDESK_SHEET -Verb Print -ErrorAction Stop")
        .env("SWAPDESK_SHEET", path);
    command
}

/// Whether the command ends well in time. One that does not answer is ended, so that a sheet is
/// not printed long after the technician gave up on it.
fn ends_well(command: &mut Command, polls_max: u32) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = silent.spawn() else { return false };
    for _ in 0..polls_max {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => std::thread::sleep(PRINT_POLL),
            Err(_) => break,
        }
    }
    // Both fail only when it has ended meanwhile.
    drop((child.kill(), child.wait()));
    false
}

fn kept(done: &Mutex<Vec<SheetDone>>, sheet: SheetDone) -> SheetDone {
    done.lock().unwrap_or_else(PoisonError::into_inner).push(sheet.clone());
    sheet
}

fn failed(what: &str, cause: std::io::Error) -> SheetError {
    SheetError { why: format!("{what}: {cause}"), lies_at: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number() -> CaseNumber {
        CaseNumber { prefix: "D2".to_owned(), counter: 419 }
    }

    #[test]
    fn a_handoff_sheet_lies_beside_the_file_and_a_key_sheet_goes_with_the_program() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.swapdesk");
        let done = Arc::default();
        let desktop = Desktop::Record(Arc::clone(&done));
        let number = number();
        print_sheet(&desktop, &file, (&number, SheetKind::Handoff), b"%PDF-").expect("printed");
        let path = folder.path().join("sheets/D2-00419 handoff.pdf");
        assert_eq!(std::fs::read(&path).expect("the sheet"), b"%PDF-");
        let key = open_sheet(&desktop, &file, (&number, SheetKind::Key), b"%PDF-").expect("opened");
        let SheetDone::Opened(key_path) = key.clone() else { panic!("opened") };
        #[cfg(unix)]
        for private in [key_path.parent().expect("a folder"), &key_path] {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(private).expect("there").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{}", private.display());
        }
        forget_key_sheets();
        assert!(!key_path.exists() && !key_path.parent().expect("a folder").exists());
        assert!(path.exists());
        let done = done.lock().expect("what was done");
        assert_eq!(*done, [SheetDone::Printed(path), key]);
    }

    #[test]
    fn the_last_sheet_counts_and_nothing_else_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.swapdesk");
        let name = sheet_name(&number(), SheetKind::Handoff);
        for pdf in [&b"first"[..], b"second"] {
            write_sheet(&file, &name, SheetKind::Handoff, pdf).expect("written");
        }
        let sheets = folder.path().join("sheets");
        assert_eq!(std::fs::read(sheets.join(&name)).expect("read"), b"second");
        assert_eq!(std::fs::read_dir(&sheets).expect("names").count(), 1);
    }

    #[test]
    fn a_folder_that_is_a_file_is_named_in_the_error_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.swapdesk");
        let sheets = folder.path().join("sheets");
        std::fs::write(&sheets, b"in the way").expect("written");
        let refused = write_sheet(&file, "a.pdf", SheetKind::Handoff, b"sheet");
        assert!(refused.expect_err("refused").to_string().contains("sheets"));
        assert_eq!(std::fs::read(&sheets).expect("read"), b"in the way");
        assert_eq!(save_sheet(None, b"sheet").expect("canceled"), SheetDone::NotSaved);
        let nowhere = folder.path().join("no such folder/a.pdf");
        assert!(save_sheet(Some(nowhere), b"sheet").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn the_first_printing_program_that_takes_the_sheet_is_named() {
        let table: [(&[&'static str], Option<&str>); 4] = [
            (&["no-such-program-here", "true"], Some("true")),
            (&["false", "true"], Some("true")),
            (&["false"], None),
            (&[], None),
        ];
        for (programs, expected) in table {
            assert_eq!(print_with(programs, Path::new("a.pdf")), expected, "{programs:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_does_not_answer_is_ended_and_does_not_count() {
        assert!(!ends_well(Command::new("sleep").arg("60"), 2));
    }
}
