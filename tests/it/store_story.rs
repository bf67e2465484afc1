//! A customer is served, row by row: what is in the file after each step.

use crate::shop::{NOW, Shop, customer, device, subscription, today};
use swapdesk::domain::case::{Closing, Step, Wants};
use swapdesk::domain::entry::{Change, Stamp};
use swapdesk::domain::guard::Refusal;
use swapdesk::domain::id::{EntryId, ExternalId, PersonId};
use swapdesk::domain::stock::{HOLD_MS, KeyState};
use swapdesk::store::Store;
use swapdesk::store::case_lines::CaseFilter;
use swapdesk::store::error::StoreError;
use swapdesk::store::reader::Reader;
use swapdesk::store::stock::KeyQuery;

const TREND: &str = "Trend Micro Internet Security 3 Devices 1 Year";
const MCAFEE: &str = "McAfee Total Protection 10 Devices 1 Year";

fn all_keys() -> KeyQuery<'static> {
    KeyQuery { limit: 100, ..KeyQuery::default() }
}

#[test]
fn a_customer_is_served_from_the_open_case_to_the_closed_one() {
    let mut shop = Shop::stocked(4);
    let case = shop.open_case("M1");
    let file = shop.store.read().case_file(case, shop.now).expect("read").expect("a case");
    assert_eq!(file.case.number.to_string(), "D1-00001");
    assert_eq!((file.wanted.seats, file.wanted.days_left), (3, 39));
    assert_eq!(file.agent, "Desk technician");
    assert_eq!(file.offers[0].product.name, TREND);

    shop.check_in(case, Wants::Both, vec![device()]);
    shop.remove(case);
    assert_eq!(shop.case(case).step(), Step::Replacement);
    let key = shop.hold(case, TREND).expect("a key");
    shop.issue(case).expect("issued");
    let file = shop.store.read().case_file(case, shop.now).expect("read").expect("a case");
    assert_eq!(file.key.expect("the key").id, key);
    assert_eq!(file.case.step(), Step::HandOver);
    assert!(file.offers.is_empty());
    assert!(file.case.unprotected_since().is_some());
    let code = file.subscription.expect("the subscription").activation_code.expect("a code");
    assert_eq!(code.reveal(), "M1A3Y");

    let replacement = file.case.replacements[0].id;
    shop.tell(Change::ReplacementSeenActive { case, replacement });
    shop.close(case);
    let file = shop.store.read().case_file(case, shop.now).expect("read").expect("a case");
    assert_eq!(file.case.step(), Step::Closed);
    assert_eq!(file.case.removals[0].checks.len(), 4);
    assert_eq!(file.timeline[0].what, "Handed over, closed");
    assert_eq!(file.timeline.last().expect("a line").what, "Case D1-00001 opened");

    let card = shop.store.read().customer_card(&ExternalId("M1".to_owned()), today());
    let card = card.expect("read").expect("a card");
    assert_eq!(card.subscriptions[0].exchanged_in.as_ref(), Some(&file.case.number));
    assert_eq!(card.devices[0].serial, "NXGE6AA0017160");
    let zone = shop.store.read().settings().expect("settings").desk.time_zone;
    let counts = shop.store.read().stock_counts(shop.now, zone).expect("counts");
    assert_eq!((counts.n_free, counts.n_issued, counts.n_issued_today), (3, 1, 1));
}

#[test]
fn an_entry_that_is_there_already_changes_nothing() {
    let mut shop = Shop::stocked(2);
    let stamp = shop.stamp();
    let change = Change::CustomerAdded { customer: customer("M3", "Zoë", "Núñez") };
    let first = shop.store.record(stamp, change.clone()).expect("an entry");
    let head = shop.store.read().head().expect("a head");
    let again = shop.store.record(stamp, change).expect("an answer");
    assert!(first.is_new && !again.is_new);
    assert_eq!((first.seq, &first.change), (again.seq, &again.change));
    assert_eq!(shop.store.read().head().expect("a head"), head);

    let new = swapdesk::store::NewCase {
        customer: ExternalId("M3".to_owned()),
        subscription: None,
        opened_on: today(),
    };
    let stamp = shop.stamp();
    let first = shop.store.open_case(stamp, new.clone()).expect("a case");
    let again = shop.store.open_case(stamp, new).expect("an answer");
    assert_eq!(first.change, again.change);
    let lines = shop.store.read().case_lines(CaseFilter::All, 10).expect("lines");
    assert_eq!(lines.len(), 1);
}

#[test]
fn what_a_rule_refuses_leaves_no_trace() {
    let mut shop = Shop::stocked(2);
    let case = shop.open_case("M1");
    let head = shop.store.read().head().expect("a head");
    let early = shop.hold(case, TREND);
    assert!(matches!(early, Err(StoreError::Refused(Refusal::NotCheckedIn))));
    let nobody = Stamp { by: Some(PersonId::mint(NOW)), ..shop.stamp() };
    let note = Change::NoteAdded { case, text: "called".to_owned() };
    let refused = shop.store.record(nobody, note);
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::Missing("the person")))));
    let twice = Change::CustomerAdded { customer: customer("M1", "Amara", "Okafor") };
    assert!(matches!(shop.ask(twice), Err(StoreError::AlreadyThere(_))));
    let orphan = Change::SubscriptionAdded { subscription: subscription("M9", "A") };
    assert!(matches!(shop.ask(orphan), Err(StoreError::Refused(Refusal::Missing(_)))));
    assert_eq!(shop.store.read().head().expect("a head"), head);
}

#[test]
fn a_hold_moves_with_the_choice_and_runs_out_by_itself() {
    let mut shop = Shop::stocked(2);
    let case = shop.open_case("M1");
    shop.check_in(case, Wants::ExchangeOnly, Vec::new());
    let trend = shop.hold(case, TREND).expect("a key");
    assert_eq!(shop.hold(case, TREND).expect("the same key"), trend);
    let mcafee = shop.hold(case, MCAFEE).expect("another key");
    assert_ne!(trend, mcafee);
    let states = |shop: &Shop| -> Vec<KeyState> {
        let rows = shop.store.read().key_rows(all_keys(), shop.now).expect("rows");
        rows.into_iter().map(|row| row.state).collect()
    };
    assert!(matches!(states(&shop)[..], [KeyState::Held { .. }, KeyState::Free]));

    let other = shop.open_case("M2");
    shop.check_in(other, Wants::ExchangeOnly, Vec::new());
    assert!(matches!(shop.hold(other, MCAFEE), Err(StoreError::NoFreeKey)));
    shop.now = shop.now.plus_ms(HOLD_MS);
    assert_eq!(states(&shop), [KeyState::Free, KeyState::Free]);
    assert_eq!(shop.hold(other, MCAFEE).expect("free again"), mcafee);
    assert_eq!(shop.case(case).hold, None);

    let reason = "changed their mind".to_owned();
    shop.tell(Change::CaseClosed { case: other, closing: Closing::Withdrawn { reason } });
    assert_eq!(states(&shop), [KeyState::Free, KeyState::Free]);
}

#[test]
fn a_rejected_key_is_voided_with_its_replacement_and_the_next_one_goes_out() {
    let mut shop = Shop::stocked(4);
    let case = shop.serve("M1", TREND);
    let first = shop.case(case).replacement().expect("a replacement").clone();
    let reason = "the vendor says it is used".to_owned();
    shop.tell_as_lead(Change::KeyVoided { key: first.key, case: Some(case), reason });
    assert_eq!(shop.case(case).step(), Step::Replacement);
    let second = shop.hold(case, TREND).expect("the next key");
    assert_ne!(second, first.key);
    shop.issue(case).expect("issued");
    assert_eq!(shop.case(case).replacements.len(), 2);
    assert_eq!(shop.case(case).replacement().expect("the second").key, second);
}

#[test]
fn one_subscription_is_exchanged_twice_only_by_a_leads_word() {
    let mut shop = Shop::stocked(4);
    shop.serve("M1", TREND);
    let again = shop.open_case("M1");
    shop.check_in(again, Wants::ExchangeOnly, Vec::new());
    let refused = shop.hold(again, TREND);
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::ExchangeNotFree(_)))));
    shop.override_exchange(again);
    shop.hold(again, TREND).expect("a key");
    shop.issue(again).expect("issued");
}

#[test]
fn a_reader_sees_what_was_recorded_and_writes_nothing() {
    let mut shop = Shop::stocked(2);
    let reader = Reader::open(&shop.path).expect("a reader");
    let before = reader.data_version().expect("a version");
    let case = shop.open_case("M2");
    assert_ne!(reader.data_version().expect("a version"), before);
    let lines = reader.case_lines(CaseFilter::Open, 10).expect("lines");
    assert_eq!((lines.len(), lines[0].id), (1, case));
    for text in ["d1-1", "dewnin", "John Dew"] {
        let lines = reader.case_lines(CaseFilter::Text(text), 10).expect("lines");
        assert_eq!(lines.len(), 1, "{text}");
    }
    let counts = reader.file_counts().expect("counts");
    assert_eq!((counts.n_customers, counts.n_keys, counts.n_cases), (2, 2, 1));
}

#[test]
fn the_journal_is_read_page_by_page_and_by_word() {
    let mut shop = Shop::stocked(2);
    let case = shop.serve("M1", TREND);
    let all = shop.store.read().journal_page("", None, 1_000).expect("a page");
    assert_eq!(all.lines.last().expect("the first").what, "File created");
    assert_eq!(all.next_before, None);
    let mut seqs = Vec::new();
    let mut before = None;
    loop {
        let page = shop.store.read().journal_page("", before, 3).expect("a page");
        seqs.extend(page.lines.iter().map(|line| line.seq));
        before = page.next_before;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seqs, all.lines.iter().map(|line| line.seq).collect::<Vec<_>>());
    let of_case = shop.store.read().journal_page("D1-00001", None, 100).expect("a page");
    assert!(of_case.lines.iter().all(|line| line.case == Some(case)));
    let held = shop.store.read().journal_page("key held", None, 100).expect("a page");
    assert_eq!(held.lines.len(), 1);
}

#[test]
fn a_file_that_is_opened_again_goes_on_where_it_was() {
    let mut shop = Shop::stocked(2);
    shop.open_case("M1");
    let Shop { store, path, folder, lead, .. } = shop;
    let head = store.read().head().expect("a head");
    drop(store);
    let mut store = Store::open(&path, NOW).expect("the same file");
    assert_eq!(store.read().head().expect("a head"), head);
    let customer = ExternalId("M2".to_owned());
    let new = swapdesk::store::NewCase { customer, subscription: None, opened_on: today() };
    let stamp = Stamp { id: EntryId::mint(NOW), at: NOW, by: Some(lead) };
    let opened = store.open_case(stamp, new).expect("a case");
    assert!(matches!(
        opened.change,
        Change::CaseOpened { number, .. } if number.to_string() == "D1-00002"
    ));
    drop(folder);
}
