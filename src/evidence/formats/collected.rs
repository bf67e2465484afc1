//! What `assets/collect.cmd` says of itself: lines that stand only where a list was taken whole.
//!
//! An answer without lines looks like none: no browser with an extension, no antivirus registered.
//! The script has a line for each, so that what is gone can be shown to be gone.

use crate::domain::evidence::trace::Area;
use crate::evidence::collector::Collector;
use crate::evidence::coverage::Part;

/// How such a line begins.
const HEAD: &str = "Swapdesk collect: ";

/// Where that stands which the script lists.
const PLACE: &str = "collect";

/// The rest of each line, and what is shown whole by it.
const MARKS: [(&str, Area); 2] = [
    ("every browser extension is listed above", Area::Browsers),
    ("Security Center was asked", Area::SecurityCenter),
];

/// Takes the script's word, if this line is one.
pub(super) fn line(text: &str, out: &mut Collector<'_>) {
    let Some(said) = text.strip_prefix(HEAD) else { return };
    if let Some((_, area)) = MARKS.iter().find(|(mark, _)| *mark == said.trim_end()) {
        out.format("collect");
        match area {
            Area::SecurityCenter => out.lists_part(Part::CenterAsked),
            area => out.lists(*area),
        }
        out.is_list_of(PLACE);
    }
}

#[cfg(test)]
mod tests {
    use super::{HEAD, MARKS};
    use crate::domain::evidence::trace::{Area, Protection};
    use crate::evidence::read;
    use std::collections::BTreeSet;

    const SCRIPT: &str = include_str!("../../../assets/collect.cmd");
    /// How a command names a label.
    const CALLS: [&str; 2] = ["call :", "goto :"];

    /// The script's commands, one a line, without remarks.
    fn commands() -> impl Iterator<Item = &'static str> {
        SCRIPT.lines().map(str::trim).filter(|line| !line.starts_with("rem "))
    }

    /// The word that follows each `mark`.
    fn behind(mark: &'static str, ends: &'static [char]) -> BTreeSet<&'static str> {
        let pieces = commands().flat_map(move |line| line.split(mark).skip(1));
        pieces.map(|piece| piece.split(ends).next().unwrap_or_default()).collect()
    }

    #[test]
    fn windows_finds_every_label_of_the_script_and_needs_every_one() {
        assert!(SCRIPT.ends_with("\r\n"));
        assert!(SCRIPT.split_terminator('\n').all(|line| line.ends_with('\r')));
        let labels: Vec<&str> = commands().filter_map(|line| line.strip_prefix(':')).collect();
        let known: BTreeSet<&str> = labels.iter().copied().collect();
        assert_eq!(labels.len(), known.len(), "a label stands twice");
        let mut asked: BTreeSet<&str> =
            CALLS.into_iter().flat_map(|mark| behind(mark, &[' ', ')'])).collect();
        assert!(asked.remove("eof"));
        assert_eq!(asked, known);
        // What is called comes back; the script itself ends before the first label.
        let mut parts = SCRIPT.split("\r\n:");
        let ends = |part: &str, words: &str| part.trim_end().ends_with(words);
        assert!(parts.next().is_some_and(|main| ends(main, "pause\r\nexit /b 0")));
        assert!(parts.all(|part| ends(part, "goto :eof") || ends(part, "pause\r\nexit /b 1")));
    }

    #[test]
    fn the_script_asks_and_does_nothing_else() {
        let table: [(&str, &[&str]); 5] = [
            ("reg ", &["query", "export"]),
            ("sc ", &["query"]),
            ("certutil ", &["-store"]),
            ("dir ", &["/ad"]),
            ("powershell ", &["-NoProfile"]),
        ];
        for line in commands() {
            for (program, verbs) in table {
                if let Some(rest) = line.strip_prefix(program) {
                    assert!(verbs.iter().any(|verb| rest.starts_with(verb)), "{line}");
                }
            }
            let asks = line.contains(" get ") || !line.starts_with("wmic ");
            assert!(asks && !line.contains("kasperskylab"), "{line}");
            for verb in ["Set-", "Remove-", "New-", "Stop-", "Start-", "Uninstall-"] {
                assert!(!line.contains(verb), "{line}");
            }
            let waits = line.contains("wmic ") || line.contains("powershell ");
            assert!(!waits || line.contains("<nul"), "it would wait for a key: {line}");
        }
    }

    #[test]
    fn all_is_written_into_the_one_folder_and_what_is_asked_for_there_is_written() {
        let mut written = BTreeSet::new();
        for line in commands().map(|line| line.replace("2^>nul", "").replace("2>nul", "")) {
            for target in line.split('>').skip(1).map(str::trim_start) {
                let name = target.strip_prefix("\"%OUT%\\").and_then(|rest| rest.split('"').next());
                match name {
                    Some("%~2") => (),
                    Some(name) => drop(written.insert(name.to_owned())),
                    None => assert!(target.starts_with("nul"), "{line}"),
                }
            }
            if let Some(rest) = line.strip_prefix("call :export ") {
                written.insert(rest.rsplit(' ').next().unwrap_or_default().to_owned());
            }
        }
        assert!(written.len() > 15, "{written:?}");
        let named = |line: &str| {
            let words = line.split([' ', '"', '\\', '&']).map(str::to_owned);
            let is_file = |word: &String| word.split_once('.').is_some_and(|(_, end)| end == "txt");
            words.filter(|word| is_file(word) && !word.contains('*')).collect::<Vec<_>>()
        };
        for name in commands().flat_map(named) {
            assert!(written.contains(&name), "{name} is asked for, and never written");
        }
        assert!(commands().filter(|line| line.contains("del ")).all(|line| {
            line.contains("del \"%OUT%\\file-filters.txt\"") || line.ends_with("del \"%%~F\"")
        }));
    }

    #[test]
    fn what_the_script_says_of_itself_is_what_is_read() {
        let said = |mark: &str| format!("echo {HEAD}{mark}");
        for (mark, _) in MARKS {
            let mut lines = commands().map(|line| line.split('>').next().unwrap_or_default());
            assert!(lines.any(|line| line == said(mark)), "{mark}");
        }
        let n_said = commands().filter(|line| line.contains(HEAD)).count();
        assert_eq!(n_said, MARKS.len());
    }

    #[test]
    fn an_empty_answer_is_an_export_and_shows_that_there_is_none() {
        let table = [
            ("Swapdesk collect: every browser extension is listed above\r\n", Area::Browsers),
            ("Swapdesk collect: Security Center was asked\r\n", Area::SecurityCenter),
        ];
        for (text, area) in table {
            let scan = read(text.as_bytes());
            assert_eq!((scan.formats, scan.covers), (vec!["collect".to_owned()], vec![area]));
            assert_eq!(scan.notes, Vec::<String>::new());
        }
        let asked = read(table[1].0.as_bytes());
        assert_eq!(asked.protection(), Protection::None, "Windows 7 after the removal");
        let quoted = read(b"> Swapdesk collect: Security Center was asked, he wrote\r\n");
        assert_eq!(quoted.covers, []);
    }

    #[test]
    fn what_the_script_asks_of_the_system_and_of_the_filters_is_understood() {
        let fields = behind("wmic os get ", &[' ']);
        let asked = fields.iter().find(|fields| fields.contains("CSName")).expect("asked");
        let value = |field: &str| match field {
            "CSName" => "JANES-PC",
            "OSArchitecture" => "64-bit",
            _ => "20171005110412.500000-240",
        };
        let lines: Vec<String> =
            asked.split(',').map(|field| format!("{field}={}", value(field))).collect();
        let answer = lines.join("\r\n");
        let scan = read(format!("\r\n{answer}\r\n\r\n").as_bytes());
        assert_eq!(scan.hosts.len(), 1, "two customers' computers are told apart");
        assert_eq!(scan.booted.as_deref(), Some("20171005110412"));
        assert_eq!(scan.clock, scan.booted);

        let classes = behind("reg query \"%CLASS%\\", &['"']);
        let answer = |class: &str| {
            let key =
                format!("HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Class\\{class}");
            format!(
                "\r\n{key}\r\n    UpperFilters    REG_MULTI_SZ    klmouflt\\0mouclass\r\n\r\n{key}\\0000\r\n{key}\\Properties\r\n"
            )
        };
        let answers: Vec<String> = classes.into_iter().map(answer).collect();
        let scan = read(answers.concat().as_bytes());
        assert_eq!(scan.covers, [Area::ClassFilters]);
        assert_eq!(scan.traces.first().map(|trace| trace.name.as_str()), Some("klmouflt"));
    }
}
