//! Kinds of traces, and the parts of a device in which each is looked for.

use crate::domain::device::Platform;
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

    /// Whether an export that shows the kind's area shows all there is of it on the device, wherever
    /// it was listed before. Of folders, keys and filters none does.
    pub fn is_shown_whole(self) -> bool {
        matches!(self, Self::Program)
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
    /// What must be shown whole of a Windows computer before it is called clean.
    ///
    /// Source: product rules, "Removal".
    pub const WHOLE: [Self; 3] = [Self::Programs, Self::Services, Self::Drivers];

    /// What must be shown whole of such a device for a look at it; empty where nothing can be.
    pub fn whole_of(platform: Platform) -> &'static [Self] {
        match platform {
            Platform::Windows => &Self::WHOLE,
            Platform::MacOs => &[Self::MacApps, Self::MacKexts, Self::MacLaunchd],
            Platform::Android => &[Self::AndroidPackages],
            Platform::Ios => &[],
        }
    }

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
