//! How the window looks. It takes effect at once, and is remembered on this computer.

use egui::Ui;

use crate::ui::action::{Action, Look};
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::button::{Button, buttons};
use crate::ui::widgets::card::{card, section_title};
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::text::text;

/// The looks in the order in which they are offered.
const LOOKS: [Look; 3] = [Look::System, Look::Light, Look::Dark];

/// The look's name.
pub(super) const fn label(look: Look) -> &'static str {
    match look {
        Look::System => "As the system",
        Look::Light => "Light",
        Look::Dark => "Dark",
    }
}

pub(super) fn ui(ui: &mut Ui, look: Look) -> Option<Action> {
    card(ui, |ui| {
        section_title(ui, "Appearance", "takes effect at once");
        let mut picked = LOOKS.iter().position(|known| *known == look);
        let names = LOOKS.map(label);
        Choice::new("Look", &names).show(ui, &mut picked);
        let chosen = picked.and_then(|idx| LOOKS.get(idx).copied());
        ui.add_space(scale::SPACE_2);
        zoom_ui(ui);
        chosen.filter(|chosen| *chosen != look).map(Action::SetLook)
    })
    .inner
}

fn zoom_ui(ui: &mut Ui) {
    let percent = (ui.ctx().zoom_factor() * 100.0).round();
    text(ui, Type::Label, Ink::Body, "Size");
    text(ui, Type::Body, Ink::Strong, &format!("{percent} %"));
    let pressed = buttons(
        ui,
        &[
            Button::secondary("Smaller").icon(Icon::Minus).key("Ctrl+-").salt("smaller"),
            Button::secondary("Larger").icon(Icon::Plus).key("Ctrl++").salt("larger"),
            Button::secondary("100 %").icon(Icon::RotateCcw).key("Ctrl+0").salt("reset"),
        ],
    );
    match pressed {
        Some(0) => egui::gui_zoom::zoom_out(ui.ctx()),
        Some(1) => egui::gui_zoom::zoom_in(ui.ctx()),
        Some(_) => ui.ctx().set_zoom_factor(1.0),
        None => (),
    }
}
