//! The key sheet: the only paper that carries the whole key, printed on demand.

use super::replacement::{activation_address, terms};
use super::story::{State, Story};
use super::{Fact, Letterhead, help, letterhead, text};
use crate::domain::card::CaseFile;
use crate::domain::privacy::Secret;
use crate::domain::settings::Settings;
use crate::domain::time::Moment;

/// The sheet with the whole key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySheet {
    /// Store, case, day.
    pub head: Letterhead,
    /// `Your license key`.
    pub title: String,
    /// What this paper is worth.
    pub warning: String,
    /// Product, seats, term, address, whose it is.
    pub facts: Vec<Fact>,
    /// The whole key.
    pub key: Secret,
    /// What to do with it, in order.
    pub steps: Vec<String>,
    /// Whom to ask.
    pub help: String,
}

/// The key sheet of a case; `None` unless a key was handed out. A key that is only held is never
/// printed.
pub fn key_sheet(file: &CaseFile, settings: &Settings, printed_at: Moment) -> Option<KeySheet> {
    let story = Story { file, settings, printed_at };
    let replacement = file.case.replacement()?;
    let key = story.key()?;
    let mut facts = terms(&key.product);
    facts.push(activation_address(&key.product));
    facts.push(text("For", file.customer.full_name()));
    facts.push(text("Handed out", story.when(replacement.issued_at)));
    Some(KeySheet {
        head: letterhead(&story),
        title: "Your license key".to_owned(),
        warning: "This is the only paper with your whole key. Whoever has it can use the key: \
                  keep it safe, and show it to nobody."
            .to_owned(),
        facts,
        key: key.key.clone(),
        steps: steps(&story),
        help: help(&story),
    })
}

fn steps(story: &Story<'_>) -> Vec<String> {
    let mut steps = Vec::new();
    let vendor = story.vendor();
    let may_be_there = story.file.case.devices().is_empty()
        || story.devices().any(|(_, state)| match state {
            State::Ended(_, finish) => !finish.outcome.leaves_unprotected(),
            State::NotWanted | State::NotBegun | State::Running(_) => true,
        });
    if may_be_there {
        steps.push(format!("Remove {vendor} from the device and restart it."));
    }
    let address = story.key().map_or("", |key| key.product.activation_address.trim());
    steps.push(match address {
        "" => "Go to the vendor's web site and download the product.".to_owned(),
        address => format!("On the device, go to {address}."),
    });
    steps.push("Enter the key as printed above, hyphens included, and install.".to_owned());
    steps.push("Open the product and see that it says you are protected.".to_owned());
    steps
}
