//! What Enter does: open the visit or begin one, once all is known that it takes.

use super::items::Item;
use super::{LookupData, LookupView, Start};
use crate::domain::card::{CaseLine, CustomerCard};
use crate::domain::hit::Hit;
use crate::domain::id::CaseNumber;
use crate::ui::action::Action;

impl LookupView {
    /// Acts on an Enter whose answer is there, or asks for the card of the selected hit.
    pub(super) fn settle(&mut self, data: &LookupData<'_>) -> Option<Action> {
        if self.text.trim().is_empty() {
            return self.settle_shown(data);
        }
        let found = self.answer(data)?;
        if self.start == Start::Early && !found.is_exact {
            self.start = Start::NotAsked;
            self.is_choice_wanted = !found.hits.is_empty();
        }
        let items = self.items(data);
        let hit = match items.get(self.selected) {
            Some(Item::Hit(hit)) => *hit,
            Some(Item::More { of, .. }) => {
                let is_asked = std::mem::take(&mut self.start) != Start::NotAsked;
                let of = of.customer.clone();
                return if is_asked { self.turn(&of, self.selected) } else { None };
            }
            None => {
                self.start = Start::NotAsked;
                return None;
            }
        };
        if self.looked_at.as_ref() != Some(&hit.customer) {
            self.looked_at = Some(hit.customer.clone());
            if self.start == Start::NotAsked || !self.can_start(hit, None) {
                return Some(Action::Look(hit.customer.clone()));
            }
        }
        let card = self.card(data);
        if self.start == Start::NotAsked || !self.can_start(hit, card) {
            return None;
        }
        self.start = Start::NotAsked;
        if let Some(line) = self.named_case(card) {
            return Some(Action::OpenCase(line.id));
        }
        Some(match (&hit.open_case, card) {
            (Some((case, _)), _) => Action::OpenCase(*case),
            (None, card) => Action::StartCase {
                customer: hit.customer.clone(),
                subscription: card.and_then(|card| Some(card.subscriptions.first()?.uid)),
            },
        })
    }

    /// The visit whose number stands in the box, closed ones too: its sheet was scanned.
    pub(super) fn named_case<'a>(&self, card: Option<&'a CustomerCard>) -> Option<&'a CaseLine> {
        let number = self.text.parse::<CaseNumber>().ok()?;
        card?.cases.iter().find(|line| line.number == number)
    }

    /// Whether all is known that a start needs: which subscription is to be exchanged is on the
    /// card, and so is the visit of a number.
    fn can_start(&self, hit: &Hit, card: Option<&CustomerCard>) -> bool {
        let number = self.text.parse::<CaseNumber>().ok();
        let open = hit.open_case.as_ref().map(|(_, open)| open);
        let is_known = match &number {
            Some(_) => open == number.as_ref(),
            None => open.is_some() || hit.verdict.is_none(),
        };
        is_known || card.is_some()
    }

    /// With an empty box, Enter starts the case of the customer who was just added.
    fn settle_shown(&mut self, data: &LookupData<'_>) -> Option<Action> {
        let is_asked = std::mem::take(&mut self.start) != Start::NotAsked;
        self.card(data).filter(|_| is_asked).map(start_action)
    }
}

/// What Enter does for a customer: go on with the open case, or begin one.
pub(super) fn start_action(card: &CustomerCard) -> Action {
    match card.open_case() {
        Some(line) => Action::OpenCase(line.id),
        None => Action::StartCase {
            customer: card.customer.external_id.clone(),
            subscription: card.subscriptions.first().map(|subscription| subscription.uid),
        },
    }
}
