//! License keys: their states, and the moves that are allowed.
//!
//! `free → held → issued → activated`; `voided` and `leased` are ends. A key that a customer has
//! seen never goes back to free. After a restore, keys whose fate is unknown are `frozen` until a
//! lead decides. Source: product rules, "Keys".

use crate::domain::id::{CaseId, CaseNumber, KeyId, ProductId};
use crate::domain::privacy::Secret;
use crate::domain::time::Moment;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How long a case holds a key, in milliseconds: five minutes.
///
/// Source: product rules, "Keys".
pub const HOLD_MS: i64 = 5 * 60 * 1_000;

/// A product is low when this many free keys are left, or fewer.
pub const LOW_STOCK_MAX: u32 = 5;

/// Where a key stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum KeyState {
    /// Can be held by any case.
    Free,
    /// Held by one case until a moment, then free again by itself.
    Held {
        /// By which case.
        case: CaseId,
        /// Until when.
        until: Moment,
    },
    /// Handed to a customer.
    Issued {
        /// In which case.
        case: CaseId,
    },
    /// Handed to a customer, and seen active.
    Activated {
        /// In which case.
        case: CaseId,
    },
    /// Never to be handed out again.
    Voided {
        /// Why.
        reason: String,
    },
    /// Another desk has it.
    Leased {
        /// Which desk.
        desk: String,
    },
    /// Its fate is unknown after a restore.
    Frozen,
}

impl KeyState {
    /// The state at `now`: a hold that has run out is free.
    #[must_use]
    pub fn at(self, now: Moment) -> Self {
        match self {
            Self::Held { until, .. } if until <= now => Self::Free,
            other => other,
        }
    }

    /// The state's name in the window and in exports.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Free => "Free",
            Self::Held { .. } => "Held",
            Self::Issued { .. } => "Issued",
            Self::Activated { .. } => "Activated",
            Self::Voided { .. } => "Voided",
            Self::Leased { .. } => "Leased away",
            Self::Frozen => "Frozen",
        }
    }

    /// The word that stands in the file.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Held { .. } => "held",
            Self::Issued { .. } => "issued",
            Self::Activated { .. } => "activated",
            Self::Voided { .. } => "voided",
            Self::Leased { .. } => "leased",
            Self::Frozen => "frozen",
        }
    }

    /// Whether a case may hold it at `now`.
    pub fn can_be_held_by(&self, case: CaseId, now: Moment) -> bool {
        match self {
            Self::Free => true,
            Self::Held { case: by, until } => *by == case || *until <= now,
            Self::Issued { .. }
            | Self::Activated { .. }
            | Self::Voided { .. }
            | Self::Leased { .. }
            | Self::Frozen => false,
        }
    }

    /// Whether it may be issued to `case` at `now`: only what that case still holds.
    pub fn can_be_issued_to(&self, case: CaseId, now: Moment) -> bool {
        matches!(self, Self::Held { case: by, until } if *by == case && *until > now)
    }

    /// Whether it may be voided: everything but what is voided or with another desk.
    pub fn can_be_voided(&self) -> bool {
        !matches!(self, Self::Voided { .. } | Self::Leased { .. })
    }
}

/// A key that arrived with a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    /// Its row.
    pub id: KeyId,
    /// Of which product.
    pub product: ProductId,
    /// The key, as delivered, without blanks around it.
    pub key: Secret,
    /// The delivery it came with.
    pub lot: String,
    /// The last day on which it can be activated; `None` when the delivery does not say.
    pub expires_on: Option<NaiveDate>,
}

/// A key as the Stock page lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Its row.
    pub id: KeyId,
    /// The product's whole name.
    pub product: String,
    /// `1 device`, `unlimited devices`.
    pub seats: crate::domain::product_text::Seats,
    /// Length of the term in months.
    pub term_months: u16,
    /// `…9KLD`.
    pub ending: String,
    /// The delivery.
    pub lot: String,
    /// Where it stands now.
    pub state: KeyState,
    /// The case that holds it or has it.
    pub case_number: Option<CaseNumber>,
}

/// One product's stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductStock {
    /// The product.
    pub product: crate::domain::catalog::Product,
    /// Keys that can be held now and do not expire before `today`.
    pub n_free: u32,
    /// Whether a key of it ever came here; the catalog also lists what no store got.
    pub was_delivered: bool,
}

impl ProductStock {
    /// Whether it came here once and is about to run out, or has.
    pub fn is_low(&self) -> bool {
        self.was_delivered && self.n_free <= LOW_STOCK_MAX
    }
}

/// The Stock page's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StockCounts {
    /// Free now.
    pub n_free: u32,
    /// Held now.
    pub n_held: u32,
    /// Issued since the store's midnight.
    pub n_issued_today: u32,
    /// Issued or activated, ever.
    pub n_issued: u32,
    /// Voided, ever.
    pub n_voided: u32,
    /// Frozen after a restore.
    pub n_frozen: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn only_the_case_that_holds_a_key_can_be_given_it_and_only_in_time() {
        let (ours, theirs) = (CaseId(Uuid::from_u128(1)), CaseId(Uuid::from_u128(2)));
        let held = |case, until| KeyState::Held { case, until: Moment(until) };
        let now = Moment(100);
        // State, can we hold it, can it be issued to us.
        let table = [
            (KeyState::Free, true, false),
            (held(ours, 101), true, true),
            (held(ours, 100), true, false),
            (held(theirs, 101), false, false),
            (held(theirs, 100), true, false),
            (KeyState::Issued { case: ours }, false, false),
            (KeyState::Activated { case: ours }, false, false),
            (KeyState::Voided { reason: String::new() }, false, false),
            (KeyState::Leased { desk: "D3".to_owned() }, false, false),
            (KeyState::Frozen, false, false),
        ];
        for (state, hold, issue) in table {
            assert_eq!(state.can_be_held_by(ours, now), hold, "hold {state:?}");
            assert_eq!(state.can_be_issued_to(ours, now), issue, "issue {state:?}");
        }
    }

    #[test]
    fn a_hold_that_ran_out_is_free_again() {
        let held = KeyState::Held { case: CaseId(Uuid::nil()), until: Moment(HOLD_MS) };
        assert_eq!(held.clone().at(Moment(HOLD_MS - 1)), held);
        assert_eq!(held.at(Moment(HOLD_MS)), KeyState::Free);
    }
}
