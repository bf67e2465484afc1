//! What a screen reader, a keyboard and a quiet machine find on every page, dialog and case.

use crate::desk::Desk;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use std::collections::BTreeSet;
use swapdesk::raster::headless::Seen;

/// The smallest side of what can be pressed, in points.
const TARGET_MIN: f32 = 24.0;
/// No page has more to press.
const TABS_MAX: usize = 120;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

/// A screen: its name, a code that is scanned first, and keys after it.
type Screen = (&'static str, &'static str, &'static [(Modifiers, Key)]);

const SCREENS: [Screen; 27] = [
    ("lookup", "", &[(NONE, Key::F2)]),
    ("hits", "", &[(NONE, Key::A), (NONE, Key::M), (NONE, Key::A)]),
    ("cases", "", &[(NONE, Key::F3)]),
    ("stock", "", &[(NONE, Key::F4)]),
    ("journal", "", &[(NONE, Key::F6)]),
    ("settings", "", &[(CTRL, Key::Comma)]),
    ("check-in", "0281-77310", &[]),
    ("removal", "D2-00004", &[]),
    ("before and after", "D2-00002", &[(Modifiers::ALT, Key::Num2)]),
    ("watched folder", "", &[(CTRL, Key::Comma), (Modifiers::ALT, Key::Num4)]),
    ("replacement", "D2-00003", &[]),
    ("check answers", "D2-00003", &[(CTRL, Key::Enter)]),
    ("hand over", "D2-00002", &[]),
    ("closed", "D2-00002", &[(CTRL, Key::Enter), (NONE, Key::F3)]),
    ("palette", "", &[(CTRL, Key::K)]),
    ("keys", "", &[(NONE, Key::F1)]),
    ("new customer", "", &[(CTRL, Key::N)]),
    ("people", "", &[(CTRL, Key::L)]),
    ("import", "", &[(CTRL, Key::I)]),
    ("note", "D2-00004", &[(NONE, Key::N)]),
    ("withdraw", "D2-00004", &[(CTRL_SHIFT, Key::W)]),
    ("override", "D2-00004", &[(NONE, Key::O)]),
    ("subscription", "D2-00004", &[(NONE, Key::T)]),
    ("other protection", "D2-00003", &[(NONE, Key::W)]),
    ("void", "D2-00002", &[(CTRL, Key::D)]),
    ("void in stock", "", &[(NONE, Key::F4), (CTRL, Key::D)]),
    ("another device", "D2-00004", &[(Modifiers::ALT, Key::Num1)]),
];

/// Each screen on a desk of its own, after its keys.
fn on_every_screen(mut check: impl FnMut(&str, &mut Desk)) {
    for (name, code, keys) in SCREENS {
        let mut desk = Desk::demo();
        if !code.is_empty() {
            desk.scan(code);
        }
        for (modifiers, key) in keys {
            desk.press(*modifiers, *key);
        }
        check(name, &mut desk);
    }
}

/// What can be pressed or typed into; with a dialog open, only in it.
fn interactive(desk: &mut Desk) -> Vec<(Role, String, egui::Rect)> {
    let is_open = |seen: &Seen<'_>| seen.node.role() == Role::Dialog;
    let all: Vec<Seen<'_>> = desk.driver().seen().collect();
    let begin = all.iter().position(is_open).unwrap_or_default();
    let shown = all.iter().skip(begin).filter(|seen| seen.is_interactive());
    let told = shown.map(|seen| {
        (seen.node.role(), seen.name().to_owned(), seen.rect().unwrap_or(egui::Rect::NOTHING))
    });
    told.collect()
}

#[test]
fn everything_that_can_be_pressed_has_a_name_a_role_and_room_for_a_finger() {
    let mut wrong = BTreeSet::new();
    on_every_screen(|screen, desk| {
        let all = interactive(desk);
        assert!(!all.is_empty(), "{screen}: nothing can be pressed");
        for (role, name, rect) in all {
            let is_generic = matches!(role, Role::Unknown | Role::GenericContainer | Role::Group);
            if name.trim().is_empty() || is_generic {
                wrong.insert(format!("{screen}: {role:?} {name:?} at {rect:?}"));
            }
            if rect.width() < TARGET_MIN - 0.01 || rect.height() < TARGET_MIN - 0.01 {
                wrong.insert(format!("{screen}: {role:?} {name:?} is {:?}", rect.size()));
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn rows_say_their_name_place_and_whether_they_are_selected() {
    let mut wrong = BTreeSet::new();
    let mut n_rows = 0;
    on_every_screen(|screen, desk| {
        for seen in desk.driver().seen().filter(|seen| seen.node.role() == Role::ListItem) {
            n_rows += 1;
            let node = seen.node;
            let place = node.position_in_set().zip(node.size_of_set());
            let is_selectable = seen.is_interactive();
            let is_told = place.is_some_and(|(idx, all)| idx <= all && all > 0)
                && (!is_selectable || node.is_selected().is_some());
            if !is_told || seen.name().is_empty() {
                wrong.insert(format!("{screen}: {:?} {place:?}", seen.name()));
            }
        }
    });
    assert!(n_rows > 100, "{n_rows} rows");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_focus_stands_on_something_and_tab_reaches_all_of_it() {
    let mut wrong = BTreeSet::new();
    on_every_screen(|screen, desk| {
        if desk.focus().is_empty() {
            wrong.insert(format!("{screen}: the focus is nowhere"));
        }
        let mut left: Vec<String> = interactive(desk)
            .into_iter()
            .map(|(role, name, _)| format!("{role:?} {name}"))
            .collect();
        let mut reached = BTreeSet::new();
        for _ in 0..TABS_MAX {
            if let Some(seen) = desk.driver().focused() {
                reached.insert(format!("{:?} {}", seen.node.role(), seen.name()));
            }
            desk.key(Key::Tab);
        }
        // Of a group of choices Tab reaches the chosen one, arrows and digits the others; of a
        // list likewise.
        left.retain(|name| !reached.contains(name));
        let of_group = ["RadioButton", "ListItem", "ListBoxOption"];
        let is_of_group = |name: &String| of_group.iter().any(|role| name.starts_with(role));
        left.retain(|name| !is_of_group(name));
        if !left.is_empty() {
            wrong.insert(format!("{screen}: Tab does not reach {left:?}"));
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_quiet_window_asks_for_no_frame_and_draws_the_same_picture_again() {
    on_every_screen(|screen, desk| {
        desk.driver().settle();
        assert!(desk.driver().is_at_rest(), "{screen} wants to be drawn again");
        let before = desk.driver().picture();
        desk.driver().pass();
        assert!(desk.driver().is_at_rest(), "{screen} wants to be drawn again");
        assert!(before == desk.driver().picture(), "{screen} is drawn otherwise the second time");
    });
}
