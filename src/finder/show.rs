//! What the list shows of who was found.

use super::marks::marks;
use super::search::Ranked;
use crate::domain::customer::Customer;
use crate::domain::hit::Hit;
use crate::domain::id::ExternalId;
use crate::domain::privacy::masked_phone;
use crate::lookup::alike::{Fields, Person, likeness, place};
use crate::lookup::rank;
use crate::store::find::Shown;

/// The rows of the list, `more` the number of others of each name. Whoever is not in the file any
/// more is not in the list.
pub(super) fn hits(ranked: &Ranked, shown: &[Shown], more: &[u32]) -> Vec<Hit> {
    let people = people(shown);
    let mut hits: Vec<Hit> = Vec::with_capacity(shown.len());
    for (place, ((one, n_more), (_, person))) in shown.iter().zip(more).zip(&people).enumerate() {
        let Some(found) = ranked.hits.iter().find(|found| found.row == one.row) else { continue };
        let mut hit = hit(one, (found.reason(), score(found)));
        hit.marks = marks(&hit.name, &ranked.query.words);
        hit.n_more = *n_more;
        // Of two, the better is who is meant.
        hit.duplicate_of = double(people.iter().take(place), person);
        hits.push(hit);
    }
    hits
}

/// All of one name: none is surer than another.
pub(super) fn namesakes(shown: &[Shown]) -> Vec<Hit> {
    let people = people(shown);
    let row = |(one, (id, person)): (&Shown, &Of<'_>)| Hit {
        duplicate_of: double(people.iter().filter(|(other, _)| other != id), person),
        ..hit(one, ("same name".to_owned(), SAME_NAME_SCORE))
    };
    shown.iter().zip(&people).map(row).collect()
}

/// Whose, and what is compared of them.
type Of<'a> = (&'a ExternalId, Person);

fn people(shown: &[Shown]) -> Vec<Of<'_>> {
    let of = |one: &Customer| person(one, place(&one.postcode, &one.city));
    shown.iter().map(|one| (&one.customer.external_id, of(&one.customer))).collect()
}

/// The first of `others` who is probably the same person as `one`.
fn double<'a>(mut others: impl Iterator<Item = &'a Of<'a>>, one: &Person) -> Option<ExternalId> {
    others.find(|(_, other)| likeness(other, one).is_probable()).map(|(id, _)| (*id).clone())
}

/// What is exact, and nothing more.
const SAME_NAME_SCORE: u16 = 900;

/// The engine's 0 to 100 as the desk's 0 to 1000.
fn score(found: &rank::Hit) -> u16 {
    (found.score * 10.0).round() as u16
}

/// A row with its reason and score, and nothing that the others of the list say about it.
pub(super) fn hit(shown: &Shown, (why, score): (String, u16)) -> Hit {
    let customer = &shown.customer;
    let phone = if customer.phone.is_empty() { &customer.phone2 } else { &customer.phone };
    let details = [masked_phone(phone), customer.email.clone(), customer.city.clone()];
    let details: Vec<_> = details.into_iter().filter(|text| !text.is_empty()).collect();
    Hit {
        customer: customer.external_id.clone(),
        name: customer.full_name(),
        marks: Vec::new(),
        details: details.join(" · "),
        why,
        score,
        verdict: shown.verdict,
        open_case: shown.open_case.clone(),
        n_more: 0,
        duplicate_of: None,
    }
}

/// A customer as two are compared, of a ZIP code or town.
pub(super) fn person(customer: &Customer, place: &str) -> Person {
    Person::new(&Fields {
        given: &customer.given_name,
        surname: &customer.surname,
        phones: [&customer.phone, &customer.phone2],
        email: &customer.email,
        street: &customer.street,
        place,
    })
}
