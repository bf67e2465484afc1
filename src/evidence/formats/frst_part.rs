//! Parts that many lines of FRST's files have: a name, a target, a signer, a word that the file is missing.

use std::sync::LazyLock;

use crate::domain::evidence::trace::{Area, State};
use crate::evidence::piece::Piece;
use crate::evidence::signatures::needles::Needles;
use crate::evidence::words;

/// Arrows, in the old and the new style.
pub(super) const ARROW: Piece = Piece::new(" -> ");
pub(super) const DOUBLE_ARROW: Piece = Piece::new(" => ");
/// A name and what it is.
pub(super) const COLON: Piece = Piece::new(": ");
/// Between a service's name and its path.
pub(super) const SEMICOLON: Piece = Piece::new("; ");
/// The folder of the store's apps.
pub(super) const APPS: Piece = Piece::new("\\WindowsApps\\");
/// A drive's root.
pub(super) const DRIVE: Piece = Piece::new(":\\");

/// The name of an autostart, task or shell extension: `…\Run: [name] => path`,
/// `Task: {GUID} - System32\Tasks\name => path`.
pub(super) fn entry_name(text: &str) -> &str {
    if let Some(task) = text.strip_prefix("Task: ") {
        let task = DOUBLE_ARROW.before(task);
        let name = task.split_once(" - ").map_or(task, |(_, name)| name);
        let name = words::file_name(name);
        return name.strip_suffix(".job").unwrap_or(name).trim();
    }
    // Behind the path, brackets hold its date or say that it is missing.
    let path_at = DRIVE.find(text).unwrap_or(text.len());
    let head = text.get(..path_at).unwrap_or(text);
    match words::between(head, "[", "]") {
        Some("X" | "x") => COLON.before(text),
        Some(name) if !name.starts_with('{') || const { Piece::new("Handlers") }.is_in(text) => {
            name
        }
        _ if text.starts_with("HK") => text.split([':', '=']).next().unwrap_or(text).trim_end(),
        _ => COLON.before(text),
    }
}

/// What was switched off by hand and is only named: `MSCONFIG\Services: AVP17.0.0 => 2`,
/// `HKLM\...\StartupApproved\Run32: => "AVP"`.
pub(super) fn switched_off(text: &str) -> Option<(Area, &str)> {
    if let Some(rest) = text.strip_prefix("MSCONFIG\\Services: ") {
        return Some((Area::Services, rest.split(" => ").next().unwrap_or(rest)));
    }
    let (_, rest) = text.split_once("\\StartupApproved\\")?;
    let (_, name) = rest.split_once("=> ")?;
    Some((Area::Registry, name.trim_matches('"')))
}

/// The path an entry points at: behind the last arrow that a path follows.
pub(super) fn target(text: &str) -> &str {
    let mut pieces = DOUBLE_ARROW.rsplit(text).flat_map(|piece| ARROW.rsplit(piece));
    pieces.find_map(|piece| Some(words::path(piece)).filter(|path| !path.is_empty())).unwrap_or("")
}

/// The signer or company in the last parentheses, if it isn't part of the path.
pub(super) fn owner(text: &str) -> &str {
    let mut text = text;
    while let Some(before) = text.strip_suffix(" <==== ATTENTION") {
        text = before;
    }
    let text = text.trim_end();
    let Some((_, owner)) = const { Piece::new("] (") }.rsplit_once(text) else { return "" };
    owner.strip_suffix(')').unwrap_or(owner)
}

/// The state of a line's file, as far as the line tells.
pub(super) fn state_of(text: &str) -> State {
    if is_missing(text) { State::FileMissing } else { State::Present }
}

/// Whether a line says that its file isn't there: `[X]`, `No File`, `not found`, `No ImagePath`.
pub(super) fn is_missing(text: &str) -> bool {
    const MARKS: [&str; 14] = [
        "[X]",
        "No File",
        "[not found]",
        "no ImagePath",
        "(No File)",
        "nie znaleziono",
        "[nicht gefunden]",
        "[non trouvé]",
        "<not found>",
        "[no file]",
        "brak pliku",
        "Keine Datei",
        "Pas de fichier",
        "Нет файла",
    ];
    static SEARCH: LazyLock<Needles> =
        LazyLock::new(|| Needles::new(MARKS.map(str::to_owned).to_vec()));
    SEARCH.find(text.as_bytes(), 0).is_some()
}
