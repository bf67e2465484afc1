//! Where a trace was listed, for kinds that no list shows everywhere at once.

use super::coverage::bounded;
use super::hosts::mark;
use super::judge::Sighting;
use super::mask::Mask;
use super::signatures::{Signatures, Subject};
use super::words;
use crate::domain::evidence::trace::{EITHER, Kind};

/// Places kept of one trace.
const PLACES_MAX: usize = 8;
/// How the places of lists begin that name folders wherever they lie.
pub(super) const MONTH: &str = "frst month: ";
/// A place that no list ever shows whole.
pub(super) const ELSEWHERE: &str = "elsewhere";

/// Where a trace was listed.
pub(super) enum Place {
    /// Its kind is shown as a whole.
    Anywhere,
    /// Here.
    At(String),
    /// What the file says of itself, at its end perhaps.
    OfFile,
}

/// The place of a trace that the current output lists in `current`.
pub(super) fn place_of(signatures: &Signatures, sighting: &Sighting, current: &str) -> Place {
    let own = match sighting.kind {
        Kind::Folder => parent(signatures, Subject::Folder, &sighting.path),
        Kind::RegistryKey => parent(signatures, Subject::RegistryKey, &sighting.key),
        // Windows runs by one of its control sets alone.
        Kind::ClassFilter if words::contains(&sighting.path, "\\ControlSet0") => Some(ELSEWHERE),
        Kind::ClassFilter => words::guid(&sighting.path),
        Kind::SecurityCenter => {
            let role = sighting.key.rsplit(' ').next().unwrap_or_default();
            return Place::At(center(role));
        }
        Kind::BrowserExtension | Kind::Program => None,
        _ => return Place::Anywhere,
    };
    match own.unwrap_or(current) {
        "" => Place::OfFile,
        // Shown by either: the list of the month names it wherever it lies.
        place if sighting.kind == Kind::Folder && current.starts_with(MONTH) => {
            Place::At(format!("{}{EITHER}{}", bounded(place), bounded(current)))
        }
        place => Place::At(bounded(place)),
    }
}

/// The place of Security Center's entries of a role: `av`, `as`, `fw`.
pub(super) fn center(role: &str) -> String {
    format!("security center {role}")
}

/// The place with people and computers masked. What is told apart by whose it is stays apart: the
/// folders of two accounts are two places.
pub(super) fn masked(mask: &Mask, salt: &str, place: &str) -> String {
    let covered = mask.cover(place);
    if covered == place {
        return covered;
    }
    format!("{covered} {}", mark(salt, place))
}

/// The place of a list of programs that doesn't say which list it is: one that another is beside.
pub(super) fn beside(program: &str) -> String {
    format!("programs beside {}", mark("", &program.to_lowercase()))
}

/// Adds a place to a trace's. One of too many is never shown whole.
pub(super) fn add(places: &mut Vec<String>, place: String) {
    if places.contains(&place) {
        return;
    }
    if places.len() < PLACES_MAX {
        places.push(place);
    } else if let Some(last) = places.last_mut() {
        ELSEWHERE.clone_into(last);
    }
}

/// What stands before the first part of a path that is Kaspersky's own.
fn parent<'p>(signatures: &Signatures, subject: Subject, path: &'p str) -> Option<&'p str> {
    if !path.contains(['\\', '/']) {
        return None;
    }
    let mut start = 0;
    for part in path.split_inclusive(['\\', '/']) {
        let name = part.trim_end_matches(['\\', '/']);
        if start > 0 && signatures.find(subject, name).is_some() {
            return path.get(..start);
        }
        start += part.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_is_what_lists_kasperskys_own() {
        let table = [
            (
                Subject::Folder,
                "C:\\Program Files (x86)\\Kaspersky Lab\\Kaspersky Internet Security 17.0.0",
                Some("C:\\Program Files (x86)\\"),
            ),
            (
                Subject::RegistryKey,
                "hklm\\software\\wow6432node\\kasperskylab\\avp17.0.0",
                Some("hklm\\software\\wow6432node\\"),
            ),
            (Subject::RegistryKey, "kaspersky anti-virus", None),
        ];
        for (subject, path, said) in table {
            assert_eq!(parent(Signatures::builtin(), subject, path), said, "{path}");
        }
    }
}
