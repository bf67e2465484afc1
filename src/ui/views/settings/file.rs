//! The file, its copies, and the program.

use egui::Ui;

use super::SettingsData;
use crate::ui::action::{Action, Dialog};
use crate::ui::command::UiCommand;
use crate::ui::theme::scale;
use crate::ui::views::journal::{Chain, chain_ui};
use crate::ui::widgets::button::{Button, buttons};
use crate::ui::widgets::card::{section_title, titled_card};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::key_value::{fact, fact_mono};

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
        fact(ui, "Customers", &thousands(file.n_customers));
        fact(ui, "Subscriptions", &thousands(file.n_subscriptions));
        fact(ui, "Keys", &thousands(file.n_keys));
        fact(ui, "Cases", &thousands(file.n_cases));
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
        section_title(ui, "", "Nothing here is sent anywhere: all of it is in the file");
    });
    by_command.or(drawn.inner)
}

/// `1,000,000`.
fn thousands(n: i64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_parted_by_commas() {
        for (n, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(n), text);
        }
    }
}
