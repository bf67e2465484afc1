//! The file, its copies, and the program.

use egui::Ui;

use super::SettingsData;
use crate::ui::action::{Action, Dialog};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::views::journal::{Chain, chain_ui};
use crate::ui::views::numbers::thousands;
use crate::ui::widgets::button::{Button, buttons};
use crate::ui::widgets::card::titled_card;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::key_value::{fact, fact_mono};
use crate::ui::widgets::text::text;

pub(super) fn ui(ui: &mut Ui, data: &SettingsData<'_>) -> Option<Action> {
    let by_command = match data.command {
        Some(UiCommand::Backup) => Some(Action::Backup),
        Some(UiCommand::Verify) => Some(Action::Verify),
        _ => None,
    };
    let file = data.file;
    let drawn = titled_card(ui, "File", |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        fact_mono(ui, "Path", file.path);
        fact(ui, "Customers", &thousands(file.n_customers.unsigned_abs()));
        fact(ui, "Subscriptions", &thousands(file.n_subscriptions.unsigned_abs()));
        fact(ui, "Keys", &thousands(file.n_keys.unsigned_abs()));
        fact(ui, "Cases", &thousands(file.n_cases.unsigned_abs()));
        ui.add_space(scale::SPACE_3);
        let is_checking = data.chain == Chain::Checking;
        let verify = if is_checking { "Checking …" } else { "Verify" };
        let pressed = buttons(
            ui,
            &[
                Button::secondary("Back up…").icon(Icon::HardDrive).key("Ctrl+B").salt("backup"),
                Button::secondary(verify).icon(Icon::BadgeCheck).key("Ctrl+Shift+V").salt("verify"),
                Button::secondary("Import…").icon(Icon::Upload).key("Ctrl+I").salt("import"),
            ],
        );
        match pressed? {
            0 => Some(Action::Backup),
            1 if is_checking => None,
            1 => Some(Action::Verify),
            _ => Some(Action::Open(Dialog::Import)),
        }
    });
    chain_ui(ui, data.chain, data.head);
    titled_card(ui, "About", |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        fact(ui, "Swapdesk", file.version);
        fact(ui, "SQLite", file.sqlite);
        fact(ui, "Drawn by", file.renderer);
        let words = "Nothing is sent anywhere: all of it is in this file";
        text(ui, Type::Secondary, Ink::Muted, words);
    });
    by_command.or(drawn.inner)
}
