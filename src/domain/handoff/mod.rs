//! What the two sheets say, line by line: the handoff sheet that every customer takes home, and
//! the key sheet that is printed on demand.
//!
//! Invariants: the handoff sheet holds no whole key, code or serial number, also not when one was
//! typed into a note; it speaks of one customer only; it says what was seen, what was stated and
//! what is unknown as three different things. Source: facts F, and product rules, "Removal".
//! Absent on purpose: fonts, sizes and places, which are `exchange::pdf`'s.

mod device;
mod evidence;
mod key_sheet;
mod left;
mod replacement;
mod scrub;
mod story;
mod summary;

pub use key_sheet::{KeySheet, key_sheet};

use crate::domain::card::CaseFile;
use crate::domain::case::OverrideKind;
use crate::domain::settings::Settings;
use crate::domain::subscription::RunsUntil;
use crate::domain::time::{Moment, count_text, day_text};
use chrono::NaiveDate;
use story::Story;

/// What stands on top and at the bottom of every sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    /// Set for made-up people: what is printed on top and at the bottom.
    pub training: Option<&'static str>,
    /// `Best Buy Richfield`.
    pub store: String,
    /// `Store 0281 · Desk 2`.
    pub desk: String,
    /// `D2-00419`, also the barcode.
    pub number: String,
    /// `Printed 5 Oct 2017, 11:31`.
    pub printed: String,
}

/// A label and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// `Restarted`.
    pub label: &'static str,
    /// `11:11`.
    pub value: String,
    /// How the value is set.
    pub kind: FactKind,
    /// Whether it may go when the page is full.
    pub weight: Weight,
}

/// What goes first when the page is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Stays.
    Main,
    /// A time or a circumstance that is on file as well.
    Detail,
}

/// How a value is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// Words.
    Text,
    /// A number, an ending or an address, where each character counts.
    Code,
}

/// How a part ended, at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// As it should be.
    Done,
    /// Something is open, or stays.
    Open,
}

/// A part of the sheet: one device, the replacement, the subscription, a lead's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// `Acer Aspire E15`.
    pub title: String,
    /// `Removed`; `None` when there is nothing to say at a glance.
    pub status: Option<(Mark, &'static str)>,
    /// In order.
    pub facts: Vec<Fact>,
}

/// What is left for the customer, with a box to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToDo {
    /// `Cancel automatic renewal of Kaspersky`.
    pub what: String,
    /// Why or how; may be empty.
    pub how: String,
}

/// A line to sign on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `Customer, or who collects the device`.
    pub role: &'static str,
    /// `Amara Okafor`.
    pub name: String,
}

/// The sheet that the customer takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoffSheet {
    /// Store, case, day.
    pub head: Letterhead,
    /// `Kaspersky removal and exchange`.
    pub title: String,
    /// What happened, in a few sentences.
    pub summary: String,
    /// Day, customer, technician, what was asked for, until when the offer runs.
    pub visit: Vec<Fact>,
    /// A device, the replacement, a lead's words, the subscription, and the other devices.
    pub parts: Vec<Part>,
    /// What is left for the customer; empty when nothing is.
    pub left: Vec<ToDo>,
    /// Whom to ask.
    pub help: String,
    /// What is signed.
    pub receipt: String,
    /// Customer and technician.
    pub signatures: Vec<Signature>,
}

/// The handoff sheet of a case as it stands.
///
/// An open case gives a sheet that says what is not finished.
pub fn sheet(file: &CaseFile, settings: &Settings, printed_at: Moment) -> HandoffSheet {
    let story = Story { file, settings, printed_at };
    let mut devices = file.case.devices().iter().map(|device| device::part(&story, device));
    // What a full page cuts is at the end: the replacement and a lead's word are not.
    let rest = [replacement::part(&story), decisions_part(&story), subscription_part(&story)];
    let parts = devices.next().into_iter().chain(rest.into_iter().flatten()).chain(devices);
    let parts = parts.collect();
    let mut sheet = HandoffSheet {
        head: letterhead(&story),
        title: summary::title(&story),
        summary: summary::text(&story),
        visit: visit(&story),
        parts,
        left: left::to_dos(&story),
        help: help(&story),
        receipt: summary::receipt(&story),
        signatures: signatures(&story),
    };
    let secrets = scrub::secrets_of(file);
    sheet.for_each_text(|text| scrub::scrub(text, &secrets));
    sheet
}

impl HandoffSheet {
    /// Every text that somebody may have typed.
    fn for_each_text(&mut self, change: impl Fn(&mut String)) {
        let visit = self.visit.iter_mut().map(|fact| &mut fact.value);
        let parts = self.parts.iter_mut().flat_map(|part| {
            part.facts.iter_mut().map(|fact| &mut fact.value).chain([&mut part.title])
        });
        let left = self.left.iter_mut().flat_map(|to_do| [&mut to_do.what, &mut to_do.how]);
        let names = self.signatures.iter_mut().map(|signature| &mut signature.name);
        let single = [&mut self.summary, &mut self.help, &mut self.receipt];
        visit.chain(parts).chain(left).chain(names).chain(single).for_each(change);
    }
}

fn text(label: &'static str, value: impl Into<String>) -> Fact {
    Fact { label, value: value.into(), kind: FactKind::Text, weight: Weight::Main }
}

fn code(label: &'static str, value: impl Into<String>) -> Fact {
    Fact { kind: FactKind::Code, ..text(label, value) }
}

fn detail(label: &'static str, value: impl Into<String>) -> Fact {
    Fact { weight: Weight::Detail, ..text(label, value) }
}

fn letterhead(story: &Story<'_>) -> Letterhead {
    let settings = story.settings;
    Letterhead {
        training: settings
            .is_training
            .then_some("TRAINING · made-up people and keys · not for a customer"),
        store: settings.desk.store_name.clone(),
        desk: settings.desk.label(),
        number: story.file.case.number.to_string(),
        printed: format!("Printed {}", story.when(story.printed_at)),
    }
}

fn visit(story: &Story<'_>) -> Vec<Fact> {
    let case = &story.file.case;
    let mut facts = vec![
        text("Opened", story.when(case.opened_at)),
        text("Customer", story.file.customer.full_name()),
        text("Technician", story.file.agent.clone()),
        text("Asked for", case.wants().label()),
        text("Free offer until", day_text(story.last_day())),
    ];
    facts.retain(|fact| !fact.value.is_empty());
    facts
}

fn subscription_part(story: &Story<'_>) -> Option<Part> {
    let file = story.file;
    let subscription = file.subscription.as_ref()?;
    let seats = subscription.seats().map(|n| count_text(n.into(), "device"));
    let runs_until = subscription.runs_until();
    let mut facts = vec![
        text("Product", subscription.product.clone()),
        text("Covers", seats.unwrap_or_else(|| "number of devices not known".to_owned())),
        text("Term", term_text(runs_until, file.case.opened_on)),
    ];
    let days_left = runs_until.day().map(|day| (day - file.case.opened_on).num_days());
    if let Some(days) = days_left.filter(|days| *days >= 0) {
        let on = day_text(file.case.opened_on);
        facts.push(text("Days left", format!("{days} on {on}")));
    }
    if let Some(receipt_no) = &subscription.receipt_no {
        let receipt = code("Receipt", receipt_no.clone());
        facts.push(Fact { weight: Weight::Detail, ..receipt });
    }
    if let Some(ending) = subscription.code_ending() {
        facts.push(code("Code ends in", ending.trim_start_matches('…')));
    }
    if let (Some(number), None) = (&subscription.exchanged_in, file.case.replacement()) {
        facts.push(text("Exchanged", format!("in case {number}")));
    }
    Some(Part { title: format!("Your {} subscription", story.vendor()), status: None, facts })
}

/// As [`RunsUntil::text_on`] the day of the visit, addressed to the customer.
fn term_text(runs_until: RunsUntil, opened_on: NaiveDate) -> String {
    match runs_until {
        RunsUntil::Unknown => "not known".to_owned(),
        known => known.text_on(opened_on),
    }
}

fn decisions_part(story: &Story<'_>) -> Option<Part> {
    let words = &story.file.case.overrides;
    let facts = words.iter().map(|word| {
        let lead = story.who(word.at, "Override").unwrap_or("a lead");
        let by = format!("{lead}, {}", story.time(word.at));
        let label = match word.what {
            OverrideKind::Exchange => "Free exchange",
            OverrideKind::Removal => "Free removal",
            OverrideKind::GoOn => "Going on",
            OverrideKind::Danger => "Device filter",
        };
        text(label, format!("{} ({by})", sentence(&word.reason)))
    });
    let facts: Vec<_> = facts.collect();
    let title = "Decided by a lead".to_owned();
    (!facts.is_empty()).then_some(Part { title, status: None, facts })
}

fn help(story: &Story<'_>) -> String {
    let (desk, number) = (&story.settings.desk, &story.file.case.number);
    let place = format!("come to the Geek Squad desk at {}", desk.store_name);
    let reach = if desk.phone.trim().is_empty() {
        capitalized(&place)
    } else {
        format!("Call {} or {place}", desk.phone.trim())
    };
    format!("{reach} and name case {number}.")
}

fn signatures(story: &Story<'_>) -> Vec<Signature> {
    let has_device = !story.file.case.devices().is_empty();
    let role = if has_device { "Customer, or who collects the device" } else { "Customer" };
    vec![
        Signature { role, name: story.file.customer.full_name() },
        Signature { role: "Technician", name: story.file.agent.clone() },
    ]
}

/// Free text as a sentence: a capital in front, unless it begins with a name such as `klif.sys`,
/// and a full stop behind, unless it has a mark of its own.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    let text =
        if first.chars().all(char::is_lowercase) { capitalized(text) } else { text.to_owned() };
    if text.is_empty() || text.ends_with(['.', '!', '?', '…']) { text } else { text + "." }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
pub(crate) mod tests;
