//! A record of named fields, from a list, a table or a CSV file alike, and what it lists.
//!
//! WMI, the registry and PowerShell name their fields in English on every Windows; `tasklist`,
//! `driverquery` and `sc` don't, so their records are told by what their values look like.

use super::tally::AUTORUNS;
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::coverage::Part;
use crate::evidence::fact::{Fact, Line, Role};
use crate::evidence::words;

/// Keys of a list of programs that was asked for little.
const PROGRAM_KEYS: [&str; 5] = ["node", "displayname", "name", "caption", "pscomputername"];

/// One record. Keys are lower case without blanks and signs.
pub(super) struct Record<'a> {
    /// Keys and values in the order of the export.
    pub pairs: &'a [(&'a str, &'a str)],
    /// Where it stands, and its text.
    pub line: Line<'a>,
    /// What Security Center was asked for, where a command line before it says so.
    role: Role,
    /// A bit for each key that is there: most keys that are asked for aren't.
    marks: u64,
}

/// The bit of a key. Several keys share one.
fn mark(key: &str) -> u64 {
    let ends = key.as_bytes().first().zip(key.as_bytes().last());
    let sum = ends.map_or(0, |(first, last)| usize::from(*first) * 7 + usize::from(*last) * 3);
    1 << ((sum + key.len()) % 64)
}

/// A key in the form that records use.
pub(super) fn fold_key(key: &str) -> String {
    let mut folded = String::with_capacity(key.len());
    push_folded(key, &mut folded);
    folded
}

/// The same, put at the end of `out`.
pub(super) fn push_folded(key: &str, out: &mut String) {
    if key.is_ascii() {
        let letters = key.bytes().filter(u8::is_ascii_alphanumeric);
        out.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
    } else {
        let letters = key.chars().filter(|char| char.is_alphanumeric());
        out.extend(letters.flat_map(char::to_lowercase));
    }
}

/// WMI spells it `displayName` in Security Center and `DisplayName` elsewhere. A record that has no
/// other field that tells is given the one that says so.
pub(super) fn complete_wmi(pairs: &mut Vec<(&str, &str)>) {
    const CENTER: [&str; 4] = ["node", "displayname", "timestamp", "class"];
    let has_name = pairs.iter().any(|(key, _)| *key == "displayname");
    if has_name && pairs.iter().all(|(key, _)| CENTER.contains(key)) {
        pairs.push(("productstate", ""));
    }
}

impl<'a> Record<'a> {
    pub(super) fn new(pairs: &'a [(&'a str, &'a str)], line: Line<'a>, role: Role) -> Self {
        let marks = pairs.iter().fold(0, |marks, (key, _)| marks | mark(key));
        Self { pairs, line, role, marks }
    }

    /// The value of the first of these keys that has one.
    pub(super) fn get(&self, keys: &[&str]) -> &'a str {
        let found = keys.iter().filter(|key| self.marks & mark(key) != 0).find_map(|key| {
            self.pairs.iter().find(|(known, value)| known == key && !words::is_blank(value))
        });
        found.map_or("", |(_, value)| value.trim().trim_matches('"'))
    }

    fn has(&self, keys: &[&str]) -> bool {
        let mut keys = keys.iter().filter(|key| self.marks & mark(key) != 0);
        keys.any(|key| self.pairs.iter().any(|(known, _)| known == key))
    }

    pub(super) fn value(&self, at: usize) -> &'a str {
        self.pairs.get(at).map_or("", |(_, value)| value.trim())
    }

    /// Tells what the record lists. Returns the area it belongs to, whether it mattered or not.
    pub(super) fn tell(&self, out: &mut Collector<'_>) -> Option<Area> {
        self.learn(out);
        if self.has(&[
            "productstate",
            "instanceguid",
            "pathtosignedproductexe",
            "pathtosignedreportingexe",
        ]) {
            return Some(self.security_center(out));
        }
        if self.has(&["amrunningmode", "amserviceenabled", "antivirusenabled"]) {
            return Some(self.defender(out));
        }
        if self.has(&["lastbootuptime", "localdatetime"]) {
            out.device().booted(self.get(&["lastbootuptime"]));
            out.device().clock(self.get(&["localdatetime"]));
        }
        let is_32_bit = words::starts(self.get(&["osarchitecture"]), "32")
            || words::starts(self.get(&["systemtype"]), "x86-based");
        if is_32_bit {
            out.lists_part(Part::Windows32);
        }
        if self.has(&["upperfilters", "lowerfilters"]) {
            return Some(self.filters(out));
        }
        if self.has(&["componentid"]) {
            return Some(self.binding(out));
        }
        if self.has(&["thumbprint"]) || (self.has(&["subject"]) && self.has(&["issuer"])) {
            return Some(self.certificate(out));
        }
        if self.has(&["entrylocation"]) {
            return Some(self.autorun(out));
        }
        if let Some(area) = self.service_control(out) {
            return Some(area);
        }
        self.tell_by_keys(out).or_else(|| self.tell_by_looks(out))
    }

    /// Names of people and computers that a record gives away.
    fn learn(&self, out: &mut Collector<'_>) {
        const HOST: [&str; 9] = [
            "node",
            "server",
            "pscomputername",
            "systemname",
            "csname",
            "hostname",
            "computername",
            "machinename",
            "systemid",
        ];
        const USER: [&str; 5] = ["username", "owner", "registereduser", "user", "utilisateur"];
        for (key, value) in self.pairs {
            if HOST.contains(key) {
                out.host(value);
            } else if USER.contains(key) {
                out.mask().learn_user(value);
            }
        }
    }

    fn tell_by_keys(&self, out: &mut Collector<'_>) -> Option<Area> {
        if self.has(&["infname"]) {
            // Devices and who signed their drivers, not the drivers themselves.
            let name = self.get(&["devicename"]);
            let fact = Fact { name, owner: self.get(&["manufacturer"]), ..Fact::default() };
            out.tell(Area::Drivers, self.line, &fact);
            return Some(Area::Drivers);
        }
        // `!analyze` and BlueScreenView: the driver that a crash was laid to.
        let culprit = self.get(&["causedbydriver", "imagename", "probablycausedby"]);
        let culprit = culprit.split(' ').next().unwrap_or(culprit);
        if words::ends(culprit, ".sys") {
            let fact = Fact { name: culprit, state: State::Running, ..Fact::default() };
            out.tell(Area::Drivers, self.line, &fact);
            return Some(Area::Drivers);
        }
        if self.has(&["modulename"]) || (self.has(&["drivertype"]) && self.has(&["displayname"])) {
            return Some(self.driver(out));
        }
        if self.has(&[
            "pathname",
            "startmode",
            "starttype",
            "servicetype",
            "startname",
            "binarypathname",
        ]) || (self.has(&["status", "state"])
            && self.has(&["displayname"])
            && self.has(&["name", "servicename"]))
        {
            return Some(self.service(out));
        }
        if self.has(&[
            "imagename",
            "processname",
            "executablepath",
            "commandline",
            "parentprocessid",
        ]) || (self.has(&["id"]) && self.has(&["path"]) && self.has(&["name"]))
        {
            return Some(self.process(out));
        }
        if self.has(&["filtername"]) {
            let fact =
                Fact { name: self.get(&["filtername"]), state: State::Running, ..Fact::default() };
            out.tell(Area::Drivers, self.line, &fact);
            return Some(Area::Drivers);
        }
        if self.has(&["command"]) && self.has(&["name", "caption"]) {
            let command = self.get(&["command"]);
            let name = self.get(&["name", "caption"]);
            let path = if words::path(command).is_empty() { command } else { words::path(command) };
            let fact = Fact { name, path, state: State::Present, ..Fact::default() };
            out.at("startup commands");
            out.tell(Area::Registry, self.line, &fact);
            return Some(Area::Registry);
        }
        let is_program = self.has(&[
            "displayversion",
            "publisher",
            "uninstallstring",
            "identifyingnumber",
            "installdate",
            "quietuninstallstring",
        ]) || (self.has(&["vendor", "version", "providername"])
            && self.has(&["name", "caption", "displayname"]))
            || (self.pairs.len() <= 2
                && self.has(&["displayname", "name", "caption"])
                && self.pairs.iter().all(|(key, _)| PROGRAM_KEYS.contains(key)));
        is_program.then(|| self.program(out))
    }

    fn program(&self, out: &mut Collector<'_>) -> Area {
        let location = self.get(&["installlocation", "installsource"]);
        let path = if location.is_empty() {
            words::path(self.get(&["uninstallstring"]))
        } else {
            location
        };
        let number = self.get(&["identifyingnumber", "pschildname", "uninstallstring", "keyname"]);
        let fact = Fact {
            name: self.get(&["displayname", "name", "caption", "description"]),
            path,
            owner: self.get(&["publisher", "vendor", "manufacturer"]),
            version: self.get(&["displayversion", "version"]),
            guid: words::guid(number).unwrap_or_default(),
            ..Fact::default()
        };
        out.tell(Area::Programs, self.line, &fact);
        Area::Programs
    }

    fn service(&self, out: &mut Collector<'_>) -> Area {
        let command = self.get(&["pathname", "binarypathname", "path", "imagepath"]);
        let path = if words::path(command).is_empty() { command } else { words::path(command) };
        let state = match self.get(&["state", "status"]) {
            said if words::contains(said, "running") || said == "4" => State::Running,
            said if words::contains(said, "stopped") || said == "1" => State::Stopped,
            _ => State::Present,
        };
        let mode = self.get(&["startmode", "starttype"]);
        let is_off = mode.eq_ignore_ascii_case("disabled") && state != State::Running;
        let fact = Fact {
            name: self.get(&["name", "servicename"]),
            path,
            owner: owner_said(self.get(&["displayname", "caption", "description"])),
            state: if is_off { State::Disabled } else { state },
            ..Fact::default()
        };
        let kind = self.get(&["servicetype"]);
        let is_driver = words::contains(kind, "driver") || words::ends(path, ".sys");
        let area = if is_driver { Area::Drivers } else { Area::Services };
        out.tell(area, self.line, &fact);
        area
    }

    fn process(&self, out: &mut Collector<'_>) -> Area {
        let name = self.get(&["imagename", "name", "processname", "caption"]);
        // Get-Process leaves the ending away.
        let full = if self.has(&["processname", "id"]) && !name.contains('.') {
            format!("{name}.exe")
        } else {
            name.to_owned()
        };
        let command = self.get(&["executablepath", "path", "commandline"]);
        let fact = Fact {
            name: &full,
            path: words::path(command),
            owner: self.get(&["company", "description"]),
            state: State::Running,
            ..Fact::default()
        };
        out.tell(Area::Processes, self.line, &fact);
        for service in self.get(&["services"]).split(',').map(str::trim) {
            let fact = Fact { name: service, state: State::Running, ..Fact::default() };
            out.tell(Area::Services, self.line, &fact);
        }
        Area::Processes
    }

    fn driver(&self, out: &mut Collector<'_>) -> Area {
        let state = match self.get(&["state"]) {
            said if words::contains(said, "running") => State::Running,
            said if words::contains(said, "stopped") => State::Stopped,
            _ => State::Present,
        };
        let path = self
            .pairs
            .iter()
            .map(|(_, value)| words::path(value))
            .find(|path| words::ends(path, ".sys"));
        let mode = self.get(&["startmode"]);
        let is_off = mode.eq_ignore_ascii_case("disabled") && state != State::Running;
        let fact = Fact {
            name: self.get(&["modulename", "name"]),
            path: path.unwrap_or_default(),
            owner: owner_said(self.get(&["displayname", "description"])),
            state: if is_off { State::Disabled } else { state },
            ..Fact::default()
        };
        out.tell(Area::Drivers, self.line, &fact);
        Area::Drivers
    }

    fn security_center(&self, out: &mut Collector<'_>) -> Area {
        let said = self.get(&["class", "relpath", "path"]);
        let role = match said {
            said if words::contains(said, "AntiSpyware") => Role::Antispyware,
            said if words::contains(said, "Firewall") => Role::Firewall,
            _ => self.role,
        };
        let (state, current) = super::product_state(self.get(&["productstate"]));
        let number = self.get(&["instanceguid"]);
        let number = if number.is_empty() { said } else { number };
        let fact = Fact {
            name: self.get(&["displayname"]),
            path: self.get(&["pathtosignedproductexe", "pathtosignedreportingexe"]),
            guid: words::guid(number).unwrap_or_default(),
            state,
            current,
            role,
            ..Fact::default()
        };
        out.lists_center(role);
        out.tell(Area::SecurityCenter, self.line, &fact);
        Area::SecurityCenter
    }

    /// Windows Defender about itself. A signature age of 65535 days means: none.
    fn defender(&self, out: &mut Collector<'_>) -> Area {
        let is_on = self.get(&["antivirusenabled"]).eq_ignore_ascii_case("true")
            && !words::contains(self.get(&["amrunningmode"]), "passive")
            && !words::contains(self.get(&["amrunningmode"]), "not running")
            && !self.get(&["realtimeprotectionenabled"]).eq_ignore_ascii_case("false");
        let age: Option<u32> = self.get(&["antivirussignatureage"]).parse().ok();
        // A week is what Security Center itself calls out of date.
        let current = age.map(|days| days <= 7);
        out.defender(if is_on { State::Enabled } else { State::Disabled }, current);
        Area::SecurityCenter
    }

    fn filters(&self, out: &mut Collector<'_>) -> Area {
        for key in ["upperfilters", "lowerfilters"] {
            let said = self.get(&[key]).trim_matches(['{', '}']);
            for word in said.split([',', ' ', ';']).filter(|word| !word.is_empty()) {
                let path = self.get(&["class", "pspath", "pschildname"]);
                let fact = Fact { name: word, path, state: State::Present, ..Fact::default() };
                out.tell(Area::ClassFilters, self.line, &fact);
            }
        }
        Area::ClassFilters
    }

    /// A line of Autoruns: what it is follows from its category or the place it starts from.
    fn autorun(&self, out: &mut Collector<'_>) -> Area {
        out.at(AUTORUNS);
        let place = self.get(&["entrylocation"]);
        let image = self.get(&["imagepath"]);
        let path = if words::path(image).is_empty() { image } else { words::path(image) };
        let company = self.get(&["company", "publisher", "signer"]);
        let state = match () {
            () if words::contains(image, "file not found") => State::FileMissing,
            () if self.get(&["enabled"]).eq_ignore_ascii_case("disabled") => State::Disabled,
            () => State::Enabled,
        };
        let path = path.trim_start_matches("File not found: ");
        let fact =
            Fact { name: self.get(&["entry"]), path, owner: company, state, ..Fact::default() };
        let area = match self.get(&["category"]) {
            "Drivers" => Area::Drivers,
            "Services" => Area::Services,
            "Browser Helper Objects" | "Internet Explorer" => Area::Browsers,
            _ if words::contains(place, "\\Services") && words::ends(path, ".sys") => Area::Drivers,
            _ if words::contains(place, "\\Services") => Area::Services,
            _ => Area::Registry,
        };
        out.tell(area, self.line, &fact);
        area
    }
}

/// A description from Kaspersky's name on; others' descriptions are no one's signature.
pub(super) fn owner_said(description: &str) -> &str {
    let at = words::find(description, "kaspersky").or_else(|| description.find("Касперского"));
    at.and_then(|at| description.get(at..)).unwrap_or_default()
}
