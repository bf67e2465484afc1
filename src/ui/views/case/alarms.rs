//! The alarms of the case: a filter of mouse or keyboard that has lost its driver.
//!
//! They stand above everything until a scan shows them gone; nothing dismisses them.

use super::data::CaseData;
use crate::ui::widgets::alarm::alarm;
use egui::Ui;

/// Draws one for each device that must not be restarted as it is.
pub(super) fn ui(ui: &mut Ui, data: &CaseData<'_>) {
    let case = &data.file.case;
    for device in case.devices() {
        let Some(alert) = case.danger_of(device.id) else { continue };
        let mut words = alert.text.clone();
        if case.is_danger_answered(device.id) {
            words.push_str(" A lead has said that it may go on.");
        }
        alarm(ui, &format!("{}: do not restart", device.model), &words);
    }
}
