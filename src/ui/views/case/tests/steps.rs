//! Check-in and removal.

use super::Window;
use crate::domain::id::CaseId;
use crate::domain::subscription::Channel;
use crate::ui::views::case::samples::{Desk, acer, device, opened};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

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
    assert!(window.sees("4 of 5 done"));
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
fn a_scan_goes_into_the_serial_number_only_where_the_cursor_is() {
    let mut window = Window::with(Channel::Store, &[]);
    let case = window.desk().file.case.id;
    assert!(!window.desk().view.take_scan(case, "NXGE6AA0017160"));
    window.type_into("Serial number", "12");
    assert!(window.desk().view.take_scan(case, "NXGE6AA0017160"));
    window.0.run();
    let serial = window.0.get_by_role_and_label(egui::Role::TextInput, "Serial number");
    assert_eq!(serial.value().as_deref(), Some("NXGE6AA0017160"));
}

#[test]
fn the_links_of_a_device_stay_in_sight_however_long_its_name_is() {
    let model = "Lenovo ThinkPad X1 Carbon Signature Edition with touch screen, docking station and \
                 stylus";
    let window = Window::with(Channel::Store, &[device(11, model, "5CD7290XYZ")]);
    window.is_beside_the_panel();
    assert!(window.sees("Another device"));
}

#[test]
fn in_a_small_window_the_step_at_hand_begins_at_the_top() {
    let desk = Desk::new(opened(Channel::Store, &[acer()]));
    let mut window = Window::sized(desk, egui::vec2(859.0, 428.0));
    let top = |window: &Window, first: &str| {
        window.0.get_by_role_and_label(egui::Role::Label, first).rect().top()
    };
    window.check_in();
    for (first, finish) in [
        ("Who removes it", Window::remove as fn(&mut Window)),
        ("What it should cover", Window::finish),
        ("Check with the customer, then issue", Window::finish),
    ] {
        assert!((0.0..120.0).contains(&top(&window, first)), "{first}: {}", top(&window, first));
        finish(&mut window);
    }
    let sheets = top(&window, "Sheets for the customer");
    assert!((0.0..300.0).contains(&sheets), "{sheets}");
}

#[test]
fn an_answer_on_the_backup_leads_to_the_signature_and_arrows_stay_among_the_answers() {
    let mut window = Window::with(Channel::Store, &[acer()]);
    let signed = |window: &Window| window.0.get_by_label("Amara Okafor signed").is_focused();
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert!(!signed(&window));
    window.key(Modifiers::NONE, Key::Num1);
    assert!(signed(&window));
}

#[test]
fn the_tab_key_scrolls_to_what_is_out_of_sight() {
    let mut window = Window::with(Channel::Store, &[]);
    for _ in 0..2 {
        window.press("Another device");
    }
    let bar_top = 684.0 - crate::ui::theme::scale::ACTION_BAR_HEIGHT;
    let bottom = |window: &Window| window.0.get_by_label("Amara Okafor signed").rect().bottom();
    assert!(bottom(&window) > bar_top);
    let mut n_tabs = 0;
    while !window.0.get_by_label("Amara Okafor signed").is_focused() {
        window.key(Modifiers::NONE, Key::Tab);
        n_tabs += 1;
        assert!(n_tabs < 40, "the Tab key never comes to the consent");
    }
    assert!(bottom(&window) < bar_top, "{}", bottom(&window));
}
