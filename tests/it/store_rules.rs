//! Rules that nobody goes round: one exchange for one subscription, whoever brings it and however
//! often it is entered.

use crate::shop::{Shop, subscription};
use swapdesk::domain::case::Wants;
use swapdesk::domain::eligibility::{Answer, RuleId};
use swapdesk::domain::entry::{Change, FileMark, Stamp};
use swapdesk::domain::guard::Refusal;
use swapdesk::domain::id::{CaseId, SubscriptionUid};
use swapdesk::domain::privacy::Secret;
use swapdesk::domain::subscription::Subscription;
use swapdesk::domain::subscription_mark::SubscriptionMark;
use swapdesk::store::error::StoreError;
use swapdesk::store::verify::verify;

const TREND: &str = "Trend Micro Internet Security 3 Devices 1 Year";

/// The code of M1's subscription in a stocked shop.
const CODE: &str = "HST6A-VV5DB-RACY3-M1A3Y";

/// Enters a subscription at the desk and says which it is.
fn enter(shop: &mut Shop, new: Subscription) -> SubscriptionUid {
    let uid = new.uid;
    shop.tell(Change::SubscriptionAdded { subscription: new });
    uid
}

/// A subscription without a code, on a receipt.
fn without_code(customer: &str, receipt: &str) -> Subscription {
    let mut new = subscription(customer, "");
    new.activation_code = None;
    new.receipt_no = Some(receipt.to_owned());
    new.uid = SubscriptionMark::of(&new).uid();
    new
}

/// A case of `customer` in which `subscription` is to be exchanged.
fn case_with(shop: &mut Shop, customer: &str, subscription: SubscriptionUid) -> CaseId {
    let case = shop.open_case(customer);
    shop.tell(Change::SubscriptionChosen { case, subscription: Some(subscription) });
    shop.check_in(case, Wants::ExchangeOnly, Vec::new());
    case
}

/// What the rule says in a case, and why.
fn not_exchanged(shop: &Shop, case: CaseId) -> (Answer, String) {
    let file = shop.store.read().case_file(case, shop.now).expect("read").expect("a case");
    let rules = file.eligibility.exchange.into_iter();
    let rule = rules.into_iter().find(|rule| rule.rule == RuleId::NotExchangedBefore);
    rule.map(|rule| (rule.answer, rule.fact)).expect("the rule")
}

fn is_not_free<T: std::fmt::Debug>(asked: &Result<T, StoreError>) -> bool {
    matches!(asked, Err(StoreError::Refused(Refusal::ExchangeNotFree(_))))
}

#[test]
fn a_subscription_that_is_entered_again_is_there_already_also_after_its_exchange() {
    let mut shop = Shop::stocked(4);
    let again = || Change::SubscriptionAdded { subscription: subscription("M1", CODE) };
    assert!(matches!(shop.ask(again()), Err(StoreError::AlreadyThere("the subscription"))));
    shop.serve("M1", TREND);
    assert!(matches!(shop.ask(again()), Err(StoreError::AlreadyThere("the subscription"))));
    let other = Subscription { uid: SubscriptionUid(7), ..subscription("M1", CODE) };
    let refused = shop.ask(Change::SubscriptionAdded { subscription: other });
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::NotItsMark))));
}

#[test]
fn a_code_that_was_exchanged_is_known_again_whoever_brings_it_before_or_after() {
    let mut shop = Shop::stocked(6);
    let before = enter(&mut shop, subscription("M2", "hst6a vv5d8 racy3 m1a3y"));
    let first = shop.serve("M1", TREND);
    assert_eq!(not_exchanged(&shop, first).0, Answer::Yes, "a case is not in its own way");
    let fact = "a subscription with this code was exchanged in case D1-00001".to_owned();
    let case = case_with(&mut shop, "M2", before);
    assert_eq!(not_exchanged(&shop, case), (Answer::No, fact.clone()));
    assert!(is_not_free(&shop.hold(case, TREND)));

    let customer = crate::shop::customer("M3", "Zoe", "Nunez");
    shop.tell(Change::CustomerAdded { customer });
    let after = enter(&mut shop, subscription("M3", CODE));
    let case = case_with(&mut shop, "M3", after);
    assert_eq!(not_exchanged(&shop, case), (Answer::No, fact));
    assert!(is_not_free(&shop.hold(case, TREND)));

    // What was handed out came back: the code may be exchanged after all.
    let key = shop.case(first).replacement().expect("a replacement").key;
    let reason = "the vendor says it is used".to_owned();
    shop.tell_as_lead(Change::KeyVoided { key, case: Some(first), reason });
    assert_eq!(not_exchanged(&shop, case).0, Answer::Yes);
    shop.hold(case, TREND).expect("a key");
    shop.issue(case).expect("issued");
    assert!(is_not_free(&shop.hold(first, TREND)), "the other one now stands in its way");
    assert!(verify(&shop.path).expect("a report").is_whole());
}

#[test]
fn without_a_code_the_same_product_on_the_same_receipt_is_for_a_lead_to_decide() {
    let mut shop = Shop::stocked(4);
    let first = enter(&mut shop, without_code("M1", "0281-77310"));
    let case = case_with(&mut shop, "M1", first);
    shop.hold(case, TREND).expect("a key");
    shop.issue(case).expect("issued");
    let fact = "this product on this receipt was exchanged in case D1-00001".to_owned();

    let same = enter(&mut shop, without_code("M2", "028177310"));
    let case = case_with(&mut shop, "M2", same);
    assert_eq!(not_exchanged(&shop, case), (Answer::Unknown, fact.clone()));
    let mut coded = without_code("M2", "0281-77310");
    coded.activation_code = Some(Secret::new("QQQQQ-8KPDM-7YSY7-KFE47"));
    coded.uid = SubscriptionMark::of(&coded).uid();
    let coded = enter(&mut shop, coded);
    let case = case_with(&mut shop, "M2", coded);
    assert_eq!(not_exchanged(&shop, case), (Answer::Unknown, fact));
    let other = enter(&mut shop, without_code("M2", "0281-77311"));
    let case = case_with(&mut shop, "M2", other);
    assert_eq!(not_exchanged(&shop, case).0, Answer::Yes);
}

#[test]
fn two_codes_on_one_receipt_are_two_subscriptions() {
    let mut shop = Shop::stocked(4);
    shop.serve("M1", TREND);
    // The shop's customers share a receipt number, and each has a code.
    let case = shop.open_case("M2");
    assert_eq!(not_exchanged(&shop, case).0, Answer::Yes);
}

#[test]
fn a_leads_word_on_the_exchange_is_for_the_subscription_it_was_given_for() {
    let mut shop = Shop::stocked(4);
    shop.serve("M1", TREND);
    let exchanged = subscription("M1", CODE).uid;
    let mut elsewhere = subscription("M1", "NM9U9-8KPDM-7YSY7-X8DDY");
    elsewhere.channel = swapdesk::domain::subscription::Channel::Elsewhere;
    let elsewhere = enter(&mut shop, elsewhere);
    let case = case_with(&mut shop, "M1", elsewhere);
    assert!(is_not_free(&shop.hold(case, TREND)));
    shop.override_exchange(case);
    shop.hold(case, TREND).expect("by the lead's word");
    shop.tell(Change::SubscriptionChosen { case, subscription: Some(elsewhere) });
    shop.hold(case, TREND).expect("the same one was chosen again");
    shop.tell(Change::SubscriptionChosen { case, subscription: Some(exchanged) });
    assert!(is_not_free(&shop.hold(case, TREND)));
    assert!(is_not_free(&shop.issue(case)), "also what is held is not issued");
    shop.override_exchange(case);
    shop.issue(case).expect("the lead said so again");
    assert!(verify(&shop.path).expect("a report").is_whole());
}

#[test]
fn the_withdrawn_vendors_products_get_in_under_no_name() {
    let mut shop = Shop::stocked(2);
    let mut products = shop.store.read().products().expect("products");
    products.truncate(1);
    products[0].id = swapdesk::domain::id::ProductId::mint(shop.now);
    products[0].vendor = "KL".to_owned();
    products[0].name = "KTS 2018 5 Devices 1 Year".to_owned();
    let file = FileMark { name: "catalog.json".to_owned(), sha256: "0".repeat(64) };
    let refused = shop.ask(Change::CatalogImported { file, products });
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::WithdrawnVendor))));
}

#[test]
fn card_numbers_get_into_no_text_and_identifiers_are_left_alone() {
    let mut shop = Shop::stocked(2);
    let card = "4111 1111 1111 1111 0919";
    let is_refused = |asked: Result<_, StoreError>| {
        matches!(asked, Err(StoreError::Refused(Refusal::CardNumber | Refusal::CheckIn(_))))
    };
    for n in 0..9 {
        let mut customer = crate::shop::customer("M3", "Zoe", "Nunez");
        let fields = [
            &mut customer.given_name,
            &mut customer.surname,
            &mut customer.phone,
            &mut customer.phone2,
            &mut customer.email,
            &mut customer.street,
            &mut customer.city,
            &mut customer.state,
            &mut customer.postcode,
        ];
        card.clone_into(fields.into_iter().nth(n).expect("a field"));
        assert!(is_refused(shop.ask(Change::CustomerAdded { customer })), "field {n}");
    }
    let mut new = without_code("M1", "4111-1111-1111-1111");
    new.product = format!("KIS {card}");
    new.uid = SubscriptionMark::of(&new).uid();
    assert!(is_refused(shop.ask(Change::SubscriptionAdded { subscription: new })));
    enter(&mut shop, without_code("M1", "4111-1111-1111-1111"));

    let case = shop.open_case("M1");
    let mut one = crate::shop::device();
    one.serial = "490154203237518".to_owned();
    shop.check_in(case, Wants::Both, vec![one.clone()]);
    one.condition = card.to_owned();
    let mut check_in = shop.case(case).check_in.expect("checked in");
    check_in.devices = vec![one];
    assert!(is_refused(shop.ask(Change::CheckedIn { case, check_in: check_in.clone() })));
    check_in.devices.clear();
    check_in.consent_by = card.to_owned();
    assert!(is_refused(shop.ask(Change::CheckedIn { case, check_in })));

    let mut settings = shop.store.read().settings().expect("settings");
    settings.desk.store_name = card.to_owned();
    let stamp = Stamp { by: Some(shop.lead), ..shop.stamp() };
    assert!(is_refused(shop.store.record(stamp, Change::SettingsChanged { settings })));
    let mut person = shop.store.read().people().expect("people").remove(0);
    person.name = card.to_owned();
    let stamp = Stamp { by: Some(shop.lead), ..shop.stamp() };
    assert!(is_refused(shop.store.record(stamp, Change::PersonSet { person })));
}
