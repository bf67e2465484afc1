//! The guards' tables: what may happen when, and what may not.

use super::*;
use crate::domain::campaign::Campaign;
use crate::domain::case::tests::{check_in, device, opened, removal};
use crate::domain::case::{Override, Wants};
use crate::domain::device::Platform;
use crate::domain::eligibility::decide;
use crate::domain::id::{CaseId, KeyId, PersonId, ProductId, ReplacementId};
use crate::domain::product_text::Seats;
use crate::domain::subscription::{Channel, Subscription};
use crate::domain::time::parse_day;
use uuid::Uuid;

const NOW: Moment = Moment(1_507_219_800_000);

fn person(role: Role) -> Person {
    Person { id: PersonId(Uuid::nil()), name: "D. Reyes".to_owned(), role, is_active: true }
}

fn product(vendor: &str) -> Product {
    Product {
        id: ProductId(Uuid::from_u128(8)),
        vendor: vendor.to_owned(),
        name: format!("{vendor} Security"),
        tier: None,
        seats: Seats::Count(3),
        term_months: 12,
        platforms: vec![Platform::Windows],
        activation_address: String::new(),
        key_groups: String::new(),
    }
}

fn eligibility(channel: &str) -> Eligibility {
    let subscription = Subscription {
        uid: crate::domain::id::SubscriptionUid(1),
        customer: crate::domain::id::ExternalId("M1".to_owned()),
        product: "KIS".to_owned(),
        activation_code: None,
        receipt_no: None,
        purchased_on: None,
        expires_on: parse_day("2017-11-13"),
        channel: Channel::from(channel.to_owned()),
        seats_on_file: None,
        term_months_on_file: None,
        reading: None,
        exchanged_in: None,
        twin: None,
    };
    decide(&Campaign::default(), Some(&subscription), opened().opened_on)
}

fn removed() -> Outcome {
    Outcome::RemovedAsStated { statement: "looked at programs, services, drivers".to_owned() }
}

/// A case that is ready for its key.
fn ready() -> Case {
    let one = device(11);
    let mut case = opened();
    case.check_in = Some(check_in(Wants::Both, vec![one.clone()]));
    case.removals = vec![removal(&one, Some(removed()))];
    case
}

fn word(what: OverrideKind) -> Override {
    Override { what, reason: "receipt seen".to_owned(), by: PersonId(Uuid::nil()), at: NOW }
}

/// Asks with these facts, as a technician.
fn ask(
    change: &Change,
    case: &Case,
    channel: &str,
    key: Option<KeyFacts<'_>>,
) -> Result<(), Refusal> {
    let actor = person(Role::Technician);
    let settings = Settings::default();
    let eligibility = eligibility(channel);
    check(
        change,
        &Facts {
            now: NOW,
            actor: Some(&actor),
            settings: &settings,
            case: Some(case),
            eligibility: Some(&eligibility),
            key,
        },
    )
}

fn issue(case: &Case, shortfall_reason: &str) -> Change {
    Change::KeyIssued {
        replacement: Replacement {
            id: ReplacementId(Uuid::from_u128(9)),
            case: case.id,
            key: KeyId(Uuid::from_u128(7)),
            product: ProductId(Uuid::from_u128(8)),
            issued_at: NOW,
            shortfall_reason: shortfall_reason.to_owned(),
            voided: None,
            active_at: None,
        },
    }
}

/// Whether a key that `case` holds may be issued, and why not.
fn try_issue(case: &Case, channel: &str) -> Result<(), Refusal> {
    let state = KeyState::Held { case: case.id, until: NOW.plus_ms(1) };
    let product = product("Webroot");
    let key = KeyFacts { state: &state, product: &product, shortfalls: &[] };
    ask(&issue(case, ""), case, channel, Some(key))
}

#[test]
fn a_key_goes_out_only_when_every_rule_holds_or_a_lead_said_so() {
    assert_eq!(try_issue(&ready(), "store"), Ok(()));

    let mut case = ready();
    assert!(matches!(try_issue(&case, "renewal"), Err(Refusal::ExchangeNotFree(_))));
    case.overrides.push(word(OverrideKind::Exchange));
    assert_eq!(try_issue(&case, "renewal"), Ok(()));

    case = ready();
    case.check_in = None;
    assert_eq!(try_issue(&case, "store"), Err(Refusal::NotCheckedIn));

    case = ready();
    case.check_in = Some(check_in(Wants::RemovalOnly, vec![device(11)]));
    assert_eq!(try_issue(&case, "store"), Err(Refusal::ExchangeNotWanted));

    case = ready();
    case.check_in = Some(check_in(Wants::ExchangeOnly, Vec::new()));
    case.removals.clear();
    assert_eq!(try_issue(&case, "store"), Ok(()));

    case = ready();
    case.closed = Some((NOW, Closing::HandedOver));
    assert_eq!(try_issue(&case, "store"), Err(Refusal::CaseClosed));
}

#[test]
fn a_removal_that_is_not_settled_stops_the_key_until_a_lead_says_to_go_on() {
    let one = device(11);
    let leftovers = Outcome::LeftoversRemain { reason: "Chrome extension".to_owned() };
    for outcome in
        [None, Some(leftovers), Some(Outcome::NotRemoved { reason: "password".to_owned() })]
    {
        let mut case = ready();
        case.removals = vec![removal(&one, outcome)];
        assert_eq!(try_issue(&case, "store"), Err(Refusal::RemovalNotSettled));
        case.overrides.push(word(OverrideKind::GoOn));
        assert_eq!(try_issue(&case, "store"), Ok(()));
    }
}

#[test]
fn a_key_that_the_case_does_not_hold_stays_on_the_shelf() {
    let case = ready();
    let product = product("Webroot");
    let held = |by: u128, until: i64| KeyState::Held {
        case: CaseId(Uuid::from_u128(by)),
        until: NOW.plus_ms(until),
    };
    let table = [
        (held(1, 1), true),
        (held(1, 0), false),
        (held(2, 1), false),
        (KeyState::Free, false),
        (KeyState::Issued { case: case.id }, false),
        (KeyState::Voided { reason: "x".to_owned() }, false),
        (KeyState::Frozen, false),
    ];
    for (state, allowed) in table {
        let key = KeyFacts { state: &state, product: &product, shortfalls: &[] };
        let answer = ask(&issue(&case, ""), &case, "store", Some(key));
        assert_eq!(answer.is_ok(), allowed, "{state:?}");
    }
}

#[test]
fn the_withdrawn_vendor_is_never_issued_and_less_needs_a_reason() {
    let case = ready();
    let state = KeyState::Held { case: case.id, until: NOW.plus_ms(1) };
    let kaspersky = product("Kaspersky");
    let key = KeyFacts { state: &state, product: &kaspersky, shortfalls: &[] };
    assert_eq!(ask(&issue(&case, ""), &case, "store", Some(key)), Err(Refusal::WithdrawnVendor));
    let webroot = product("Webroot");
    let short = [Shortfall::FewerSeats];
    let key = KeyFacts { state: &state, product: &webroot, shortfalls: &short };
    let answer = ask(&issue(&case, " "), &case, "store", Some(key));
    assert!(matches!(answer, Err(Refusal::ShortfallReason(_))));
    assert_eq!(ask(&issue(&case, "customer agreed"), &case, "store", Some(key)), Ok(()));
}

#[test]
fn a_hold_lasts_five_minutes_at_most() {
    let case = ready();
    let product = product("Webroot");
    let key = KeyFacts { state: &KeyState::Free, product: &product, shortfalls: &[] };
    for (ms, allowed) in [(1, true), (HOLD_MS, true), (HOLD_MS + 1, false), (0, false)] {
        let until = NOW.plus_ms(ms);
        let change = Change::KeyHeld { case: case.id, key: KeyId(Uuid::from_u128(7)), until };
        assert_eq!(ask(&change, &case, "store", Some(key)).is_ok(), allowed, "{ms}");
    }
}

#[test]
fn only_a_lead_overrides_and_voids_and_an_auditor_changes_nothing() {
    let case = ready();
    let settings = Settings::default();
    let product = product("Webroot");
    let key = KeyFacts { state: &KeyState::Free, product: &product, shortfalls: &[] };
    let reason = || "spoiled".to_owned();
    let void = Change::KeyVoided { key: KeyId(Uuid::from_u128(7)), case: None, reason: reason() };
    let override_ =
        Change::Overridden { case: case.id, what: OverrideKind::Exchange, reason: reason() };
    let note = Change::NoteAdded { case: case.id, text: reason() };
    let table = [
        (Role::Technician, &void, Err(Refusal::LeadOnly)),
        (Role::Technician, &override_, Err(Refusal::LeadOnly)),
        (Role::Technician, &note, Ok(())),
        (Role::Lead, &void, Ok(())),
        (Role::Lead, &override_, Ok(())),
        (Role::Auditor, &note, Err(Refusal::ReadsOnly)),
    ];
    for (role, change, expected) in table {
        let actor = person(role);
        let facts = Facts {
            now: NOW,
            actor: Some(&actor),
            settings: &settings,
            case: Some(&case),
            eligibility: None,
            key: Some(key),
        };
        assert_eq!(check(change, &facts), expected, "{role:?} {change:?}");
    }
}

#[test]
fn free_text_with_a_card_number_or_without_a_word_is_refused() {
    let case = ready();
    let note = |text: &str| Change::NoteAdded { case: case.id, text: text.to_owned() };
    let ask = |text| ask(&note(text), &case, "store", None);
    assert_eq!(ask("called the customer"), Ok(()));
    assert_eq!(ask("  "), Err(Refusal::NoReason));
    assert_eq!(ask("card 4111 1111 1111 1111"), Err(Refusal::CardNumber));
}

#[test]
fn nothing_is_called_removed_before_every_needed_item_is_ticked() {
    let one = device(11);
    let mut case = ready();
    let finish = |outcome| Change::RemovalFinished {
        case: CaseId(Uuid::from_u128(1)),
        removal: RemovalId(one.id.0),
        finish: Finish { at: NOW, outcome, notes: String::new() },
    };
    case.removals = vec![removal(&one, None)];
    for check in Check::NEEDED {
        assert!(matches!(
            ask(&finish(removed()), &case, "store", None),
            Err(Refusal::CheckOpen(_))
        ));
        case.removals[0].checks.push((check, NOW));
    }
    assert_eq!(ask(&finish(removed()), &case, "store", None), Ok(()));
    let by_customer = finish(Outcome::RemovedByCustomer);
    assert_eq!(ask(&by_customer, &case, "store", None), Err(Refusal::OutcomeMisfit));
    case.removals[0].by = RemovedBy::Customer;
    assert_eq!(ask(&by_customer, &case, "store", None), Ok(()));
    assert_eq!(ask(&finish(removed()), &case, "store", None), Err(Refusal::OutcomeMisfit));
}

#[test]
fn a_case_is_handed_over_only_when_all_is_done_and_withdrawn_only_without_a_key() {
    let close = |case: &Case, closing| {
        ask(&Change::CaseClosed { case: case.id, closing }, case, "store", None)
    };
    let withdrawn = || Closing::Withdrawn { reason: "changed their mind".to_owned() };
    let mut case = ready();
    assert_eq!(close(&case, Closing::HandedOver), Err(Refusal::NotDone));
    assert_eq!(close(&case, withdrawn()), Ok(()));
    let Change::KeyIssued { replacement } = issue(&case, "") else { return };
    case.replacements.push(replacement);
    assert_eq!(close(&case, Closing::HandedOver), Ok(()));
    assert_eq!(close(&case, withdrawn()), Err(Refusal::KeyIsOut));
}

#[test]
fn an_alert_is_not_silenced_by_taking_its_scan_back_or_by_giving_up() {
    use crate::domain::evidence::kept::Side;
    use crate::domain::evidence::samples::{alarmed, kept, scan};
    use crate::domain::evidence::trace::{Area, Kind};
    let alarm = alarmed(scan(&[(Kind::ClassFilter, "klmouflt")], &[Area::ClassFilters]));
    let mut case = ready();
    let device = case.devices()[0].id;
    case.scans = vec![kept(device, Side::After, 30, alarm)];
    let drop_it = Change::EvidenceDropped { case: case.id, scan: case.scans[0].id };
    let withdrawn = Closing::Withdrawn { reason: "no time".to_owned() };
    let give_up = Change::CaseClosed { case: case.id, closing: withdrawn };
    assert_eq!(ask(&drop_it, &case, "store", None), Err(EvidenceRefusal::Alarming.into()));
    assert_eq!(ask(&give_up, &case, "store", None), Err(Refusal::Danger));
    case.overrides = vec![word(OverrideKind::Danger)];
    assert_eq!(ask(&drop_it, &case, "store", None), Ok(()));
    assert_eq!(ask(&give_up, &case, "store", None), Ok(()));
    case.overrides.clear();
    case.scans.push(kept(device, Side::After, 31, scan(&[], &[Area::ClassFilters])));
    assert_eq!(ask(&drop_it, &case, "store", None), Ok(()), "it is mended");
    assert_eq!(ask(&give_up, &case, "store", None), Ok(()));
}
