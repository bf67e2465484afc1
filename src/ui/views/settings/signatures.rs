//! By which signatures scans find what is Kaspersky's: the program's own, or a newer file.

use egui::Ui;

use super::SettingsData;
use crate::domain::entry::Change;
use crate::domain::id::PersonId;
use crate::domain::signature_file::SignaturesHere;
use crate::domain::time::day_text;
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::views::numbers::thousands;
use crate::ui::views::word::{LeadChoice, Staff};
use crate::ui::widgets::button::{Button, buttons};
use crate::ui::widgets::card::section_title;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::key_value::facts;
use crate::ui::widgets::text::{announce, text};

/// The part about signatures. Keeps why the last file was refused.
#[derive(Debug, Default)]
pub(super) struct SignaturesPart {
    refused: Option<String>,
    /// Something was asked for while there was no lead who says so.
    asks_lead: bool,
}

impl SignaturesPart {
    /// Draws the part. What is chosen here counts at once, from the next scan on.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        data: &SettingsData<'_>,
        lead: &LeadChoice,
    ) -> Option<Action> {
        section_title(ui, "Signatures", "take effect with the next scan");
        in_use_ui(ui, data.signatures);
        let gap = lead.gap(data.staff);
        let lead_first = gap.filter(|_| self.asks_lead).map(|gap| format!("{gap} first, below"));
        if let Some(why) = lead_first.as_ref().or(self.refused.as_ref()) {
            refused_ui(ui, why);
        }
        let choose = Button::secondary("Choose newer file…").icon(Icon::FolderSearch);
        let choose = choose.key("Ctrl+U").salt("choose-signatures").blocked(gap);
        let back = Button::secondary("Back to the built-in ones").icon(Icon::RotateCcw);
        let back = back.key("Ctrl+Shift+U").salt("reset-signatures");
        let has_chosen = data.signatures.chosen.is_some();
        // The gap is said beside the first button; twice would be once too often.
        let pressed =
            if has_chosen { buttons(ui, &[choose, back]) } else { buttons(ui, &[choose]) };
        let is_choose = pressed == Some(0) || data.command == Some(UiCommand::ChooseSignatures);
        let is_back = pressed == Some(1) || data.command == Some(UiCommand::ResetSignatures);
        let is_reset = is_back && has_chosen;
        if !is_choose && !is_reset {
            return None;
        }
        let Some(who) = self.ask(lead, data.staff) else {
            // What is missing is said in the next frame.
            ui.ctx().request_repaint();
            return None;
        };
        if is_choose {
            Some(Action::PickSignatures(who))
        } else {
            lead.record(data.staff, Change::SignaturesReset)
        }
    }

    /// Who says that other signatures are used. Where no lead does, that is said.
    pub(super) fn ask(&mut self, lead: &LeadChoice, staff: Staff<'_>) -> Option<PersonId> {
        self.asks_lead = lead.gap(staff).is_some();
        self.refused = None;
        lead.who(staff)
    }

    /// A file was read: why it is not used, if it is not.
    pub(super) fn read(&mut self, name: &str, refused: Option<&str>) {
        self.refused = refused.map(|why| format!("{name} was not taken: {why}"));
    }
}

/// In as many lines as it takes: what is wrong with a file may be a long sentence.
fn refused_ui(ui: &mut Ui, why: &str) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_2;
        icon(ui, Icon::CircleAlert, scale::ICON, Ink::Tone(Tone::Danger));
        ui.vertical(|ui| announce(&text(ui, Type::Secondary, Ink::Body, why)));
    });
}

fn in_use_ui(ui: &mut Ui, here: &SignaturesHere) {
    let count = |n: u32| thousands(u64::from(n));
    let own = format!("Built in, {}, {} entries", day_text(here.own_day), count(here.n_own));
    let of_file = here.chosen.as_ref().map(|chosen| {
        let (name, day) = (&chosen.file.name, day_text(chosen.day));
        format!("{name}, {day}, {} entries", count(chosen.n_entries))
    });
    match (&of_file, here.chosen_in_use()) {
        (Some(file), Some(_)) => facts(ui, &[("In use", file), ("Not used", &own)]),
        (Some(file), None) => facts(ui, &[("In use", &own), ("Not used, older", file)]),
        (None, _) => facts(ui, &[("In use", &own)]),
    }
    ui.add_space(scale::SPACE_1);
    let words = "Names and patterns by which scans find what is left. A newer file needs no new \
                 program; drop it here or choose it";
    text(ui, Type::Small, Ink::Muted, words);
}
