//! The store and this desk.

use chrono_tz::Tz;
use egui::Ui;

use super::form::{Form, Gap, error};
use crate::domain::settings::SettingsGap;
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::card::section_title;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::text::text;

/// The clocks of US stores, as people call them.
const ZONES: [(&str, Tz); 7] = [
    ("Eastern", Tz::America__New_York),
    ("Central", Tz::America__Chicago),
    ("Mountain", Tz::America__Denver),
    ("Arizona", Tz::America__Phoenix),
    ("Pacific", Tz::America__Los_Angeles),
    ("Alaska", Tz::America__Anchorage),
    ("Hawaii", Tz::Pacific__Honolulu),
];

pub(super) fn ui(ui: &mut Ui, form: &mut Form, gaps: &[Gap]) {
    section_title(ui, "Store and desk", "stands on every sheet");
    let wrong = error(gaps, SettingsGap::StoreName);
    let field = Field::new("Store name").required().error(wrong.as_deref());
    field.width(scale::TEXT_WIDTH_MAX).show(ui, &mut form.store_name);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        Field::new("Store number").hint("0281").show(ui, &mut form.store_no);
        let field = Field::new("Phone on the sheet").help("Whom the customer can call");
        field.show(ui, &mut form.phone);
    });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        let wrong = error(gaps, SettingsGap::DeskNo);
        let field = Field::new("Desk number").hint("2").required();
        field.error(wrong.as_deref()).show(ui, &mut form.desk_no);
        let wrong = error(gaps, SettingsGap::CasePrefix);
        let prefix = form.case_prefix.trim().to_uppercase();
        let help = format!("Cases are called {prefix}-00420 and so on; unique in the store");
        let field = Field::new("Case prefix").hint("D2").required();
        field.error(wrong.as_deref()).help(&help).show(ui, &mut form.case_prefix);
    });
    zone_ui(ui, form);
}

/// A choice of the usual clocks; a file from elsewhere keeps its own beside them.
fn zone_ui(ui: &mut Ui, form: &mut Form) {
    let mut names: Vec<&str> = ZONES.iter().map(|(name, _)| *name).collect();
    let mut zones: Vec<Tz> = ZONES.iter().map(|(_, zone)| *zone).collect();
    if !zones.contains(&form.time_zone) {
        names.push(form.time_zone.name());
        zones.push(form.time_zone);
    }
    let mut picked = zones.iter().position(|zone| *zone == form.time_zone);
    Choice::new("Clock of the store", &names).show(ui, &mut picked);
    form.time_zone = picked.and_then(|idx| zones.get(idx).copied()).unwrap_or(form.time_zone);
    let words = "Days end at this clock's midnight, the last day of the offer too";
    text(ui, Type::Small, Ink::Muted, words);
}
