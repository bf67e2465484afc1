//! A customer's computer or phone, and in what state it was handed over.

use crate::domain::id::DeviceId;
use serde::{Deserialize, Serialize};

/// What a device runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// Microsoft Windows.
    Windows,
    /// Apple macOS.
    MacOs,
    /// Google Android.
    Android,
    /// Apple iOS.
    Ios,
}

impl Platform {
    /// Every platform, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Windows, Self::MacOs, Self::Android, Self::Ios];

    /// The platform's name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Windows => "Windows",
            Self::MacOs => "macOS",
            Self::Android => "Android",
            Self::Ios => "iOS",
        }
    }
}

/// Whether the customer has a backup. The question is asked, never assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Backup {
    /// Yes, recent.
    Yes,
    /// No, and the customer was told what that means.
    No,
}

/// A device as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its row. The same device keeps its id at the customer's next visit.
    pub id: DeviceId,
    /// `Acer Aspire E15`.
    pub model: String,
    /// Serial number; empty when it can't be read.
    pub serial: String,
    /// What it runs.
    pub platform: Platform,
    /// Scratches, cracks; empty when nothing is worth noting.
    pub condition: String,
    /// What came with it: charger, bag; empty for none.
    pub accessories: String,
}

impl Device {
    /// `Acer Aspire E15 · S/N NXGE6AA0017160`.
    pub fn label(&self) -> String {
        if self.serial.is_empty() {
            self.model.clone()
        } else {
            format!("{} · S/N {}", self.model, self.serial)
        }
    }
}
