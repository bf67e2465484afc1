//! What can be taken back: a change and the one that undoes it. The journal keeps both.

use crate::domain::case::Closing;
use crate::domain::entry::Change;
use crate::domain::evidence::kept::Side;
use crate::domain::removal::Check;
use crate::domain::time::Moment;

/// How long taking back is offered, in milliseconds.
pub const OFFERED_MS: i64 = 30_000;

/// What can be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Undo {
    /// What was done: `Restarted`.
    pub what: String,
    /// What takes it back, in this order.
    pub changes: Vec<Change>,
    /// Until when it is offered.
    pub until: Moment,
}

impl Undo {
    /// `Scan before taken`.
    pub fn taken(side: Side) -> String {
        format!("Scan {} taken", side.label().to_lowercase())
    }

    /// What these take back, offered from `now` on.
    pub fn offered(what: String, changes: Vec<Change>, now: Moment) -> Self {
        Self { what, changes, until: now.plus_ms(OFFERED_MS) }
    }

    /// What takes `change` back; `None` for what stays done: a key that was seen, an override.
    pub fn of(change: &Change, now: Moment) -> Option<Self> {
        let (what, change) = match change {
            Change::CheckTicked { case, removal, check } => (
                tick_words(*check),
                Change::CheckUnticked { case: *case, removal: *removal, check: *check },
            ),
            Change::CheckUnticked { case, removal, check } => (
                "Tick taken back",
                Change::CheckTicked { case: *case, removal: *removal, check: *check },
            ),
            Change::RemovalFinished { case, removal, .. } => {
                ("Removal finished", Change::RemovalResumed { case: *case, removal: *removal })
            }
            Change::KeyHeld { case, key, .. } => {
                ("Key held", Change::HoldReleased { case: *case, key: *key })
            }
            Change::CaseClosed { case, closing } => {
                let what = match closing {
                    Closing::HandedOver => "Handed over",
                    Closing::Withdrawn { .. } => "Withdrawn",
                };
                let reason = "closing was taken back".to_owned();
                (what, Change::CaseReopened { case: *case, reason })
            }
            _ => return None,
        };
        Some(Self { what: what.to_owned(), changes: vec![change], until: now.plus_ms(OFFERED_MS) })
    }
}

fn tick_words(check: Check) -> &'static str {
    match check {
        Check::DataSaved => "Customer's data is safe",
        Check::Uninstalled => "Uninstalled",
        Check::Restarted => "Restarted",
        Check::LeftoversChecked => "Looked for leftovers",
        Check::ProtectionOn => "Protection is on",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{CaseId, RemovalId};
    use uuid::Uuid;

    #[test]
    fn taking_back_twice_is_where_it_began() {
        let (case, removal) = (CaseId(Uuid::nil()), RemovalId(Uuid::nil()));
        let ticked = Change::CheckTicked { case, removal, check: Check::Restarted };
        let back = Undo::of(&ticked, Moment(0)).map(|undo| undo.changes).expect("undo");
        let again = Undo::of(&back[0], Moment(0)).map(|undo| undo.changes).expect("undo");
        assert_eq!(again, [ticked]);
    }

    #[test]
    fn what_a_customer_has_seen_is_not_taken_back() {
        let note = Change::NoteAdded { case: CaseId(Uuid::nil()), text: "x".to_owned() };
        assert_eq!(Undo::of(&note, Moment(0)), None);
    }
}
