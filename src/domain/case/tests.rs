//! Cases to test with, and the table of steps.

use super::*;
use crate::domain::device::Platform;
use crate::domain::id::ReplacementId;
use crate::domain::removal::{Finish, Method, RemovedBy};
use uuid::Uuid;

/// A case that was opened on 5 October 2017 and has no more yet.
pub(crate) fn opened() -> Case {
    Case {
        id: CaseId(Uuid::from_u128(1)),
        number: CaseNumber { prefix: "D2".to_owned(), counter: 419 },
        customer: ExternalId("M1".to_owned()),
        opened_at: Moment(1_507_219_200_000),
        opened_on: NaiveDate::from_ymd_opt(2017, 10, 5).expect("a day"),
        subscription: None,
        check_in: None,
        removals: Vec::new(),
        scans: Vec::new(),
        overrides: Vec::new(),
        hold: None,
        replacements: Vec::new(),
        protection_seen: None,
        closed: None,
    }
}

pub(crate) fn device(n: u128) -> Device {
    Device {
        id: DeviceId(Uuid::from_u128(n)),
        model: "Acer Aspire E15".to_owned(),
        serial: "NXGE6AA0017160".to_owned(),
        platform: Platform::Windows,
        condition: String::new(),
        accessories: "Charger".to_owned(),
    }
}

pub(crate) fn check_in(wants: Wants, devices: Vec<Device>) -> CheckIn {
    CheckIn { wants, devices, backup: Some(Backup::Yes), consent_by: "Amara Okafor".to_owned() }
}

pub(crate) fn removal(device: &Device, outcome: Option<Outcome>) -> Removal {
    Removal {
        id: RemovalId(device.id.0),
        device: device.id,
        by: RemovedBy::Technician,
        method: Method::WindowsUninstall,
        product: "Kaspersky Internet Security".to_owned(),
        version: "17.0.0.611".to_owned(),
        started_at: Moment(0),
        checks: Vec::new(),
        finish: outcome.map(|outcome| Finish { at: Moment(60_000), outcome, notes: String::new() }),
    }
}

fn replacement(case: &Case) -> Replacement {
    Replacement {
        id: ReplacementId(Uuid::from_u128(9)),
        case: case.id,
        key: KeyId(Uuid::from_u128(7)),
        product: ProductId(Uuid::from_u128(8)),
        issued_at: Moment(120_000),
        shortfall_reason: String::new(),
        voided: None,
        active_at: None,
    }
}

fn removed() -> Outcome {
    Outcome::RemovedAsStated { statement: "programs, services, drivers".to_owned() }
}

#[test]
fn the_step_follows_from_what_was_done() {
    let mut case = opened();
    assert_eq!(case.step(), Step::CheckIn);
    let (one, two) = (device(11), device(12));
    case.check_in = Some(check_in(Wants::Both, vec![one.clone(), two.clone()]));
    assert_eq!(case.step(), Step::Removal);
    case.removals = vec![removal(&one, Some(removed())), removal(&two, None)];
    assert_eq!(case.step(), Step::Removal);
    case.removals = vec![removal(&one, Some(removed())), removal(&two, Some(removed()))];
    assert_eq!(case.step(), Step::Replacement);
    case.replacements.push(replacement(&case));
    assert_eq!(case.step(), Step::HandOver);
    case.replacements[0].voided = Some((Moment(1), "rejected by the vendor".to_owned()));
    assert_eq!(case.step(), Step::Replacement);
    case.closed = Some((Moment(2), Closing::HandedOver));
    assert_eq!(case.step(), Step::Closed);
}

#[test]
fn either_part_of_the_offer_can_be_had_alone() {
    let mut case = opened();
    case.check_in = Some(check_in(Wants::ExchangeOnly, Vec::new()));
    assert_eq!(case.step(), Step::Replacement);
    let one = device(11);
    case.check_in = Some(check_in(Wants::RemovalOnly, vec![one.clone()]));
    assert_eq!(case.step(), Step::Removal);
    case.removals = vec![removal(&one, Some(Outcome::RemovedByCustomer))];
    assert_eq!(case.step(), Step::HandOver);
}

#[test]
fn the_gap_runs_from_the_first_removal_until_protection_is_seen() {
    let mut case = opened();
    let one = device(11);
    case.check_in = Some(check_in(Wants::Both, vec![one.clone()]));
    case.removals = vec![removal(&one, None)];
    assert_eq!(case.unprotected_since(), None);
    case.removals = vec![removal(&one, Some(Outcome::LeftToCustomer))];
    assert_eq!(case.unprotected_since(), None);
    case.removals = vec![removal(&one, Some(removed()))];
    assert_eq!(case.unprotected_since(), Some(Moment(60_000)));
    let mut active = case.clone();
    active.replacements.push(replacement(&case));
    assert_eq!(active.unprotected_since(), Some(Moment(60_000)));
    active.replacements[0].active_at = Some(Moment(180_000));
    assert_eq!(active.unprotected_since(), None);
    let seen = |at| Some((Moment(at), "Windows Security".to_owned()));
    // Seen when, since when unprotected.
    let table = [(59_999, Some(Moment(60_000))), (60_000, None), (60_001, None)];
    for (at, since) in table {
        case.protection_seen = seen(at);
        assert_eq!(case.unprotected_since(), since, "seen at {at}");
    }
    active.replacements[0].active_at = Some(Moment(59_999));
    assert_eq!(active.unprotected_since(), Some(Moment(60_000)));
}

#[test]
fn a_second_removal_starts_the_gap_again() {
    let (one, two) = (device(11), device(12));
    let mut case = opened();
    case.check_in = Some(check_in(Wants::Both, vec![one.clone(), two.clone()]));
    case.removals = vec![removal(&one, Some(removed())), removal(&two, Some(removed()))];
    case.removals[1].finish.as_mut().expect("an end").at = Moment(90_000);
    case.protection_seen = Some((Moment(70_000), "Windows Security".to_owned()));
    assert_eq!(case.unprotected_since(), Some(Moment(90_000)));
    case.protection_seen = Some((Moment(95_000), "Windows Security".to_owned()));
    assert_eq!(case.unprotected_since(), None);
}

#[test]
fn check_in_names_every_gap() {
    let whole = check_in(Wants::Both, vec![device(11)]);
    assert_eq!(whole.check(), Ok(()));
    assert_eq!(check_in(Wants::Both, Vec::new()).check(), Err(vec![CheckInGap::Device]));
    let bare = CheckIn {
        wants: Wants::ExchangeOnly,
        devices: Vec::new(),
        backup: None,
        consent_by: String::new(),
    };
    assert_eq!(bare.check(), Ok(()));
    let mut blank = device(11);
    blank.model = " ".to_owned();
    blank.condition = "card 4111111111111111".to_owned();
    let gaps = CheckIn { wants: Wants::Both, devices: vec![blank], ..bare }.check();
    use CheckInGap::{Backup, CardNumber, Consent, Model};
    assert_eq!(gaps, Err(vec![Model, Backup, Consent, CardNumber]));
}
