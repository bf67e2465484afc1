//! Lines of no known format: labels, rows that lost their table, keys, paths. Prose is told from them.

use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Line};
use crate::evidence::words;

/// A label of a Mac's, in a line of its own or as the file in a line of `ls -l`. Says whether it was one.
fn label(line: Line<'_>, out: &mut Collector<'_>) -> bool {
    let bare = line.text.trim().trim_matches(['"', '\'']);
    let last = bare.rsplit(' ').next().unwrap_or(bare);
    let is_file = words::starts(last, "com.kaspersky.") && words::ends(last, ".plist");
    // More words than a label, its version and its number are a sentence.
    let is_label = words::starts(bare, "com.kaspersky.") && bare.split_whitespace().count() <= 3;
    if !is_file && !is_label {
        return false;
    }
    let name = if is_file { last } else { bare.split_whitespace().next().unwrap_or(bare) };
    let is_kext = name.contains(".kext") || name.contains(".nke");
    let area = if is_kext { Area::MacKexts } else { Area::MacLaunchd };
    let name = name.trim_end_matches(".plist");
    out.tell(area, line, &Fact { name, state: State::Present, ..Fact::default() });
    true
}

/// A row that lost its table: of `tasklist`, or divided by tabs. Says whether it was one.
fn row(text: &str, line: Line<'_>, out: &mut Collector<'_>) -> bool {
    if let Some(name) = process_in(text) {
        let fact = Fact { name, state: State::Running, ..Fact::default() };
        out.tell(Area::Processes, line, &fact);
        return true;
    }
    if service(text, line, out) {
        return true;
    }
    let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
    if cells.len() >= 3 {
        // `systemextensionsctl list`.
        if let Some(cell) = cells.iter().find(|cell| words::starts(cell, "com.kaspersky.")) {
            let name = cell.split(' ').next().unwrap_or(cell);
            let fact = Fact { name, state: State::Present, ..Fact::default() };
            out.tell(Area::MacKexts, line, &fact);
            return true;
        }
        let version = cells.iter().find(|cell| {
            cell.contains('.') && cell.starts_with(|char: char| char.is_ascii_digit())
        });
        let name = cells.first().copied().unwrap_or_default();
        if let Some(version) = version {
            out.tell(Area::Programs, line, &Fact { name, version, ..Fact::default() });
            return true;
        }
    }
    false
}

/// The process in a row that was picked out of a list: name and number as `tasklist` has them, number and
/// name with nothing but figures behind as others do, or below "Kaspersky Lab" in Security Check's list.
fn process_in(text: &str) -> Option<&str> {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_program = |word: &str| words::ends(word, ".exe");
    let mut said = text.split_whitespace();
    let (first, second) = (said.next()?, said.next()?);
    let is_figure = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    match () {
        () if is_program(first) && is_number(second) => Some(first),
        () if is_number(first) && is_program(second) => said.all(is_figure).then_some(second),
        () if text.starts_with("Kaspersky Lab ") => said.last().filter(|word| is_program(word)),
        () => None,
    }
}

/// A service or driver in a line of `net start`, which names what it shows, or in a list divided by
/// commas: name, display name, kind, state. Says whether it was one.
fn service(text: &str, line: Line<'_>, out: &mut Collector<'_>) -> bool {
    let cells = text.split(',').take(8).map(str::trim);
    let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    let state = match () {
        () if cells.contains(&"Running") => State::Running,
        () if cells.contains(&"Stopped") => State::Stopped,
        () if line.text.starts_with("   ")
            && words::starts(text, "Kaspersky ")
            && words::contains(text, " Service")
            && text.split(' ').count() <= 8 =>
        {
            let fact = Fact { name: text, owner: text, state: State::Running, ..Fact::default() };
            return out.tell(Area::Services, line, &fact);
        }
        () => return false,
    };
    let [name, display, ..] = cells.as_slice() else { return false };
    let owner = super::record::owner_said(display);
    let area = if cells.contains(&"Driver") { Area::Drivers } else { Area::Services };
    // `Auto start`, `Demand start`.
    let says_when = cells.iter().any(|cell| cell.ends_with(" start") || *cell == "Disabled");
    says_when
        && !name.contains(' ')
        && out.tell(area, line, &Fact { name, owner, state, ..Fact::default() })
}

/// What stands behind a label at the line's end: a driver that crashed (`file path: …`, WhoCrashed) or a
/// process (`Path    …`, Speccy); and a package that Android tells everything about.
fn labeled(text: &str, line: Line<'_>, out: &mut Collector<'_>) -> bool {
    let path = words::path(text);
    let label = text.strip_suffix(path).unwrap_or_default();
    let (area, fact) = match () {
        () if words::ends(path, ".sys") && words::ends(label, "path: ") => {
            (Area::Drivers, Fact { path, state: State::Present, ..Fact::default() })
        }
        () if words::ends(path, ".exe") && matches!(label.trim_end(), "Path") => {
            (Area::Processes, Fact { path, ..Fact::default() })
        }
        () if text.starts_with("Package [") && text.ends_with("):") => {
            let name = words::between(text, "[", "]").unwrap_or_default();
            (Area::AndroidPackages, Fact { name, state: State::Present, ..Fact::default() })
        }
        () => return false,
    };
    out.tell(area, line, &fact)
}

/// Paths, keys and tab-divided rows in text of no known format.
pub(super) fn loose(line: Line<'_>, out: &mut Collector<'_>) {
    let text = line.text.trim();
    let bare = text.trim_matches(['"', '\'']);
    let path = words::path(bare);
    if label(line, out) {
        return;
    }
    if row(text, line, out) || labeled(text, line, out) {
        return;
    }
    if words::starts(bare, "HKLM\\")
        || words::starts(bare, "HKCU\\")
        || words::starts(bare, "HKEY_")
    {
        out.tell(Area::Registry, line, &Fact { name: bare, ..Fact::default() });
        return;
    }
    let is_bare_file = words::ends(bare, ".sys") && !bare.contains([' ', '\\', '/']);
    if is_bare_file {
        out.tell(
            Area::Drivers,
            line,
            &Fact { name: bare, path: bare, state: State::Present, ..Fact::default() },
        );
        return;
    }
    // A line that is a path, or a row with a path in it; a sentence with a path in it is a recipe.
    let is_path = !path.is_empty() && bare.starts_with(path);
    if is_path && let Some(name) = words::file_name(path).strip_suffix(".xpi") {
        let fact = Fact { name, path, state: State::Present, ..Fact::default() };
        out.tell(Area::Browsers, line, &fact);
        return;
    }
    let has_columns = text.contains(['|', '\t']) || text.contains("  ");
    if is_path && words::ends(path, ".exe") && path.len() == bare.len() {
        out.tell(Area::Processes, line, &Fact { path, ..Fact::default() });
    } else if !path.is_empty() && (is_path || has_columns) && !starts_like_prose(text) {
        out.tell(Area::Folders, line, &Fact { path, state: State::Present, ..Fact::default() });
    } else if bare.starts_with("/Library/") || bare.starts_with("/Applications/") {
        let name = bare
            .rsplit('/')
            .next()
            .unwrap_or(bare)
            .trim_end_matches(".app")
            .trim_end_matches(".plist");
        let area = if bare.contains("/Launch") {
            Area::MacLaunchd
        } else if bare.contains(".app") {
            Area::MacApps
        } else {
            Area::Folders
        };
        out.tell(area, line, &Fact { name, path: bare, state: State::Present, ..Fact::default() });
    }
}

fn starts_like_prose(text: &str) -> bool {
    text.starts_with(['-', '*', '•', '#', '>', ':'])
}

#[cfg(test)]
mod tests {
    use crate::evidence::read;

    #[test]
    fn rows_that_lost_their_table_are_told_from_prose() {
        let lab = "C:\\Program Files\\Kaspersky Lab\\Kaspersky Free 18.0.0";
        let table = [
            (
                "avp.exe                       2040 Services      0    118,388 K".to_owned(),
                "process avp.exe",
            ),
            (
                "    6172 avp.exe                  0.0    279.9MB    428.6MB    142".to_owned(),
                "process avp.exe",
            ),
            (" Kaspersky Lab Kaspersky Free 18.0.0 avpui.exe".to_owned(), "process avpui.exe"),
            (
                "   Kaspersky Anti-Virus Service 18.0.0".to_owned(),
                "service Kaspersky Anti-Virus Service 18.0.0",
            ),
            (
                "klim6, Kaspersky Anti-Virus NDIS 6 Filter, Driver, Running, System start, "
                    .to_owned(),
                "driver klim6",
            ),
            (
                "AVP18.0.0, Kaspersky Anti-Virus Service, Win32, Stopped, Auto start, ".to_owned(),
                "service AVP18.0.0",
            ),
            ("file path: C:\\Windows\\system32\\drivers\\klif.sys".to_owned(), "driver klif.sys"),
            (format!("        Path    {lab}\\avp.exe"), "process avp.exe"),
            ("  Package [com.kms.free] (38ef3bc):".to_owned(), "android_package com.kms.free"),
            ("1 avp.exe is what slows it down".to_owned(), ""),
            ("The Kaspersky Anti-Virus Service is slow".to_owned(), ""),
            ("Delete this: C:\\Windows\\system32\\drivers\\klif.sys".to_owned(), ""),
            ("klif, kneps, avp, Running, and so on".to_owned(), ""),
            ("| avp.exe      | Kaspersky Internet Security    |".to_owned(), ""),
            ("- com.kms.free (Kaspersky Internet Security)".to_owned(), ""),
        ];
        for (text, said) in table {
            let scan = read(format!("Some words first.\r\n{text}\r\n").as_bytes());
            let told =
                scan.traces.first().map(|trace| format!("{} {}", trace.kind.name(), trace.name));
            assert_eq!(told.unwrap_or_default(), said, "{text}");
        }
    }
}
