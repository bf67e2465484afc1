//! What is found by what, and that no question walks a table.

use super::*;
use crate::domain::customer::Customer;
use crate::domain::entry::{Change, Stamp};
use crate::domain::privacy::Secret;
use crate::domain::subscription::{Channel, Subscription};
use crate::domain::time::{Moment, parse_day};
use crate::store::digest::SubscriptionMark;
use crate::store::{NewCase, Store};

const NOW: Moment = Moment(1_507_220_100_000);

fn today() -> NaiveDate {
    parse_day("2017-10-05").expect("a day")
}

/// A stamp of somebody at the desk.
fn stamp(store: &Store) -> Stamp {
    let people = store.read().people().expect("people");
    Stamp::new(NOW, people.first().map(|person| person.id))
}

fn add(store: &mut Store, names: (&str, &str), [id, phone, email, code, receipt]: [&str; 5]) {
    let text = str::to_owned;
    let customer = Customer {
        external_id: ExternalId(text(id)),
        given_name: text(names.0),
        surname: text(names.1),
        phone: text(phone),
        phone2: if id == "M2" { text("507 555 7777") } else { String::new() },
        email: text(email),
        street: String::new(),
        city: text("Richfield"),
        state: text("MN"),
        postcode: text("55423"),
        member_id: format!("9000-{id}"),
    };
    let id = customer.external_id.clone();
    let by = stamp(store);
    store.record(by, Change::CustomerAdded { customer }).expect("a customer");
    let mark = SubscriptionMark {
        customer: &id,
        product: "KIS",
        activation_code: code,
        receipt_no: receipt,
        purchased_on: None,
    };
    let subscription = Subscription {
        uid: mark.uid(),
        customer: id.clone(),
        product: text("KIS"),
        activation_code: Some(Secret::new(code)),
        receipt_no: Some(text(receipt)),
        purchased_on: None,
        expires_on: parse_day("2017-11-13"),
        channel: Channel::Store,
        seats_on_file: None,
        term_months_on_file: None,
        reading: None,
        exchanged_in: None,
        twin: None,
    };
    let change = Change::SubscriptionAdded { subscription };
    let by = stamp(store);
    store.record(by, change).expect("a subscription");
}

fn store(folder: &tempfile::TempDir) -> Store {
    let mut store = Store::open(&folder.path().join("desk.swapdesk"), NOW).expect("a file");
    let people = [
        (
            ("Amara", "Okafor"),
            [
                "M1",
                "(612) 555-0142",
                "amara.o@example.com",
                "HST6A-VV5DB-RACY3-68A3Y",
                "0112-032-6467-0919",
            ],
        ),
        (
            ("Amadi", "Okaforson"),
            [
                "M2",
                "612.555.0199",
                "ama@example.org",
                "NM9U9-8KPDM-7YSY7-X8DDY",
                "1154-012-5907-0915",
            ],
        ),
        (
            ("Zoë", "O’Brien-Núñez"),
            ["M3", "+1 952 444 0142", "", "QQQQQ-8KPDM-7YSY7-KFE47", "BBY01-806123456789"],
        ),
        (
            ("Okafor", "Smith"),
            ["M4", "", "smith@example.com", "ABCDE-FGHJK-MNPQR-STUVW", "0112-032-6467-0001"],
        ),
    ];
    for (names, rest) in people {
        add(&mut store, names, rest);
    }
    let customer = ExternalId("M2".to_owned());
    let new = NewCase { customer, subscription: None, opened_on: today() };
    let by = stamp(&store);
    store.open_case(by, new).expect("a case");
    store
}

#[test]
fn every_way_to_name_a_customer_finds_them_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(&folder);
    let table: [(&str, &[&str], &str); 30] = [
        ("okafor", &["M1", "M4", "M2"], "last name"),
        ("Okafor, A", &["M1"], "name begins with it"),
        ("okafor am", &["M1"], "name begins with it"),
        ("amara ok", &["M1"], "name begins with it"),
        ("Okafor, Amara", &["M1"], "whole name"),
        ("AMARA OKAFOR", &["M1"], "whole name"),
        ("obrien", &["M3"], "last name"),
        ("o'brien nunez zoe", &["M3"], "whole name"),
        ("zoe", &["M3"], "first name"),
        ("okafor 0142", &["M1"], "name, phone ends 0142"),
        ("okafor 555 0142", &["M1"], "name, phone ends 5550142"),
        ("amadi 7777", &["M2"], "name, phone ends 7777"),
        ("0142", &["M3", "M1"], "phone ends 0142"),
        ("555-0199", &["M2"], "phone ends 5550199"),
        ("+1 (612) 555 0142", &["M1"], "phone"),
        ("5075557777", &["M2"], "second phone"),
        ("612", &["M1", "M2"], "phone begins with it"),
        ("amara.o@EXAMPLE.com", &["M1"], "e-mail"),
        ("ama@", &["M2"], "e-mail begins ama@"),
        ("hst6avv5dbracy368a3y", &["M1"], "activation code"),
        ("HST6A VVSDB", &["M1"], "activation code begins with it"),
        ("kfe47", &["M3"], "activation code ends KFE47"),
        ("0112-032-6467-0919", &["M1"], "receipt"),
        ("0919", &["M1"], "receipt ends 0919"),
        ("bby01-806123456789", &["M3"], "receipt"),
        ("D1-1", &["M2"], "case D1-00001"),
        ("9000-M3", &["M3"], "member id"),
        ("m4", &["M4"], "customer id"),
        ("nobody", &[], ""),
        (" ", &[], ""),
    ];
    for (query, ids, why) in table {
        let found = store.read().find(query, 10, today()).expect("an answer");
        let found_ids: Vec<_> = found.hits.iter().map(|hit| hit.customer.0.as_str()).collect();
        assert_eq!(found_ids, ids, "{query:?}");
        let first = found.hits.first().map(|hit| hit.why.as_str()).unwrap_or_default();
        assert_eq!(first, why, "{query:?}");
    }
}

#[test]
fn a_hit_shows_what_is_needed_to_choose_and_the_letters_that_match() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(&folder);
    let found = store.read().find("okafor", 2, today()).expect("an answer");
    assert!(found.has_more && !found.is_exact);
    let hit = &found.hits[0];
    assert_eq!(hit.name, "Amara Okafor");
    assert_eq!(hit.marks.first(), Some(&(6..12)));
    assert_eq!(hit.details, "•••• 0142 · amara.o@example.com · Richfield");
    assert_eq!(hit.verdict, Some(crate::domain::eligibility::Verdict::Eligible));
    assert_eq!(hit.open_case, None);
    let found = store.read().find("d1-00001", 2, today()).expect("an answer");
    assert!(found.is_exact && !found.has_more);
    let number = found.hits[0].open_case.as_ref().map(|(_, number)| number.to_string());
    assert_eq!(number.as_deref(), Some("D1-00001"));
}

#[test]
fn marks_cover_the_letters_as_they_are_written() {
    let marks = |name, query: &str| hits::marks(name, &Asked::read(query).words);
    assert_eq!(marks("Zoë O’Brien-Núñez", "obri nun"), [5..12, 15..20]);
    assert_eq!(marks("Zoë Núñez", "nunez zoe"), [0..4, 5..12]);
    assert_eq!(marks("Amara Okafor", "ok am"), [0..2, 6..8]);
    assert!(marks("Amara Okafor", "x").is_empty());
}

#[test]
fn every_question_is_a_range_of_an_index() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(&folder);
    for sql in probes::ALL {
        let mut statement = store.conn().prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect(sql);
        // Raw: how it would run does not depend on what is asked.
        let mut rows = statement.raw_query();
        let mut plan: Vec<String> = Vec::new();
        while let Some(row) = rows.next().expect(sql) {
            plan.push(row.get("detail").expect(sql));
        }
        assert_eq!(plan.len(), 1, "{sql}: {plan:?}");
        assert!(plan[0].starts_with("SEARCH") && plan[0].contains("INDEX"), "{sql}: {plan:?}");
    }
}
