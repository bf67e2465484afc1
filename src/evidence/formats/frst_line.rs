//! What the lines of FRST's files say, each in its form.

use super::frst_part::{APPS, ARROW, COLON, SEMICOLON, is_missing, owner};
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::Fact;
use crate::evidence::piece::Piece;
use crate::evidence::words;

/// Between a name and what follows.
const DASH: Piece = Piece::new(" - ");
/// What a name is followed by.
const PARENTHESIS: Piece = Piece::new(" (");

/// What a section lists, by its title in the languages the tool speaks.
pub(super) fn section_area(name: &str) -> Option<Area> {
    const TITLES: [(&str, Area); 22] = [
        ("process", Area::Processes),
        ("prozess", Area::Processes),
        ("proces", Area::Processes),
        ("процесс", Area::Processes),
        ("services", Area::Services),
        ("dienste", Area::Services),
        ("usługi", Area::Services),
        ("службы", Area::Services),
        ("servicios", Area::Services),
        ("drivers", Area::Drivers),
        ("treiber", Area::Drivers),
        ("pilotes", Area::Drivers),
        ("sterowniki", Area::Drivers),
        ("драйверы", Area::Drivers),
        ("controladores", Area::Drivers),
        ("installed programs", Area::Programs),
        ("installierte programme", Area::Programs),
        ("programmes install", Area::Programs),
        ("zainstalowane programy", Area::Programs),
        ("установленные программы", Area::Programs),
        ("programas instalados", Area::Programs),
        ("registry", Area::Registry),
    ];
    let lower = if name.is_ascii() { String::new() } else { name.to_lowercase() };
    let is_title = |title: &str| words::starts(name, title) || lower.starts_with(title);
    TITLES.iter().find(|(title, _)| is_title(title)).map(|(_, area)| *area)
}

/// Whether a title ends the file: "End of FRST.txt", "End Of Log", and what others say for it.
pub(super) fn is_end(title: &str) -> bool {
    const ENDS: [&str; 8] =
        ["End ", "End of", "Ende ", "Koniec", "Fin ", "Конец", "Fine ", "Einde "];
    const FILES: [&str; 3] = ["FRST.txt", "Addition.txt", "Shortcut.txt"];
    ENDS.iter().any(|end| title.starts_with(end) || words::starts(title, end))
        || FILES.iter().any(|file| words::ends(title, file))
}

/// Where a date begins: `05-10-2017`, or `2014-03-09` in older files.
pub(super) fn date_at(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_date = |at: &usize| {
        let dashes: [usize; 2] = if bytes.get(at + 2) == Some(&b'-') { [2, 5] } else { [4, 7] };
        (0..10).all(|offset| {
            if dashes.contains(&offset) {
                bytes.get(at + offset) == Some(&b'-')
            } else {
                is_digit(at + offset)
            }
        })
    };
    (0..bytes.len()).find(is_date)
}

/// The user and the computer in the second line: `Ran by user (administrator) on HOST (date)`; in
/// older files `… on HOST on date`, or `Ran by user at date`.
pub(super) fn people(before_date: &str, out: &mut Collector<'_>) {
    let before_date = before_date.trim_end_matches(['(', ' ']);
    let before_date = before_date.trim_end_matches(" on").trim_end_matches(" at");
    let (user_part, host_part) = before_date.split_once(" (").unwrap_or((before_date, ""));
    let leads = [
        "Ran by ",
        "Uruchomiony przez ",
        "durchgeführt von ",
        "Exécuté par ",
        "Ejecutado por ",
        "Executado por ",
        "Eseguito da ",
        "Запущено пользователем ",
    ];
    let known = leads.iter().find_map(|lead| user_part.split_once(lead));
    // In a language that isn't known, the last word before the account's kind is the name or its end.
    let last = || user_part.split_whitespace().next_back().filter(|_| !host_part.is_empty());
    if let Some(user) = known.map(|(_, user)| user).or_else(last) {
        out.mask().learn_user(user);
    }
    // Behind the account's kind: "administrator) on HOST", sometimes with the maker in parentheses.
    if let Some((_, host)) = host_part.split_once(") ") {
        let host = host.split(" (").next().unwrap_or(host);
        out.host(host.split_whitespace().next_back().unwrap_or(host));
    }
}

/// `R2 name; path [size date] (signer -> company)`; the first versions wrote `2 name; path`.
pub(super) fn service(text: &str) -> Fact<'_> {
    let rest = text.split_once(' ').map_or("", |(_, rest)| rest);
    let (name, rest) = SEMICOLON.split_once(rest).unwrap_or((rest, ""));
    let state = match text.as_bytes() {
        _ if is_missing(text) || !rest.contains('\\') => State::FileMissing,
        [b'R', ..] => State::Running,
        [b'S', b'4', ..] | [b'4', b' ', ..] => State::Disabled,
        [b'S', ..] => State::Stopped,
        _ => State::Present,
    };
    Fact { name, path: words::path(rest), owner: owner(rest), state, ..Fact::default() }
}

/// Whether a service line is a driver's. `None` where its path doesn't say.
pub(super) fn service_area(path: &str) -> Option<Area> {
    if words::ends(path, ".sys") {
        Some(Area::Drivers)
    } else if words::ends(path, ".exe") || words::ends(path, ".dll") {
        Some(Area::Services)
    } else {
        None
    }
}

/// `(signer -> company) path`, since 2021 with `(parent ->)` before it; or `Failed to access process -> name`.
pub(super) fn process(text: &str) -> Fact<'_> {
    let state = State::Running;
    if !text.starts_with('(')
        && let Some((_, name)) = text.rsplit_once("-> ")
    {
        return Fact { name, state, ..Fact::default() };
    }
    let starts = memchr::memmem::find_iter(text.as_bytes(), b") ");
    let drive = |at: &usize| text.get(at + 3..at + 5) == Some(":\\");
    let Some(at) = starts.filter(drive).last() else {
        return Fact { path: words::path(text), state, ..Fact::default() };
    };
    let (signers, path) = text.split_at_checked(at + 2).unwrap_or((text, ""));
    let owner =
        const { Piece::new(") (") }.rsplit_once(signers).map_or(signers, |(_, owner)| owner);
    Fact {
        path: words::path(path),
        owner: owner.trim_matches(['(', ')', ' ']),
        state,
        ..Fact::default()
    }
}

/// `Name (HKLM-x32\...\{GUID}) (Version: x - Publisher) Hidden`, and older forms without the key.
pub(super) fn program(text: &str) -> Fact<'_> {
    if let Some((name, rest)) = ARROW.split_once(text).filter(|(_, rest)| APPS.is_in(rest)) {
        return Fact { name, path: words::path(rest), owner: owner(rest), ..Fact::default() };
    }
    const MARKS: [Piece; 3] =
        [Piece::new(" (HK"), Piece::new(" (x32 Version"), Piece::new(" (Version: ")];
    let at = MARKS.iter().filter_map(|mark| mark.find(text)).min().unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let said = PARENTHESIS.rsplit_once(rest).map_or(rest, |(_, said)| said);
    let (version, owner) = DASH.split_once(said).unwrap_or((said, ""));
    let version = COLON.rsplit_once(version).map_or("", |(_, version)| version);
    Fact {
        name: name.trim_start_matches(['<', '=', ' ']),
        owner: owner.split(')').next().unwrap_or(owner),
        version: version.trim_end_matches(')'),
        guid: words::guid(rest).unwrap_or_default(),
        ..Fact::default()
    }
}

/// An extension: its name in `(…)` or `[…]`, its id in `[…]` or in its path.
pub(super) fn extension(text: &str) -> Fact<'_> {
    let after = COLON.split_once(text).map_or(text, |(_, after)| after);
    // Toolbars say first for whom they are.
    let after = match DASH.split_once(after) {
        Some((root, rest))
            if matches!(root, "HKLM" | "HKCU" | "HKLM-x32") || root.starts_with("HKU") =>
        {
            rest
        }
        _ => after,
    };
    let in_brackets = words::between(after, "[", "]").unwrap_or_default();
    let name = match after {
        _ if after.starts_with('(') => words::between(after, "(", ") ")
            .or_else(|| words::between(after, "(", ")"))
            .unwrap_or(after),
        _ if after.starts_with('[') => in_brackets,
        _ => DASH.before(ARROW.before(after)),
    };
    let path = words::path(after);
    let is_letters =
        |part: &&str| part.len() == 32 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let id = || path.split('\\').find(is_letters);
    let is_id =
        in_brackets.contains('@') || (in_brackets.len() == 32 && !in_brackets.contains(' '));
    let number = || id().or_else(|| words::guid(after)).unwrap_or_default();
    let guid = if is_id { in_brackets } else { number() };
    let state = if is_missing(text) { State::FileMissing } else { State::Present };
    Fact { name, path, owner: owner(after), guid, state, ..Fact::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_read_with_their_state() {
        let table = [
            (
                "R2 AVP17.0.0; C:\\Program Files (x86)\\Kaspersky Lab\\KIS 17.0.0\\avp.exe [246144 2016-06-28] (AO Kaspersky Lab)",
                "AVP17.0.0",
                State::Running,
                "AO Kaspersky Lab",
            ),
            (
                "S3 klif; \\??\\C:\\Windows\\system32\\drivers\\klif.sys [X]",
                "klif",
                State::FileMissing,
                "",
            ),
            (
                "S4 kl1; C:\\Windows\\System32\\DRIVERS\\kl1.sys [554 2016-01-01] (Microsoft Windows -> AO Kaspersky Lab)",
                "kl1",
                State::Disabled,
                "Microsoft Windows -> AO Kaspersky Lab",
            ),
            ("U3 klpd; no ImagePath", "klpd", State::FileMissing, ""),
            (
                "2 AVP; \"C:\\Program Files\\Kaspersky Lab\\KIS 2012\\avp.exe\" -r [202296 2011-04-24] (Kaspersky Lab ZAO)",
                "AVP",
                State::Present,
                "Kaspersky Lab ZAO",
            ),
            (
                "4 KLIM6; C:\\Windows\\System32\\DRIVERS\\klim6.sys [29488 2009-11-02] (Kaspersky Lab)",
                "KLIM6",
                State::Disabled,
                "Kaspersky Lab",
            ),
        ];
        for (text, name, state, owner) in table {
            let fact = service(text);
            assert_eq!((fact.name, fact.state, fact.owner), (name, state, owner));
        }
    }

    #[test]
    fn processes_of_all_years_are_read() {
        let path = "C:\\Program Files (x86)\\Kaspersky Lab\\K\\avp.exe";
        for (head, owner) in [
            ("(Kaspersky Lab ZAO) ", "Kaspersky Lab ZAO"),
            ("(Kaspersky Lab -> AO Kaspersky Lab) ", "Kaspersky Lab -> AO Kaspersky Lab"),
            (
                "(services.exe ->) (Kaspersky Lab JSC -> AO Kaspersky Lab) ",
                "Kaspersky Lab JSC -> AO Kaspersky Lab",
            ),
            ("(C:\\Windows\\x.exe ->) (AO Kaspersky Lab) ", "AO Kaspersky Lab"),
        ] {
            let text = format!("{head}{path} <2>");
            let fact = process(&text);
            assert_eq!((fact.path, fact.owner), (path, owner), "{text}");
        }
    }

    #[test]
    fn programs_of_all_years_are_read() {
        let table = [
            (
                "Kaspersky Total Security (HKLM-x32\\...\\InstallWIX_{E6B3FB12-7E1D-4A2D-B8F4-1E8B0A6E9D11}) (Version: 17.0.0.611 - Kaspersky Lab)",
                "17.0.0.611",
                "Kaspersky Lab",
            ),
            (
                "Kaspersky Total Security (x32 Version: 15.0.2.361 - Kaspersky Lab) Hidden",
                "15.0.2.361",
                "Kaspersky Lab",
            ),
            (
                "Kaspersky Total Security (HKLM\\...\\{X}) (Wersja: 15.0 - Kaspersky Lab)",
                "15.0",
                "Kaspersky Lab",
            ),
        ];
        for (text, version, owner) in table {
            let fact = program(text);
            assert_eq!(
                (fact.name, fact.version, fact.owner),
                ("Kaspersky Total Security", version, owner)
            );
        }
    }

    #[test]
    fn extensions_give_name_and_id() {
        let table = [
            (
                "FF Extension: (Kaspersky Protection) - C:\\K\\light [2017-01-01]",
                "Kaspersky Protection",
                "",
            ),
            (
                "FF HKLM\\...\\Firefox\\Extensions: [light_plugin_F6F@kaspersky.com] - C:\\K",
                "light_plugin_F6F@kaspersky.com",
                "light_plugin_F6F@kaspersky.com",
            ),
            (
                "CHR HKLM\\...\\Chrome\\Extension: [ahkjpbeeocnddjkakilopmfdlnjdpcdm] - https://x",
                "ahkjpbeeocnddjkakilopmfdlnjdpcdm",
                "ahkjpbeeocnddjkakilopmfdlnjdpcdm",
            ),
            (
                "BHO: Virtual Keyboard -> {X} -> C:\\K\\x.dll [2017] (Kaspersky Lab)",
                "Virtual Keyboard",
                "",
            ),
            (
                "BHO: No Name -> {E33CF602-D945-461A-83F0-819F76A199F8} -> No File",
                "No Name",
                "{E33CF602-D945-461A-83F0-819F76A199F8}",
            ),
        ];
        for (text, name, guid) in table {
            let fact = extension(text);
            assert_eq!((fact.name, fact.guid), (name, guid));
        }
    }
}
