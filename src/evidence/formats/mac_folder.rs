//! `ls` of the folders of a Mac from which the system starts what is not loaded yet.

use crate::evidence::collector::Collector;
use crate::evidence::coverage::Part;
use crate::evidence::words;

/// The folders, as `ls` heads them when it is asked for several, and what each shows.
const FOLDERS: [(&str, Part); 3] = [
    ("/Library/Extensions:", Part::KextFiles),
    ("/Library/LaunchAgents:", Part::AgentFiles),
    ("/Library/LaunchDaemons:", Part::DaemonFiles),
];

/// The folder that is being listed.
#[derive(Debug, Default)]
pub(super) struct MacFolder {
    part: Option<Part>,
}

impl MacFolder {
    /// Reads a line. A blank one ends the folder, which then was listed whole.
    pub(super) fn line(&mut self, text: &str, out: &mut Collector<'_>) {
        if text.is_empty() {
            if let Some(part) = self.part.take() {
                out.lists_part(part);
            }
            return;
        }
        let head = FOLDERS.iter().find(|(head, _)| *head == text);
        self.part = match head {
            Some((_, part)) => Some(*part),
            None => self.part.filter(|_| !is_own(text)),
        };
    }
}

/// Whether a file may be Kaspersky's: with one of them the folder proves nothing, known or not.
fn is_own(text: &str) -> bool {
    // On a screen several stand in one line.
    words::contains(text, "kasper") || text.split_whitespace().any(|name| words::starts(name, "kl"))
}

#[cfg(test)]
mod tests {
    use crate::domain::evidence::compare::compare;
    use crate::evidence::signatures::Signatures;
    use crate::evidence::{Scanner, read};

    const LOADED: &str = "Index Refs Address            Size       Wired      Name (Version) UUID <Linked Against>\n    1    0 0xffffff7f80a00000 0x9000     0x9000     com.apple.kpi.bsd (16.7.0) A7B8 <7 5>\n    2    0 0xffffff7f80a01000 0x9000     0x9000     com.apple.kpi.iokit (16.7.0) A7B8 <7 5>\n    3    0 0xffffff7f80a02000 0x9000     0x9000     com.apple.driver.AppleHDA (279.48) A7B8 <7 5>\n";
    const JOBS: &str = "PID\tStatus\tLabel\n300\t0\tcom.apple.Finder\n-\t0\tcom.apple.Dock.agent\n-\t0\tcom.apple.talagent\n";

    #[test]
    fn what_is_not_loaded_is_gone_only_when_it_does_not_lie_ready_either() {
        let loaded = LOADED.to_owned()
            + "   95    0 0xffffff7f82e5c000 0x9000     0x9000     com.kaspersky.kext.klif (3.6.1a23) 1A <7 5 4>\n";
        let jobs = JOBS.to_owned() + "-\t0\tcom.kaspersky.kav\n";
        let ls = |kext: &str, agent: &str, daemon: &str| {
            format!(
                "/Library/Extensions:\n{kext}\n/Library/LaunchAgents:\n{agent}\n/Library/LaunchDaemons:\n{daemon}\n/Users:\njane\n"
            )
        };
        let none = ls("ACS6x.kext\n", "", "com.oracle.java.plist\n");
        let table: [(&str, String, usize); 7] = [
            ("nothing lies there", none.clone(), 2),
            ("what is loaded alone", String::new(), 0),
            ("a kext", ls("com.kaspersky.kext.klif.kext\n", "", ""), 1),
            ("a kext by another name", ls("klnke.kext\n", "", ""), 1),
            ("a daemon", ls("", "", "-rw-r--r--  1 root  wheel  500 com.kaspersky.kav.plist\n"), 1),
            ("an agent", ls("", "com.kaspersky.kav.gui.plist\n", ""), 1),
            (
                "cut short",
                none.split("/Library/LaunchDaemons").next().unwrap_or_default().to_owned(),
                1,
            ),
        ];
        let scan = |files: [&str; 3]| {
            let mut scanner = Scanner::new(Signatures::builtin());
            for file in files {
                scanner.add(file.as_bytes()).expect("from memory");
            }
            scanner.finish()
        };
        let before = scan([&loaded, &jobs, ""]);
        for (said, folders, n_gone) in table {
            let comparison = compare(&before, &scan([LOADED, JOBS, &folders]));
            assert_eq!(
                (comparison.n_found, comparison.n_gone),
                (2, n_gone),
                "{said}: {comparison:?}"
            );
        }
        assert_eq!(read(LOADED.as_bytes()).covers, []);
    }
}
