//! The devices of check-in: known ones to take, new ones to describe.

use super::super::data::{CaseData, device_icon};
use super::draft::{CheckInDraft, DeviceDraft, Form, Spot};
use super::{card_number_error, gap_ui};
use crate::domain::case::{CheckInGap, Wants};
use crate::domain::device::{Device, Platform};
use crate::ui::theme::{Ink, Type, palette, scale};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::well;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::draw;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::text::{text, text_line};
use egui::Ui;

/// Room for the four platforms side by side.
const PLATFORMS_WIDTH: f32 = scale::FIELD_WIDTH + scale::FACT_LABEL_WIDTH + scale::SPACE_1;

/// What the form knows about a device's fields.
#[derive(Debug, Clone, Copy)]
struct Cue {
    /// The cursor is sent to the model.
    is_sent: bool,
    /// Errors are shown.
    is_tried: bool,
}

/// Where a device stands in the list, and whether one more was asked for.
struct Ends {
    idx: usize,
    is_last: bool,
    is_more_asked: bool,
}

/// Draws every device, and what can be added.
pub(super) fn all_ui(
    ui: &mut Ui,
    draft: &mut CheckInDraft,
    data: &CaseData<'_>,
    gaps: &[CheckInGap],
) {
    let mut removed = None;
    draft.serial_idx = None;
    for idx in 0..draft.devices.len() {
        ui.push_id(("device", idx), |ui| {
            well(ui, |ui| {
                ui.spacing_mut().item_spacing.y = scale::SPACE_2;
                if one_ui(ui, draft, data, idx) {
                    removed = Some(idx);
                }
            });
        });
    }
    if let Some(idx) = removed {
        draft.devices.remove(idx);
    }
    add_ui(ui, draft, data);
    gap_ui(ui, CheckInGap::Device, gaps);
}

/// Draws one device; true when it is taken out.
fn one_ui(ui: &mut Ui, draft: &mut CheckInDraft, data: &CaseData<'_>, idx: usize) -> bool {
    let cue = Cue { is_sent: draft.is_sent_to(Spot::Model(idx)), is_tried: draft.is_tried };
    let mut ends = Ends { idx, is_last: idx + 1 == draft.devices.len(), is_more_asked: false };
    let Some(device) = draft.devices.get_mut(idx) else { return false };
    let is_removed = head_ui(ui, device, data, &mut ends);
    if device.form == Form::Whole {
        let serial = identity_ui(ui, &mut device.device, cue);
        if serial {
            draft.serial_idx = Some(idx);
        }
    }
    if let Some(device) = draft.devices.get_mut(idx) {
        state_ui(ui, device);
    }
    if ends.is_more_asked {
        draft.add_blank(data.now);
    }
    is_removed
}

/// The device's name and its links; true when it is taken out.
fn head_ui(ui: &mut Ui, draft: &mut DeviceDraft, data: &CaseData<'_>, ends: &mut Ends) -> bool {
    let is_in_work = data.file.case.removal_of(draft.device.id).is_some();
    ui.horizontal(|ui| {
        icon(ui, device_icon(draft.device.platform), scale::ICON, Ink::Body);
        let label = match (draft.form, draft.device.model.trim()) {
            (Form::Brief, _) => draft.device.label(),
            (Form::Whole, "") => format!("Device {}", ends.idx + 1),
            (Form::Whole, model) => model.to_owned(),
        };
        let change = (draft.form == Form::Brief).then(|| Button::link("Change"));
        let remove = (!is_in_work).then(|| Button::link("Not this one"));
        let more = ends.is_last.then(|| Button::link("Another device").icon(Icon::Plus));
        let platform = draft.device.platform.label();
        // However long the name is, what can be pressed stays in sight.
        let gap = ui.spacing().item_spacing.x;
        let links = [change, remove, more].into_iter().flatten();
        let links: f32 = links.map(|link| link.width(ui) + gap).sum();
        let look = (Type::Secondary, palette(ui).text_muted);
        let platform_width = draw::line(ui, platform, look, f32::INFINITY).size().x + gap;
        let room = ui.available_width() - links - platform_width - scale::SPACE_1;
        ui.scope(|ui| {
            ui.set_max_width(room.max(scale::TARGET_MIN));
            text_line(ui, Type::BodyStrong, Ink::Strong, &label);
        });
        text(ui, Type::Secondary, Ink::Muted, platform);
        if change.is_some_and(|link| link.show(ui).clicked()) {
            draft.form = Form::Whole;
        }
        let is_removed = remove.is_some_and(|link| link.show(ui).clicked());
        if more.is_some_and(|link| link.show(ui).clicked()) {
            ends.is_more_asked = true;
        }
        is_removed
    })
    .inner
}

/// Make and model, serial number; whether the serial number has the cursor.
fn identity_ui(ui: &mut Ui, device: &mut Device, cue: Cue) -> bool {
    let no_model = cue.is_tried && device.model.trim().is_empty();
    let gap = no_model.then(|| CheckInGap::Model.to_string());
    let model_error = gap.or_else(|| card_number_error(&device.model));
    let (model, serial) = (&mut device.model, &mut device.serial);
    two_columns(
        ui,
        |ui| {
            let field = Field::new("Make and model").hint("Acer Aspire E15").required();
            let field = field.width(f32::INFINITY).error(model_error.as_deref());
            let response = field.show(ui, model);
            if cue.is_sent {
                response.request_focus();
            }
        },
        |ui| {
            let field = Field::new("Serial number").hint("Scan or type").mono();
            field.width(f32::INFINITY).show(ui, serial).has_focus()
        },
    )
}

/// Platform of a device that is described; condition, accessories.
fn state_ui(ui: &mut Ui, draft: &mut DeviceDraft) {
    let is_narrow = ui.available_width() < PLATFORMS_WIDTH + scale::FIELD_WIDTH;
    if draft.form == Form::Whole && is_narrow {
        platform_ui(ui, &mut draft.device);
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        if draft.form == Form::Whole && !is_narrow {
            ui.vertical(|ui| {
                ui.set_max_width(PLATFORMS_WIDTH);
                ui.spacing_mut().item_spacing.x = scale::SPACE_2;
                platform_ui(ui, &mut draft.device);
            });
        }
        let device = &mut draft.device;
        let half = (ui.available_width() - scale::SPACE_3) / 2.0;
        let error = card_number_error(&device.condition);
        let field = Field::new("Condition").hint("Scratch on the lid").width(half);
        field.error(error.as_deref()).show(ui, &mut device.condition);
        let error = card_number_error(&device.accessories);
        let field = Field::new("Came with it").hint("Charger, no bag").width(half);
        field.error(error.as_deref()).show(ui, &mut device.accessories);
    });
}

fn platform_ui(ui: &mut Ui, device: &mut Device) {
    let options = Platform::ALL.map(Platform::label);
    let mut picked = Platform::ALL.iter().position(|platform| *platform == device.platform);
    if Choice::new("Platform", &options).show(ui, &mut picked).changed()
        && let Some(platform) = picked.and_then(|idx| Platform::ALL.get(idx))
    {
        device.platform = *platform;
    }
}

/// Two things side by side; what the right one returned.
fn two_columns<R>(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        let half = (ui.available_width() - scale::SPACE_3) / 2.0;
        ui.vertical(|ui| {
            ui.set_width(half);
            left(ui);
        });
        ui.vertical(|ui| {
            ui.set_width(half);
            right(ui)
        })
        .inner
    })
    .inner
}

/// Devices of earlier visits, and a new one.
fn add_ui(ui: &mut Ui, draft: &mut CheckInDraft, data: &CaseData<'_>) {
    let is_taken = |id| draft.devices.iter().any(|draft| draft.device.id == id);
    let known: Vec<&Device> =
        data.file.known_devices.iter().filter(|device| !is_taken(device.id)).collect();
    if draft.devices.is_empty() && draft.wants == Wants::ExchangeOnly {
        text(ui, Type::Body, Ink::Muted, "An exchange needs no device at the desk");
    } else if draft.devices.is_empty() && !known.is_empty() {
        text(ui, Type::Label, Ink::Body, "Which device is it");
    }
    if known.is_empty() && !draft.devices.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_2;
        for device in known {
            let label = device.label();
            if Button::secondary(&label).icon(device_icon(device.platform)).show(ui).clicked() {
                draft.take_known(device);
            }
        }
        if draft.devices.is_empty()
            && Button::link("New device").icon(Icon::Plus).show(ui).clicked()
        {
            draft.add_blank(data.now);
        }
    });
}
