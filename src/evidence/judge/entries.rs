//! What lists besides programs, services, drivers and processes: registry entries, extensions of browsers,
//! network and class filters, and what a Mac or a phone has.

use super::place::{by_entry, driver_name, short_key};
use super::{Found, Judge};
use crate::domain::evidence::trace::{Confidence, Kind, State};
use crate::evidence::fact::Fact;
use crate::evidence::signatures::Subject;
use crate::evidence::words;

impl Judge<'_> {
    pub(super) fn registry(&self) -> Option<Found> {
        let fact = self.fact;
        if let Some(key) = self.key_of(fact.name) {
            let fact = Fact { name: key, ..*fact };
            let judge = Judge { signatures: self.signatures, fact: &fact };
            return Some(judge.trace(Kind::RegistryKey, None, Confidence::Sure, short_key(key)));
        }
        if let Some(found) = self.tool_at(fact.path) {
            return Some(found);
        }
        if words::contains(fact.name, "\\SafeBoot\\") {
            return self.safe_boot();
        }
        let is_known = self.folder_of(fact.path).is_some()
            || self.is_kaspersky(fact.owner)
            || self.find(Subject::RegistryKey, fact.name).is_some()
            || self.is_named_entry();
        let name = fact.name.trim().to_lowercase();
        is_known.then(|| self.trace(Kind::RegistryKey, None, Confidence::Likely, name))
    }

    /// An entry that is known by its name alone: a key of the product's name below others, or one whose
    /// file is gone or that is switched off, and which therefore shows no path.
    fn is_named_entry(&self) -> bool {
        let fact = self.fact;
        let leaf = words::file_name(fact.name);
        let is_key = leaf.len() < fact.name.len();
        let is_bare =
            fact.path.is_empty() && matches!(fact.state, State::Disabled | State::FileMissing);
        if !is_key && !is_bare {
            return false;
        }
        let program = self.find(Subject::Program, leaf);
        program.is_some_and(|entry| entry.product != "Kaspersky")
            || (is_bare && self.find(Subject::Service, leaf).is_some())
    }

    /// A service or driver that Windows starts in safe mode, too.
    fn safe_boot(&self) -> Option<Found> {
        let own = driver_name(self.fact.name);
        let fact = Fact { name: own, ..*self.fact };
        let judge = Judge { signatures: self.signatures, fact: &fact };
        if let Some(tool) = judge.tool(own) {
            return Some(tool);
        }
        let entry = self.find(Subject::Service, own).or_else(|| self.find(Subject::Driver, own))?;
        let key = short_key(self.fact.name);
        Some(self.trace(Kind::RegistryKey, Some(entry), Confidence::Likely, key))
    }

    pub(super) fn network_filter(&self) -> Option<Found> {
        let fact = self.fact;
        let by_name = self.find(Subject::NetworkFilter, fact.name);
        let entry = by_name.or_else(|| self.find(Subject::NetworkFilter, fact.path));
        if entry.is_none() && !self.is_kaspersky(fact.name) {
            return None;
        }
        let confidence = match entry {
            Some(entry) if !self.is_kaspersky(fact.name) => by_entry(entry),
            Some(_) | None => Confidence::Sure,
        };
        Some(self.trace(Kind::NetworkFilter, entry, confidence, fact.name.to_lowercase()))
    }

    pub(super) fn browser(&self) -> Option<Found> {
        let fact = self.fact;
        let file = words::file_name(fact.path);
        let by_name = self.find(Subject::BrowserExtension, fact.name);
        let by_number = self.find(Subject::BrowserExtension, fact.guid);
        let parts = fact.path.split(['\\', '/']);
        let by_part = parts
            .filter(|part| part.len() > 12)
            .find_map(|part| self.find(Subject::BrowserExtension, part));
        let entry = by_number
            .or(by_name)
            .or(by_part)
            .filter(|entry| !entry.product.contains("folder decides"));
        let in_folder = self.folder_of(fact.path).is_some() || self.is_kaspersky(fact.owner);
        if entry.is_none() && !in_folder {
            return None;
        }
        let name = if fact.name.is_empty() { file } else { fact.name };
        let is_class = fact.guid.starts_with('{');
        if is_class && by_number.is_some() && by_name.is_none() && !in_folder {
            // "No Name", "no file": only its number is left.
            let fact = Fact { name: fact.guid, ..*fact };
            let judge = Judge { signatures: self.signatures, fact: &fact };
            let key = fact.guid.to_lowercase();
            return Some(judge.trace(Kind::BrowserExtension, entry, Confidence::Likely, key));
        }
        let is_numbered = by_number.is_some() || !is_class;
        let key = if fact.guid.is_empty() || !is_numbered { name } else { fact.guid };
        let confidence = match by_number {
            _ if in_folder => Confidence::Sure,
            Some(entry) => by_entry(entry),
            None => Confidence::Likely,
        };
        Some(self.trace(Kind::BrowserExtension, entry, confidence, key.to_lowercase()))
    }

    pub(super) fn mac_app(&self) -> Option<Found> {
        let fact = self.fact;
        if let Some(found) = self.other_brand(fact.name).or_else(|| self.tool(fact.name)) {
            return Some(found);
        }
        let entry = self.find(Subject::MacApp, fact.name);
        if entry.is_none() && self.folder_of(fact.path).is_none() {
            return self.antivirus(Subject::AntivirusProgram, fact.name);
        }
        Some(self.trace(Kind::MacApp, entry, Confidence::Sure, fact.name.to_lowercase()))
    }

    /// Any driver of Kaspersky's may stand in a device class, not only those known from there.
    pub(super) fn class_filter(&self) -> Option<Found> {
        let by_word = self.named(Kind::ClassFilter, Subject::ClassFilter);
        by_word.or_else(|| self.named(Kind::ClassFilter, Subject::Driver))
    }

    /// A label as it is in its file, or as macOS makes it: `application.com.x.1.2`, `TEAM.com.x`.
    pub(super) fn launchd(&self) -> Option<Found> {
        let name = self.fact.name.trim();
        let own = words::find(name, ".com.").and_then(|at| name.get(at + 1..)).unwrap_or(name);
        let entry = self.find(Subject::MacLaunchd, own)?;
        Some(self.trace(Kind::MacLaunchd, Some(entry), by_entry(entry), own.to_lowercase()))
    }

    pub(super) fn named(&self, kind: Kind, subject: Subject) -> Option<Found> {
        let entry = self.find(subject, self.fact.name)?;
        let key = self.fact.name.trim().to_lowercase();
        Some(self.trace(kind, Some(entry), by_entry(entry), key))
    }
}
