//! What both sheets are told from: the case, the settings, the moment, and a few questions to them.

use crate::domain::card::{CaseFile, CaseKey};
use crate::domain::case::{Closing, OverrideKind};
use crate::domain::device::Device;
use crate::domain::removal::{Check, Finish, Outcome, Removal};
use crate::domain::settings::Settings;
use crate::domain::time::{Moment, day_text};
use chrono::NaiveDate;

/// What the timeline has in place of a name when no person did it.
const COMMAND_LINE: &str = "Command line";

/// A case as it is told to the customer.
#[derive(Clone, Copy)]
pub(super) struct Story<'a> {
    pub(super) file: &'a CaseFile,
    pub(super) settings: &'a Settings,
    pub(super) printed_at: Moment,
}

/// How far the removal from a device has come.
#[derive(Clone, Copy)]
pub(super) enum State<'a> {
    /// Nobody asked for it.
    NotWanted,
    /// Asked for, not begun.
    NotBegun,
    /// Begun, not ended.
    Running(&'a Removal),
    /// Ended.
    Ended(&'a Removal, &'a Finish),
}

impl<'a> Story<'a> {
    /// `5 Oct 2017, 11:06` on the store's clock.
    pub(super) fn when(&self, at: Moment) -> String {
        let zone = self.settings.desk.time_zone;
        format!("{}, {}", day_text(at.day(zone)), at.clock_text(zone))
    }

    /// `11:06` on the day on which the case was opened, which stands on top; else with its day.
    pub(super) fn time(&self, at: Moment) -> String {
        let zone = self.settings.desk.time_zone;
        if at.day(zone) == self.file.case.opened_on { at.clock_text(zone) } else { self.when(at) }
    }

    /// The withdrawn vendor: `Kaspersky`.
    pub(super) fn vendor(&self) -> &'a str {
        &self.settings.campaign.withdrawn_vendor
    }

    /// The last day of the offer.
    pub(super) fn last_day(&self) -> NaiveDate {
        self.settings.campaign.last_day()
    }

    /// Whether the offer still runs on the day of printing.
    pub(super) fn is_offer_open(&self) -> bool {
        self.printed_at.day(self.settings.desk.time_zone) <= self.last_day()
    }

    /// The removal from `device`.
    pub(super) fn state_of(&self, device: &Device) -> State<'a> {
        let case = &self.file.case;
        match case.removal_of(device.id) {
            Some(removal) => match &removal.finish {
                Some(finish) => State::Ended(removal, finish),
                None => State::Running(removal),
            },
            None if case.wants().removal() => State::NotBegun,
            None => State::NotWanted,
        }
    }

    /// Every device with its removal, in the order of check-in.
    pub(super) fn devices(&self) -> impl Iterator<Item = (&'a Device, State<'a>)> + use<'a> {
        let story = *self;
        self.file.case.devices().iter().map(move |device| (device, story.state_of(device)))
    }

    /// The key that was handed out and not voided.
    pub(super) fn key(&self) -> Option<&'a CaseKey> {
        let issued = self.file.case.replacement()?.key;
        self.file.key.as_ref().filter(|key| key.id == issued)
    }

    /// The devices that lost their protection here, and on which none was seen since.
    pub(super) fn unprotected(&self) -> impl Iterator<Item = &'a Device> + use<'a> {
        let case = &self.file.case;
        let is_seen = case.protection_seen.is_some()
            || case.replacement().is_some_and(|replacement| replacement.active_at.is_some());
        self.devices()
            .filter(move |(_, state)| match state {
                State::Ended(removal, finish) => {
                    let is_on = is_seen
                        || removal.ticked_at(Check::ProtectionOn).is_some()
                        || case.protection_shown(removal.device).is_some();
                    !is_on && finish.outcome.leaves_unprotected()
                }
                State::NotWanted | State::NotBegun | State::Running(_) => false,
            })
            .map(|(device, _)| device)
    }

    /// The devices whose removal ended in a way that `is_one` picks.
    pub(super) fn ended(&self, is_one: fn(&Outcome) -> bool) -> Vec<&'a Device> {
        self.devices()
            .filter(|(_, state)| matches!(state, State::Ended(_, end) if is_one(&end.outcome)))
            .map(|(device, _)| device)
            .collect()
    }

    /// The devices on which a scan found it again after its removal.
    pub(super) fn found_again(&self) -> impl Iterator<Item = &'a Device> + use<'a> {
        let case = &self.file.case;
        self.devices()
            .filter(move |(_, state)| match state {
                State::Ended(removal, _) => case.contradiction(removal).is_some(),
                State::NotWanted | State::NotBegun | State::Running(_) => false,
            })
            .map(|(device, _)| device)
    }

    /// Whether the visit has ended: what was not done by now was not done in it.
    pub(super) fn is_closed(&self) -> bool {
        self.file.case.closed.is_some()
    }

    /// Why the visit was given up, when it was.
    pub(super) fn withdrawn(&self) -> Option<&'a str> {
        match &self.file.case.closed {
            Some((_, Closing::Withdrawn { reason })) => Some(reason),
            Some((_, Closing::HandedOver)) | None => None,
        }
    }

    /// The person who did what the timeline has at `at` in words that begin with `what`; `None`
    /// when nobody is named there.
    pub(super) fn who(&self, at: Moment, what: &str) -> Option<&'a str> {
        let timeline = self.file.timeline.iter();
        let mut lines = timeline.filter(|line| line.at == at && line.what.starts_with(what));
        lines.next().map(|line| line.who.as_str()).filter(|who| *who != COMMAND_LINE)
    }

    /// Whether a lead lets the exchange go out against the rules.
    pub(super) fn is_exchange_overridden(&self) -> bool {
        self.file.case.is_overridden(OverrideKind::Exchange)
    }
}

/// `Acer Aspire E15`, `Acer Aspire E15 and HP 250`, `Acer, HP and Dell`; `4 devices` for more,
/// and for devices of one name, so that a sentence stays one.
pub(super) fn names(devices: &[&Device]) -> String {
    let names: Vec<&str> = devices.iter().map(|device| device.model.trim()).collect();
    let is_clear = names
        .iter()
        .enumerate()
        .all(|(idx, name)| !names.iter().skip(idx + 1).any(|other| other == name));
    match names.as_slice() {
        [] => "device".to_owned(),
        [one] => (*one).to_owned(),
        [one, two] if is_clear => format!("{one} and {two}"),
        [one, two, three] if is_clear => format!("{one}, {two} and {three}"),
        more => format!("{} devices", more.len()),
    }
}
