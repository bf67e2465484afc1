//! From what was typed to rows: the keys from the file, the names from memory, one list of both.

use super::IsOvertaken;
use super::names::Names;
use crate::domain::key::Column;
use crate::lookup::key::{Probe, Span, Stage};
use crate::lookup::query::{self, Query};
use crate::lookup::rank::{self, Hit, KeyHit, NameHit, Part, Reason, Tier};
use crate::store::error::StoreError;
use crate::store::find::NameOrder;
use crate::store::reader::Reader;

/// How unlikely a name is that begins as typed, beside those from memory.
const BEGINNING_COST: f32 = 2.0;

/// A name without the key that was typed beside it: a key with an error is likelier.
const KEY_LEFT_OUT: f32 = 7.0;

/// Rows that are read in one stage at most, whatever was typed.
const ROWS_MAX: usize = 4_000;

/// E-mail addresses with what was typed inside them that are looked at.
const INSIDE_MAX: usize = 100;

/// Who may be meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// What was typed, read.
    pub query: Query,
    /// The surest first.
    pub hits: Vec<Hit>,
    /// Whether there are more than were asked for.
    pub has_more: bool,
    /// Whether the whole of one record's key was typed, and of no other's.
    pub is_exact: bool,
}

/// Whether what is in memory may answer `text`: names, and what is inside e-mail addresses.
pub(super) fn may_be_name(text: &str) -> bool {
    let query = query::parse(text);
    let is_inside = |probe: &Probe| probe.column == Column::EmailInside;
    !query.words.is_empty() || query.probes.iter().any(is_inside)
}

/// Searches. `None` when it was overtaken.
pub(super) fn rank(
    reader: &Reader,
    names: &Names,
    (text, limit): (&str, usize),
    is_overtaken: IsOvertaken<'_>,
) -> Result<Option<Ranked>, StoreError> {
    let query = query::parse(text);
    // One more than asked for, so that it is known whether there are more.
    let enough = limit.saturating_add(1);
    let mut keys = Vec::new();
    // A customer may have more than one such key.
    let first = (&query, Stage::First, 2 * enough);
    if !probe(reader, names, first, &mut keys, is_overtaken)? || is_overtaken() {
        return Ok(None);
    }
    let mut found = called(reader, names, &query, enough)?;
    if query.has_key {
        found.iter_mut().for_each(leave_key_out);
    }
    let is_sure = keys.iter().any(|hit: &KeyHit| hit.tier == Tier::Exact)
        || found.iter().any(|hit| hit.tier == Tier::Exact);
    // What begins as typed needs no guess beside it.
    let is_guessed = found.iter().all(|hit| hit.tier == Tier::Guess);
    let is_fallback = !is_sure && keys.is_empty() && (is_guessed || found.len() < enough);
    let fallback = (&query, Stage::Fallback, ROWS_MAX);
    if is_fallback && !probe(reader, names, fallback, &mut keys, is_overtaken)? {
        return Ok(None);
    }
    let mut hits = rank::merge(found, keys, enough);
    let has_more = hits.len() > limit;
    let is_exact =
        hits.first().is_some_and(is_whole) && hits.iter().filter(|hit| is_whole(hit)).count() == 1;
    hits.truncate(limit);
    Ok(Some(Ranked { query, hits, has_more, is_exact }))
}

/// Who has the name, and perhaps not the key that was typed beside it, is a guess; a frequent name
/// is no likelier for it.
fn leave_key_out(hit: &mut NameHit) {
    hit.tier = Tier::Guess;
    hit.cost = hit.cost.max(0.0) + KEY_LEFT_OUT;
    hit.reasons.push(Reason::PartOfTyped);
}

/// Whether the whole of a key was typed, or read by a scanner.
fn is_whole(hit: &Hit) -> bool {
    let whole = |reason: &Reason| matches!(reason, Reason::Key(_, Part::Whole | Part::Misread));
    hit.tier == Tier::Exact && hit.reasons.iter().any(whole)
}

/// Makes the probes of one stage, each for so many rows at most; `false` when they were overtaken.
fn probe(
    reader: &Reader,
    names: &Names,
    (query, stage, rows_max): (&Query, Stage, usize),
    hits: &mut Vec<KeyHit>,
    is_overtaken: IsOvertaken<'_>,
) -> Result<bool, StoreError> {
    let mut n_left = ROWS_MAX;
    for (place, probe) in query.probes.iter().enumerate() {
        // The same word may have been typed twice.
        let is_asked = query.probes.iter().take(place).any(|earlier| earlier == probe);
        if probe.stage != stage || is_asked {
            continue;
        }
        if is_overtaken() {
            return Ok(false);
        }
        let found = read(reader, names, (probe, probe.rows_max().min(rows_max).min(n_left)))?;
        n_left = n_left.saturating_sub(found.len());
        hits.extend(found.iter().filter_map(|(row, key)| probe.judge(*row, key)));
    }
    Ok(true)
}

fn read(
    reader: &Reader,
    names: &Names,
    (probe, limit): (&Probe, usize),
) -> Result<Vec<(i64, String)>, StoreError> {
    match (&probe.span, probe.span.bounds()) {
        (_, Some((from, to))) => reader.keys_between(probe.column, (&from, &to), limit),
        (Span::Inside(part), None) if probe.column == Column::EmailInside => {
            let emails =
                names.memory().map(|memory| memory.emails.find(part, limit.min(INSIDE_MAX)));
            Ok(emails.unwrap_or_default())
        }
        (_, None) => Ok(Vec::new()),
    }
}

/// Who is called so: from memory, and from the file what is not in memory.
fn called(
    reader: &Reader,
    names: &Names,
    query: &Query,
    limit: usize,
) -> Result<Vec<NameHit>, StoreError> {
    let mut hits = names.memory().map_or_else(Vec::new, |memory| memory.names.search(query, limit));
    if names.is_behind() && !query.words.is_empty() {
        hits.extend(as_typed(reader, query, limit)?);
    }
    Ok(hits)
}

/// Names as typed and their beginnings, from the file's own index.
fn as_typed(reader: &Reader, query: &Query, limit: usize) -> Result<Vec<NameHit>, StoreError> {
    let typed = query.words.join(" ");
    let mut hits: Vec<NameHit> = Vec::new();
    for order in [NameOrder::SurnameFirst, NameOrder::GivenFirst] {
        if order == NameOrder::GivenFirst && query.n_before_comma > 0 {
            continue;
        }
        for (row, name) in reader.names_beginning(order, &typed, limit)? {
            if hits.iter().any(|hit| hit.row == row) {
                continue;
            }
            // A whole word of the name was typed, and nothing beside it that says more.
            let is_word = name
                .strip_prefix(&typed)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
            let (tier, cost, reason) = if is_word && query.numbers.is_empty() {
                let is_all = name == typed;
                let reason = if is_all { Reason::Name } else { Reason::PartOfName };
                (Tier::Exact, if is_all { 0.0 } else { 1.0 }, reason)
            } else {
                (Tier::Beginning, BEGINNING_COST, Reason::NameBeginning)
            };
            hits.push(NameHit { row, tier, cost, reasons: vec![reason], name, is_name: false });
        }
    }
    Ok(hits)
}
