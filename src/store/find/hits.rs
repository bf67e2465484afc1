//! What is shown of a customer that was found.

use super::Match;
use super::asked::Asked;
use crate::domain::campaign::Campaign;
use crate::domain::customer::Customer;
use crate::domain::eligibility;
use crate::domain::fold;
use crate::domain::hit::Hit;
use crate::domain::id::{CaseId, CaseNumber, ExternalId};
use crate::domain::privacy::masked_phone;
use crate::store::error::StoreError;
use crate::store::{customer, settings};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, named_params};
use std::ops::Range;

/// The rows of the result list, decided for `today`.
pub(super) fn hits(
    conn: &Connection,
    asked: &Asked,
    matches: Vec<Match>,
    today: NaiveDate,
) -> Result<Vec<Hit>, StoreError> {
    let campaign = settings::settings(conn)?.campaign;
    let mut hits = Vec::with_capacity(matches.len());
    for found in matches {
        if let Some(customer) = customer::customer(conn, &found.customer)? {
            hits.push(hit(conn, asked, found, &customer, (&campaign, today))?);
        }
    }
    Ok(hits)
}

fn hit(
    conn: &Connection,
    asked: &Asked,
    found: Match,
    customer: &Customer,
    (campaign, today): (&Campaign, NaiveDate),
) -> Result<Hit, StoreError> {
    let subscriptions = customer::subscriptions(conn, &customer.external_id, None)?;
    let verdict = eligibility::best(campaign, &subscriptions, today)
        .map(|best| eligibility::decide(campaign, Some(best), today).verdict());
    let name = customer.full_name();
    let phone = if customer.phone.is_empty() { &customer.phone2 } else { &customer.phone };
    let details = [masked_phone(phone), customer.email.clone(), customer.city.clone()];
    let details: Vec<_> = details.into_iter().filter(|text| !text.is_empty()).collect();
    Ok(Hit {
        marks: marks(&name, &asked.words),
        name,
        details: details.join(" · "),
        why: found.why,
        score: found.score,
        verdict,
        open_case: open_case(conn, &customer.external_id)?,
        n_more: 0,
        duplicate_of: None,
        customer: found.customer,
    })
}

fn open_case(
    conn: &Connection,
    customer: &ExternalId,
) -> Result<Option<(CaseId, CaseNumber)>, StoreError> {
    let sql = "SELECT id, number FROM cases WHERE customer = :customer AND closed_at_ms IS NULL
                ORDER BY opened_at_ms DESC LIMIT 1";
    let mut statement = conn.prepare_cached(sql)?;
    let params = named_params! { ":customer": customer };
    Ok(statement.query_row(params, |row| Ok((row.get("id")?, row.get("number")?))).optional()?)
}

/// The beginnings of words of `name` that `words` are, in bytes, in order, each word used once.
pub(super) fn marks(name: &str, words: &[String]) -> Vec<Range<usize>> {
    let mut open: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut marks = Vec::new();
    for (start, word) in words_of(name) {
        // The longest first, so that `ok` does not take the word that `okafor` is.
        let longest = open
            .iter()
            .enumerate()
            .filter_map(|(idx, typed)| Some((idx, mark_in(word, typed)?)))
            .max_by_key(|(_, len)| *len);
        if let Some((idx, len)) = longest {
            open.swap_remove(idx);
            marks.push(start..start + len);
        }
    }
    marks
}

/// Words of a name as folding sees them, with their place in bytes.
fn words_of(name: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    name.split([' ', '-', '.', ',']).filter_map(move |word| {
        let at = start;
        start += word.len() + 1;
        (!word.is_empty()).then_some((at, word))
    })
}

/// How many bytes of `word` the folded `typed` covers; `None` when it does not begin so.
fn mark_in(word: &str, typed: &str) -> Option<usize> {
    let mut folded = String::new();
    for (at, letter) in word.char_indices() {
        if folded.len() >= typed.len() {
            // A bare accent belongs to the letter before it.
            let mut more = String::new();
            fold::push_folded(letter, &mut more);
            if !more.is_empty() {
                return folded.starts_with(typed).then_some(at);
            }
        } else {
            fold::push_folded(letter, &mut folded);
        }
    }
    (folded.starts_with(typed) && !typed.is_empty()).then_some(word.len())
}
