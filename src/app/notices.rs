//! Every sentence that the technician reads when something went wrong. No wildcard arms: a new
//! error does not compile until its sentences are written.

use crate::app::files::SheetError;
use crate::domain::file_mark::FileMark;
use crate::domain::guard::{EvidenceRefusal, Refusal};
use crate::domain::time::count_text;
use crate::store::error::StoreError;
use crate::ui::action::SheetUse;
use crate::ui::notice::{Notice, NoticeKind};
use crate::worker::event::{RefusedFile, WorkError};

const UNCHANGED: &str = "Nothing was changed, and what you typed is still there";
/// Files that are named in one notice.
const NAMES_MAX: usize = 5;
const IN_THE_FILE: &str = "Everything that was confirmed is in the file";

/// The sentences for an error.
pub fn of(error: &WorkError) -> Notice {
    match error {
        WorkError::NotOpened(error) => {
            Notice { safe: "The file was left as it is".to_owned(), ..store(error) }
        }
        WorkError::Store(error) => store(error),
        WorkError::Read { path, cause } => failed(
            format!("{path} could not be read"),
            "Check the file, then choose it again",
            &cause.to_string(),
        ),
        WorkError::Write { path, cause } => failed(
            format!("{path} could not be written"),
            "Check that there is room and that you may write there, then try again",
            &cause.to_string(),
        ),
        WorkError::AfterRecord(cause) => Notice {
            safe: "What you asked for is recorded in the file".to_owned(),
            ..failed(
                "Recorded, but the sheet or the screen did not follow".to_owned(),
                "Open the case again with F3; print its sheet with Ctrl+P",
                cause,
            )
        },
        WorkError::Sheet(cause) => Notice {
            safe: "The case itself is recorded".to_owned(),
            ..failed(
                "The sheet could not be made".to_owned(),
                "Try again with Ctrl+P; if it happens again, write the sheet by hand",
                cause,
            )
        },
    }
}

/// A thread ended by a bug of ours.
pub fn stopped(thread: &str) -> Notice {
    Notice {
        safe: IN_THE_FILE.to_owned(),
        ..failed(
            "A part of the program has stopped".to_owned(),
            "Close the window and start Swapdesk again",
            thread,
        )
    }
}

/// A sheet that was made and is not in anybody's hand.
pub fn sheet_not_out(then: SheetUse, error: &SheetError) -> Notice {
    let what = match then {
        SheetUse::Print => "The sheet was not printed",
        SheetUse::Open => "The sheet could not be shown",
        SheetUse::Save => "The sheet was not saved",
    };
    let next = match (&error.lies_at, then) {
        (Some(path), _) => format!("The PDF lies in {}: print it from there", path.display()),
        (None, SheetUse::Save) => "Save it in another place with Ctrl+S".to_owned(),
        (None, _) => "Save it with Ctrl+S and print it from there".to_owned(),
    };
    let safe = "The case itself is recorded".to_owned();
    Notice { safe, ..failed(what.to_owned(), &next, &error.to_string()) }
}

/// Files that were not read as exports, by name; the others are in the scan.
pub fn not_read(refused: &[RefusedFile], n_read: usize) -> Notice {
    let names: Vec<String> = refused
        .iter()
        .take(NAMES_MAX)
        .map(|file| format!("{} ({})", file.name, file.why))
        .collect();
    let n_more = refused.len().saturating_sub(NAMES_MAX);
    let more = if n_more > 0 { format!(" and {n_more} more") } else { String::new() };
    let n_files = i64::try_from(refused.len()).unwrap_or(i64::MAX);
    let safe = match n_read {
        0 => "No scan was taken",
        _ => "The other files are in the scan",
    };
    Notice {
        kind: NoticeKind::Warning,
        what: format!("{} not read", count_text(n_files, "file")),
        safe: safe.to_owned(),
        next: format!("{}{more}", names.join(", ")),
        cause: String::new(),
    }
}

/// What was read is no export: none of `files`, beside those that were `refused`.
pub fn not_known(files: &[FileMark], refused: &[RefusedFile]) -> Notice {
    let names: Vec<&str> = files.iter().take(NAMES_MAX).map(|file| file.name.as_str()).collect();
    let also: Vec<String> = refused
        .iter()
        .take(NAMES_MAX)
        .map(|file| format!("{} not read ({})", file.name, file.why))
        .collect();
    let next = "Drop what the tools on the stick wrote, or paste what a command printed";
    let also = if also.is_empty() { String::new() } else { format!("{}. ", also.join(", ")) };
    Notice {
        kind: NoticeKind::Warning,
        what: format!("{}: this is no export that we know", names.join(", ")),
        safe: "Nothing was kept of it".to_owned(),
        next: format!("{also}{next}"),
        cause: String::new(),
    }
}

/// Exports were read, but nobody can be asked where they belong: another case is on the screen.
pub fn elsewhere(names: &str) -> Notice {
    Notice {
        kind: NoticeKind::Warning,
        what: format!("{names} may be a scan before or after"),
        safe: "Nothing was kept of it".to_owned(),
        next: "Open the case of the device, and take it again".to_owned(),
        cause: String::new(),
    }
}

/// Exports came where there is no device to read them for.
pub fn nowhere(names: &str, why: &str) -> Notice {
    Notice {
        kind: NoticeKind::Warning,
        what: format!("{names}: no list of customers, subscriptions, keys or products"),
        safe: "Nothing was read of it".to_owned(),
        next: format!("If it is an export of a device, drop it onto the page of its case. {why}"),
        cause: String::new(),
    }
}

fn failed(what: String, next: &str, cause: &str) -> Notice {
    Notice {
        kind: NoticeKind::Error,
        what,
        safe: UNCHANGED.to_owned(),
        next: next.to_owned(),
        cause: cause.to_owned(),
    }
}

fn refused(refusal: &Refusal) -> Notice {
    Notice {
        kind: NoticeKind::Warning,
        what: sentence(&refusal.to_string()),
        safe: UNCHANGED.to_owned(),
        next: next_after(refusal).to_owned(),
        cause: String::new(),
    }
}

/// What to do after a refusal. What happened is in the refusal's own words.
fn next_after(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::ReadsOnly => "Choose a technician with Ctrl+L",
        Refusal::Nobody => "Choose who you are with Ctrl+L",
        Refusal::NoName => "Enter the name",
        Refusal::LastLead => "Make somebody else a lead first",
        Refusal::Ahead(_) => "Check the day, and the clock of this computer",
        Refusal::DeviceTwice => "Take one of the two out of the list",
        Refusal::NotItsKey => "Open the case in which it was handed out",
        Refusal::LeadOnly => "Ask a lead; choose the lead in the dialog or with Ctrl+L",
        Refusal::CardNumber => "Take the number out",
        Refusal::NotItsMark => "Enter the subscription again",
        Refusal::NoReason => "Say why in a few words",
        Refusal::Missing(_) => "Open the case again; it may have been changed elsewhere",
        Refusal::CaseClosed => "Reopen it with Ctrl+Shift+O",
        Refusal::CaseOpen => "Go on with it",
        Refusal::NotCheckedIn => "Finish step 1 with Ctrl+Enter",
        Refusal::CheckIn(_) => "Fill the marked fields in step 1",
        Refusal::DeviceInWork => "Leave it in the list; finish its removal as not removed",
        Refusal::DeviceHasScans => "Leave it in the list, or drop its scans",
        Refusal::Evidence(refusal) => next_after_evidence(refusal),
        Refusal::Danger => "Take the word out of UpperFilters, then scan again",
        Refusal::RemovalNotFree(_) | Refusal::ExchangeNotFree(_) => "A lead can allow it with O",
        Refusal::RemovalEnded => "Go on with it with Alt+2",
        Refusal::RemovalRunning => "Finish it first",
        Refusal::CheckOrder(_) => "Tick the items from top to bottom",
        Refusal::CheckOpen(_) => "Tick it, or choose another outcome",
        Refusal::OutcomeMisfit => "Choose the outcome again",
        Refusal::ExchangeNotWanted => "Change what is wanted in check-in with Alt+1",
        Refusal::RemovalNotSettled => "Finish step 2, or a lead says to go on with O",
        Refusal::HasReplacement | Refusal::KeyIsOut => "Void the key first with Ctrl+D",
        Refusal::KeyNotAvailable(_) => "Hold another key with Ctrl+Enter",
        Refusal::WithdrawnVendor => "Choose another product",
        Refusal::ShortfallReason(_) => "Write down why the customer takes it",
        Refusal::CannotVoid(_) => "Leave it as it is",
        Refusal::NotDone => "Finish the open step, or change what is wanted with Alt+1",
        Refusal::SignaturesTooLarge | Refusal::SignaturesDiffer => "Choose another file",
        Refusal::Settings(_) => "Fill the marked fields",
    }
}

fn next_after_evidence(refusal: &EvidenceRefusal) -> &'static str {
    match refusal {
        EvidenceRefusal::Scan(_) => "Choose other files",
        EvidenceRefusal::Differs => "Scan again",
        EvidenceRefusal::TooMany => "Drop an older one",
        EvidenceRefusal::AfterTooEarly => "Tick the uninstall, or keep it as the before-scan",
        EvidenceRefusal::InUse => "Go on with the removal with Alt+2, then drop it",
        EvidenceRefusal::NotShown(_) => "Scan again, or choose another outcome",
        EvidenceRefusal::ProofDiffers => "Look at the comparison, then finish again",
        EvidenceRefusal::StillInstalled => "Uninstall it, restart and scan again",
        EvidenceRefusal::StillLeft(_) => {
            "Say that leftovers remain, or take them away and scan again"
        }
        EvidenceRefusal::Alarming => "Mend the filter and scan again, or ask a lead",
    }
}

fn store(error: &StoreError) -> Notice {
    let (what, next): (&str, &str) = match error {
        StoreError::Refused(refusal) => return refused(refusal),
        StoreError::NoFreeKey => {
            ("No key of this product is free", "Choose another product, or import keys with Ctrl+I")
        }
        StoreError::AlreadyThere(_) => {
            ("This is in the file already", "Find it with F2; nothing needs to be entered again")
        }
        StoreError::Busy => (
            "The file is in use by another program",
            "Wait a few seconds, then press the button again",
        ),
        StoreError::WindowOpen => {
            ("The file is open in another window", "Use that window, or close it first")
        }
        StoreError::ReadOnly => (
            "The file can only be read",
            "Check that its folder can be written to, then start again",
        ),
        StoreError::DiskFull => {
            ("The disk is full", "Free some space, then press the button again")
        }
        StoreError::Disk(_) => (
            "The disk did not answer as it should",
            "Back up the file to another disk with Ctrl+B and call support",
        ),
        StoreError::Damaged(_) => (
            "The file is damaged",
            "Close the window, keep the file, and restore a backup: swapdesk restore",
        ),
        StoreError::NotADeskFile => {
            ("This is not a file of Swapdesk", "Choose another one with --file")
        }
        StoreError::Newer { .. } => (
            "A newer version of Swapdesk wrote this file",
            "Install the newer version on this desk",
        ),
        StoreError::CannotOpen(_) => {
            ("The file can't be opened", "Check that its folder is there and that you may use it")
        }
        StoreError::Exists(_) => {
            ("There is a file of this name already", "Choose another name: nothing is overwritten")
        }
        StoreError::Sqlite(_) => (
            "The file could not be read or written",
            "Try again; if it happens again, verify it with Ctrl+Shift+V",
        ),
    };
    failed(what.to_owned(), next, &error.to_string())
}

/// The first letter as a capital.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
