//! The removal of the withdrawn product from one device: how, the checklist, the outcome.
//!
//! Order matters in one place: what dies with the product is said and saved before the
//! uninstall. Source: facts C1–C4.

use crate::domain::case::ProductSeen;
use crate::domain::device::Platform;
use crate::domain::evidence::proof::Proof;
use crate::domain::id::{DeviceId, RemovalId};
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// Who removes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemovedBy {
    /// At the desk.
    Technician,
    /// The customer, alone.
    Customer,
}

/// How it is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Programs and features in Windows.
    WindowsUninstall,
    /// The vendor's removal tool.
    Kavremover,
    /// The uninstaller of the macOS app.
    MacUninstaller,
    /// From the Android settings, after the device administrator right was withdrawn.
    Android,
    /// The system was installed anew.
    SystemReinstalled,
}

impl Method {
    /// The methods that make sense on a platform, the usual one first.
    pub fn for_platform(platform: Platform) -> &'static [Self] {
        match platform {
            Platform::Windows => {
                &[Self::WindowsUninstall, Self::Kavremover, Self::SystemReinstalled]
            }
            Platform::MacOs => &[Self::MacUninstaller, Self::SystemReinstalled],
            Platform::Android => &[Self::Android, Self::SystemReinstalled],
            Platform::Ios => &[Self::SystemReinstalled],
        }
    }

    /// As it stands on the sheet.
    pub fn label(self) -> &'static str {
        match self {
            Self::WindowsUninstall => "Windows uninstall",
            Self::Kavremover => "kavremover",
            Self::MacUninstaller => "macOS uninstaller",
            Self::Android => "Android settings",
            Self::SystemReinstalled => "System re-installed",
        }
    }
}

/// An item of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The customer was told what dies with the product, and it was saved.
    DataSaved,
    /// The uninstall ran to its end.
    Uninstalled,
    /// The device was restarted after it.
    Restarted,
    /// Programs, services, drivers, browsers: nothing is left.
    LeftoversChecked,
    /// Windows Security, or another product, is on.
    ProtectionOn,
}

impl Check {
    /// The checklist, in order.
    pub const ALL: [Self; 5] = [
        Self::DataSaved,
        Self::Uninstalled,
        Self::Restarted,
        Self::LeftoversChecked,
        Self::ProtectionOn,
    ];

    /// The items without which nothing is called removed. [`Self::ProtectionOn`] is not one:
    /// on Windows 7 nothing comes back by itself.
    pub const NEEDED: [Self; 4] =
        [Self::DataSaved, Self::Uninstalled, Self::Restarted, Self::LeftoversChecked];

    /// The item, for a method.
    pub fn label(self, method: Method) -> &'static str {
        match (self, method) {
            (Self::DataSaved, _) => "Customer's data is safe",
            (Self::Uninstalled, Method::WindowsUninstall) => "Uninstalled from Windows",
            (Self::Uninstalled, Method::Kavremover) => "kavremover run, once per product",
            (Self::Uninstalled, Method::MacUninstaller) => "macOS uninstaller run",
            (Self::Uninstalled, Method::Android) => "Administrator right withdrawn, app removed",
            (Self::Uninstalled, Method::SystemReinstalled) => "System installed anew",
            (Self::Restarted, _) => "Restarted",
            (Self::LeftoversChecked, _) => "Looked for leftovers",
            (Self::ProtectionOn, _) => "Windows Security or another antivirus is on",
        }
    }

    /// What to look at, in one sentence.
    pub fn hint(self, platform: Platform) -> &'static str {
        match (self, platform) {
            (Self::DataSaved, _) => {
                "Quarantine restored, Password Manager exported, vaults and backups opened"
            }
            (Self::Uninstalled, _) => "Keep no license data: leave nothing ticked in the wizard",
            (Self::Restarted, _) => "The removal is complete only after a restart",
            (Self::LeftoversChecked, Platform::Windows) => {
                "Programs, services, drivers, browser extensions, Security Center"
            }
            (Self::LeftoversChecked, Platform::MacOs) => {
                "Applications, Library folders, browser extensions"
            }
            (Self::LeftoversChecked, Platform::Android | Platform::Ios) => {
                "Apps, device administrators"
            }
            (Self::ProtectionOn, _) => "Confirm on the customer's screen",
        }
    }
}

/// What the customer loses with the product, to be said before the uninstall.
///
/// Source: facts C2.
pub const DIES_WITH_THE_PRODUCT: [&str; 4] = [
    "Files in quarantine can't be reached any more",
    "Passwords in Kaspersky Password Manager: the customer exports them first",
    "Data vaults and backups: open or decrypt them first",
    "Automatic renewal goes on: the customer cancels it where it is billed",
];

/// The same on one line, to be said before the uninstall.
pub const DIES_IN_SHORT: &str = "Say before the uninstall: quarantine, saved passwords, vaults and \
     backups die with the product; the renewal goes on";

/// How a removal ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing is left, and a scan after the removal shows it.
    RemovedAsShown {
        /// By which scans.
        proof: Proof,
    },
    /// Nothing is left, on the technician's statement: how it was looked for. Printed as such.
    RemovedAsStated {
        /// What the technician looked at.
        statement: String,
    },
    /// Removed, but something is still there.
    LeftoversRemain {
        /// What, and why it stays.
        reason: String,
    },
    /// The customer removed it alone, and says so.
    RemovedByCustomer,
    /// The customer will remove it at home.
    LeftToCustomer,
    /// It could not be removed, or the restart was refused.
    NotRemoved {
        /// Why.
        reason: String,
    },
}

impl Outcome {
    /// As it stands on the screen and the sheet.
    pub fn label(&self) -> String {
        match self {
            Self::RemovedAsShown { proof } => {
                format!("Removed, as the scan shows: {}", proof.summary)
            }
            Self::RemovedAsStated { statement } => format!("Removed, as stated: {statement}"),
            Self::LeftoversRemain { reason } => format!("Removed, but leftovers remain: {reason}"),
            Self::RemovedByCustomer => "Removed by the customer, as the customer says".to_owned(),
            Self::LeftToCustomer => "The customer will remove it at home".to_owned(),
            Self::NotRemoved { reason } => format!("Not removed: {reason}"),
        }
    }

    /// Whether the device lost its protection by it.
    pub fn leaves_unprotected(&self) -> bool {
        matches!(
            self,
            Self::RemovedAsShown { .. }
                | Self::RemovedAsStated { .. }
                | Self::LeftoversRemain { .. }
                | Self::RemovedByCustomer
        )
    }

    /// Whether it says that nothing is left.
    pub fn is_removed(&self) -> bool {
        matches!(
            self,
            Self::RemovedAsShown { .. } | Self::RemovedAsStated { .. } | Self::RemovedByCustomer
        )
    }

    /// Whether it says why it ended as it did, in words of a person's own.
    pub fn has_reason(&self) -> bool {
        matches!(self, Self::LeftoversRemain { .. } | Self::NotRemoved { .. })
    }

    /// Whether a replacement may follow without a lead's word.
    pub fn is_settled(&self) -> bool {
        !matches!(self, Self::NotRemoved { .. } | Self::LeftoversRemain { .. })
    }
}

/// The end of a removal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finish {
    /// When.
    pub at: Moment,
    /// How it ended.
    pub outcome: Outcome,
    /// Anything else; empty for nothing.
    pub notes: String,
}

/// The removal from one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// Its row.
    pub id: RemovalId,
    /// From which device.
    pub device: DeviceId,
    /// Who removes.
    pub by: RemovedBy,
    /// How.
    pub method: Method,
    /// What is removed: `Kaspersky Internet Security`.
    pub product: String,
    /// Its version, as the program shows it; empty when nobody looked.
    pub version: String,
    /// When it was started.
    pub started_at: Moment,
    /// Ticked items with the moment of the tick, in the order of [`Check::ALL`].
    pub checks: Vec<(Check, Moment)>,
    /// How it ended; `None` while it runs.
    pub finish: Option<Finish>,
}

impl Removal {
    /// When `check` was ticked.
    pub fn ticked_at(&self, check: Check) -> Option<Moment> {
        self.checks.iter().find(|(ticked, _)| *ticked == check).map(|(_, at)| *at)
    }

    /// The first needed item that is not ticked.
    pub fn next_needed(&self) -> Option<Check> {
        Check::NEEDED.into_iter().find(|check| self.ticked_at(*check).is_none())
    }

    /// Why `check` can't be ticked yet; `None` when it can.
    pub fn why_not_yet(&self, check: Check) -> Option<&'static str> {
        let is = |check| self.ticked_at(check).is_some();
        match check {
            Check::DataSaved | Check::ProtectionOn => None,
            Check::Uninstalled if !is(Check::DataSaved) => {
                Some("First say what dies with the product, and save it")
            }
            Check::Restarted if !is(Check::Uninstalled) => Some("First uninstall"),
            Check::LeftoversChecked if !is(Check::Restarted) => Some("First restart"),
            Check::Uninstalled | Check::Restarted | Check::LeftoversChecked => None,
        }
    }

    /// Described by what a scan tells, where nobody described it: the version, and the product where
    /// it is called by its `vendor` alone. `None` where nothing is open.
    pub fn told(&self, seen: &ProductSeen, vendor: &str) -> Option<Self> {
        let mut told = self.described();
        if told.version.trim().is_empty() {
            told.version.clone_from(&seen.version);
        }
        if told.product.trim().is_empty() || told.product.trim() == vendor {
            told.product.clone_from(&seen.name);
        }
        ((&told.version, &told.product) != (&self.version, &self.product)).then_some(told)
    }

    /// As it is described, without what was done: what an entry that describes it anew holds.
    #[must_use]
    pub fn described(&self) -> Self {
        Self { checks: Vec::new(), finish: None, ..self.clone() }
    }

    /// Why the tick of `check` can't be taken back; `None` when it can. What rests on it goes first.
    pub fn why_not_back(&self, check: Check) -> Option<&'static str> {
        let rests_on_it = |later: Check| later > check && self.ticked_at(later).is_some();
        let is_needed = Check::NEEDED.contains(&check);
        (is_needed && Check::NEEDED.into_iter().any(rests_on_it))
            .then_some("First take back the later one")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn removal(ticked: &[Check]) -> Removal {
        Removal {
            id: RemovalId(Uuid::nil()),
            device: DeviceId(Uuid::nil()),
            by: RemovedBy::Technician,
            method: Method::WindowsUninstall,
            product: "Kaspersky Internet Security".to_owned(),
            version: String::new(),
            started_at: Moment(0),
            checks: ticked.iter().map(|check| (*check, Moment(0))).collect(),
            finish: None,
        }
    }

    #[test]
    fn nothing_is_uninstalled_before_the_customers_data_is_safe() {
        use Check::{DataSaved, LeftoversChecked, Restarted, Uninstalled};
        let table: [(&[Check], Check, bool); 7] = [
            (&[], DataSaved, true),
            (&[], Uninstalled, false),
            (&[DataSaved], Uninstalled, true),
            (&[DataSaved], Restarted, false),
            (&[DataSaved, Uninstalled], Restarted, true),
            (&[DataSaved, Uninstalled], LeftoversChecked, false),
            (&[DataSaved, Uninstalled, Restarted], LeftoversChecked, true),
        ];
        for (ticked, check, allowed) in table {
            let why = removal(ticked).why_not_yet(check);
            assert_eq!(why.is_none(), allowed, "{ticked:?} then {check:?}");
        }
    }

    #[test]
    fn ticks_are_taken_back_from_the_last_to_the_first() {
        use Check::{DataSaved, LeftoversChecked, ProtectionOn, Restarted, Uninstalled};
        let table: [(&[Check], Check, bool); 7] = [
            (&[DataSaved], DataSaved, true),
            (&[DataSaved, Uninstalled], DataSaved, false),
            (&[DataSaved, Uninstalled], Uninstalled, true),
            (&[DataSaved, Uninstalled, Restarted, LeftoversChecked], Uninstalled, false),
            (&[DataSaved, Uninstalled, Restarted, LeftoversChecked], LeftoversChecked, true),
            (&[DataSaved, ProtectionOn], DataSaved, true),
            (&[DataSaved, Uninstalled, ProtectionOn], ProtectionOn, true),
        ];
        for (ticked, check, allowed) in table {
            let why = removal(ticked).why_not_back(check);
            assert_eq!(why.is_none(), allowed, "{check:?} of {ticked:?}");
        }
    }

    #[test]
    fn every_platform_has_a_way_to_remove() {
        for platform in Platform::ALL {
            assert!(!Method::for_platform(platform).is_empty(), "{platform:?}");
        }
    }
}
