//! Antivirus of other makers, each told once: by whoever knows best whether it is on.

use std::collections::BTreeMap;

use super::merge::weight;
use crate::domain::evidence::trace::OtherAntivirus;

/// Other antivirus kept of one scan.
const ANTIVIRUS_MAX: usize = 64;

/// Where an antivirus was seen; Security Center's word counts more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Listed,
    SecurityCenter,
    Itself,
}

/// What was found, by vendor.
#[derive(Default)]
pub(super) struct Antivirus {
    known: BTreeMap<String, (OtherAntivirus, Source)>,
}

impl Antivirus {
    /// Adds a sighting.
    pub(super) fn add(&mut self, found: OtherAntivirus, source: Source) {
        let id = found.vendor.to_lowercase();
        if self.known.len() >= ANTIVIRUS_MAX && !self.known.contains_key(&id) {
            return;
        }
        let (known, known_source) = self.known.entry(id).or_insert_with(|| (found.clone(), source));
        // Security Center's word counts more than a program list's; of two of its own, the one that is on.
        let is_better = source > *known_source
            || (source == *known_source && weight(found.state) > weight(known.state));
        if is_better {
            let current = found.current.or(known.current);
            *known = OtherAntivirus { current, ..found };
            *known_source = source;
        } else if known.current.is_none() {
            known.current = found.current;
        }
    }

    /// All of it, by vendor.
    pub(super) fn finish(self) -> Vec<OtherAntivirus> {
        self.known.into_values().map(|(found, _)| found).collect()
    }
}
