//! What a search found: one customer a row, with the reason.

use crate::domain::eligibility::Verdict;
use crate::domain::id::{CaseId, CaseNumber, ExternalId};
use std::ops::Range;

/// A customer that matches what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Whose.
    pub customer: ExternalId,
    /// `Amara Okafor`.
    pub name: String,
    /// The letters of `name` that match, in bytes, in order, not overlapping.
    pub marks: Vec<Range<usize>>,
    /// Masked phone, e-mail, town: what tells two of one name apart.
    pub details: String,
    /// Why it matches: `phone ends 0142`.
    pub why: String,
    /// 0 to 1000; higher is better. What is exact is above what is guessed.
    pub score: u16,
    /// The verdict on the free exchange today; `None` when no subscription is on file.
    pub verdict: Option<Verdict>,
    /// The open case of this customer.
    pub open_case: Option<(CaseId, CaseNumber)>,
    /// How many more customers of this name were found and are not in the list.
    pub n_more: u32,
    /// Another of the list, who is probably the same person.
    pub duplicate_of: Option<ExternalId>,
}

/// The answer to one search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// What was asked, as it stood in the box.
    pub query: String,
    /// The best hits, best first.
    pub hits: Vec<Hit>,
    /// Whether there are more than were asked for.
    pub has_more: bool,
    /// How long it took, in microseconds.
    pub took_us: u64,
    /// What was left out of the search, and why, in words.
    pub note: Option<String>,
    /// Whether the query names exactly one record, as a scanned code does: Enter opens it.
    pub is_exact: bool,
}
