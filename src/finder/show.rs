//! What the list shows of who was found.

use super::marks::marks;
use super::search::Ranked;
use crate::domain::customer::Customer;
use crate::domain::hit::Hit;
use crate::domain::privacy::masked_phone;
use crate::lookup::alike::{Fields, Person, likeness, place};
use crate::lookup::rank;
use crate::store::find::Shown;

/// The rows of the list, `more` the number of others of each name. Whoever is not in the file any
/// more is not in the list.
pub(super) fn hits(ranked: &Ranked, shown: &[Shown], more: &[u32]) -> Vec<Hit> {
    let mut people: Vec<Person> = Vec::with_capacity(shown.len());
    let mut hits: Vec<Hit> = Vec::with_capacity(shown.len());
    for (shown, n_more) in shown.iter().zip(more) {
        let Some(found) = ranked.hits.iter().find(|found| found.row == shown.row) else { continue };
        let customer = &shown.customer;
        let person = person(customer, place(&customer.postcode, &customer.city));
        let double = people.iter().position(|other| likeness(other, &person).is_probable());
        people.push(person);
        let mut hit = hit(shown, (found.reason(), score(found)));
        hit.marks = marks(&hit.name, &ranked.query.words);
        hit.n_more = *n_more;
        hit.duplicate_of = double.map(|place| place + 1);
        hits.push(hit);
    }
    hits
}

/// All of one name: none is surer than another.
pub(super) fn namesakes(shown: &[Shown]) -> Vec<Hit> {
    shown.iter().map(|shown| hit(shown, ("same name".to_owned(), SAME_NAME_SCORE))).collect()
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
