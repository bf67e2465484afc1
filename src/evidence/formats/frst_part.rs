//! Parts that many lines of FRST's files have: a name, a target, a signer, a word that the file is missing.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::domain::evidence::trace::Area;
use crate::evidence::words;

/// The name of an autostart, task or shell extension: `…\Run: [name] => path`,
/// `Task: {GUID} - System32\Tasks\name => path`.
pub(super) fn entry_name(text: &str) -> &str {
    if let Some(task) = text.strip_prefix("Task: ") {
        let task = task.split(" => ").next().unwrap_or(task);
        let name = task.split_once(" - ").map_or(task, |(_, name)| name);
        let name = words::file_name(name);
        return name.strip_suffix(".job").unwrap_or(name).trim();
    }
    // Behind the path, brackets hold its date or say that it is missing.
    let path_at = text.find(":\\").unwrap_or(text.len());
    let head = text.get(..path_at).unwrap_or(text);
    match words::between(head, "[", "]") {
        Some(name) if matches!(name, "X" | "x") => text.split(": ").next().unwrap_or(text),
        Some(name) if !name.starts_with('{') || text.contains("Handlers") => name,
        _ if text.starts_with("HK") => text.split([':', '=']).next().unwrap_or(text).trim_end(),
        _ => text.split(": ").next().unwrap_or(text),
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
    let pieces = text.split(" => ").flat_map(|piece| piece.split(" -> "));
    pieces.map(words::path).filter(|path| !path.is_empty()).last().unwrap_or_default()
}

/// The signer or company in the last parentheses, if it isn't part of the path.
pub(super) fn owner(text: &str) -> &str {
    let text = text.trim_end_matches(" <==== ATTENTION").trim_end();
    let Some((_, owner)) = text.rsplit_once("] (") else { return "" };
    owner.strip_suffix(')').unwrap_or(owner)
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
    static SEARCH: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let search = SEARCH
        .get_or_init(|| AhoCorasick::builder().ascii_case_insensitive(true).build(MARKS).ok());
    search.as_ref().is_some_and(|search| search.is_match(text))
}
