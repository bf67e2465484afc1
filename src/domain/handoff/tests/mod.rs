//! Cases to print, and a sheet as plain text.

mod ends;
mod left_texts;
mod secrets;
mod stories;

use super::*;
use crate::domain::card::{CaseKey, TimelineLine};
use crate::domain::case::Wants;
use crate::domain::case::tests::{check_in, device, opened, removal};
use crate::domain::catalog::Product;
use crate::domain::customer::Customer;
use crate::domain::device::Device;
use crate::domain::device::Platform;
use crate::domain::eligibility::decide;
use crate::domain::id::{ExternalId, KeyId, ProductId, ReplacementId, SubscriptionUid};
use crate::domain::privacy::Secret;
use crate::domain::product_text::Seats;
use crate::domain::removal::{Check, Outcome, Removal};
use crate::domain::replacement::{Replacement, Wanted};
use crate::domain::subscription::{Channel, Reading, Subscription, Tier};
use crate::domain::time::parse_day;
use uuid::Uuid;

pub(crate) const KEY: &str = "SARW-NJEF-6YAM-TR7W-CMU8";

/// `minutes` after the case was opened: 11:00 on 5 October 2017 in Richfield.
pub(crate) fn at(minutes: i64) -> Moment {
    Moment(1_507_219_200_000 + minutes * 60_000)
}

pub(crate) fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.desk.store_name = "Best Buy Richfield".to_owned();
    settings.desk.store_no = "0281".to_owned();
    settings.desk.desk_no = 2;
    settings.desk.phone = "(612) 555-0190".to_owned();
    settings
}

pub(crate) fn computer(n: u128, model: &str, serial: &str) -> Device {
    Device { model: model.to_owned(), serial: serial.to_owned(), ..device(n) }
}

/// A removal from a device with nothing ticked, ended after 20 minutes.
pub(crate) fn bare_end(device: &Device, outcome: Outcome) -> Removal {
    let mut removal = removal(device, Some(outcome));
    if let Some(finish) = &mut removal.finish {
        finish.at = at(20);
    }
    removal
}

/// What the customer came for, and the devices that are here.
pub(crate) fn file(wants: Wants, devices: Vec<Device>) -> CaseFile {
    let mut case = opened();
    let mut check_in = check_in(wants, devices);
    if check_in.devices.is_empty() {
        check_in.backup = None;
        check_in.consent_by.clear();
    }
    case.check_in = Some(check_in);
    case.subscription = Some(SubscriptionUid(1));
    let subscription = subscription();
    CaseFile {
        eligibility: decide(&settings().campaign, Some(&subscription), case.opened_on),
        case,
        customer: customer(),
        subscription: Some(subscription),
        other_subscriptions: Vec::new(),
        known_devices: Vec::new(),
        wanted: Wanted {
            seats: 3,
            days_left: 39,
            tier: Some(Tier::InternetSecurity),
            platforms: vec![Platform::Windows],
        },
        offers: Vec::new(),
        key: None,
        timeline: Vec::new(),
        agent: "Dana Reyes".to_owned(),
    }
}

fn customer() -> Customer {
    Customer {
        external_id: ExternalId("M1".to_owned()),
        given_name: "Amara".to_owned(),
        surname: "Okafor".to_owned(),
        phone: "612 555 0142".to_owned(),
        phone2: String::new(),
        email: "amara.o@example.com".to_owned(),
        street: "1 Main St".to_owned(),
        city: "Richfield".to_owned(),
        state: "MN".to_owned(),
        postcode: "55423".to_owned(),
        member_id: "BB-771".to_owned(),
    }
}

fn subscription() -> Subscription {
    let runs_until = parse_day("2017-11-13").expect("a day");
    let read_on = parse_day("2017-10-05").expect("a day");
    Subscription {
        uid: SubscriptionUid(1),
        customer: ExternalId("M1".to_owned()),
        product: "Kaspersky Internet Security 3 Devices".to_owned(),
        activation_code: Some(Secret::new("Z4XTE-ZSHEK-9AEDY-KFE47")),
        receipt_no: Some("0588-040-6932-112316".to_owned()),
        purchased_on: parse_day("2016-11-23"),
        expires_on: Some(runs_until),
        channel: Channel::Store,
        seats_on_file: None,
        term_months_on_file: None,
        reading: Some(Reading { runs_until, read_on }),
        exchanged_in: None,
        twin: None,
    }
}

/// Hands the key out, 24 minutes after the case was opened.
pub(crate) fn hand_out(file: &mut CaseFile) {
    let product = Product {
        id: ProductId(Uuid::from_u128(8)),
        vendor: "Webroot".to_owned(),
        name: "Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year".to_owned(),
        tier: Some(Tier::InternetSecurity),
        seats: Seats::Count(3),
        term_months: 12,
        platforms: vec![Platform::Windows, Platform::MacOs],
        activation_address: "webroot.com/bestbuydownloads".to_owned(),
        key_groups: String::new(),
    };
    let key = KeyId(Uuid::from_u128(7));
    file.case.replacements.push(Replacement {
        id: ReplacementId(Uuid::from_u128(9)),
        case: file.case.id,
        key,
        product: product.id,
        issued_at: at(24),
        shortfall_reason: String::new(),
        voided: None,
        active_at: None,
    });
    file.key = Some(CaseKey { id: key, key: Secret::new(KEY), product });
}

/// The removal from a device, with every item ticked, as it ended after 20 minutes.
pub(crate) fn ended(device: &Device, outcome: Outcome) -> Removal {
    let mut removal = bare_end(device, outcome);
    let ticks = [Check::DataSaved, Check::Uninstalled, Check::Restarted, Check::LeftoversChecked];
    removal.checks = ticks.into_iter().zip([4, 6, 11, 15].map(at)).collect();
    removal
}

pub(crate) fn removed() -> Outcome {
    let statement = "Programs, services, drivers and both browsers looked at, nothing found";
    Outcome::RemovedAsStated { statement: statement.to_owned() }
}

pub(crate) fn line(minutes: i64, who: &str, what: &str) -> TimelineLine {
    TimelineLine { at: at(minutes), who: who.to_owned(), what: what.to_owned() }
}

/// The sheet as it is read out.
pub(crate) fn plain(sheet: &HandoffSheet) -> String {
    let head = &sheet.head;
    let mut lines: Vec<String> = head.training.iter().map(|mark| format!("!! {mark}")).collect();
    lines.push(format!("{} | {} | {} | {}", head.store, head.desk, head.number, head.printed));
    lines.push(format!("# {}", sheet.title));
    lines.push(sheet.summary.clone());
    lines.extend(sheet.visit.iter().map(fact_line));
    for part in &sheet.parts {
        let status =
            part.status.map_or(String::new(), |(mark, text)| format!(" [{mark:?}: {text}]"));
        lines.push(format!("## {}{status}", part.title));
        lines.extend(part.facts.iter().map(fact_line));
    }
    lines.push("## Left".to_owned());
    lines.extend(sheet.left.iter().map(|to_do| format!("[ ] {}. {}", to_do.what, to_do.how)));
    lines.push(format!("? {}", sheet.help));
    lines.push(format!("> {}", sheet.receipt));
    let signature = |one: &Signature| format!("____ {}, {}", one.name, one.role);
    lines.extend(sheet.signatures.iter().map(signature));
    lines.join("\n") + "\n"
}

fn fact_line(fact: &Fact) -> String {
    format!("{}: {}", fact.label, fact.value)
}

/// The sheet of `file` as it is read out, 31 minutes after the case was opened.
pub(crate) fn told(file: &CaseFile) -> String {
    plain(&sheet(file, &settings(), at(31)))
}

fn acer() -> Device {
    computer(11, "Acer Aspire E15", "NXGE6AA0017160")
}

#[track_caller]
fn says(file: &CaseFile, expected: &str) {
    assert_eq!(told(file), expected);
}

/// For a story of which only some lines differ from the usual one.
#[track_caller]
fn has(file: &CaseFile, lines: &[&str]) {
    let text = told(file);
    for line in lines {
        assert!(text.lines().any(|one| one == *line), "no line {line:?} in\n{text}");
    }
}
