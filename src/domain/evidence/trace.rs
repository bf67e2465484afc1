//! What a scan says, as plain data: traces, coverage, verdict, other antivirus, alerts.
//!
//! Everything here can be written as JSON and read back, so that the journal can keep it.

pub use super::kind::{Area, Kind};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the evidence says about a trace's condition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The export doesn't say.
    #[default]
    Unknown,
    /// It is there; whether it is active is not said.
    Present,
    /// Switched on (Security Center, an extension).
    Enabled,
    /// Switched off. Disabled is not removed.
    Disabled,
    /// Running, or loaded.
    Running,
    /// Registered, not running.
    Stopped,
    /// Registered, but its file is missing.
    FileMissing,
    /// The log says that it was removed by the tool that wrote the log.
    Removed,
}

impl State {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Present => "present",
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::FileMissing => "file_missing",
            Self::Removed => "removed",
        }
    }
}

/// Between two places of which each alone shows a trace. No folder has this sign in its name.
pub const EITHER: char = '|';

/// How sure a trace is. Ordered: later is surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// A bare name, or found in text whose format was not recognized.
    Weak,
    /// A known name in a known place.
    Likely,
    /// Name and path or company agree, or an identifier that is Kaspersky's alone.
    Sure,
}

/// One thing of Kaspersky's found in an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// What kind of thing.
    pub kind: Kind,
    /// Its name as the export spells it, masked.
    pub name: String,
    /// The product it belongs to, where known.
    pub product: Option<String>,
    /// Year and version, "2017 (17.0.0)", where known.
    pub generation: Option<String>,
    /// File, folder or key, masked.
    pub path: Option<String>,
    /// Its condition.
    pub state: State,
    /// Line in the file, from 1.
    pub line: u64,
    /// Which of the scan's files, from 0, in the order of its digests. `None` in scans that were
    /// kept before this was recorded, and where a file could not be read to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<u32>,
    /// How sure.
    pub confidence: Confidence,
    /// The line itself, masked and cut to a readable length.
    pub text: String,
    /// What two scans are compared by: lower case, without version or folder.
    pub key: String,
    /// The places that listed it, of a kind that no list shows everywhere at once: a folder's
    /// parent, a registry key's, a device class, a section of a log. It is gone when each of them
    /// was listed again without it, or one of two that [`EITHER`] joins. Empty for other kinds, and
    /// in scans that were kept before places were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
}

impl Trace {
    /// Whether the exports say that it is there: a log may say that it was removed.
    pub fn is_there(&self) -> bool {
        self.state != State::Removed
    }
}

/// An antivirus that isn't Kaspersky's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherAntivirus {
    /// Its name as the export spells it.
    pub name: String,
    /// Who makes it; the name again where unknown.
    pub vendor: String,
    /// Enabled, disabled, running, stopped, or merely present.
    pub state: State,
    /// Whether its definitions are current; `None` when the export doesn't say.
    pub current: Option<bool>,
}

/// Something a technician must see before anything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// How loud.
    pub level: AlertLevel,
    /// What is the matter and what to do, in one or two sentences.
    pub text: String,
}

/// How loud an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertLevel {
    /// Worth knowing.
    Notice,
    /// Mouse or keyboard may be dead after the next restart.
    Danger,
}

/// What the evidence amounts to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A program entry, or a running service or process.
    Installed,
    /// No program and nothing running, but something stayed behind.
    Leftovers,
    /// Programs, services and drivers were all shown, and nothing was found.
    Clean,
    /// Nothing in these files; they don't show everything.
    #[default]
    NothingFound,
    /// Only on-demand tools.
    ToolTracesOnly,
    /// Only another brand with Kaspersky's engine.
    OtherBrand,
}

impl Verdict {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Installed => "installed",
            Self::Leftovers => "leftovers",
            Self::Clean => "clean",
            Self::NothingFound => "nothing_found",
            Self::ToolTracesOnly => "tool_traces_only",
            Self::OtherBrand => "other_brand",
        }
    }
}

impl Verdict {
    /// In words, for lists and chips.
    pub fn label(self) -> &'static str {
        match self {
            Self::Installed => "installed",
            Self::Leftovers => "leftovers",
            Self::Clean => "clean",
            Self::NothingFound => "nothing found in these files",
            Self::ToolTracesOnly => "tool traces only",
            Self::OtherBrand => "another brand with Kaspersky's engine",
        }
    }
}

/// What one or several exports of one device say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// The formats recognized, by name, in the order they came.
    pub formats: Vec<String>,
    /// What the exports show whole, sorted.
    pub covers: Vec<Area>,
    /// When the export was taken, as the export spells it; `None` where it doesn't say.
    pub taken: Option<String>,
    /// When the device was last started, `YYYYMMDDhhmmss` in its local time.
    pub booted: Option<String>,
    /// The device's own local time when the export was taken, `YYYYMMDDhhmmss`.
    pub clock: Option<String>,
    /// What it amounts to.
    pub verdict: Verdict,
    /// Everything found, in the order of the file.
    pub traces: Vec<Trace>,
    /// Antivirus that isn't Kaspersky's.
    pub other_antivirus: Vec<OtherAntivirus>,
    /// What must be seen first.
    pub alerts: Vec<Alert>,
    /// What limits this scan: cut short, damaged, not recognized.
    pub notes: Vec<String>,
    /// SHA-256 of each file's bytes, hexadecimal, in the order they came.
    pub digests: Vec<String>,
    /// Traces that were found and are not in the list: there were too many.
    #[serde(default)]
    pub n_left_out: u64,
    /// Marks of the computer's names that the exports tell, 4 hex digits each. Salted, and too
    /// short to tell a name by: they only say whether two scans may be of one computer.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// The places that were listed whole, see [`Trace::places`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// The day of the signatures that it was read with. `None` in scans that were kept before this
    /// was recorded; they are written again as they were, for the journal is compared by its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatures: Option<NaiveDate>,
}

/// Which antivirus protects the device, Kaspersky left aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// Security Center or the antivirus itself was shown, and none is on.
    None,
    /// Exactly one is on; whether its definitions are current, where the export says.
    One {
        /// Its name.
        name: String,
        /// Whether it is current.
        current: Option<bool>,
    },
    /// More than one is on: they slow each other down, or worse.
    Several,
    /// The exports don't show it.
    NotShown,
}

impl Scan {
    /// Which antivirus is on, as Security Center or the antivirus itself says.
    pub fn protection(&self) -> Protection {
        let mut on = self.other_antivirus.iter().filter(|known| known.state == State::Enabled);
        match (on.next(), on.next()) {
            (Some(one), None) => Protection::One { name: one.name.clone(), current: one.current },
            (Some(_), Some(_)) => Protection::Several,
            (None, _) if self.shows(Area::SecurityCenter) => Protection::None,
            (None, _) => Protection::NotShown,
        }
    }

    /// Whether programs, services and drivers were all shown, and nothing of the product is there.
    /// What an on-demand tool or another brand left does not count, nor what a log says to have
    /// removed: the exports show it gone.
    pub fn is_clean(&self) -> bool {
        let is_bare = self.found().next().is_none();
        self.is_whole() && is_bare && self.n_left_out == 0 && self.danger().is_none()
    }

    /// Whether programs, services and drivers were all shown.
    pub fn is_whole(&self) -> bool {
        Area::WHOLE.iter().all(|area| self.shows(*area))
    }

    /// What is there of the product.
    pub fn found(&self) -> impl Iterator<Item = &Trace> {
        self.traces.iter().filter(|trace| trace.is_there() && trace.kind.is_counted())
    }

    /// The loudest alert there is: mouse or keyboard may be dead after the next restart.
    pub fn danger(&self) -> Option<&Alert> {
        self.alerts.iter().find(|alert| alert.level == AlertLevel::Danger)
    }

    /// Whether the exports would show this trace of another scan if it were still there. Tools and
    /// other brands are told wherever they are seen.
    pub fn would_show(&self, trace: &Trace) -> bool {
        let is_shown = trace.kind.area().is_some_and(|area| self.shows(area));
        if trace.places.is_empty() || (is_shown && trace.kind.is_shown_whole()) {
            return is_shown;
        }
        // Below what is still there, nothing was listed.
        let is_hidden = self.found().any(|known| {
            let below = trace.key.strip_prefix(&known.key);
            known.kind == trace.kind && below.is_some_and(|below| below.starts_with('\\'))
        });
        !is_hidden && trace.places.iter().all(|place| self.lists(place))
    }

    /// Whether a place was listed whole, or one of the two that show the same.
    fn lists(&self, place: &str) -> bool {
        place.split(EITHER).any(|one| self.places.iter().any(|known| known == one))
    }

    /// Whether the exports show this area whole.
    pub fn shows(&self, area: Area) -> bool {
        self.covers.contains(&area)
    }
}

#[cfg(test)]
mod tests {
    use super::Scan;

    /// As scans were kept before they told which signatures they were read with, and in which file
    /// each trace was seen.
    const OLD: &str = r#"{"formats":["sc_query"],"covers":["services"],"taken":null,"booted":null,"clock":null,"verdict":"nothing_found","traces":[{"kind":"service","name":"AVP","product":null,"generation":null,"path":null,"state":"running","line":4,"confidence":"sure","text":"","key":"avp"}],"other_antivirus":[],"alerts":[],"notes":[],"digests":[],"n_left_out":0,"hosts":[]}"#;

    #[test]
    fn a_scan_of_before_it_told_its_signatures_is_read_and_written_as_it_was() {
        let scan: Scan = serde_json::from_str(OLD).expect("a scan");
        assert_eq!(scan.signatures, None);
        assert_eq!(serde_json::to_string(&scan).expect("plain data"), OLD);
    }
}
