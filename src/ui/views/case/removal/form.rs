//! How Kaspersky is removed: by whom, by what means, which product.

use super::dies_ui;
use super::draft::RemovalDraft;
use crate::domain::device::Device;
use crate::domain::removal::{Method, Removal, RemovedBy};
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::focus::is_first_sight;
use crate::ui::widgets::text::text_line;
use egui::Ui;

/// Draws the form. No field has the focus at first: letters are commands, and a log may be pasted.
pub(super) fn ui(ui: &mut Ui, draft: &mut RemovalDraft, device: &Device) {
    ui.spacing_mut().item_spacing.y = scale::SPACE_3;
    ui.add_space(scale::SPACE_1);
    let mut picked = Some(usize::from(draft.by == RemovedBy::Customer));
    let by = Choice::new("Who removes it", &["Technician", "Customer"]);
    if by.show(ui, &mut picked).changed() {
        draft.by = match picked {
            Some(1) => RemovedBy::Customer,
            _ => RemovedBy::Technician,
        };
    }
    let methods = Method::for_platform(device.platform);
    let labels: Vec<&str> = methods.iter().map(|method| method.label()).collect();
    let mut picked = methods.iter().position(|method| *method == draft.method);
    let mut how = Choice::new("How", &labels);
    if is_first_sight(ui, "removal form") {
        how = how.focused();
    }
    if how.show(ui, &mut picked).changed()
        && let Some(method) = picked.and_then(|idx| methods.get(idx))
    {
        draft.method = *method;
    }
    let is_missing = draft.is_tried && draft.product.trim().is_empty();
    let error =
        is_missing.then_some("Enter what is removed, for example Kaspersky Internet Security");
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        let third = (ui.available_width() - scale::SPACE_3) / 3.0;
        let product = Field::new("Product removed").width(2.0 * third).error(error);
        product.show(ui, &mut draft.product);
        let version = Field::new("Version").hint("17.0.0.611").width(third).mono();
        version.show(ui, &mut draft.version);
    });
    dies_ui(ui);
}

/// One line about a removal that runs, with `links` behind it; the index of the one pressed.
pub(super) fn summary_ui(ui: &mut Ui, removal: &Removal, links: &[&str]) -> Option<usize> {
    let who = match removal.by {
        RemovedBy::Technician => removal.method.label(),
        RemovedBy::Customer => "By the customer",
    };
    let product = format!("{} {}", removal.product, removal.version);
    let words = format!("{who} · {}", product.trim());
    ui.horizontal(|ui| {
        ui.set_min_height(scale::TARGET_MIN);
        let links: Vec<Button<'_>> =
            links.iter().map(|words| Button::link(words).salt(words)).collect();
        let width: f32 = links.iter().map(|link| link.width(ui) + scale::SPACE_2).sum();
        let room = ui.available_width() - width - scale::SPACE_2;
        ui.scope(|ui| {
            ui.set_max_width(room);
            text_line(ui, Type::Secondary, Ink::Muted, &words);
        });
        let mut pressed = None;
        for (idx, link) in links.into_iter().enumerate() {
            if link.show(ui).clicked() {
                pressed = Some(idx);
            }
        }
        pressed
    })
    .inner
}
