//! A desk with made-up people, hits, cases, keys and entries.

use crate::domain::card::{CaseLine, CustomerCard, JournalLine};
use crate::domain::case::{Closing, Step};
use crate::domain::catalog::Product;
use crate::domain::customer::Customer;
use crate::domain::eligibility::{Verdict, decide};
use crate::domain::hit::{Found, Hit};
use crate::domain::id::{CaseId, EntryId, ExternalId, KeyId, PersonId, ProductId, SubscriptionUid};
use crate::domain::people::{Person, Role};
use crate::domain::privacy::Secret;
use crate::domain::product_text::Seats;
use crate::domain::settings::Settings;
use crate::domain::stock::{HOLD_MS, KeyRow, KeyState, ProductStock};
use crate::domain::subscription::{Channel, Subscription};
use crate::domain::time::{Moment, parse_day};
use chrono::NaiveDate;
use uuid::Uuid;

/// 5 October 2017, 11:11 in Chicago.
pub const NOW: Moment = Moment(1_507_219_860_000);

pub fn today() -> NaiveDate {
    parse_day("2017-10-05").expect("a day")
}

pub fn settings() -> Settings {
    Settings::default()
}

pub fn key_id(n: u128) -> KeyId {
    KeyId(Uuid::from_u128(n))
}

pub fn case_id(n: u32) -> CaseId {
    CaseId(Uuid::from_u128(n.into()))
}

/// A technician, two leads, and one who has left.
pub fn people() -> Vec<Person> {
    let person = |n, name: &str, role, is_active| Person {
        id: PersonId(Uuid::from_u128(n)),
        name: name.to_owned(),
        role,
        is_active,
    };
    vec![
        person(1, "Dana Reyes", Role::Technician, true),
        person(2, "M. Lee", Role::Lead, true),
        person(3, "Priya Nair", Role::Lead, true),
        person(4, "Tom Gone", Role::Technician, false),
    ]
}

pub fn hit(id: &str, name: &str) -> Hit {
    Hit {
        customer: ExternalId(id.to_owned()),
        name: name.to_owned(),
        marks: Vec::new(),
        details: "•••• 0142 · a•••@example.com · Richfield".to_owned(),
        why: "phone ends 0142".to_owned(),
        score: 900,
        verdict: Some(Verdict::Eligible),
        open_case: None,
        n_more: 0,
        duplicate_of: None,
    }
}

/// Three who match `okafor 0142`.
pub fn found() -> Found {
    let mut first = hit("M1", "Amara Okafor");
    first.marks = std::iter::once(6..12).collect();
    let mut second = hit("M2", "Chidi Okafor");
    second.verdict = Some(Verdict::LeadDecides);
    second.marks.clone_from(&first.marks);
    second.score = 890;
    let mut third = hit("M3", "Amara Okafar");
    third.duplicate_of = Some(first.customer.clone());
    third.why = "name sounds alike".to_owned();
    third.score = 700;
    Found {
        query: "okafor 0142".to_owned(),
        hits: vec![first, second, third],
        has_more: false,
        took_us: 5_600,
        note: None,
        is_exact: false,
    }
}

pub fn customer(id: &str) -> Customer {
    Customer {
        external_id: ExternalId(id.to_owned()),
        given_name: "Amara".to_owned(),
        surname: "Okafor".to_owned(),
        phone: "612 555 0142".to_owned(),
        phone2: String::new(),
        email: "amara.o@example.com".to_owned(),
        street: "6601 Lyndale Ave".to_owned(),
        city: "Richfield".to_owned(),
        state: "MN".to_owned(),
        postcode: "55423".to_owned(),
        member_id: String::new(),
    }
}

pub fn subscription(n: i64, product: &str, expires_on: &str) -> Subscription {
    Subscription {
        uid: SubscriptionUid(n),
        customer: ExternalId("M1".to_owned()),
        product: product.to_owned(),
        activation_code: Some(Secret::new("HST6A-VV5DB-RACY3-68A3Y")),
        receipt_no: Some("0281-032-7731-111416".to_owned()),
        purchased_on: parse_day("2016-11-14"),
        expires_on: parse_day(expires_on),
        channel: Channel::Store,
        seats_on_file: None,
        term_months_on_file: None,
        reading: None,
        exchanged_in: None,
        twin: None,
    }
}

pub fn card(id: &str) -> CustomerCard {
    let first = subscription(1, "Kaspersky Internet Security 3 Devices", "2017-11-13");
    CustomerCard {
        customer: customer(id),
        eligibility: decide(&settings().campaign, Some(&first), today()),
        subscriptions: vec![first, subscription(2, "Kaspersky Anti-Virus", "2017-09-15")],
        devices: Vec::new(),
        cases: Vec::new(),
    }
}

pub fn case_line(n: u32, name: &str, device: &str, step: Step) -> CaseLine {
    CaseLine {
        id: case_id(n),
        number: format!("D2-{n:05}").parse().expect("a number"),
        customer: ExternalId(format!("M{n}")),
        customer_name: name.to_owned(),
        device: device.to_owned(),
        step,
        opened_at: NOW.plus_ms(-i64::from(n % 100) * 600_000),
        unprotected_since: None,
        closing: None,
    }
}

/// One at each step; Tom Weiss is unprotected for 26 minutes.
pub fn cases() -> Vec<CaseLine> {
    let mut weiss = case_line(417, "Tom Weiss", "Dell Inspiron 15", Step::Replacement);
    weiss.unprotected_since = Some(NOW.plus_ms(-26 * 60_000));
    let mut closed = case_line(411, "Lena Brandt", "HP Pavilion 15", Step::Closed);
    closed.closing = Some((NOW.plus_ms(-3_600_000), Closing::HandedOver));
    vec![
        case_line(418, "Ivo Hristov", "HP Pavilion 15 · S/N 5CD7251KQM", Step::Removal),
        weiss,
        case_line(415, "Ruth Novak", "Surface Pro 4", Step::HandOver),
        case_line(419, "Amara Okafor", "", Step::CheckIn),
        closed,
    ]
}

/// Keys in every state.
pub fn keys() -> Vec<KeyRow> {
    let case = case_id(419);
    let states = [
        ("Webroot SecureAnywhere 3 Devices 1 Year", "…Q7F2", KeyState::Free),
        (
            "Webroot SecureAnywhere 3 Devices 1 Year",
            "…9KLD",
            KeyState::Held { case, until: NOW.plus_ms(HOLD_MS - 9_000) },
        ),
        ("Trend Micro Maximum Security 5 Devices", "…M31X", KeyState::Issued { case }),
        ("Trend Micro Maximum Security 5 Devices", "…77QA", KeyState::Activated { case }),
        (
            "ESET NOD32 Antivirus 1 Device",
            "…A0ZC",
            KeyState::Voided { reason: "spoiled".to_owned() },
        ),
        ("McAfee Total Protection 10 Devices", "…11FF", KeyState::Leased { desk: "D1".to_owned() }),
        ("ESET NOD32 Antivirus 1 Device", "…R2D2", KeyState::Frozen),
    ];
    (0_u16..)
        .zip(states)
        .map(|(n, (product, ending, state))| KeyRow {
            id: key_id(n.into()),
            product: product.to_owned(),
            seats: Seats::Count(n % 5 + 1),
            term_months: 12,
            ending: ending.to_owned(),
            lot: format!("WB-17{n:02}"),
            case_number: match state {
                KeyState::Held { .. } | KeyState::Issued { .. } | KeyState::Activated { .. } => {
                    "D2-00419".parse().ok()
                }
                _ => None,
            },
            state,
        })
        .collect()
}

/// Three products, two of them low.
pub fn products() -> Vec<ProductStock> {
    let product = |n, vendor: &str, name: &str| Product {
        id: ProductId(Uuid::from_u128(n)),
        vendor: vendor.to_owned(),
        name: name.to_owned(),
        tier: None,
        seats: Seats::Count(5),
        term_months: 12,
        platforms: Vec::new(),
        activation_address: String::new(),
        key_groups: String::new(),
    };
    vec![
        ProductStock {
            product: product(1, "Webroot", "Webroot SecureAnywhere"),
            n_free: 38,
            was_delivered: true,
        },
        ProductStock {
            product: product(2, "Trend Micro", "Trend Micro Maximum"),
            n_free: 4,
            was_delivered: true,
        },
        ProductStock {
            product: product(3, "Bitdefender", "Bitdefender Total Security 5 Devices"),
            n_free: 0,
            was_delivered: true,
        },
    ]
}

/// Newest first.
pub fn journal() -> Vec<JournalLine> {
    let line = |seq: i64, what: &str, case: Option<u32>| JournalLine {
        seq,
        entry: EntryId(Uuid::from_u128(seq.unsigned_abs().into())),
        at: NOW.plus_ms((seq - 90) * 180_000),
        who: if seq < 5 { "Command line".to_owned() } else { "Dana Reyes".to_owned() },
        desk: "D2".to_owned(),
        what: what.to_owned(),
        case: case.map(case_id),
        case_number: case.map(|n| format!("D2-{n:05}").parse().expect("a number")),
        hash: format!("{:064x}", seq * 7_919_777),
    };
    vec![
        line(90, "Key …9KLD held until 11:16", Some(419)),
        line(89, "Removal finished: removed, nothing found", Some(417)),
        line(88, "Restarted", Some(417)),
        line(87, "Customer added: Amara Okafor", None),
        line(4, "Keys: 500 keys from keys.csv", None),
        line(3, "Customers from customers.csv: 20,000 added, 0 changed, 2 refused", None),
    ]
}
