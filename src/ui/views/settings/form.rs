//! What is typed for the store and the campaign, and how it becomes settings.

use chrono_tz::Tz;

use crate::domain::campaign::DayCounting;
use crate::domain::settings::{Settings, SettingsGap};
use crate::domain::time::parse_day;

/// What can't be as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Gap {
    /// A rule of the settings.
    #[error(transparent)]
    Rule(#[from] SettingsGap),
    /// No day.
    #[error("Enter a day that exists, for example 2017-09-08")]
    FirstDay,
}

/// All fields as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) store_name: String,
    pub(super) store_no: String,
    pub(super) desk_no: String,
    pub(super) case_prefix: String,
    pub(super) phone: String,
    pub(super) time_zone: Tz,
    pub(super) vendor: String,
    pub(super) first_day: String,
    pub(super) length_days: String,
    pub(super) counting: DayCounting,
    pub(super) watched_folder: String,
}

impl Form {
    /// The fields as they stand in the file.
    pub(super) fn of(settings: &Settings) -> Self {
        let (desk, campaign) = (&settings.desk, &settings.campaign);
        Self {
            store_name: desk.store_name.clone(),
            store_no: desk.store_no.clone(),
            desk_no: desk.desk_no.to_string(),
            case_prefix: desk.case_prefix.clone(),
            phone: desk.phone.clone(),
            time_zone: desk.time_zone,
            vendor: campaign.withdrawn_vendor.clone(),
            first_day: campaign.first_day.to_string(),
            length_days: campaign.length_days.to_string(),
            counting: campaign.counting,
            watched_folder: settings.watched_folder.clone(),
        }
    }

    /// The settings that were typed, or every gap. What has no field stays as in `before`.
    pub(super) fn read(&self, before: &Settings) -> Result<Settings, Vec<Gap>> {
        let mut settings = before.clone();
        let desk = &mut settings.desk;
        self.store_name.trim().clone_into(&mut desk.store_name);
        self.store_no.trim().clone_into(&mut desk.store_no);
        // What is no number falls out of the range, and so is told.
        desk.desk_no = self.desk_no.trim().parse().unwrap_or_default();
        desk.case_prefix = self.case_prefix.trim().to_uppercase();
        self.phone.trim().clone_into(&mut desk.phone);
        desk.time_zone = self.time_zone;
        let campaign = &mut settings.campaign;
        self.vendor.trim().clone_into(&mut campaign.withdrawn_vendor);
        campaign.length_days = self.length_days.trim().parse().unwrap_or_default();
        campaign.counting = self.counting;
        let first_day = parse_day(&self.first_day);
        campaign.first_day = first_day.unwrap_or(before.campaign.first_day);
        self.watched_folder.trim().clone_into(&mut settings.watched_folder);
        let rules = settings.check().err().unwrap_or_default();
        let mut gaps: Vec<Gap> = rules.into_iter().map(Gap::Rule).collect();
        if first_day.is_none() {
            gaps.push(Gap::FirstDay);
        }
        if gaps.is_empty() { Ok(settings) } else { Err(gaps) }
    }
}

/// The words of `gap` if it is among `gaps`.
pub(super) fn error(gaps: &[Gap], gap: impl Into<Gap>) -> Option<String> {
    let gap = gap.into();
    gaps.contains(&gap).then(|| gap.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_reads_back_as_it_was() {
        let settings = Settings::default();
        assert_eq!(Form::of(&settings).read(&settings), Ok(settings));
    }

    #[test]
    fn every_field_that_cannot_be_is_told() {
        let settings = Settings::default();
        let mut form = Form::of(&settings);
        form.store_name = " ".to_owned();
        form.desk_no = "two".to_owned();
        form.first_day = "2017-02-30".to_owned();
        form.length_days = "-1".to_owned();
        form.case_prefix = "d 2".to_owned();
        use SettingsGap::{CasePrefix, DeskNo, LengthDays, StoreName};
        let rules = [StoreName, DeskNo, CasePrefix, LengthDays].map(Gap::Rule);
        let mut gaps = rules.to_vec();
        gaps.push(Gap::FirstDay);
        assert_eq!(form.read(&settings), Err(gaps));
    }

    #[test]
    fn a_prefix_is_capitals_however_it_was_typed() {
        let settings = Settings::default();
        let form = Form { case_prefix: " d7 ".to_owned(), ..Form::of(&settings) };
        assert_eq!(form.read(&settings).map(|s| s.desk.case_prefix), Ok("D7".to_owned()));
    }
}
