//! Where a thing lies and what that says of it: Kaspersky's folder or key, a tool's file, the product, the
//! generation.

use super::{Found, Judge, Sighting};
use crate::domain::evidence::trace::{Confidence, Kind, OtherAntivirus, State};
use crate::evidence::fact::{Fact, Role};
use crate::evidence::signatures::{Entry, Subject};
use crate::evidence::words;

impl Judge<'_> {
    pub(super) fn other_brand(&self, name: &str) -> Option<Found> {
        let entry = self.find(Subject::OtherBrand, name)?;
        Some(self.trace(Kind::OtherBrand, Some(entry), Confidence::Likely, name.to_lowercase()))
    }

    pub(super) fn tool(&self, name: &str) -> Option<Found> {
        let entry = self.find(Subject::Tool, name)?;
        Some(self.trace(Kind::Tool, Some(entry), Confidence::Sure, name.to_lowercase()))
    }

    /// A tool's file or folder anywhere in a path.
    pub(super) fn tool_at(&self, path: &str) -> Option<Found> {
        if !self.signatures.could_find(Subject::Tool, path) {
            return None;
        }
        let mut parts = path.split(['\\', '/']).filter(|part| part.len() > 3);
        let (part, entry) = parts.find_map(|part| Some((part, self.find(Subject::Tool, part)?)))?;
        let fact = Fact { name: part, ..*self.fact };
        let judge = Judge { signatures: self.signatures, fact: &fact };
        Some(judge.trace(Kind::Tool, Some(entry), Confidence::Sure, part.to_lowercase()))
    }

    pub(super) fn antivirus(&self, subject: Subject, name: &str) -> Option<Found> {
        let entry = self.find(subject, name)?;
        // Begun with Windows is not switched on: that is Security Center's to say.
        let state = match self.fact.state {
            State::Enabled | State::Unknown => State::Present,
            said => said,
        };
        Some(Found::Antivirus(OtherAntivirus {
            name: if subject == Subject::AntivirusProgram {
                name.trim().to_owned()
            } else {
                entry.product.clone()
            },
            vendor: entry.vendor.clone().unwrap_or_default(),
            state,
            current: None,
        }))
    }

    pub(super) fn is_kaspersky(&self, owner: &str) -> bool {
        self.find(Subject::Publisher, owner).is_some()
    }

    /// The part of a path that is Kaspersky's folder, with the product's folder in it.
    pub(super) fn folder_of<'p>(&self, path: &'p str) -> Option<&'p str> {
        if !self.signatures.could_find(Subject::Folder, path) {
            return None;
        }
        let mut end = 0;
        let mut parts = path.split_inclusive(['\\', '/']);
        while let Some(part) = parts.next() {
            end += part.len();
            let name = part.trim_end_matches(['\\', '/']);
            let is_file = name.len() == part.len() && has_ending(name);
            if is_file || self.find(Subject::Folder, name).is_none() {
                continue;
            }
            // What follows is a product's own folder, a file, or a part that says nothing more.
            if let Some(next) = parts.next() {
                let next_name = next.trim_end_matches(['\\', '/']);
                let is_own =
                    words::contains(next_name, "kasper") || words::starts(next_name, "AVP");
                if is_own && (next_name.len() < next.len() || !has_ending(next_name)) {
                    end += next.len();
                }
            }
            return Some(path.get(..end)?.trim_end_matches(['\\', '/']));
        }
        None
    }

    /// The part of a registry path that is Kaspersky's key, with the generation's key in it.
    pub(super) fn key_of<'p>(&self, key: &'p str) -> Option<&'p str> {
        if !key.contains('\\') {
            return None;
        }
        let mut end = 0;
        let mut parts = key.split_inclusive('\\');
        while let Some(part) = parts.next() {
            end += part.len();
            if self.find(Subject::RegistryKey, part.trim_end_matches('\\')).is_some() {
                end += parts.next().map_or(0, str::len);
                return Some(key.get(..end)?.trim_end_matches('\\'));
            }
        }
        None
    }

    pub(super) fn trace(
        &self,
        kind: Kind,
        entry: Option<&Entry>,
        confidence: Confidence,
        key: String,
    ) -> Found {
        let fact = self.fact;
        let product = self.product(entry);
        let is_own = kind.is_counted();
        let generation = entry.and_then(|entry| entry.generation.clone());
        let name = if fact.name.trim().is_empty() {
            words::file_name(fact.path)
        } else {
            fact.name.trim()
        };
        Found::Trace(Sighting {
            kind,
            name: if name.is_empty() { fact.guid.to_owned() } else { name.to_owned() },
            path: fact.path.to_owned(),
            product,
            generation: generation.or_else(|| generation_of(fact).filter(|_| is_own)),
            state: fact.state,
            confidence,
            key,
        })
    }

    /// The product a fact belongs to: by its own name, by the folder it lies in, by what its entry says.
    pub(super) fn product(&self, entry: Option<&Entry>) -> Option<String> {
        let is_product = |entry: &&Entry| entry.product != "Kaspersky";
        let in_path = || {
            self.fact
                .path
                .split(['\\', '/'])
                .find_map(|part| self.find(Subject::Program, part).filter(is_product))
        };
        let by_name = self.find(Subject::Program, self.fact.name).filter(is_product);
        let told =
            entry.filter(|entry| !matches!(entry.subject, Subject::Driver | Subject::Process));
        let found = match told {
            Some(entry) if matches!(entry.subject, Subject::Tool | Subject::OtherBrand) => {
                Some(entry)
            }
            told => by_name.or_else(in_path).or(told),
        };
        found.map(|entry| entry.product.clone())
    }
}

/// A driver's name without folder and `.sys`.
pub(super) fn driver_name(name: &str) -> &str {
    let name = words::file_name(name).trim();
    if words::ends(name, ".sys") { name.get(..name.len() - 4).unwrap_or(name) } else { name }
}

/// Whether a driver of Kaspersky's is an on-demand tool's: those name theirs by chance numbers.
pub(super) fn is_tool_driver(base: &str, owner: &str) -> bool {
    let is_number = base.len() >= 6 && base.bytes().all(|byte| byte.is_ascii_digit());
    is_number || owner.ends_with("GERT")
}

/// A key's path with its root shortened, so that all spellings compare alike.
pub(super) fn short_key(key: &str) -> String {
    let key = key.trim_matches(['[', ']']).to_lowercase();
    let key = key.replace("hkey_local_machine", "hklm").replace("hkey_current_user", "hkcu");
    key.replace("\\controlset001\\", "\\currentcontrolset\\")
        .replace("\\controlset002\\", "\\currentcontrolset\\")
}

fn has_ending(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| {
        (2..=4).contains(&ending.len()) && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

/// Whether an entry names this signer or company as the maker of what Kaspersky ships.
pub(super) fn names_maker(entry: &Entry, owner: &str) -> bool {
    let makers = owner.split(" -> ").map(str::trim);
    makers.filter(|maker| maker.len() > 5).any(|maker| words::contains(&entry.product, maker))
}

/// Chrome names an extension's folder by 32 small letters.
pub(super) fn is_extension_id(part: &str) -> bool {
    part.len() == 32 && part.bytes().all(|byte| byte.is_ascii_lowercase())
}

pub(super) fn or_present(state: State) -> State {
    if state == State::Unknown { State::Present } else { state }
}

pub(in crate::evidence) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Antivirus => "av",
        Role::Antispyware => "as",
        Role::Firewall => "fw",
    }
}

/// Year and version, from a version, a name or a folder: "2017 (17.0.0)".
fn generation_of(fact: &Fact<'_>) -> Option<String> {
    // Companions and business products count their versions their own way.
    const OWN_COUNT: [&str; 10] = [
        "password manager",
        "safe kids",
        "vpn",
        "endpoint",
        "agent",
        "server",
        "security center",
        "software updater",
        "fraud",
        ".kes",
    ];
    if OWN_COUNT
        .iter()
        .any(|part| words::contains(fact.name, part) || words::contains(fact.path, part))
    {
        return None;
    }
    let from_path = || {
        fact.path
            .split(['\\', '/'])
            .filter(|part| words::contains(part, "kasper") || words::starts(part, "avp"))
            .find_map(number_in)
    };
    let number = number_in(fact.version).or_else(|| number_in(fact.name)).or_else(from_path)?;
    let major: u16 = number.split('.').next()?.parse().ok()?;
    let short: Vec<&str> = number.split('.').take(3).collect();
    match major {
        2009..=2030 => Some(major.to_string()),
        11..=30 if number.contains('.') => Some(format!("{} ({})", 2000 + major, short.join("."))),
        8 | 9 if number.contains('.') => Some(format!("{} ({})", 2001 + major, short.join("."))),
        _ => None,
    }
}

/// The first number with points, or year, in a text.
fn number_in(text: &str) -> Option<&str> {
    let is_part = |char: char| char.is_ascii_digit() || char == '.';
    let mut words = text.split(|char: char| !is_part(char)).map(|word| word.trim_matches('.'));
    words.find(|word| word.contains('.') || word.len() == 4)
}

/// How sure a name or number alone is: no surer than whoever wrote down whose it is.
pub(super) fn by_entry(entry: &Entry) -> Confidence {
    match entry.confidence.as_str() {
        "general" | "unverified" => Confidence::Likely,
        _ => Confidence::Sure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::trace::Area;
    use crate::evidence::judge::judge;
    use crate::evidence::signatures::Signatures;

    #[test]
    fn the_generation_is_read_from_version_name_or_folder() {
        let table = [
            ("Kaspersky", "17.0.0.611", "", Some("2017 (17.0.0)")),
            ("AVP21.3", "", "", Some("2021 (21.3)")),
            (
                "avp.exe",
                "",
                "C:\\Program Files\\Kaspersky Lab\\Kaspersky Anti-Virus 2010\\avp.exe",
                Some("2010"),
            ),
            ("AVP", "", "", None),
        ];
        for (name, version, path, said) in table {
            let fact = Fact { name, path, version, ..Fact::default() };
            assert_eq!(generation_of(&fact).as_deref(), said, "{name}");
        }
    }

    #[test]
    fn what_nobody_has_seen_is_not_certain() {
        let areas = [
            (Subject::ClassFilter, Area::ClassFilters),
            (Subject::Certificate, Area::Certificates),
            (Subject::NetworkFilter, Area::NetworkFilters),
            (Subject::AndroidPackage, Area::AndroidPackages),
            (Subject::MacKext, Area::MacKexts),
            (Subject::MacLaunchd, Area::MacLaunchd),
        ];
        let mut n_tried = 0;
        for entry in Signatures::builtin().entries() {
            let known = areas.iter().find(|(subject, _)| *subject == entry.subject);
            let Some((subject, area)) = known else { continue };
            let name = entry.pattern.replace(['*', '#'], "1");
            let fact = Fact { name: &name, ..Fact::default() };
            let Some(Found::Trace(sighting)) = judge(Signatures::builtin(), *area, &fact) else {
                continue;
            };
            let taken = Signatures::builtin().find(*subject, &name).expect("it was found");
            let says_kaspersky = Signatures::builtin().find(Subject::Publisher, &name).is_some();
            let is_certain =
                matches!(taken.confidence.as_str(), "seen" | "seen-name-only" | "derived")
                    || (*subject == Subject::NetworkFilter && says_kaspersky);
            assert_eq!(sighting.confidence == Confidence::Sure, is_certain, "{name}");
            n_tried += usize::from(!is_certain);
        }
        assert!(n_tried > 5, "{n_tried}");
    }
}
