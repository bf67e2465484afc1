//! From what an export lists to a trace: is it Kaspersky's, a tool, another brand, or another antivirus?

mod entries;
mod place;

pub(super) use self::place::role_name;
use self::place::{driver_name, is_extension_id, is_tool_driver, names_maker, or_present};
use crate::domain::evidence::trace::{Area, Confidence, Kind, OtherAntivirus, State};
use crate::evidence::fact::{Fact, Role};
use crate::evidence::signatures::{Entry, Signatures, Subject};
use crate::evidence::words;

/// What a fact turned out to be.
pub(super) enum Found {
    /// A trace of this kind, by this name, at this path.
    Trace(Sighting),
    /// Another maker's antivirus.
    Antivirus(OtherAntivirus),
}

/// A trace before it is masked and given its line.
pub(super) struct Sighting {
    pub kind: Kind,
    pub name: String,
    pub path: String,
    pub product: Option<String>,
    pub generation: Option<String>,
    pub state: State,
    pub confidence: Confidence,
    pub key: String,
}

/// Judges one fact of an area. `None`: nothing that matters here.
pub(super) fn judge(signatures: &Signatures, area: Area, fact: &Fact<'_>) -> Option<Found> {
    let judge = Judge { signatures, fact };
    match area {
        Area::Programs => judge.program(),
        Area::Services => judge.service(),
        Area::Drivers => judge.driver(),
        Area::Processes => judge.process(),
        Area::SecurityCenter => judge.security_center(),
        Area::Folders => judge.folder(),
        Area::Registry => judge.registry(),
        Area::ClassFilters => judge.class_filter(),
        Area::NetworkFilters => judge.network_filter(),
        Area::Certificates => judge.named(Kind::Certificate, Subject::Certificate),
        Area::Browsers => judge.browser(),
        Area::MacApps => judge.mac_app(),
        Area::MacKexts => judge.named(Kind::MacKext, Subject::MacKext),
        Area::MacLaunchd => judge.launchd(),
        Area::AndroidPackages => judge
            .named(Kind::AndroidPackage, Subject::AndroidPackage)
            .or_else(|| judge.antivirus(Subject::AntivirusProgram, fact.name)),
    }
}

struct Judge<'a> {
    signatures: &'a Signatures,
    fact: &'a Fact<'a>,
}

impl<'a> Judge<'a> {
    fn find(&self, subject: Subject, text: &str) -> Option<&'a Entry> {
        self.signatures.find(subject, text)
    }

    fn program(&self) -> Option<Found> {
        let fact = self.fact;
        if fact.name.is_empty() || self.find(Subject::Lookalike, fact.name).is_some() {
            return None;
        }
        if let Some(found) = self.other_brand(fact.name).or_else(|| self.tool(fact.name)) {
            return Some(found);
        }
        let by_name = self.find(Subject::Program, fact.name);
        let is_owned = self.is_kaspersky(fact.owner);
        let in_folder = self.folder_of(fact.path).is_some();
        if by_name.is_none() && !is_owned && !in_folder {
            return self.antivirus(Subject::AntivirusProgram, fact.name);
        }
        let says_more = is_owned || in_folder || !fact.version.is_empty() || !fact.guid.is_empty();
        let confidence =
            if by_name.is_some() && says_more { Confidence::Sure } else { Confidence::Likely };
        let key = fact.name.trim().to_lowercase();
        Some(self.trace(Kind::Program, by_name, confidence, key))
    }

    fn service(&self) -> Option<Found> {
        let fact = self.fact;
        let base = driver_name(fact.name);
        let is_driver = words::ends(fact.path, ".sys")
            || (!words::contains(fact.path, ".exe")
                && (self.find(Subject::Driver, base).is_some()
                    || self.find(Subject::Tool, base).is_some())
                && self.find(Subject::Service, fact.name).is_none());
        if is_driver {
            return self.driver();
        }
        if let Some(found) = self.tool_at(fact.path) {
            return Some(found);
        }
        let by_name = self.find(Subject::Service, fact.name);
        let in_folder = self.folder_of(fact.path).is_some();
        let is_owned = self.is_kaspersky(fact.owner);
        // A service of this name that runs from somewhere else is someone else's.
        let is_elsewhere = fact.path.contains('\\') && !in_folder && !is_owned;
        if (by_name.is_none() || is_elsewhere) && !in_folder && !is_owned {
            return self.antivirus(Subject::AntivirusService, fact.name);
        }
        let agrees = in_folder || is_owned;
        let confidence = match by_name {
            Some(_) if agrees => Confidence::Sure,
            Some(entry) if entry.pattern == "AVP" => Confidence::Weak,
            _ => Confidence::Likely,
        };
        Some(self.trace(Kind::Service, by_name, confidence, fact.name.trim().to_lowercase()))
    }

    fn driver(&self) -> Option<Found> {
        let fact = self.fact;
        let file = driver_name(words::file_name(fact.path));
        let base = if fact.name.is_empty() { file } else { driver_name(fact.name) };
        if self.find(Subject::Lookalike, base).is_some() {
            return None;
        }
        if let Some(entry) =
            self.find(Subject::Tool, base).or_else(|| self.find(Subject::Tool, file))
        {
            return Some(self.trace(
                Kind::Tool,
                Some(entry),
                Confidence::Likely,
                base.to_lowercase(),
            ));
        }
        if let Some(found) = self.tool_at(fact.path) {
            return Some(found);
        }
        if is_tool_driver(base, fact.owner) && self.is_kaspersky(fact.owner) {
            return Some(self.trace(Kind::Tool, None, Confidence::Likely, base.to_lowercase()));
        }
        let by_name = self.find(Subject::Driver, base).or_else(|| self.find(Subject::Driver, file));
        let in_folder = self.folder_of(fact.path).is_some() || words::contains(fact.path, "\\K4W-");
        let is_owned = self.is_kaspersky(fact.owner);
        let is_foreign = !fact.owner.is_empty()
            && !is_owned
            && !words::contains(fact.owner, "microsoft")
            && !by_name.is_some_and(|entry| names_maker(entry, fact.owner));
        if (by_name.is_none() || is_foreign) && !in_folder && !is_owned {
            return None;
        }
        let agrees = in_folder || is_owned || !fact.path.is_empty();
        let confidence =
            if by_name.is_some() && agrees { Confidence::Sure } else { Confidence::Likely };
        Some(self.trace(Kind::Driver, by_name, confidence, base.to_lowercase()))
    }

    fn process(&self) -> Option<Found> {
        let fact = self.fact;
        let file = words::file_name(if fact.path.is_empty() { fact.name } else { fact.path });
        if let Some(found) = self.tool_at(file) {
            return Some(found);
        }
        let by_name = self.find(Subject::Process, file);
        let has_place = fact.path.contains(['\\', '/']);
        let agrees = self.folder_of(fact.path).is_some() || self.is_kaspersky(fact.owner);
        let confidence = match by_name {
            _ if has_place && !agrees => return self.antivirus(Subject::AntivirusProcess, file),
            Some(_) if agrees => Confidence::Sure,
            None if agrees => Confidence::Likely,
            Some(entry) if entry.product.contains("folder decides") => return None,
            Some(entry)
                if file.eq_ignore_ascii_case("avp.exe") || entry.confidence == "general" =>
            {
                Confidence::Weak
            }
            Some(_) => Confidence::Likely,
            None => return self.antivirus(Subject::AntivirusProcess, file),
        };
        Some(self.trace(Kind::Process, None, confidence, file.to_lowercase()))
    }

    fn security_center(&self) -> Option<Found> {
        let fact = self.fact;
        if let Some(found) = self.other_brand(fact.name) {
            return Some(found);
        }
        let by_number = self.find(Subject::SecurityCenter, fact.guid);
        let by_name = self.find(Subject::SecurityCenter, fact.name);
        if by_number.is_some() || by_name.is_some() || self.folder_of(fact.path).is_some() {
            let key = if fact.guid.is_empty() { fact.name } else { fact.guid };
            let key = format!("{} {}", key.to_lowercase(), role_name(fact.role));
            return Some(self.trace(Kind::SecurityCenter, by_number, Confidence::Sure, key));
        }
        if fact.role != Role::Antivirus || fact.name.is_empty() {
            return None;
        }
        let known = self.find(Subject::AntivirusProgram, fact.name);
        let vendor = known.and_then(|entry| entry.vendor.clone());
        Some(Found::Antivirus(OtherAntivirus {
            name: fact.name.to_owned(),
            vendor: vendor.unwrap_or_else(|| fact.name.to_owned()),
            state: fact.state,
            current: fact.current,
        }))
    }

    fn folder(&self) -> Option<Found> {
        let fact = self.fact;
        if let Some(found) = self.tool_at(fact.path) {
            return Some(found);
        }
        let mut parts = fact.path.split(['\\', '/']);
        let id = parts.find(|part| {
            is_extension_id(part) && self.find(Subject::BrowserExtension, part).is_some()
        });
        if let Some(guid) = id {
            let fact = Fact { name: guid, guid, ..*fact };
            return Judge { signatures: self.signatures, fact: &fact }.browser();
        }
        let file = words::file_name(fact.path);
        // What Kaspersky has put into Windows' own folders, it has installed; elsewhere lie its installers.
        let is_in_windows =
            self.is_kaspersky(fact.owner) && words::contains(fact.path, ":\\Windows\\");
        let is_driver_file = words::ends(file, ".sys")
            && (is_in_windows
                || words::contains(fact.path, "\\drivers\\")
                || self.folder_of(fact.path).is_some());
        if is_driver_file {
            let fact = Fact { name: file, ..*fact };
            return Judge { signatures: self.signatures, fact: &fact }.driver_file();
        }
        let root = self.folder_of(fact.path).or(is_in_windows.then_some(fact.path))?;
        let fact = Fact { name: root, ..*fact };
        let judge = Judge { signatures: self.signatures, fact: &fact };
        let confidence = if words::contains(root, "\\Kaspersky Lab") {
            Confidence::Sure
        } else {
            Confidence::Likely
        };
        Some(judge.trace(Kind::Folder, None, confidence, root.to_lowercase()))
    }

    fn driver_file(&self) -> Option<Found> {
        match self.driver()? {
            Found::Trace(sighting) => {
                Some(Found::Trace(Sighting { state: or_present(sighting.state), ..sighting }))
            }
            other @ Found::Antivirus(_) => Some(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(area: Area, fact: &Fact<'_>) -> Option<&'static str> {
        match judge(Signatures::builtin(), area, fact)? {
            Found::Trace(sighting) => Some(sighting.kind.name()),
            Found::Antivirus(_) => Some("antivirus"),
        }
    }

    #[test]
    fn every_lookalike_in_the_list_stays_silent() {
        let lookalikes = Signatures::builtin()
            .entries()
            .iter()
            .filter(|entry| entry.subject == Subject::Lookalike);
        let mut n_tried = 0;
        for entry in lookalikes {
            let name = entry.pattern.replace(['*', '#'], "1");
            let path = format!("C:\\Windows\\System32\\drivers\\{name}.sys");
            for area in [Area::Drivers, Area::Services, Area::Programs] {
                let fact = Fact { name: &name, path: &path, ..Fact::default() };
                assert_eq!(kind_of(area, &fact), None, "{name}");
            }
            assert_eq!(
                kind_of(Area::Folders, &Fact { path: &path, ..Fact::default() }),
                None,
                "{name}"
            );
            n_tried += 1;
        }
        assert!(n_tried > 15);
    }

    #[test]
    fn a_name_needs_its_place() {
        let lab =
            "C:\\Program Files (x86)\\Kaspersky Lab\\Kaspersky Total Security 18.0.0\\avp.exe";
        let table = [
            (Area::Processes, "avp.exe", "", Some("process")),
            (Area::Processes, "avp.exe", lab, Some("process")),
            (Area::Processes, "avp.exe", "C:\\Users\\x\\avp.exe", None),
            (Area::Services, "AVP", "C:\\Temp\\avp.exe", None),
            (Area::Services, "AVP18.0.0", lab, Some("service")),
            (Area::Services, "KLIF", "", Some("driver")),
            (Area::Programs, "Kaspersky Virus Removal Tool 2015", "", Some("tool")),
            (
                Area::Programs,
                "Parallels Internet Security Powered by Kaspersky",
                "",
                Some("other_brand"),
            ),
            (Area::Programs, "Kasparov Chessmate", "", None),
            (Area::Programs, "Trend Micro HijackThis", "", None),
            (Area::Programs, "McAfee LiveSafe", "", Some("antivirus")),
            (Area::Folders, "", "C:\\KVRT2020_Data\\Reports", Some("tool")),
            (Area::Folders, "", "C:\\Windows\\system32\\drivers\\klif.sys", Some("driver")),
            (
                Area::Folders,
                "",
                "C:\\Users\\x\\Downloads\\Kaspersky Internet Security 2017.exe",
                None,
            ),
            (
                Area::Folders,
                "",
                "C:\\ProgramData\\Kaspersky Lab\\AVP17.0.0\\Bases\\x",
                Some("folder"),
            ),
        ];
        for (area, name, path, kind) in table {
            let fact = Fact { name, path, ..Fact::default() };
            assert_eq!(kind_of(area, &fact), kind, "{area:?} {name} {path}");
        }
    }
}
