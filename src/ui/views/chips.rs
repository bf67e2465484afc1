//! States as chips: what a verdict, a case or a key looks like, the same on every screen.

use std::borrow::Cow;

use crate::domain::card::CaseLine;
use crate::domain::case::{Closing, Step};
use crate::domain::eligibility::{Answer, Verdict};
use crate::domain::hit::Hit;
use crate::domain::people::Role;
use crate::domain::stock::KeyState;
use crate::domain::time::{Moment, span_text};
use crate::ui::theme::Tone;
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::table::Cell;

/// A state with its words, for a chip or a cell.
#[derive(Debug, Clone)]
pub struct State {
    /// What it means.
    pub tone: Tone,
    /// Repeats the words.
    pub icon: Icon,
    /// One to three words.
    pub words: Cow<'static, str>,
}

impl State {
    fn new(tone: Tone, icon: Icon, words: impl Into<Cow<'static, str>>) -> Self {
        Self { tone, icon, words: words.into() }
    }

    /// As a chip.
    pub fn chip(&self) -> Chip<'_> {
        Chip::new(self.tone, self.icon, &self.words)
    }

    /// As a cell of a table.
    pub fn cell(self) -> Cell<'static> {
        Cell::Chip(self.tone, self.icon, self.words)
    }
}

/// The verdict on the free exchange.
pub fn of_verdict(verdict: Verdict) -> State {
    let (tone, icon) = match verdict {
        Verdict::Eligible => (Tone::Ok, Icon::CircleCheck),
        Verdict::LeadDecides => (Tone::Warn, Icon::TriangleAlert),
        Verdict::NotEligible => (Tone::Danger, Icon::Ban),
    };
    State::new(tone, icon, verdict.label())
}

/// The answer of one rule, as the mark before it.
pub fn mark_of(answer: Answer) -> (Tone, Icon) {
    match answer {
        Answer::Yes => (Tone::Ok, Icon::Check),
        Answer::No => (Tone::Danger, Icon::X),
        Answer::Unknown => (Tone::Warn, Icon::CircleQuestionMark),
    }
}

/// What matters most about a hit: an open case, a probable double, the verdict.
pub fn of_hit(hit: &Hit) -> State {
    if hit.open_case.is_some() {
        State::new(Tone::Info, Icon::FolderOpen, "Case open")
    } else if hit.duplicate_of.is_some() {
        State::new(Tone::Info, Icon::Users, "Duplicate?")
    } else {
        of_exchange(hit.verdict)
    }
}

/// The verdict on the exchange of what a customer has; `None` for a customer with nothing on file.
pub fn of_exchange(verdict: Option<Verdict>) -> State {
    verdict.map_or_else(
        || State::new(Tone::Neutral, Icon::CircleDashed, "No subscription"),
        of_verdict,
    )
}

/// Where a case stands.
pub fn of_step(line: &CaseLine) -> State {
    match (&line.closing, line.step) {
        (Some((_, Closing::Withdrawn { .. })), _) => {
            State::new(Tone::Neutral, Icon::Undo2, "Withdrawn")
        }
        (Some((_, Closing::HandedOver)), _) | (None, Step::Closed) => {
            State::new(Tone::Neutral, Icon::CircleCheck, "Handed over")
        }
        (None, Step::HandOver) => State::new(Tone::Ok, Icon::PackageCheck, Step::HandOver.label()),
        (None, step) => State::new(Tone::Info, Icon::Loader, step.label()),
    }
}

/// For how long the customer of a case has been unprotected.
pub fn of_gap(line: &CaseLine, now: Moment) -> Option<State> {
    let minutes = now.minutes_since(line.unprotected_since?);
    Some(State::new(Tone::Danger, Icon::Clock, span_text(minutes)))
}

/// What matters most about an open case: the gap, else the step.
pub fn of_open_case(line: &CaseLine, now: Moment) -> State {
    match of_gap(line, now) {
        Some(gap) => {
            State::new(Tone::Danger, Icon::ShieldAlert, format!("Unprotected {}", gap.words))
        }
        None => of_step(line),
    }
}

/// Where a key stands at `now`.
pub fn of_key(state: &KeyState, now: Moment) -> State {
    match state {
        KeyState::Held { until, .. } if *until > now => {
            // A minute that has begun is still there to be used.
            let minutes = now.plus_ms(-59_999);
            let left = span_text(until.minutes_since(minutes));
            State::new(Tone::Info, Icon::Hourglass, format!("Held {left}"))
        }
        KeyState::Free | KeyState::Held { .. } => State::new(Tone::Neutral, Icon::Circle, "Free"),
        KeyState::Issued { .. } => State::new(Tone::Ok, Icon::CircleCheck, state.label()),
        KeyState::Activated { .. } => State::new(Tone::Ok, Icon::ShieldCheck, state.label()),
        KeyState::Voided { .. } => State::new(Tone::Danger, Icon::Ban, state.label()),
        KeyState::Leased { .. } => State::new(Tone::Warn, Icon::Lock, state.label()),
        KeyState::Frozen => State::new(Tone::Warn, Icon::Snowflake, state.label()),
    }
}

/// What a person may do.
pub fn of_role(role: Role) -> State {
    let (tone, icon) = match role {
        Role::Lead => (Tone::Info, Icon::ShieldCheck),
        Role::Technician => (Tone::Neutral, Icon::User),
        Role::Auditor => (Tone::Neutral, Icon::Eye),
    };
    State::new(tone, icon, role.label())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::CaseId;
    use crate::domain::stock::HOLD_MS;

    #[test]
    fn a_hold_says_how_long_it_lasts_and_is_free_when_it_ran_out() {
        let case = CaseId(uuid::Uuid::nil());
        let held = KeyState::Held { case, until: Moment(HOLD_MS) };
        for (now, words) in [
            (0, "Held 5 min"),
            (1, "Held 5 min"),
            (60_000, "Held 4 min"),
            (HOLD_MS - 1, "Held 1 min"),
            (HOLD_MS, "Free"),
        ] {
            assert_eq!(of_key(&held, Moment(now)).words, words, "{now}");
        }
    }
}
