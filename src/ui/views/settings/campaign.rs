//! The exchange program, with the last day as it is typed.

use egui::Ui;

use super::SettingsData;
use super::form::{Form, Gap, error};
use crate::domain::campaign::{Campaign, DayCounting, WindowState};
use crate::domain::settings::SettingsGap;
use crate::domain::time::{count_text, day_text, parse_day};
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::card::{section_title, well};
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::text::text;

pub(super) fn ui(ui: &mut Ui, form: (&mut Form, &[Gap]), data: &SettingsData<'_>) {
    let (form, gaps) = form;
    section_title(ui, "Campaign", "counts for cases that are opened from now on");
    let wrong = error(gaps, SettingsGap::WithdrawnVendor);
    let field = Field::new("Withdrawn vendor").required().error(wrong.as_deref());
    field.help("Its products are removed and never handed out").show(ui, &mut form.vendor);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        let wrong = error(gaps, Gap::FirstDay);
        let field = Field::new("First day").hint("2017-09-08").required();
        field.error(wrong.as_deref()).show(ui, &mut form.first_day);
        let wrong = error(gaps, SettingsGap::LengthDays);
        let field = Field::new("Length in days").hint("45").required();
        field.error(wrong.as_deref()).show(ui, &mut form.length_days);
    });
    let mut picked = Some(usize::from(form.counting == DayCounting::FirstDayIncluded));
    let options = ["The day after it is day 1", "It is day 1"];
    Choice::new("Does the first day count?", &options).show(ui, &mut picked);
    form.counting = match picked {
        Some(1) => DayCounting::FirstDayIncluded,
        _ => DayCounting::FirstDayExcluded,
    };
    well(ui, |ui| {
        text(ui, Type::BodyStrong, Ink::Strong, &last_day_text(form));
        text(ui, Type::Secondary, Ink::Muted, &state_text(form, data));
    });
}

fn campaign_of(form: &Form) -> Option<Campaign> {
    let length_days = form.length_days.trim().parse().ok().filter(|n| (1..=3650).contains(n))?;
    Some(Campaign {
        withdrawn_vendor: form.vendor.clone(),
        first_day: parse_day(&form.first_day)?,
        length_days,
        counting: form.counting,
    })
}

fn last_day_text(form: &Form) -> String {
    match campaign_of(form) {
        Some(campaign) => {
            format!("The last day is {}, until midnight", day_text(campaign.last_day()))
        }
        None => "The last day stands here once first day and length are typed".to_owned(),
    }
}

fn state_text(form: &Form, data: &SettingsData<'_>) -> String {
    match campaign_of(form).map(|campaign| campaign.state_on(data.today)) {
        Some(WindowState::NotYet) => "The offer has not begun".to_owned(),
        Some(WindowState::Open { days_left: 0 }) => "Today is the last day".to_owned(),
        Some(WindowState::Open { days_left }) => {
            format!("{} left after today", count_text(days_left, "day"))
        }
        Some(WindowState::Over) => "The offer is over; open cases can be finished".to_owned(),
        None => String::new(),
    }
}
