//! A command, given by key, palette, link or button, as what the case asks for.

use super::data::CaseData;
use super::draft::CaseDraft;
use super::stage::{self, Stage};
use super::{check_in, done, removal, replacement};
use crate::domain::case::OverrideKind;
use crate::domain::entry::{Change, SheetKind};
use crate::ui::action::{Action, Dialog, SheetUse};
use crate::ui::command::UiCommand;
use crate::ui::shell::Page;

/// Does what can be done in the view, and asks for the rest. `None` also where a command makes no
/// sense now.
pub(super) fn obey(
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
    command: UiCommand,
) -> Option<Action> {
    let case = &data.file.case;
    let is_open = case.closed.is_none();
    match command {
        UiCommand::Finish => finish(draft, data),
        UiCommand::Back => match draft.opened.take() {
            Some(_) => None,
            None => Some(Action::Go(Page::Cases)),
        },
        UiCommand::Step1 => open(draft, data, Stage::CheckIn),
        UiCommand::Step2 => open(draft, data, Stage::Removal),
        UiCommand::Step3 => step_3(draft, data),
        UiCommand::Note => Some(Action::Open(Dialog::Note(case.id))),
        UiCommand::Override => {
            if draft.stage(data) == Stage::Removal
                && case.unanswered_danger().is_none()
                && let Some(ended) = removal::end_with_leftovers(draft, data)
            {
                return Some(ended);
            }
            let kind = override_kind(draft.stage(data), data)?;
            Some(Action::Open(Dialog::Override(case.id, kind)))
        }
        UiCommand::Subscription if is_open => Some(Action::Open(Dialog::Subscription(case.id))),
        UiCommand::SeenActive => done::seen_active(data),
        UiCommand::ProtectionSeen if draft.stage(data) == Stage::Removal => {
            removal::tick_protection(draft, data)
        }
        UiCommand::ProtectionSeen => Some(Action::Open(Dialog::ProtectionSeen(case.id))),
        UiCommand::TakeScan => Some(removal::take_scan(draft, data, removal::Turn::Next)),
        UiCommand::TakeOtherScan => Some(removal::take_scan(draft, data, removal::Turn::Other)),
        UiCommand::PasteScan => Some(Action::PasteScan),
        UiCommand::ShowTraces => removal::show_traces(draft, data),
        UiCommand::PinLines => removal::pin(draft, data),
        UiCommand::DropScan => {
            let scan = removal::latest_scan(draft, data)?;
            Some(Action::Open(Dialog::DropScan(case.id, scan)))
        }
        UiCommand::ResumeRemoval => removal::resume(draft, data),
        UiCommand::AnotherDevice | UiCommand::NotThisDevice | UiCommand::SomebodyElse => {
            if draft.stage(data) == Stage::CheckIn {
                check_in::obey(draft.check_in_mut(data), data, command);
            }
            None
        }
        UiCommand::RevealKey => {
            let key = done::shown_key(data)?;
            let is_masked = data.revealed != Some(key.id);
            is_masked.then_some(Action::Reveal { key: key.id, case: Some(case.id) })
        }
        UiCommand::CopyKey => {
            let key = done::shown_key(data).filter(|key| data.revealed == Some(key.id))?;
            Some(Action::CopySecret(key.key.clone()))
        }
        UiCommand::Print => sheet(data, SheetKind::Handoff, SheetUse::Print),
        UiCommand::OpenSheet => sheet(data, SheetKind::Handoff, SheetUse::Open),
        UiCommand::SaveSheet => sheet(data, SheetKind::Handoff, SheetUse::Save),
        UiCommand::KeySheet => {
            case.replacement()?;
            sheet(data, SheetKind::Key, SheetUse::Print)
        }
        UiCommand::VoidKey => {
            let replacement = case.replacement()?;
            Some(Action::Open(Dialog::VoidKey(replacement.key, Some(case.id))))
        }
        UiCommand::Withdraw if is_open && case.replacement().is_none() => {
            Some(Action::Open(Dialog::Withdraw(case.id)))
        }
        UiCommand::Reopen if !is_open => Some(Action::Open(Dialog::Reopen(case.id))),
        _ => None,
    }
}

fn finish(draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    match draft.stage(data) {
        Stage::CheckIn => check_in::finish(draft, data),
        Stage::Removal => removal::finish(draft, data),
        Stage::Replacement => replacement::finish(draft, data),
        Stage::HandOver => done::hand_over(draft, data),
        Stage::Closed => Some(Action::Go(Page::Lookup)),
    }
}

fn open(draft: &mut CaseDraft, data: &CaseData<'_>, stage: Stage) -> Option<Action> {
    if stage::can_open(stage, data) {
        draft.opened = Some(stage).filter(|stage| *stage != stage::natural(data));
    }
    None
}

/// Opens the replacement; where its check card is open already, another product is wanted, so the
/// held key goes back unseen.
fn step_3(draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    let case = &data.file.case;
    match case.held_at(data.now) {
        Some(hold) if draft.stage(data) == Stage::Replacement => {
            Some(Action::Record(Change::HoldReleased { case: case.id, key: hold.key }))
        }
        Some(_) | None => open(draft, data, Stage::Replacement),
    }
}

fn sheet(data: &CaseData<'_>, sheet: SheetKind, then: SheetUse) -> Option<Action> {
    let case = &data.file.case;
    matches!(stage::natural(data), Stage::HandOver | Stage::Closed).then_some(Action::Sheet {
        case: case.id,
        sheet,
        then,
    })
}

/// The word of a lead that would help now; `None` when nothing is in the way.
pub(super) fn override_kind(stage: Stage, data: &CaseData<'_>) -> Option<OverrideKind> {
    let case = &data.file.case;
    if case.closed.is_some() {
        return None;
    }
    if case.replacement().is_some() {
        // Only this is still in the way of handing over.
        return case.unanswered_danger().map(|_| OverrideKind::Danger);
    }
    let exchange =
        (case.wants().exchange() && !data.is_exchange_allowed()).then_some(OverrideKind::Exchange);
    let removal =
        (case.wants().removal() && !data.is_removal_allowed()).then_some(OverrideKind::Removal);
    let is_settled = case.is_removal_over() && case.unsettled().next().is_none();
    let can_go_on = case.check_in.is_some()
        && case.wants().exchange()
        && !is_settled
        && !case.is_overridden(OverrideKind::GoOn);
    let go_on = can_go_on.then_some(OverrideKind::GoOn);
    let danger = case.unanswered_danger().map(|_| OverrideKind::Danger);
    match stage {
        // The last is in the way of ending the visit, wherever it stands.
        Stage::CheckIn => exchange.or(removal).or(danger),
        Stage::Removal => removal.or(danger).or(go_on),
        Stage::Replacement => exchange.or(go_on).or(danger),
        Stage::HandOver => danger,
        Stage::Closed => None,
    }
}
