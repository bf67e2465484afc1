//! The case page, as a technician uses it.

use super::samples::{Desk, OPENED, acer, device, opened, subscription};
use crate::domain::id::{CaseId, SubscriptionUid};
use crate::domain::stock::HOLD_MS;
use crate::domain::subscription::Channel;
use crate::ui::action::{Action, Dialog};
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

/// The page in a window of the size that it has on a 1366×768 screen.
struct Window(Harness<'static, Desk>);

impl Window {
    fn of(desk: Desk) -> Self {
        let mut window = Harness::builder()
            .with_size(vec2(1182.0, 684.0))
            .with_max_steps(12)
            .with_context_setup(crate::ui::theme::install)
            .build_ui_state(|ui, desk: &mut Desk| desk.frame(ui), desk);
        window.run();
        Self(window)
    }

    fn with(channel: Channel, known: &[crate::domain::device::Device]) -> Self {
        Self::of(Desk::new(opened(channel, known)))
    }

    fn press(&mut self, label: &str) {
        self.0.get_by_label(label).click_accesskit();
        self.0.run();
    }

    fn type_into(&mut self, label: &str, words: &str) {
        self.0.get_by_role_and_label(egui::Role::TextInput, label).focus();
        self.0.run();
        self.0.get_by_role_and_label(egui::Role::TextInput, label).type_text(words);
        self.0.run();
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.0.key_press_modifiers(modifiers, key);
        self.0.run();
    }

    fn finish(&mut self) {
        self.key(Modifiers::COMMAND, Key::Enter);
    }

    fn sees(&self, words: &str) -> bool {
        self.0.query_all_by_label_contains(words).next().is_some()
    }

    fn desk(&mut self) -> &mut Desk {
        self.0.state_mut()
    }

    fn last_done(&mut self) -> String {
        self.desk().done().pop().unwrap_or_default()
    }

    fn check_in(&mut self) {
        self.press("Yes, recent");
        self.press("Amara Okafor signed");
        self.finish();
        assert!(self.last_done().starts_with("Checked in"), "{}", self.last_done());
    }

    fn tick_all(&mut self) {
        for item in [
            "Customer's data is safe",
            "Uninstalled from Windows",
            "Restarted",
            "Looked for leftovers",
        ] {
            self.press(item);
        }
    }

    fn remove(&mut self) {
        self.finish();
        self.tick_all();
        self.finish();
        assert!(self.last_done().starts_with("Removed, as stated"), "{}", self.last_done());
    }
}

#[test]
fn errors_come_at_the_field_after_the_first_try_and_what_was_typed_stays() {
    let mut window = Window::with(Channel::Store, &[]);
    window.type_into("Condition", "Scratch on lid");
    assert!(!window.sees("The customer signs before the work begins"));
    window.finish();
    assert!(window.sees("3 things missing"));
    assert!(window.sees("The customer signs before the work begins"));
    window.type_into("Make and model", "Acer Aspire E15");
    window.press("No, was told");
    assert!(!window.sees("Ask the customer about a backup"));
    window.press("Amara Okafor signed");
    window.finish();
    let case = &window.desk().file.case;
    assert_eq!(case.devices()[0].condition, "Scratch on lid");
    assert_eq!(case.devices()[0].model, "Acer Aspire E15");
}

#[test]
fn of_several_known_devices_none_is_guessed_and_the_only_one_is_taken() {
    let two = [acer(), device(12, "HP Pavilion 15", "5CD7290XYZ")];
    let mut window = Window::with(Channel::Store, &two);
    assert!(!window.sees("Does the customer have a backup"));
    window.press("HP Pavilion 15 · S/N 5CD7290XYZ");
    window.check_in();
    assert_eq!(window.desk().file.case.devices()[0].id, two[1].id);
}

#[test]
fn a_card_number_is_refused_while_it_is_typed() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.type_into("Condition", "card 4111 1111 1111 1111");
    assert!(window.sees("This looks like a card number"));
    window.press("Yes, recent");
    window.press("Amara Okafor signed");
    window.finish();
    assert!(window.desk().file.case.check_in.is_none());
}

#[test]
fn a_removal_alone_ends_without_a_key() {
    let mut window = Window::with(Channel::Elsewhere, &[acer()]);
    window.press("Removal only");
    window.check_in();
    window.remove();
    assert!(!window.sees("Replacement seen active"));
    window.finish();
    assert_eq!(window.last_done(), "Handed over, closed");
}

#[test]
fn an_exchange_alone_needs_no_device() {
    let mut window = Window::with(Channel::Store, &[]);
    window.press("Exchange only");
    window.finish();
    window.finish();
    window.finish();
    assert_eq!(window.last_done(), "Key issued");
}

#[test]
fn a_rule_that_is_not_met_stops_the_key_until_a_lead_gives_a_reason() {
    let mut window = Window::with(Channel::Elsewhere, &[acer()]);
    assert!(window.sees("Bought at Best Buy: no, bought elsewhere"));
    window.check_in();
    window.remove();
    window.finish();
    assert!(window.desk().file.key.is_none());
    window.key(Modifiers::NONE, Key::O);
    assert!(window.0.get_by_label("Cancel").is_focused());
    window.finish();
    assert!(window.sees("Choose the lead"));
    window.press("M. Lee");
    window.type_into("Reason, for the journal", "Receipt seen");
    window.finish();
    assert_eq!(window.last_done(), "Override: Free exchange. Receipt seen");
    assert!(window.sees("Allowed by a lead"));
    window.finish();
    window.finish();
    assert_eq!(window.last_done(), "Key issued");
}

#[test]
fn leftovers_need_a_reason_and_then_a_leads_word() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.check_in();
    window.finish();
    window.tick_all();
    window.press("Leftovers remain");
    window.finish();
    assert!(window.sees("Say what is still there"));
    window.type_into("What remains, and why", "Chrome extension");
    window.finish();
    assert_eq!(window.last_done(), "Removed, but leftovers remain: Chrome extension");
    window.press("Go on anyway…");
    window.press("M. Lee");
    window.type_into("Reason, for the journal", "Customer removes it at home");
    window.finish();
    window.finish();
    assert_eq!(window.last_done(), "Key held for 5 minutes");
}

#[test]
fn what_dies_with_the_product_is_said_before_the_uninstall() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.check_in();
    window.finish();
    assert!(window.sees("Passwords in Kaspersky Password Manager"));
    window.press("Uninstalled from Windows");
    assert_eq!(window.desk().file.case.removals[0].checks, []);
    window.press("Customer's data is safe");
    assert!(!window.sees("Passwords in Kaspersky Password Manager"));
    window.press("Uninstalled from Windows");
    window.press("Uninstalled from Windows");
    assert_eq!(window.last_done(), "Taken back: uninstalled");
}

#[test]
fn a_customer_who_removes_it_alone_is_asked_how_it_ended() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.check_in();
    window.press("Customer");
    window.finish();
    window.finish();
    assert!(window.sees("Choose how it ended"));
    window.press("Will remove it at home");
    window.finish();
    assert_eq!(window.last_done(), "The customer will remove it at home");
    window.finish();
    assert_eq!(window.last_done(), "Key held for 5 minutes");
}

#[test]
fn each_of_two_devices_has_its_own_removal() {
    let two = [acer(), device(12, "HP Pavilion 15", "5CD7290XYZ")];
    let mut window = Window::with(Channel::Store, &two);
    window.press("Acer Aspire E15 · S/N NXGE6AA0017160");
    window.press("HP Pavilion 15 · S/N 5CD7290XYZ");
    window.check_in();
    window.press("HP Pavilion 15: to do");
    window.remove();
    assert!(window.sees("HP Pavilion 15: ended"));
    window.remove();
    assert_eq!(window.desk().file.case.removals.len(), 2);
    window.finish();
    assert_eq!(window.last_done(), "Key held for 5 minutes");
}

#[test]
fn an_ended_removal_can_go_on() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.check_in();
    window.remove();
    window.key(Modifiers::ALT, Key::Num2);
    window.press("Go on with this removal");
    assert_eq!(window.last_done(), "Removal goes on");
    assert!(window.sees("4 of 5 done") || window.sees("How did it end"));
}

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
fn a_draft_survives_leaving_the_page_and_belongs_to_its_case() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.type_into("Condition", "Scratch on lid");
    let ours = window.desk().file.clone();
    let mut other = opened(Channel::Store, &[]);
    other.case.id = CaseId(uuid::Uuid::from_u128(2));
    window.desk().file = other;
    window.0.run();
    let value = |window: &Window| {
        window.0.get_by_role_and_label(egui::Role::TextInput, "Condition").value()
    };
    assert_eq!(value(&window).unwrap_or_default(), "");
    window.desk().file = ours;
    window.0.run();
    assert_eq!(value(&window).unwrap_or_default(), "Scratch on lid");
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
fn a_scan_goes_into_the_serial_number_only_where_the_cursor_is() {
    let mut window = Window::with(Channel::Store, &[]);
    let case = window.desk().file.case.id;
    assert!(!window.desk().view.take_scan(case, "NXGE6AA0017160"));
    window.type_into("Serial number", "12");
    assert!(window.desk().view.take_scan(case, "NXGE6AA0017160"));
    window.0.run();
    let serial = window.0.get_by_role_and_label(egui::Role::TextInput, "Serial number");
    assert_eq!(serial.value().as_deref(), Some("NXGE6AA0017160"));
    assert!(window.desk().now > OPENED);
}

#[test]
fn a_note_and_other_protection_are_recorded() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    window.press("+ Note");
    window.finish();
    assert!(window.sees("A reason is needed") || window.sees("Note"));
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
