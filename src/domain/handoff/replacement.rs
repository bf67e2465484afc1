//! The replacement on the sheet: product, terms, the key's end, where and by whom it is activated.

use super::story::Story;
use super::{Fact, Mark, Part, code, detail, sentence, text};
use crate::domain::catalog::Product;
use crate::domain::eligibility::{Answer, Verdict};
use crate::domain::replacement::{Replacement, Shortfall, shortfalls};
use crate::domain::time::count_text;

/// How many of a key's last characters are printed on the handoff sheet.
pub(super) const KEY_CHARS_SHOWN: usize = 4;

/// The part of the replacement; `None` when no exchange was asked for and none was made.
pub(super) fn part(story: &Story<'_>) -> Option<Part> {
    let case = &story.file.case;
    match case.replacement() {
        Some(replacement) => Some(handed_out(story, replacement)),
        None if case.wants().exchange() => Some(not_handed_out(story)),
        None => None,
    }
}

fn handed_out(story: &Story<'_>, replacement: &Replacement) -> Part {
    let mut facts = Vec::new();
    match story.key() {
        Some(key) => {
            facts.extend(terms(&key.product));
            let ending = key.key.ending(KEY_CHARS_SHOWN);
            facts.push(code("Key ends in", ending.trim_start_matches('…')));
            facts.push(activation_address(&key.product));
            facts.extend(less_than_before(story, replacement, &key.product));
        }
        None => facts.push(text("Product", "on file under the case number")),
    }
    facts.push(detail("Handed out", story.time(replacement.issued_at)));
    let activated = match replacement.active_at {
        Some(at) => match story.who(at, "") {
            Some(name) => format!("seen active by {name}, {}", story.time(at)),
            None => format!("seen active, {}", story.time(at)),
        },
        None => "not yet: you activate it".to_owned(),
    };
    facts.push(text("Activated", activated));
    facts.extend(voided(story));
    let status = match replacement.active_at {
        Some(_) => (Mark::Done, "Active"),
        None => (Mark::Open, "To be activated"),
    };
    Part { title: "Your replacement".to_owned(), status: Some(status), facts }
}

/// Product, seats and term, as both sheets have them.
pub(super) fn terms(product: &Product) -> Vec<Fact> {
    let months = count_text(product.term_months.into(), "month");
    vec![
        text("Product", product.name.clone()),
        text("Covers", format!("{}, {months}", product.seats.label())),
    ]
}

/// Where it is activated, as both sheets have it.
pub(super) fn activation_address(product: &Product) -> Fact {
    match product.activation_address.trim() {
        "" => text("Activate at", format!("not on file; look it up at {}", product.vendor)),
        address => code("Activate at", address),
    }
}

fn less_than_before(
    story: &Story<'_>,
    replacement: &Replacement,
    product: &Product,
) -> Option<Fact> {
    let reason = replacement.shortfall_reason.trim();
    if reason.is_empty() {
        return None;
    }
    let labels: Vec<_> =
        shortfalls(&story.file.wanted, product).into_iter().map(Shortfall::label).collect();
    let less = if labels.is_empty() { "in part".to_owned() } else { labels.join(", ") };
    Some(text("Less", format!("{less}. {}", sentence(reason))))
}

/// Keys that were handed out before and no longer count.
fn voided(story: &Story<'_>) -> Vec<Fact> {
    let replacements = story.file.case.replacements.iter();
    replacements
        .filter_map(|replacement| replacement.voided.as_ref())
        .map(|(_, reason)| text("Earlier key", format!("no longer valid. {}", sentence(reason))))
        .collect()
}

fn not_handed_out(story: &Story<'_>) -> Part {
    let file = story.file;
    let is_closed = story.is_closed();
    let result = if is_closed {
        "No replacement was handed out."
    } else {
        "No replacement has been handed out yet."
    };
    let mut facts = vec![text("Result", result)];
    let verdict = file.eligibility.verdict();
    if verdict != Verdict::Eligible && !story.is_exchange_overridden() {
        let why = match verdict {
            Verdict::NotEligible => Answer::No,
            Verdict::LeadDecides | Verdict::Eligible => Answer::Unknown,
        };
        let rules = file.eligibility.exchange.iter().filter(|rule| rule.answer == why);
        let said: Vec<_> = rules.map(|rule| rule.fact.as_str()).collect();
        let lead = if verdict == Verdict::LeadDecides { "A lead decides: " } else { "" };
        facts.push(text("Why", format!("{lead}{}", sentence(&said.join("; ")))));
    }
    facts.extend(voided(story));
    let status = if is_closed { "Not handed out" } else { "Not yet" };
    Part { title: "Your replacement".to_owned(), status: Some((Mark::Open, status)), facts }
}
