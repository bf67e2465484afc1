//! Subscription, replacement, handing over, and how a case ends.

use super::Window;
use crate::domain::id::SubscriptionUid;
use crate::domain::stock::HOLD_MS;
use crate::domain::subscription::Channel;
use crate::ui::action::{Action, Dialog, SheetUse};
use crate::ui::shell::Page;
use crate::ui::views::case::samples::{Desk, acer, opened, subscription};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

#[test]
fn a_hold_that_ran_out_says_so_and_holds_again() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.check_in();
    window.remove();
    window.key(Modifiers::NONE, Key::Num2);
    window.finish();
    assert!(window.sees("Held 5:00"));
    assert!(window.sees("Trend Micro Maximum 5 Devices"));
    let late = window.desk().now.plus_ms(HOLD_MS);
    window.desk().now = late;
    window.0.run();
    assert!(window.sees("The hold ran out"));
    window.finish();
    assert!(window.sees("Held 5:00"));
    window.key(Modifiers::ALT, Key::Num3);
    assert_eq!(window.last_done(), "Key given back, unseen");
    assert!(window.sees("What it should cover"));
}

#[test]
fn less_than_before_needs_a_reason() {
    let mut desk = Desk::new(opened(Channel::Store, &[acer()]));
    desk.shelf.drain(..2);
    let mut window = Window::of(desk);
    window.check_in();
    window.remove();
    window.finish();
    window.finish();
    assert!(window.sees("Enter the reason"));
    let label = "Why less: it has fewer devices than before";
    window.type_into(label, "The customer agreed");
    window.finish();
    assert_eq!(window.last_done(), "Key issued. Less than before: The customer agreed");
}

#[test]
fn without_stock_it_says_what_to_do() {
    let mut desk = Desk::new(opened(Channel::Store, &[acer()]));
    desk.shelf.clear();
    let mut window = Window::of(desk);
    window.check_in();
    window.remove();
    window.finish();
    assert!(window.sees("No replacement is in stock"));
    window.press("Import keys…");
    assert_eq!(window.desk().asked.last(), Some(&Action::Open(Dialog::Import)));
}

#[test]
fn the_key_stays_masked_until_it_is_revealed() {
    let mut window = Window::with(Channel::Store, &[]);
    window.press("Exchange only");
    for _ in 0..3 {
        window.finish();
    }
    assert!(window.sees("…9KLD"));
    assert!(!window.sees("SARW"));
    assert!(window.0.query_by_label("Copy key").is_none());
    window.press("Reveal key");
    assert!(matches!(window.desk().asked.last(), Some(Action::Reveal { case: Some(_), .. })));
    assert!(window.sees("SARW-NJEF-6YAM-9KLD"));
    window.press("Copy key");
    assert!(matches!(window.desk().asked.last(), Some(Action::CopySecret(_))));
    window.key(Modifiers::COMMAND, Key::D);
    assert!(matches!(window.desk().dialog, Some(Dialog::VoidKey(_, Some(_)))));
}

#[test]
fn a_customer_changes_their_mind_and_comes_back() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.press("Changed their mind…");
    window.finish();
    assert_eq!(window.last_done(), "Withdrawn: Customer changed their mind");
    assert!(window.sees("Withdrawn 11:01"));
    window.press("Reopen the case…");
    window.finish();
    assert!(window.sees("A reason is needed"));
    window.type_into("Why", "Customer is back");
    window.finish();
    assert_eq!(window.last_done(), "Reopened: Customer is back");
    assert!(window.sees("What the customer wants"));
}

#[test]
fn while_the_file_is_busy_ticks_wait_and_a_second_press_skips_nothing() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.check_in();
    window.finish();
    window.desk().is_busy = true;
    window.press("Customer's data is safe");
    window.press("Uninstalled from Windows");
    assert_eq!(window.desk().file.case.removals[0].checks, []);
    window.desk().is_busy = false;
    window.0.run();
    assert_eq!(window.desk().file.case.removals[0].checks.len(), 2);
    window.press("Restarted");
    window.press("Looked for leftovers");
    window.press("Nothing is left");
    window.finish();
    window.finish();
    let held = window.desk().file.clone();
    // The press that held the key, once more while the answer is on its way.
    window.desk().file.case.hold = None;
    window.desk().is_busy = true;
    window.finish();
    window.desk().file = held;
    window.desk().is_busy = false;
    window.0.run();
    assert_eq!(window.last_done(), "Key held for 5 minutes");
}

#[test]
fn the_term_is_read_from_the_program() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.key(Modifiers::NONE, Key::T);
    window.type_into("Runs until, as the program shows it", "13/40/2017");
    window.finish();
    assert!(window.sees("Enter the last day"));
    window.key(Modifiers::COMMAND, Key::A);
    window.type_into("Runs until, as the program shows it", "10/01/2017");
    window.finish();
    assert_eq!(window.last_done(), "Read from the program: runs until 1 Oct 2017");
    assert!(window.sees("Not eligible"));
}

#[test]
fn a_subscription_that_is_entered_becomes_the_one_to_exchange() {
    let mut file = opened(Channel::Store, &[acer()]);
    file.subscription = None;
    file.case.subscription = None;
    let mut window = Window::of(Desk::new(file));
    assert!(window.sees("None is on file"));
    window.key(Modifiers::NONE, Key::T);
    window.type_into("Product", "Kaspersky Total Security 5 Devices");
    window.type_into("Runs until", "12/31/2017");
    window.press("Store");
    window.finish();
    assert_eq!(window.last_done(), "Subscription chosen");
    assert!(window.sees("Eligible"));
}

#[test]
fn another_subscription_on_file_can_be_exchanged_instead() {
    let mut file = opened(Channel::Elsewhere, &[acer()]);
    let mut other = subscription(Channel::Store);
    other.uid = SubscriptionUid(2);
    other.product = "Kaspersky Anti-Virus".to_owned();
    file.other_subscriptions.push(other);
    let mut window = Window::of(Desk::new(file));
    window.press("Read the term, or 1 other…");
    window.press("Choose another");
    window.finish();
    assert_eq!(window.desk().file.case.subscription, Some(SubscriptionUid(2)));
    assert!(window.sees("Eligible"));
}

#[test]
fn a_note_and_other_protection_are_recorded() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.press("+ Note");
    window.finish();
    assert!(window.sees("A reason is needed"));
    window.0.get_by_role_and_label(egui::Role::MultilineTextInput, "Note").type_text("Calls back");
    window.0.run();
    window.finish();
    assert_eq!(window.last_done(), "Note: Calls back");
    window.press("Removal only");
    window.check_in();
    window.remove();
    assert!(window.sees("Unprotected for 0 min"));
    window.key(Modifiers::NONE, Key::W);
    window.finish();
    assert_eq!(window.last_done(), "Seen on: Windows Security");
    assert!(!window.sees("Unprotected"));
}

#[test]
fn after_a_rejected_key_the_next_one_is_held() {
    let mut window = Window::with(Channel::Store, &[]);
    window.press("Exchange only");
    for _ in 0..3 {
        window.finish();
    }
    let now = window.desk().now;
    let rejected = "rejected by the vendor".to_owned();
    window.desk().file.case.replacements[0].voided = Some((now, rejected));
    window.desk().refresh();
    window.0.run();
    assert!(window.sees("What it should cover"));
    window.finish();
    assert!(window.sees("Check with the customer, then issue"));
}

#[test]
fn after_a_hand_over_the_next_customer_follows_and_a_closed_case_only_leads_on() {
    let mut window = Window::with(Channel::Store, &[]);
    window.press("Exchange only");
    for _ in 0..4 {
        window.finish();
    }
    assert_eq!(window.last_done(), "Handed over, closed");
    assert_eq!(window.desk().asked.last(), Some(&Action::Go(Page::Lookup)));
    let n_done = window.desk().done().len();
    window.key(Modifiers::ALT, Key::Num1);
    window.finish();
    assert_eq!(window.desk().done().len(), n_done);
    assert!(window.sees("Closed"));
    window.key(Modifiers::COMMAND, Key::P);
    assert!(matches!(
        window.desk().asked.last(),
        Some(Action::Sheet { then: SheetUse::Print, .. })
    ));
}
