//! A lead gives their word against a rule, with a reason. The focus starts on Cancel.

use super::super::data::{CaseData, sentence};
use crate::domain::case::OverrideKind;
use crate::domain::entry::Change;
use crate::domain::id::PersonId;
use crate::domain::people::Person;
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::focus::at_first_sight;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::text::text;
use egui::Ui;

/// The digits that pick a lead go this far.
const LEADS_MAX: usize = 9;

/// What is typed.
#[derive(Debug, Default)]
pub(super) struct Draft {
    lead: Option<PersonId>,
    reason: String,
    is_tried: bool,
}

/// Draws the dialog's body.
pub(super) fn ui(
    ui: &mut Ui,
    draft: &mut Draft,
    data: &CaseData<'_>,
    kind: OverrideKind,
) -> Option<Action> {
    against_ui(ui, data, kind);
    let leads: Vec<&Person> = data.leads().into_iter().take(LEADS_MAX).collect();
    if leads.is_empty() {
        text(
            ui,
            Type::Body,
            Ink::Strong,
            "Nobody on the list is a lead. Add one under Settings, People",
        );
    } else {
        lead_ui(ui, draft, data, &leads);
    }
    let lead = leads.iter().find(|person| Some(person.id) == draft.lead).copied();
    let change = Change::Overridden {
        case: data.file.case.id,
        what: kind,
        reason: draft.reason.trim().to_owned(),
    };
    let why = data.refusal_to(lead, &change, None);
    let is_told = draft.is_tried || crate::domain::privacy::holds_card_number(&draft.reason);
    let field = Field::new("Reason, for the journal").hint("Receipt seen on the customer's phone");
    let field = field.width(f32::INFINITY).required().error(why.as_deref().filter(|_| is_told));
    field.show(ui, &mut draft.reason);
    if draft.is_tried && lead.is_none() {
        text(ui, Type::Small, Ink::Tone(Tone::Danger), "Choose the lead who gives their word");
    }
    ui.add_space(scale::SPACE_1);
    let key = UiCommand::Finish.key_text();
    let cancel = Button::secondary("Cancel").key("Esc");
    let act = Button::danger("Override the rule").key(&key);
    let pressed = ui.horizontal(|ui| {
        let width = cancel.width(ui) + act.width(ui) + scale::SPACE_3;
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space((ui.available_width() - width).max(0.0));
        let cancel = cancel.show(ui);
        at_first_sight(&cancel);
        ui.add_space(scale::SPACE_3);
        (cancel.clicked(), act.show(ui).clicked())
    });
    let (is_cancelled, is_pressed) = pressed.inner;
    if is_cancelled {
        return Some(Action::CloseDialog);
    }
    let is_asked = is_pressed || data.command == Some(UiCommand::Finish);
    if !is_asked || data.is_busy {
        return None;
    }
    draft.is_tried = true;
    let lead = lead.filter(|_| why.is_none())?;
    Some(Action::RecordAs { lead: lead.id, change })
}

/// What stands against it: the facts.
fn against_ui(ui: &mut Ui, data: &CaseData<'_>, kind: OverrideKind) {
    let facts: Vec<String> = match kind {
        OverrideKind::Exchange => data
            .file
            .eligibility
            .open_rules()
            .map(|rule| format!("{}: {}", rule.rule.label(), rule.fact))
            .collect(),
        OverrideKind::Removal => vec![sentence(&data.file.eligibility.removal.fact)],
        OverrideKind::GoOn => go_on_facts(data),
        OverrideKind::Danger => {
            data.file.case.dangers().map(|(_, alert)| sentence(&alert.text)).collect()
        }
    };
    for fact in facts {
        ui.horizontal_top(|ui| {
            icon(ui, Icon::TriangleAlert, scale::ICON, Ink::Tone(Tone::Warn));
            text(ui, Type::Body, Ink::Body, &fact);
        });
    }
}

fn go_on_facts(data: &CaseData<'_>) -> Vec<String> {
    let case = &data.file.case;
    let ended = case.unsettled().map(|(_, outcome)| outcome.label());
    let open = case.devices_to_do().map(|device| format!("{}: removal not ended", device.model));
    ended.chain(open).collect()
}

/// The lead who is at the desk is picked beforehand.
fn lead_ui(ui: &mut Ui, draft: &mut Draft, data: &CaseData<'_>, leads: &[&Person]) {
    let me = data.me.map(|me| me.id);
    if draft.lead.is_none() && leads.iter().any(|person| Some(person.id) == me) {
        draft.lead = me;
    }
    let names: Vec<&str> = leads.iter().map(|person| person.name.as_str()).collect();
    let mut picked = leads.iter().position(|person| Some(person.id) == draft.lead);
    if Choice::new("Lead who gives their word", &names).show(ui, &mut picked).changed() {
        draft.lead = picked.and_then(|idx| leads.get(idx)).map(|person| person.id);
    }
}
