//! What the page of a case is given, and what it asks the domain about it.

use crate::domain::card::CaseFile;
use crate::domain::case::{ADDS_MS, OverrideKind};
use crate::domain::device::Platform;
use crate::domain::eligibility::Verdict;
use crate::domain::entry::Change;
use crate::domain::evidence::kept::{KeptScan, Side};
use crate::domain::guard::{self, Facts, KeyFacts};
use crate::domain::id::{KeyId, ScanId};
use crate::domain::people::Person;
use crate::domain::replacement::Offer;
use crate::domain::settings::Settings;
use crate::domain::stock::{HOLD_MS, KeyState};
use crate::domain::time::Moment;
use crate::ui::action::ScanTarget;
use crate::ui::command::UiCommand;

/// What the page draws. Built afresh each frame; borrowed, never kept.
#[derive(Debug, Clone, Copy)]
pub struct CaseData<'a> {
    /// The case with all that its screen shows.
    pub file: &'a CaseFile,
    /// What is set.
    pub settings: &'a Settings,
    /// Everybody, also those who have left.
    pub people: &'a [Person],
    /// Who is at the desk; `None` until somebody was chosen.
    pub me: Option<&'a Person>,
    /// The moment of this frame. Minutes count the gap, seconds a hold.
    pub now: Moment,
    /// Whether something that was asked for here is still on its way to the file.
    pub is_busy: bool,
    /// The command given by key or palette in this frame, plain letters only outside text fields.
    /// While a dialog is open it belongs to the dialog.
    pub command: Option<UiCommand>,
    /// The key that is shown whole: its reveal is in the journal.
    pub revealed: Option<KeyId>,
    /// Whether the handoff sheet was to be printed and was not.
    pub is_unprinted: bool,
    /// Exports on their way in.
    pub intake: ScanIntake<'a>,
}

/// What the window knows about exports that are not in the case yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct ScanIntake<'a> {
    /// What is new in the watched folder, by name, for a scan before; empty for nothing.
    pub offer_before: &'a str,
    /// The same, for a scan after.
    pub offer_after: &'a str,
    /// What is being read.
    pub reading: Option<ScanReading<'a>>,
    /// Scans whose masked lines are still in memory, so that they can be kept; more can be read
    /// into them.
    pub with_lines: &'a [ScanId],
    /// What was read and waits for a word on where it belongs.
    pub asked: Option<ScanAsked<'a>>,
}

/// Exports that may be more of a scan before, a better one, or the scan after.
#[derive(Debug, Clone, Copy)]
pub struct ScanAsked<'a> {
    /// The scan before that is there.
    pub before: ScanId,
    /// Whether they may be more of it.
    pub can_add: bool,
    /// Which files or folders.
    pub names: &'a str,
    /// How many traces they show.
    pub n_found: usize,
}

/// Exports that are being read.
#[derive(Debug, Clone, Copy)]
pub struct ScanReading<'a> {
    /// Of what.
    pub target: ScanTarget,
    /// Which files or folders.
    pub names: &'a str,
    /// How far it is, 0 to 1, once it takes longer than a second.
    pub fraction: Option<f32>,
}

impl<'a> ScanIntake<'a> {
    /// What S would take for this side, by name; empty where it opens the system's dialog.
    pub(super) fn offer(&self, side: Side) -> &'a str {
        match side {
            Side::Before => self.offer_before,
            Side::After => self.offer_after,
        }
    }

    /// Whether exports that come at `now` can be more of this scan.
    pub(super) fn can_add(&self, kept: &KeptScan, now: Moment) -> bool {
        self.has_lines(kept.id) && now.0 - kept.kept_at.0 <= ADDS_MS
    }

    /// Whether the lines of this scan can still be kept.
    pub(super) fn has_lines(&self, scan: ScanId) -> bool {
        self.with_lines.contains(&scan)
    }
}

impl CaseData<'_> {
    /// Why the file would refuse `change` now, as a sentence; `None` when it would not.
    pub(super) fn refusal(&self, change: &Change) -> Option<String> {
        self.refusal_to(self.me, change, None)
    }

    /// Why the file would refuse `change` by `actor`.
    pub(super) fn refusal_to(
        &self,
        actor: Option<&Person>,
        change: &Change,
        key: Option<KeyFacts<'_>>,
    ) -> Option<String> {
        let facts = Facts {
            now: self.now,
            actor,
            settings: self.settings,
            case: Some(&self.file.case),
            eligibility: Some(&self.file.eligibility),
            key,
        };
        guard::check(change, &facts).err().map(|refusal| sentence(&refusal.to_string()))
    }

    /// Why no key of `offer` can be held now.
    pub(super) fn offer_refusal(&self, offer: &Offer) -> Option<String> {
        let key = KeyFacts {
            state: &KeyState::Free,
            product: &offer.product,
            shortfalls: &offer.shortfalls,
        };
        let change = Change::KeyHeld {
            case: self.file.case.id,
            key: KeyId(offer.product.id.0),
            until: self.now.plus_ms(HOLD_MS),
        };
        self.refusal_to(self.me, &change, Some(key))
    }

    /// Whether the exchange is free, by the rules or by a lead's word.
    pub(super) fn is_exchange_allowed(&self) -> bool {
        self.file.eligibility.verdict() == Verdict::Eligible
            || self.file.case.is_overridden(OverrideKind::Exchange)
    }

    /// Whether the removal is free, by the window or by a lead's word.
    pub(super) fn is_removal_allowed(&self) -> bool {
        self.file.eligibility.removal_verdict() == Verdict::Eligible
            || self.file.case.is_overridden(OverrideKind::Removal)
    }

    /// Why the free exchange is not allowed: the facts of the rules that do not say yes.
    pub(super) fn open_facts(&self) -> String {
        let mut facts: Vec<&str> = Vec::new();
        for rule in self.file.eligibility.open_rules() {
            if !facts.contains(&rule.fact.as_str()) {
                facts.push(&rule.fact);
            }
        }
        facts.join("; ")
    }

    /// The time of day at the store.
    pub(super) fn clock(&self, at: Moment) -> String {
        at.clock_text(self.settings.desk.time_zone)
    }

    /// Who can give their word.
    pub(super) fn leads(&self) -> Vec<&Person> {
        let is_lead =
            |person: &&Person| person.is_active && person.role == crate::domain::people::Role::Lead;
        self.people.iter().filter(is_lead).collect()
    }
}

/// The same words, beginning with a capital.
pub(super) fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The same words, beginning with a small letter, to go on after a comma or colon.
pub(super) fn lowered(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// `1 device`, `3 devices`.
pub(super) fn count(n: usize, noun: &str) -> String {
    crate::domain::time::count_text(i64::try_from(n).unwrap_or(i64::MAX), noun)
}

/// The icon of a device.
pub(super) fn device_icon(platform: Platform) -> crate::ui::widgets::icon::Icon {
    use crate::ui::widgets::icon::Icon;
    match platform {
        Platform::Windows | Platform::MacOs => Icon::Laptop,
        Platform::Android | Platform::Ios => Icon::Smartphone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_becomes_a_sentence_and_back() {
        for (words, capital) in [("the case is closed", "The case is closed"), ("", "")] {
            assert_eq!(sentence(words), capital);
            assert_eq!(lowered(capital), words);
        }
    }
}
