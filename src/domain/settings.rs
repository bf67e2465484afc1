//! What a store sets once: its name and desk, its clock, the campaign.

use crate::domain::campaign::Campaign;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A store and one of its desks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// The store's name on the sheet: `Best Buy Richfield`.
    pub store_name: String,
    /// The store's number: `0281`; empty when the store did not say.
    pub store_no: String,
    /// The desk's number, 1 to 99.
    pub desk_no: u8,
    /// What case numbers begin with: 1 to 8 capitals and digits, `D2`. Unique in the store.
    pub case_prefix: String,
    /// Whom the customer can call; empty when the store did not say.
    pub phone: String,
    /// The store's clock: days end at its midnight.
    pub time_zone: Tz,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            store_name: "Best Buy".to_owned(),
            store_no: String::new(),
            desk_no: 1,
            case_prefix: "D1".to_owned(),
            phone: String::new(),
            time_zone: Tz::America__Chicago,
        }
    }
}

impl Desk {
    /// `Store 0281 · Desk 2`, without a number of the store `Desk 2`.
    pub fn label(&self) -> String {
        match self.store_no.trim() {
            "" => format!("Desk {}", self.desk_no),
            store_no => format!("Store {store_no} · Desk {}", self.desk_no),
        }
    }
}

/// Everything that is set for the whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// The store and the desk.
    pub desk: Desk,
    /// The exchange program.
    pub campaign: Campaign,
    /// Whether the file holds made-up people: the window and every paper say so.
    #[serde(default)]
    pub is_training: bool,
    /// A folder in which exports appear, such as a USB stick's: `E:\exports`. Empty for none, and
    /// then not written: replaying older entries must give what stands in the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub watched_folder: String,
}

/// A setting that can't be as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum SettingsGap {
    /// The store has no name.
    #[error("Enter the store's name")]
    StoreName,
    /// The desk's number is not 1 to 99.
    #[error("Enter the desk's number, 1 to 99")]
    DeskNo,
    /// The prefix is not 1 to 8 capitals and digits.
    #[error("Enter 1 to 8 letters and digits, for example D2")]
    CasePrefix,
    /// No vendor is withdrawn.
    #[error("Enter the vendor that was withdrawn")]
    WithdrawnVendor,
    /// The length is not 1 to 3650 days.
    #[error("Enter a length of 1 to 3650 days")]
    LengthDays,
}

impl Settings {
    /// Every gap, in the order of the form.
    pub fn check(&self) -> Result<(), Vec<SettingsGap>> {
        let prefix = &self.desk.case_prefix;
        let prefix_ok = (1..=8).contains(&prefix.len())
            && prefix.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
        let gaps: Vec<_> = [
            (!self.desk.store_name.trim().is_empty(), SettingsGap::StoreName),
            ((1..=99).contains(&self.desk.desk_no), SettingsGap::DeskNo),
            (prefix_ok, SettingsGap::CasePrefix),
            (!self.campaign.withdrawn_vendor.trim().is_empty(), SettingsGap::WithdrawnVendor),
            ((1..=3650).contains(&self.campaign.length_days), SettingsGap::LengthDays),
        ]
        .into_iter()
        .filter_map(|(ok, gap)| (!ok).then_some(gap))
        .collect();
        if gaps.is_empty() { Ok(()) } else { Err(gaps) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_whole_and_each_gap_is_found() {
        assert_eq!(Settings::default().check(), Ok(()));
        let mut settings = Settings::default();
        settings.desk.store_name = " ".to_owned();
        settings.desk.desk_no = 0;
        settings.desk.case_prefix = "d2".to_owned();
        settings.campaign.length_days = 0;
        let gaps = settings.check().expect_err("gaps");
        use SettingsGap::{CasePrefix, DeskNo, LengthDays, StoreName};
        assert_eq!(gaps, [StoreName, DeskNo, CasePrefix, LengthDays]);
    }

    #[test]
    fn a_store_that_did_not_say_its_number_has_none_on_its_papers() {
        let mut desk = Desk::default();
        assert_eq!(desk.label(), "Desk 1");
        desk.store_no = "0281".to_owned();
        assert_eq!(desk.label(), "Store 0281 · Desk 1");
    }

    #[test]
    fn settings_from_before_a_folder_was_watched_are_read_and_written_as_they_were() {
        let old = serde_json::to_string(&Settings::default()).expect("JSON");
        assert!(!old.contains("watched_folder"));
        let mut settings: Settings = serde_json::from_str(&old).expect("settings");
        assert_eq!(settings, Settings::default());
        settings.watched_folder = "E:\\exports".to_owned();
        let new = serde_json::to_string(&settings).expect("JSON");
        assert_eq!(serde_json::from_str::<Settings>(&new).expect("settings"), settings);
    }
}
