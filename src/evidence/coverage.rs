//! What the exports of one scan show whole, gathered over outputs and files.
//!
//! "Gone" is only said of what is covered, so nothing is claimed here that a file which was cut short,
//! or one that shows a part, could make false. A claim counts once its output has come to its end.

use std::collections::BTreeSet;

use super::{places, words};
use crate::domain::evidence::kept;
use crate::domain::evidence::trace::Area;

/// Places kept of one scan: Windows knows under a hundred device classes.
const PLACES_MAX: usize = kept::PLACES_MAX;
/// Bytes of one place.
const PLACE_BYTES_MAX: usize = 200;
/// Device classes without which a computer is hard to use, as places. Kaspersky filters both.
const INPUT_CLASSES: [&str; 2] =
    ["{4d36e96f-e325-11ce-bfc1-08002be10318}", "{4d36e96b-e325-11ce-bfc1-08002be10318}"];

/// Something that is a part of an area, and shows it only together with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The list of programs in `HKLM\\SOFTWARE`: on 64-bit Windows those of 64 bits.
    Programs,
    /// The list of 32-bit programs of 64-bit Windows, where Kaspersky's are.
    Programs32,
    /// The export says that its Windows has 32 bits, and so one list of programs.
    Windows32,
    /// Kernel extensions of a Mac that are loaded, and those that lie ready.
    KextsLoaded,
    KextFiles,
    /// Daemons and agents of a Mac that are loaded, and those that lie ready.
    LaunchdLoaded,
    AgentFiles,
    DaemonFiles,
    /// Security Center was asked for antivirus. Where none is registered the answer is empty.
    CenterAsked,
}

/// What was shown.
#[derive(Debug, Default)]
struct Claims {
    areas: BTreeSet<Area>,
    parts: BTreeSet<Part>,
    places: BTreeSet<String>,
}

impl Claims {
    fn append(&mut self, mut more: Self) {
        self.areas.append(&mut more.areas);
        self.parts.append(&mut more.parts);
        self.places.append(&mut more.places);
    }

    fn is_empty(&self) -> bool {
        self.areas.is_empty() && self.parts.is_empty() && self.places.is_empty()
    }
}

/// The claims of one scan, of its current file, and of the output that is being read.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    of_scan: Claims,
    of_file: Claims,
    /// Those of outputs of this file that may have begun before it.
    of_head: Claims,
    of_output: Claims,
    /// Areas of which some output was cut short.
    cut: BTreeSet<Area>,
}

impl Coverage {
    /// The output shows this area whole.
    pub(super) fn area(&mut self, area: Area) {
        self.of_output.areas.insert(area);
    }

    /// The output shows this part of an area whole.
    pub(super) fn part(&mut self, part: Part) {
        self.of_output.parts.insert(part);
    }

    /// The output lists this place whole. Whose own keys are the current user's it doesn't say, and
    /// a technician's are others than the customer's.
    pub(super) fn place(&mut self, place: &str) {
        let place = bounded(place);
        if self.of_output.places.len() < PLACES_MAX && !place.starts_with("hkcu\\") {
            self.of_output.places.insert(place);
        }
    }

    /// The output has come to its end, or so far as it matters.
    pub(super) fn settle(&mut self) {
        self.of_file.append(std::mem::take(&mut self.of_output));
    }

    /// The same of an output whose beginning can't be told: it may have begun before the file.
    pub(super) fn settle_headless(&mut self) {
        self.of_head.append(std::mem::take(&mut self.of_output));
    }

    /// What came so far began before the file: nothing that it showed is whole. Says whether it had
    /// claimed any.
    pub(super) fn drop_head(&mut self) -> bool {
        !std::mem::take(&mut self.of_head).is_empty()
    }

    /// The output was cut short: nothing that it showed is whole. Says whether it had claimed any.
    pub(super) fn drop_output(&mut self) -> bool {
        let mut dropped = std::mem::take(&mut self.of_output);
        let had_any = !dropped.is_empty();
        self.cut.append(&mut dropped.areas);
        had_any
    }

    /// The file has come to its end.
    pub(super) fn end_of_file(&mut self) {
        self.settle();
        for claims in [&mut self.of_head, &mut self.of_file] {
            self.of_scan.append(std::mem::take(claims));
        }
    }

    /// The file could not be read to its end.
    pub(super) fn drop_file(&mut self) {
        for claims in [&mut self.of_output, &mut self.of_head, &mut self.of_file] {
            *claims = Claims::default();
        }
    }

    /// Areas and places that the files show together.
    pub(super) fn finish(self) -> (Vec<Area>, Vec<String>) {
        let Claims { mut areas, parts, mut places } = self.of_scan;
        let has = |part| parts.contains(&part);
        if has(Part::Programs) && (has(Part::Programs32) || has(Part::Windows32)) {
            areas.insert(Area::Programs);
        }
        if has(Part::KextsLoaded) && has(Part::KextFiles) {
            areas.insert(Area::MacKexts);
        }
        if [Part::LaunchdLoaded, Part::AgentFiles, Part::DaemonFiles].into_iter().all(has) {
            areas.insert(Area::MacLaunchd);
        }
        if has(Part::CenterAsked) && !self.cut.contains(&Area::SecurityCenter) {
            areas.insert(Area::SecurityCenter);
            places.insert(places::center("av"));
        }
        if INPUT_CLASSES.iter().all(|class| places.contains(*class)) {
            areas.insert(Area::ClassFilters);
        }
        (areas.into_iter().collect(), places.into_iter().take(PLACES_MAX).collect())
    }
}

/// Whether a device class is that of mice or of keyboards.
pub(super) fn is_input(class: &str) -> bool {
    INPUT_CLASSES.iter().any(|known| known.eq_ignore_ascii_case(class))
}

/// A place as traces and lists name it alike: lower case, registry roots in short, no slash at the end.
pub(super) fn bounded(place: &str) -> String {
    let place = place.trim_matches(['[', ']', '\\', ' ']).to_lowercase();
    let place = place.replace("hkey_local_machine", "hklm").replace("hkey_current_user", "hkcu");
    words::cut(&place, PLACE_BYTES_MAX).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_shown_by_both_lists_or_by_one_of_32_bit_windows() {
        let table: [(&[Part], bool); 5] = [
            (&[Part::Programs], false),
            (&[Part::Programs32], false),
            (&[Part::Programs32, Part::Windows32], false),
            (&[Part::Programs, Part::Programs32], true),
            (&[Part::Programs, Part::Windows32], true),
        ];
        for (parts, is_shown) in table {
            let mut coverage = Coverage::default();
            for part in parts {
                // Each can come in a file of its own.
                coverage.part(*part);
                coverage.end_of_file();
            }
            assert_eq!(coverage.finish().0.contains(&Area::Programs), is_shown, "{parts:?}");
        }
    }

    #[test]
    fn an_output_that_was_cut_short_takes_nothing_of_others_with_it() {
        let mut coverage = Coverage::default();
        coverage.area(Area::Services);
        coverage.settle();
        coverage.area(Area::Drivers);
        coverage.place("C:\\Program Files\\");
        assert!(coverage.drop_output());
        coverage.place("HKEY_LOCAL_MACHINE\\SOFTWARE");
        coverage.end_of_file();
        coverage.area(Area::Processes);
        coverage.drop_file();
        let (areas, places) = coverage.finish();
        assert_eq!((areas, places), (vec![Area::Services], vec!["hklm\\software".to_owned()]));
    }
}
