//! The sheet's title, its few sentences for somebody in a hurry, and what is signed.

use super::evidence;
use super::sentence;
use super::story::{State, Story, names};
use crate::domain::case::Wants;
use crate::domain::eligibility::Verdict;
use crate::domain::removal::Outcome;
use crate::domain::time::day_text;

/// `Kaspersky removal and exchange`.
pub(super) fn title(story: &Story<'_>) -> String {
    let what = match story.file.case.wants() {
        Wants::Both => "removal and exchange",
        Wants::RemovalOnly => "removal",
        Wants::ExchangeOnly => "exchange",
    };
    format!("{} {what}", story.vendor())
}

/// What happened: the removal, the exchange, and whether a device is unprotected.
pub(super) fn text(story: &Story<'_>) -> String {
    let ended = story
        .withdrawn()
        .map(|reason| format!("This visit ended early. Reason: {}", sentence(reason)));
    let parts = [ended, removal(story), exchange(story), protection(story)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn removal(story: &Story<'_>) -> Option<String> {
    let devices: Vec<_> = story.devices().collect();
    match devices.as_slice() {
        [] if story.file.case.check_in.is_none() => None,
        [] => Some("No device was here: nothing was removed, nothing was looked at.".to_owned()),
        [(device, state)] => Some(one_device(story, &names(&[device]), *state)),
        several => Some(several_devices(story, several.len())),
    }
}

fn one_device(story: &Story<'_>, name: &str, state: State<'_>) -> String {
    let vendor = story.vendor();
    match state {
        State::NotWanted => {
            format!("No removal was asked for: {vendor} may still be on your {name}.")
        }
        State::NotBegun if story.is_closed() => {
            format!("Nothing was removed from your {name}.")
        }
        State::NotBegun => format!("The removal from your {name} has not begun."),
        State::Running(_) if story.is_closed() => {
            format!("The removal from your {name} was not finished.")
        }
        State::Running(_) => format!("The removal from your {name} is not finished."),
        State::Ended(removal, _) if story.file.case.contradiction(removal).is_some() => {
            format!("{vendor} was removed from your {name}, but a later scan found it again.")
        }
        State::Ended(_, finish) => match finish.outcome {
            Outcome::RemovedAsShown { .. } | Outcome::RemovedAsStated { .. } => {
                format!("{vendor} was removed from your {name}.")
            }
            Outcome::LeftoversRemain { .. } => {
                format!("{vendor} was removed from your {name}, but parts of it remain.")
            }
            Outcome::RemovedByCustomer => {
                format!("You removed {vendor} from your {name} yourself.")
            }
            Outcome::LeftToCustomer => {
                format!("{vendor} is still on your {name}: you remove it at home.")
            }
            Outcome::NotRemoved { .. } => format!("{vendor} was not removed from your {name}."),
        },
    }
}

fn several_devices(story: &Story<'_>, n: usize) -> String {
    let vendor = story.vendor();
    let mut gone = story.ended(Outcome::is_removed);
    let back: Vec<_> = story.found_again().map(|device| device.id).collect();
    gone.retain(|device| !back.contains(&device.id));
    let all_wanted = story.file.case.wants().removal() || !story.file.case.removals.is_empty();
    if !all_wanted {
        format!("No removal was asked for: {vendor} may still be on your {n} devices.")
    } else if gone.len() == n {
        format!("{vendor} is gone from {}.", all_devices(n))
    } else if gone.is_empty() {
        format!("{vendor} is not wholly gone from any of your {n} devices; see each device.")
    } else {
        let n_gone = gone.len();
        format!("{vendor} is gone from {n_gone} of {n} devices; see each device for the rest.")
    }
}

fn exchange(story: &Story<'_>) -> Option<String> {
    let case = &story.file.case;
    case.check_in.as_ref()?;
    if case.replacement().is_some() {
        let product = story.key().map_or("a replacement", |key| key.product.name.as_str());
        return Some(format!("In exchange you received {product}."));
    }
    if case.wants().exchange() {
        let yet = if story.is_closed() { "was handed out" } else { "has been handed out yet" };
        return Some(format!("No replacement {yet}."));
    }
    Some(if can_still_exchange(story) {
        let last = day_text(story.last_day());
        format!("No exchange was asked for; it stays free for you until {last}.")
    } else {
        "No exchange was asked for.".to_owned()
    })
}

/// Whether the customer, who got no key in this visit, can still come for one.
pub(super) fn can_still_exchange(story: &Story<'_>) -> bool {
    let is_eligible = story.file.eligibility.verdict() == Verdict::Eligible;
    let is_here = story.file.case.replacement().is_none();
    is_here && is_eligible && story.is_offer_open()
}

fn protection(story: &Story<'_>) -> Option<String> {
    if let Some((at, name)) = &story.file.case.protection_seen {
        return Some(format!("{} was seen on at {}.", name.trim(), story.time(*at)));
    }
    let shown = evidence::protection(story);
    let parts = [shown, unprotected(story)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn unprotected(story: &Story<'_>) -> Option<String> {
    let bare: Vec<_> = story.unprotected().collect();
    if bare.is_empty() {
        return None;
    }
    let names = names(&bare);
    Some(if story.file.case.replacement().is_some() {
        format!("Until you activate it, we know of no antivirus that protects your {names}.")
    } else {
        format!("We saw no antivirus running on your {names} afterwards.")
    })
}

/// What the customer signs: only what is true of this visit.
pub(super) fn receipt(story: &Story<'_>) -> String {
    let case = &story.file.case;
    let with = case.devices().iter().any(|device| !device.accessories.trim().is_empty());
    let device = match case.devices().len() {
        0 => None,
        1 => Some("the device".to_owned()),
        n => Some(all_devices(n)),
    };
    let device = device.map(|text| if with { format!("{text} with accessories") } else { text });
    let key = case.replacement().map(|_| "the replacement".to_owned());
    let received: Vec<_> = device.into_iter().chain(key).collect();
    if received.is_empty() {
        "This sheet was explained to me.".to_owned()
    } else {
        format!("I received {}, and this sheet was explained to me.", received.join(" and "))
    }
}

fn all_devices(n: usize) -> String {
    if n == 2 { "both devices".to_owned() } else { format!("all {n} devices") }
}
