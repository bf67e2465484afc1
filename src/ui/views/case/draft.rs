//! What is typed in one case and not recorded yet, and what follows once something is recorded.

use super::check_in::CheckInDraft;
use super::data::CaseData;
use super::dialogs;
use super::removal::{RemovalDraft, Ticks};
use super::stage::{self, Stage};
use crate::domain::case::OverrideKind;
use crate::domain::entry::Change;
use crate::domain::id::{DeviceId, ProductId, SubscriptionUid};
use crate::ui::action::{Action, Dialog};
use crate::ui::command::UiCommand;
use crate::ui::shell::Page;
use std::collections::BTreeMap;

/// Where the case stands, as finely as a key press depends on it.
type Situation = (Stage, usize, usize, Option<crate::domain::case::Hold>);

/// Whether the last frame showed this step of this case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Sight {
    /// Another one: its head is scrolled to.
    #[default]
    New,
    /// The same.
    Known,
}

/// The drafts of one case.
#[derive(Default)]
pub(super) struct CaseDraft {
    pub(super) check_in: Option<CheckInDraft>,
    pub(super) removals: BTreeMap<DeviceId, RemovalDraft>,
    /// The device whose removal is shown; `None` for the next one to do.
    pub(super) device: Option<DeviceId>,
    pub(super) ticks: Ticks,
    /// The offer that was picked; `None` for the suggestion.
    pub(super) picked: Option<ProductId>,
    pub(super) shortfall_reason: String,
    /// Whether issuing was tried, so that what is missing is said.
    pub(super) is_issue_tried: bool,
    pub(super) dialogs: dialogs::Drafts,
    /// The step that was opened although the case stands elsewhere.
    pub(super) opened: Option<Stage>,
    /// What the last frame showed.
    pub(super) sight: Sight,
    /// Once this subscription is in the file, it is the one to exchange.
    pub(super) choose: Option<SubscriptionUid>,
    /// Once the removal has ended with leftovers, the word of a lead.
    pub(super) wants_word: bool,
    /// Once the case is closed, the next customer.
    pub(super) is_leaving: bool,
    waiting: Option<(Situation, UiCommand)>,
}

impl CaseDraft {
    /// Forgets what the file has overtaken.
    pub(super) fn keep_up(&mut self, data: &CaseData<'_>) {
        let natural = stage::natural(data);
        let is_stale = |opened: Stage| opened == natural || !stage::can_open(opened, data);
        if self.opened.is_some_and(is_stale) {
            self.opened = None;
        }
        if natural == Stage::Closed {
            self.check_in = None;
            self.removals.clear();
        }
    }

    /// What is open.
    pub(super) fn stage(&self, data: &CaseData<'_>) -> Stage {
        self.opened.unwrap_or_else(|| stage::natural(data))
    }

    /// The draft of check-in, begun from the file at first sight.
    pub(super) fn check_in_mut(&mut self, data: &CaseData<'_>) -> &mut CheckInDraft {
        self.check_in.get_or_insert_with(|| CheckInDraft::new(data))
    }

    /// The command of this frame. One that comes while the file is busy waits, unless the case
    /// stands elsewhere by then: a key pressed twice never skips a step.
    pub(super) fn take_command(&mut self, data: &CaseData<'_>) -> Option<UiCommand> {
        let situation = self.situation(data);
        if data.is_busy {
            self.waiting = data.command.map(|command| (situation, command)).or(self.waiting);
            return None;
        }
        let waited = self.waiting.take().filter(|(then, _)| *then == situation);
        data.command.or(waited.map(|(_, command)| command))
    }

    fn situation(&self, data: &CaseData<'_>) -> Situation {
        let case = &data.file.case;
        let n_ended = case.removals.iter().filter(|removal| removal.finish.is_some()).count();
        (self.stage(data), case.removals.len(), n_ended, case.held_at(data.now))
    }

    /// What follows from what was recorded before.
    pub(super) fn next_wish(&mut self, data: &CaseData<'_>) -> Option<Action> {
        if data.is_busy {
            return None;
        }
        let case = &data.file.case;
        if self.is_leaving && case.closed.is_some() {
            self.is_leaving = false;
            return Some(Action::Go(Page::Lookup));
        }
        if self.wants_word {
            self.wants_word = false;
            if case.unsettled().next().is_some() && !case.is_overridden(OverrideKind::GoOn) {
                return Some(Action::Open(Dialog::Override(case.id, OverrideKind::GoOn)));
            }
        }
        let uid = self.choose?;
        if case.subscription == Some(uid) {
            self.choose = None;
            return None;
        }
        let is_here = data.file.other_subscriptions.iter().any(|other| other.uid == uid);
        is_here.then(|| {
            self.choose = None;
            Action::Record(Change::SubscriptionChosen { case: case.id, subscription: Some(uid) })
        })
    }
}
