//! Who is probably the same person: while a customer is entered, and in the whole file.

use super::{Finder, show};
use crate::domain::customer::CustomerDraft;
use crate::domain::hit::Hit;
use crate::domain::id::ExternalId;
use crate::lookup::alike::{Fields, Likeness, PROBABLE, Person, likeness, pairs, place};
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use chrono::NaiveDate;
use std::ops::ControlFlow;

/// Whoever may be the one that is being entered is looked for among so many.
const CANDIDATES: usize = 20;

/// From this score on somebody is worth a look before a customer is added: the same name and
/// nothing against it. Below what makes two on file probably one, see [`PROBABLE`]: of a draft
/// less is known.
const WORTH_A_LOOK: f32 = 3.5;

/// Two customers who are probably one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Who was on file first.
    pub one: ExternalId,
    /// Who came later.
    pub other: ExternalId,
    /// 0 to 1000; higher is surer.
    pub score: u16,
    /// `same phone, nearly the same name`.
    pub reason: String,
}

/// The customers in the file who are probably one person, the surest pair first.
pub fn duplicates(reader: &Reader) -> Result<Vec<Pair>, StoreError> {
    let (mut people, mut rows) = (Vec::new(), Vec::new());
    reader.each_customer(&mut |row| {
        people.push(Person::new(&Fields {
            given: row.given_name(),
            surname: row.surname(),
            phones: row.phones(),
            email: row.email(),
            street: row.street(),
            place: place(row.postcode(), row.city()),
        }));
        rows.push(row.row());
        ControlFlow::Continue(())
    })?;
    let found = pairs(&people);
    drop(people);
    let mut all = Vec::with_capacity(found.len());
    for pair in found {
        let id = |place: u32| match rows.get(place as usize) {
            Some(row) => reader.external_id(*row),
            None => Ok(None),
        };
        if let (Some(one), Some(other)) = (id(pair.one)?, id(pair.other)?) {
            let (score, reason) = (score(&pair.likeness), pair.likeness.reason());
            all.push(Pair { one, other, score, reason });
        }
    }
    Ok(all)
}

/// How sure, out of 1000: 500 where two begin to be probably one.
fn score(likeness: &Likeness) -> u16 {
    let sureness = 1.0 / (1.0 + ((PROBABLE - likeness.score) / 2.0).exp());
    (1_000.0 * sureness).round() as u16
}

impl Finder {
    /// The customers who may be the one that is being entered, the likeliest first, at most
    /// `limit`.
    pub fn alike(
        &mut self,
        draft: &CustomerDraft,
        (limit, today): (usize, NaiveDate),
    ) -> Result<Vec<Hit>, StoreError> {
        let name = format!("{} {}", draft.given_name.trim(), draft.surname.trim());
        let has_names = !draft.given_name.trim().is_empty() && !draft.surname.trim().is_empty();
        let contact = draft.contact.trim();
        let has_contact =
            contact.contains('@') || contact.chars().filter(char::is_ascii_digit).count() >= 7;
        let mut rows: Vec<i64> = Vec::new();
        for (is_enough, text) in [(has_contact, contact), (has_names, name.as_str())] {
            if is_enough && let Some(ranked) = self.rank(text, CANDIDATES, &|| false)? {
                let found = ranked.hits.iter().map(|hit| hit.row);
                let new: Vec<i64> = found.filter(|row| !rows.contains(row)).collect();
                rows.extend(new);
            }
        }
        let entered = entered(draft);
        let has_postcode = !draft.postcode.trim().is_empty();
        let mut alike: Vec<(f32, Hit)> = Vec::new();
        for shown in self.reader().shown(&rows, today)? {
            let customer = &shown.customer;
            // Town is compared with town, where no ZIP code was entered.
            let place = if has_postcode { &customer.postcode } else { &customer.city };
            let likeness = likeness(&entered, &show::person(customer, place));
            if likeness.score >= WORTH_A_LOOK {
                let hit = show::hit(&shown, (likeness.reason(), score(&likeness)));
                alike.push((likeness.score, hit));
            }
        }
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(alike.into_iter().map(|(_, hit)| hit).take(limit).collect())
    }
}

fn entered(draft: &CustomerDraft) -> Person {
    let is_email = draft.contact.contains('@');
    let (email, phone) =
        if is_email { (draft.contact.as_str(), "") } else { ("", draft.contact.as_str()) };
    Person::new(&Fields {
        given: &draft.given_name,
        surname: &draft.surname,
        phones: [phone, ""],
        email,
        street: "",
        place: place(&draft.postcode, &draft.city),
    })
}
