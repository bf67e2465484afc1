//! How a removal ended: the choice and its words, and the end once it is in the file.

use super::super::data::CaseData;
use super::super::draft::CaseDraft;
use super::draft::{End, Question, RemovalDraft};
use super::evidence::Evidence;
use super::{Panel, shown};
use crate::domain::case::CheckInGap;
use crate::domain::entry::Change;
use crate::domain::privacy::holds_card_number;
use crate::domain::removal::{Outcome, Removal};
use crate::ui::action::Action;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::well;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::text::text;
use egui::Ui;

/// Draws the choice, the words that it needs, and room for notes.
pub(super) fn ui(
    ui: &mut Ui,
    draft: &mut RemovalDraft,
    data: &CaseData<'_>,
    evidence: &Evidence<'_>,
) {
    ui.add_space(scale::SPACE_2);
    well(ui, |ui| {
        ui.spacing_mut().item_spacing.y = scale::SPACE_2;
        let ends = End::all(draft.by, evidence);
        let labels: Vec<&str> = ends.iter().map(|end| end.label()).collect();
        let end = draft.end(evidence);
        let mut picked = ends.iter().position(|known| Some(*known) == end);
        let mut choice = Choice::new("How did it end", &labels);
        if draft.question == Question::Sent {
            draft.question = Question::Open;
            choice = choice.focused();
        }
        if choice.show(ui, &mut picked).changed() {
            let end = picked.and_then(|idx| ends.get(idx)).copied();
            draft.choose(end, data.file.case.leftovers(evidence.device));
        }
        // Each from edge to edge, so that all that is printed is seen.
        words_ui(ui, draft, end);
        if end.is_some() {
            let error = card_error(&draft.notes);
            let notes = Field::new("Notes").width(f32::INFINITY).error(error.as_deref());
            notes.show(ui, &mut draft.notes);
        }
    });
}

fn words_ui(ui: &mut Ui, draft: &mut RemovalDraft, end: Option<End>) {
    let width = f32::INFINITY;
    let is_tried = draft.is_tried;
    let error = |typed: &str, missing: &str| {
        let is_missing = is_tried && typed.trim().is_empty();
        is_missing.then(|| missing.to_owned()).or_else(|| card_error(typed))
    };
    match end {
        Some(End::Removed) => {
            let error = error(&draft.statement, "Say what you looked at");
            let field = Field::new("Your statement, printed as a statement").width(width);
            field.error(error.as_deref()).show(ui, &mut draft.statement);
        }
        Some(End::Leftovers) => {
            let error = error(&draft.reason, "Say what is still there, and why it stays");
            let field =
                Field::new("What remains, and why").hint("Chrome extension, profile locked");
            let field = field.width(width).required().error(error.as_deref());
            field.show(ui, &mut draft.reason);
        }
        Some(End::NotRemoved) => {
            let error = error(&draft.reason, "Say why it could not be removed");
            let field = Field::new("Why not").hint("Uninstall password is not known");
            let field = field.width(width).required().error(error.as_deref());
            field.show(ui, &mut draft.reason);
        }
        Some(End::Shown | End::ByCustomer | End::AtHome) | None => (),
    }
}

fn card_error(typed: &str) -> Option<String> {
    holds_card_number(typed).then(|| CheckInGap::CardNumber.to_string())
}

/// Whether what is chosen would need a lead's word before the replacement.
pub(super) fn is_unsettled(draft: &RemovalDraft) -> bool {
    matches!(draft.chosen, Some(End::Leftovers | End::NotRemoved))
}

/// Draws the end of a removal, with a link that takes it back.
pub(super) fn ended_ui(ui: &mut Ui, data: &CaseData<'_>, removal: &Removal) -> Option<Action> {
    let finish = removal.finish.as_ref()?;
    let (tone, mark) = match &finish.outcome {
        Outcome::RemovedAsShown { .. } | Outcome::RemovedAsStated { .. } => {
            (Tone::Ok, Icon::CircleCheck)
        }
        Outcome::RemovedByCustomer | Outcome::LeftToCustomer => (Tone::Info, Icon::Info),
        Outcome::LeftoversRemain { .. } => (Tone::Warn, Icon::TriangleAlert),
        Outcome::NotRemoved { .. } => (Tone::Danger, Icon::CircleX),
    };
    ui.spacing_mut().item_spacing.y = scale::SPACE_3;
    well(ui, |ui| {
        ui.spacing_mut().item_spacing.y = scale::SPACE_1;
        ui.horizontal_top(|ui| {
            icon(ui, mark, scale::ICON_LARGE, Ink::Tone(tone));
            let words = finish.outcome.label();
            ui.vertical(|ui| text(ui, Type::BodyStrong, Ink::Strong, &words));
        });
        let product = format!("{} {}", removal.product, removal.version);
        let words = format!(
            "{} · {} · ended {}",
            product.trim(),
            removal.method.label(),
            data.clock(finish.at)
        );
        text(ui, Type::Secondary, Ink::Muted, &words);
        if !finish.notes.is_empty() {
            text(ui, Type::Secondary, Ink::Body, &finish.notes);
        }
    });
    let case = &data.file.case;
    let change = Change::RemovalResumed { case: case.id, removal: removal.id };
    let blocked = data.refusal(&change);
    let resume = Button::secondary("Go on with this removal").icon(Icon::Undo2);
    let is_asked = resume.blocked(blocked.as_deref()).show(ui).clicked();
    (is_asked && !data.is_busy).then_some(Action::Record(change))
}

/// Goes on with the removal of the shown device, if it has ended.
pub(in super::super) fn resume(draft: &CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    let device = shown(draft, data)?;
    let Panel::Ended(removal) = Panel::of(device.id, draft, data) else { return None };
    let change = Change::RemovalResumed { case: data.file.case.id, removal: removal.id };
    data.refusal(&change).is_none().then_some(Action::Record(change))
}
