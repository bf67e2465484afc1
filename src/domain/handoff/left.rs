//! What is left for the customer: only what applies to this visit, the urgent first.
//!
//! Source: facts C2 (what dies with the product), E3 (the old product goes first), F.

use super::ToDo;
use super::replacement::KEY_CHARS_SHOWN;
use super::story::{State, Story, names};
use super::summary::can_still_exchange;
use crate::domain::device::{Device, Platform};
use crate::domain::product_text::Seats;
use crate::domain::removal::{Check, Outcome};
use crate::domain::subscription::{Channel, Edition, Subscription};
use crate::domain::time::{count_text, day_text};

/// Everything that is left, in the order in which it should be done.
pub(super) fn to_dos(story: &Story<'_>) -> Vec<ToDo> {
    let case = &story.file.case;
    let is_over =
        case.replacement().is_some() || case.removals.iter().any(|one| one.finish.is_some());
    let first = [
        dead_filter(story),
        come_back(story),
        remove_at_home(story),
        restart(story),
        activate(story),
    ];
    let second = [turn_on_antivirus(story), other_devices(story), phones(story)];
    let third = [cancel_renewal(story), browsers(story), passwords(story)];
    // Who keeps the product has nothing to clean up.
    let cleaning = second.into_iter().chain(third).filter(|_| is_over);
    first.into_iter().chain(cleaning).chain([exchange_later(story)]).flatten().collect()
}

fn to_do(what: impl Into<String>, how: impl Into<String>) -> ToDo {
    ToDo { what: what.into(), how: how.into() }
}

fn dead_filter(story: &Story<'_>) -> Option<ToDo> {
    let in_danger: Vec<&Device> = story
        .devices()
        .map(|(device, _)| device)
        .filter(|device| story.file.case.danger_of(device.id).is_some())
        .collect();
    let what = format!("Do not restart your {} before you have asked us", names(&in_danger));
    let how = "Mouse or keyboard may not work after the next restart.";
    (!in_danger.is_empty()).then(|| to_do(what, how))
}

fn come_back(story: &Story<'_>) -> Option<ToDo> {
    let mut stuck = story.ended(|outcome| {
        matches!(outcome, Outcome::NotRemoved { .. } | Outcome::LeftoversRemain { .. })
    });
    stuck.extend(story.found_again());
    if stuck.is_empty() {
        return None;
    }
    let free = if story.is_offer_open() {
        format!("The removal is free when you come until {}.", day_text(story.last_day()))
    } else {
        String::new()
    };
    let what = format!("Ask us how to go on with your {}", names(&stuck));
    let them = if stuck.len() == 1 { "it" } else { "them" };
    Some(to_do(
        what,
        format!("{} is not wholly gone from {them}. {free}", story.vendor()).trim_end(),
    ))
}

fn remove_at_home(story: &Story<'_>) -> Option<ToDo> {
    let vendor = story.vendor();
    let case = &story.file.case;
    let devices = still_there(story);
    let has_no_device = case.check_in.is_some() && case.devices().is_empty();
    let where_from = match devices.as_slice() {
        [] if has_no_device && case.replacement().is_some() => "every device it is on".to_owned(),
        [] => return None,
        devices => format!("your {}", names(devices)),
    };
    let order = if case.replacement().is_some() {
        "before you install the replacement"
    } else {
        "when you are ready"
    };
    Some(to_do(
        format!("Remove {vendor} from {where_from} {order}"),
        format!(
            "First restore files from quarantine and open data vaults and backups: they can't be \
             reached afterwards. Uninstall {vendor}, keep no license data, then restart."
        ),
    ))
}

fn restart(story: &Story<'_>) -> Option<ToDo> {
    let waiting: Vec<&Device> = story
        .devices()
        .filter(|(_, state)| match state {
            State::Ended(removal, finish) => {
                let is_done = story.file.case.done_at(removal, Check::Restarted).is_some();
                // Who removed it alone restarted it alone.
                let is_shown = matches!(finish.outcome, Outcome::RemovedAsShown { .. });
                finish.outcome.leaves_unprotected() && !is_done && !is_shown
            }
            State::NotWanted | State::NotBegun | State::Running(_) => false,
        })
        .map(|(device, _)| device)
        .collect();
    let what = format!("Restart your {}", names(&waiting));
    (!waiting.is_empty()).then(|| to_do(what, "The removal is complete only after a restart."))
}

fn activate(story: &Story<'_>) -> Option<ToDo> {
    let replacement = story.file.case.replacement()?;
    let key = story.key()?;
    if replacement.active_at.is_some() {
        return None;
    }
    let product = &key.product;
    let at = match product.activation_address.trim() {
        "" => String::new(),
        address => format!(" at {address}"),
    };
    let ending = key.key.ending(KEY_CHARS_SHOWN);
    Some(to_do(
        format!("Activate {}", product.name),
        format!(
            "Install it{at} and enter the key that ends in {ending}. The whole key is not on this sheet."
        ),
    ))
}

fn turn_on_antivirus(story: &Story<'_>) -> Option<ToDo> {
    let bare: Vec<&Device> = story.unprotected().collect();
    if bare.is_empty() || story.file.case.replacement().is_some() {
        return None;
    }
    let how = if bare.iter().any(|device| device.platform == Platform::Windows) {
        "On Windows 10, open Windows Security and see that it is on. Older Windows has no antivirus of its own: install one."
    } else {
        "Install one, or see that the one of the system is on."
    };
    Some(to_do(format!("See that an antivirus is on: {}", names(&bare)), how))
}

fn other_devices(story: &Story<'_>) -> Option<ToDo> {
    let vendor = story.vendor();
    let subscription = story.file.subscription.as_ref()?;
    let how = match (subscription.seats(), story.file.case.devices().len()) {
        // Without a device here, every device is spoken of already.
        (_, 0) => return None,
        (Some(seats), n_here) if usize::from(seats) <= n_here => return None,
        (Some(seats), n_here) => {
            let here = if n_here == 1 { "1 was".to_owned() } else { format!("{n_here} were") };
            format!("Your license covered {}; {here} here.", count_text(seats.into(), "device"))
        }
        (None, _) => "We don't know how many devices your license covered.".to_owned(),
    };
    let covers = story.key().map_or(String::new(), |key| match key.product.seats {
        Seats::Count(1) => " The replacement covers 1 device only.".to_owned(),
        seats => format!(" The replacement covers {}.", seats.label()),
    });
    Some(to_do(format!("Remove {vendor} from other devices on this license"), how + &covers))
}

fn phones(story: &Story<'_>) -> Option<ToDo> {
    let subscription = story.file.subscription.as_ref()?;
    let may_cover_phones =
        !matches!(subscription.edition(), Some(Edition::AntiVirus | Edition::Free))
            && subscription.seats() != Some(1);
    may_cover_phones.then(|| {
        to_do(
            format!("Remove {} apps from phones and tablets", story.vendor()),
            "Android: first withdraw the device administrator right in the settings.",
        )
    })
}

fn cancel_renewal(story: &Story<'_>) -> Option<ToDo> {
    let vendor = story.vendor();
    let subscription = story.file.subscription.as_ref();
    if subscription.and_then(Subscription::edition) == Some(Edition::Free) {
        return None;
    }
    let is_known = subscription.is_some_and(|one| match &one.channel {
        Channel::Renewal => true,
        Channel::Other(text) => text.to_ascii_lowercase().contains("renew"),
        Channel::Store
        | Channel::Online
        | Channel::GeekSquad
        | Channel::Bundle
        | Channel::Elsewhere => false,
    });
    let how = if is_known {
        "Our records show a renewal. Removing the program does not stop the billing."
    } else {
        "If it renews by itself at Best Buy or in My Kaspersky: removing it does not stop the billing."
    };
    Some(to_do(format!("Cancel automatic renewal of {vendor}"), how))
}

fn browsers(story: &Story<'_>) -> Option<ToDo> {
    let has_desktop =
        |device: &&Device| matches!(device.platform, Platform::Windows | Platform::MacOs);
    let devices = story.file.case.devices();
    (devices.is_empty() || devices.iter().any(|device| has_desktop(&device))).then(|| {
        to_do(
            format!("Remove the {} extension from every browser", story.vendor()),
            "Browsers that share an account may bring it back from another device.",
        )
    })
}

fn passwords(story: &Story<'_>) -> Option<ToDo> {
    let case = &story.file.case;
    let names = case.removals.iter().map(|removal| removal.product.as_str());
    let names = names.chain(story.file.subscription.iter().map(|one| one.product.as_str()));
    // Kaspersky Anti-Virus and the free edition come without a password manager.
    let may_hold = |name| !matches!(Edition::read(name), Some(Edition::AntiVirus | Edition::Free));
    let mut names = names.peekable();
    if names.peek().is_some() && !names.any(may_hold) {
        return None;
    }
    let is_ahead = case.devices().is_empty() || !still_there(story).is_empty();
    let how = if is_ahead {
        "If you used it: export them before you uninstall, and import them into another password manager. Then \
         delete the exported file: anybody can read it."
    } else {
        "If you used it: import the exported file into another password manager, then delete the file: anybody \
         can read it."
    };
    let what = format!("Move passwords out of {} Password Manager", story.vendor());
    Some(to_do(what, how))
}

/// The devices from which the customer still has to remove it.
fn still_there<'a>(story: &Story<'a>) -> Vec<&'a Device> {
    let left = story.ended(|outcome| matches!(outcome, Outcome::LeftToCustomer));
    let not_asked = story.devices().filter(|(_, state)| matches!(state, State::NotWanted));
    left.into_iter().chain(not_asked.map(|(device, _)| device)).collect()
}

fn exchange_later(story: &Story<'_>) -> Option<ToDo> {
    can_still_exchange(story).then(|| {
        to_do(
            format!("Come for your free exchange until {}", day_text(story.last_day())),
            "Bring this sheet. What is begun by then can be finished later.",
        )
    })
}
