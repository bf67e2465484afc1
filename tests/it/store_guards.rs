//! What the window would never ask is refused by the file all the same, in words.

use crate::shop::{NOW, Shop, customer, device, subscription, today};
use swapdesk::domain::case::{Case, Wants};
use swapdesk::domain::entry::{Change, SheetKind, Stamp};
use swapdesk::domain::guard::Refusal;
use swapdesk::domain::id::{CaseId, RemovalId};
use swapdesk::domain::people::{Person, Role};
use swapdesk::domain::removal::{Check, Finish, Method, Outcome, Removal, RemovedBy};
use swapdesk::domain::subscription::Reading;
use swapdesk::store::error::StoreError;
use swapdesk::store::verify::verify;
use swapdesk::store::{NewCase, Recorded};

const TREND: &str = "Trend Micro Internet Security 3 Devices 1 Year";

/// The refusal in an answer; anything else is not what the test asked for.
fn refusal(asked: Result<Recorded, StoreError>) -> Refusal {
    match asked {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn by_lead(shop: &mut Shop, change: Change) -> Result<Recorded, StoreError> {
    let stamp = Stamp { by: Some(shop.lead), ..shop.stamp() };
    shop.store.record(stamp, change)
}

fn person(shop: &Shop, role: Role) -> Person {
    let people = shop.store.read().people().expect("people");
    people.into_iter().find(|person| person.role == role).expect("a person")
}

/// A case whose removal has begun, and the removal.
fn removing(shop: &mut Shop) -> (CaseId, Removal) {
    let case = shop.open_case("M1");
    shop.check_in(case, Wants::Both, vec![device()]);
    let removal = Removal {
        id: RemovalId::mint(NOW),
        device: shop.case(case).devices()[0].id,
        by: RemovedBy::Technician,
        method: Method::WindowsUninstall,
        product: "Kaspersky Internet Security".to_owned(),
        version: String::new(),
        started_at: shop.now,
        checks: Vec::new(),
        finish: None,
    };
    shop.tell(Change::RemovalStarted { case, removal: removal.clone() });
    (case, removal)
}

fn ticked(case: &Case) -> Vec<Check> {
    case.removals[0].checks.iter().map(|(check, _)| *check).collect()
}

#[test]
fn somebody_always_leads_and_everybody_has_a_name() {
    let mut shop = Shop::new();
    let lead = person(&shop, Role::Lead);
    for changed in [
        Person { role: Role::Technician, ..lead.clone() },
        Person { is_active: false, ..lead.clone() },
    ] {
        let asked = by_lead(&mut shop, Change::PersonSet { person: changed });
        assert_eq!(refusal(asked), Refusal::LastLead);
    }
    let nameless = Person { name: " ".to_owned(), ..person(&shop, Role::Technician) };
    let asked = by_lead(&mut shop, Change::PersonSet { person: nameless });
    assert_eq!(refusal(asked), Refusal::NoName);
    let second = Person { role: Role::Lead, ..person(&shop, Role::Technician) };
    by_lead(&mut shop, Change::PersonSet { person: second }).expect("a second lead");
    let gone = Person { is_active: false, ..lead };
    by_lead(&mut shop, Change::PersonSet { person: gone }).expect("one is left");
}

#[test]
fn nobody_changes_what_is_not_a_file() {
    let mut shop = Shop::stocked(2);
    let case = shop.open_case("M1");
    let changes = [
        Change::NoteAdded { case, text: "called".to_owned() },
        Change::CustomerAdded { customer: customer("M9", "Zoe", "Nunez") },
        Change::SettingsChanged { settings: shop.store.read().settings().expect("settings") },
    ];
    for change in changes {
        let stamp = Stamp { by: None, ..shop.stamp() };
        assert_eq!(refusal(shop.store.record(stamp, change)), Refusal::Nobody);
    }
    let stamp = Stamp { by: None, ..shop.stamp() };
    let customer = customer("M2", "John", "Dewnin").external_id;
    let new = NewCase { customer, subscription: None, opened_on: today() };
    assert_eq!(refusal(shop.store.open_case(stamp, new)), Refusal::Nobody);
}

#[test]
fn what_lies_ahead_has_neither_been_read_nor_ended() {
    let mut shop = Shop::stocked(2);
    let subscription = subscription("M1", "HST6A-VV5DB-RACY3-M1A3Y").uid;
    let runs_until = today();
    let read = |read_on| Change::SubscriptionRead {
        subscription,
        reading: Reading { runs_until, read_on },
    };
    let tomorrow = today().succ_opt().expect("a day");
    assert!(matches!(refusal(shop.ask(read(tomorrow))), Refusal::Ahead(_)));
    shop.tell(read(today()));

    let (case, removal) = removing(&mut shop);
    let end = |at| Change::RemovalFinished {
        case,
        removal: removal.id,
        finish: Finish {
            at,
            outcome: Outcome::NotRemoved { reason: "no restart".to_owned() },
            notes: String::new(),
        },
    };
    let later = shop.now.plus_ms(60_000);
    assert!(matches!(refusal(shop.ask(end(later))), Refusal::Ahead(_)));
    let now = shop.now;
    shop.tell(end(now));
}

#[test]
fn a_key_is_shown_only_where_it_was_handed_out_or_to_a_lead() {
    let mut shop = Shop::stocked(4);
    let case = shop.serve("M1", TREND);
    let other = shop.open_case("M2");
    let key = shop.case(case).replacement().expect("a replacement").key;
    let reveal = |case| Change::KeyRevealed { key, case };
    assert_eq!(refusal(shop.ask(reveal(Some(other)))), Refusal::NotItsKey);
    assert_eq!(refusal(shop.ask(reveal(None))), Refusal::LeadOnly);
    shop.tell(reveal(Some(case)));
    shop.tell_as_lead(reveal(None));
    let sheet = |case, sheet| Change::SheetMade { case, sheet };
    let refused = refusal(shop.ask(sheet(other, SheetKind::Key)));
    assert_eq!(refused, Refusal::Missing("the replacement"));
    shop.tell(sheet(other, SheetKind::Handoff));
    shop.tell(sheet(case, SheetKind::Key));
}

#[test]
fn a_device_stands_once_in_a_check_in() {
    let mut shop = Shop::stocked(2);
    let case = shop.open_case("M1");
    let one = device();
    shop.check_in(case, Wants::Both, vec![one.clone(), device()]);
    let mut check_in = shop.case(case).check_in.expect("checked in");
    check_in.devices = vec![one.clone(), one];
    let refused = refusal(shop.ask(Change::CheckedIn { case, check_in }));
    assert_eq!(refused, Refusal::DeviceTwice);
}

#[test]
fn the_order_of_the_checklist_holds_also_backwards_and_for_another_method() {
    let mut shop = Shop::stocked(2);
    let (case, mut removal) = removing(&mut shop);
    for check in [Check::DataSaved, Check::Uninstalled, Check::Restarted] {
        shop.tell(Change::CheckTicked { case, removal: removal.id, check });
    }
    let untick = |check| Change::CheckUnticked { case, removal: RemovalId(removal.id.0), check };
    assert!(matches!(refusal(shop.ask(untick(Check::DataSaved))), Refusal::CheckOrder(_)));
    shop.tell(untick(Check::Restarted));
    removal.version = "17.0.0.611".to_owned();
    shop.tell(Change::RemovalStarted { case, removal: removal.clone() });
    assert_eq!(ticked(&shop.case(case)), [Check::DataSaved, Check::Uninstalled]);
    removal.method = Method::Kavremover;
    shop.tell(Change::RemovalStarted { case, removal });
    assert_eq!(ticked(&shop.case(case)), [Check::DataSaved]);
    assert!(verify(&shop.path).expect("a report").is_whole());
}
