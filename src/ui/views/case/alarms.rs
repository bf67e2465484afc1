//! The alarms of the case: a filter of mouse or keyboard that has lost its driver.
//!
//! They stand above everything until a scan shows them gone; nothing dismisses them.

use super::data::CaseData;
use crate::domain::case::Case;
use crate::domain::evidence::trace::{Alert, AlertLevel};
use crate::domain::id::DeviceId;
use crate::ui::widgets::alarm::alarm;
use egui::Ui;

/// Draws one for each device that must not be restarted as it is.
pub(super) fn ui(ui: &mut Ui, data: &CaseData<'_>) {
    let case = &data.file.case;
    for device in case.devices() {
        if case.danger_of(device.id).is_none() {
            continue;
        }
        let mut words: Vec<&str> =
            standing(case, device.id).map(|alert| alert.text.as_str()).collect();
        if case.is_danger_answered(device.id) {
            words.push("A lead has said that it may go on.");
        }
        alarm(ui, &format!("{}: do not restart", device.model), &words.join("\n"));
    }
}

/// All that the scan says whose alert stands: mouse and keyboard may both be dead.
fn standing(case: &Case, device: DeviceId) -> impl Iterator<Item = &Alert> {
    let alerts = case.alarming(device).into_iter().flat_map(|kept| &kept.scan.alerts);
    alerts.filter(|alert| alert.level == AlertLevel::Danger)
}
