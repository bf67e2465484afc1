//! What a scan says, as plain data: traces, coverage, verdict, other antivirus, alerts.
//!
//! Everything here can be written as JSON and read back, so that the journal can keep it.

use serde::{Deserialize, Serialize};

/// The kind of a trace, as named on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An entry in the list of installed programs.
    Program,
    /// A Windows service.
    Service,
    /// A kernel driver: loaded, registered as a service, or only its file.
    Driver,
    /// A running process.
    Process,
    /// An entry in Windows Security Center. Alone no proof of an installation.
    SecurityCenter,
    /// A folder or a file in it.
    Folder,
    /// A registry key, a value that starts something, or a shell extension.
    RegistryKey,
    /// A word in `UpperFilters` or `LowerFilters` of a device class.
    ClassFilter,
    /// A filter bound to network adapters.
    NetworkFilter,
    /// A root certificate.
    Certificate,
    /// A browser's extension, helper object or toolbar.
    BrowserExtension,
    /// A macOS application.
    MacApp,
    /// A macOS kernel extension.
    MacKext,
    /// A macOS launch daemon or agent.
    MacLaunchd,
    /// An Android package.
    AndroidPackage,
    /// An on-demand tool (KVRT, TDSSKiller, kavremover …): never the subscription.
    Tool,
    /// Another brand's product with Kaspersky's engine: never the subscription.
    OtherBrand,
}

impl Kind {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Service => "service",
            Self::Driver => "driver",
            Self::Process => "process",
            Self::SecurityCenter => "security_center",
            Self::Folder => "folder",
            Self::RegistryKey => "registry_key",
            Self::ClassFilter => "class_filter",
            Self::NetworkFilter => "network_filter",
            Self::Certificate => "certificate",
            Self::BrowserExtension => "browser_extension",
            Self::MacApp => "mac_app",
            Self::MacKext => "mac_kext",
            Self::MacLaunchd => "mac_launchd",
            Self::AndroidPackage => "android_package",
            Self::Tool => "tool",
            Self::OtherBrand => "other_brand",
        }
    }

    /// In words, of one: `driver`, `registry key`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Service => "service",
            Self::Driver => "driver",
            Self::Process => "process",
            Self::SecurityCenter => "Security Center entry",
            Self::Folder => "folder",
            Self::RegistryKey => "registry key",
            Self::ClassFilter => "device filter",
            Self::NetworkFilter => "network filter",
            Self::Certificate => "certificate",
            Self::BrowserExtension => "browser extension",
            Self::MacApp => "app",
            Self::MacKext => "kernel extension",
            Self::MacLaunchd => "launch item",
            Self::AndroidPackage => "package",
            Self::Tool => "tool",
            Self::OtherBrand => "other brand",
        }
    }

    /// Whether a trace of this kind is counted as one of the subscription's product. On-demand
    /// tools and other brands' products never are.
    pub fn is_counted(self) -> bool {
        !matches!(self, Self::Tool | Self::OtherBrand)
    }

    /// The area that an after-scan must cover before a missing trace of this kind counts as gone.
    /// `None` for tools and other brands: they are told, not removed.
    pub fn area(self) -> Option<Area> {
        match self {
            Self::Program => Some(Area::Programs),
            Self::Service => Some(Area::Services),
            Self::Driver => Some(Area::Drivers),
            Self::Process => Some(Area::Processes),
            Self::SecurityCenter => Some(Area::SecurityCenter),
            Self::Folder => Some(Area::Folders),
            Self::RegistryKey => Some(Area::Registry),
            Self::ClassFilter => Some(Area::ClassFilters),
            Self::NetworkFilter => Some(Area::NetworkFilters),
            Self::Certificate => Some(Area::Certificates),
            Self::BrowserExtension => Some(Area::Browsers),
            Self::MacApp => Some(Area::MacApps),
            Self::MacKext => Some(Area::MacKexts),
            Self::MacLaunchd => Some(Area::MacLaunchd),
            Self::AndroidPackage => Some(Area::AndroidPackages),
            Self::Tool | Self::OtherBrand => None,
        }
    }
}

/// A part of a device that an export can show whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// The list of installed programs.
    Programs,
    /// Windows services.
    Services,
    /// Kernel drivers.
    Drivers,
    /// Running processes.
    Processes,
    /// Windows Security Center.
    SecurityCenter,
    /// Upper and lower filters of device classes.
    ClassFilters,
    /// Filters bound to network adapters.
    NetworkFilters,
    /// Browser extensions.
    Browsers,
    /// Certificate stores.
    Certificates,
    /// Folders and files, as far as a tool lists them.
    Folders,
    /// Autostart entries and registry keys, as far as a tool lists them.
    Registry,
    /// macOS applications.
    MacApps,
    /// macOS kernel extensions.
    MacKexts,
    /// macOS launch daemons and agents.
    MacLaunchd,
    /// Android packages.
    AndroidPackages,
}

impl Area {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Programs => "programs",
            Self::Services => "services",
            Self::Drivers => "drivers",
            Self::Processes => "processes",
            Self::SecurityCenter => "security_center",
            Self::ClassFilters => "class_filters",
            Self::NetworkFilters => "network_filters",
            Self::Browsers => "browsers",
            Self::Certificates => "certificates",
            Self::Folders => "folders",
            Self::Registry => "registry",
            Self::MacApps => "mac_apps",
            Self::MacKexts => "mac_kexts",
            Self::MacLaunchd => "mac_launchd",
            Self::AndroidPackages => "android_packages",
        }
    }
}

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
    /// How sure.
    pub confidence: Confidence,
    /// The line itself, masked and cut to a readable length.
    pub text: String,
    /// What two scans are compared by: lower case, without version or folder.
    pub key: String,
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
    /// What an on-demand tool or another brand left does not count.
    pub fn is_clean(&self) -> bool {
        let is_whole =
            [Area::Programs, Area::Services, Area::Drivers].iter().all(|area| self.shows(*area));
        let is_bare = self.traces.iter().all(|trace| !trace.kind.is_counted());
        is_whole && is_bare && self.n_left_out == 0 && self.danger().is_none()
    }

    /// What is there of the product.
    pub fn found(&self) -> impl Iterator<Item = &Trace> {
        self.traces.iter().filter(|trace| trace.is_there() && trace.kind.is_counted())
    }

    /// The loudest alert there is: mouse or keyboard may be dead after the next restart.
    pub fn danger(&self) -> Option<&Alert> {
        self.alerts.iter().find(|alert| alert.level == AlertLevel::Danger)
    }

    /// Whether the exports show this area whole.
    pub fn shows(&self, area: Area) -> bool {
        self.covers.contains(&area)
    }
}
