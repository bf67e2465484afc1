//! The budget of keys: from the opened case of a returning customer to the printed sheet.

use super::samples::{Desk, acer, opened};
use crate::domain::subscription::Channel;
use crate::ui::action::Action;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;

/// How many key events a returning customer may cost, from the opened case to the printed sheet.
const KEYS_MAX: usize = 18;

#[test]
fn a_returning_customer_has_the_sheet_in_hand_within_the_budget_of_keys() {
    let desk = Desk::new(opened(Channel::Store, &[acer()]));
    let mut window = Harness::builder()
        .with_size(vec2(1182.0, 684.0))
        .with_context_setup(crate::ui::theme::install)
        .build_ui_state(|ui, desk: &mut Desk| desk.frame(ui), desk);
    window.run();
    let ctrl_enter = (Modifiers::COMMAND, Key::Enter);
    let plain = |key| (Modifiers::NONE, key);
    let keys = [
        plain(Key::Num1),  // Backup: yes.
        plain(Key::Space), // Signed.
        ctrl_enter,        // Check in.
        ctrl_enter,        // Start removal.
        plain(Key::Space), // Customer's data is safe.
        plain(Key::Space), // Uninstalled.
        plain(Key::Space), // Restarted.
        plain(Key::Space), // Looked for leftovers.
        plain(Key::Space), // A protection is on.
        ctrl_enter,        // Finish removal: how did it end?
        plain(Key::Num1),  // Nothing is left.
        ctrl_enter,        // With the usual statement.
        ctrl_enter,        // Hold the suggested key.
        ctrl_enter,        // Issue and print.
    ];
    assert!(keys.len() <= KEYS_MAX);
    for (idx, (modifiers, key)) in keys.into_iter().enumerate() {
        window.key_press_modifiers(modifiers, key);
        window.run();
        window.state_mut().now = window.state().now.plus_ms(20_000);
        let done = window.state().done();
        assert!(!done.is_empty() || idx < 2, "nothing after key {idx}: {done:?}");
    }
    assert_eq!(
        window.state().done(),
        [
            "Checked in Acer Aspire E15, signed by Amara Okafor",
            "Removal of Kaspersky Internet Security 3 Devices",
            "Done: Customer's data is safe",
            "Done: uninstalled",
            "Done: Restarted",
            "Done: Looked for leftovers",
            "Done: Windows Security or another antivirus is on",
            "Removed, as stated: Looked at programs, services, drivers, browser extensions, \
             Security Center: nothing is left",
            "Key held for 5 minutes",
            "Key issued",
        ]
    );
    assert!(matches!(window.state().asked.last(), Some(Action::IssueAndPrint(_))));
    window.key_press(Key::A);
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run();
    let tail = window.state().done().split_off(10);
    assert_eq!(tail, ["Replacement seen active", "Handed over, closed"]);
    assert_eq!(window.state().asked.last(), Some(&Action::Go(crate::ui::shell::Page::Lookup)));
}
