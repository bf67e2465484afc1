//! What the widgets do when they are pressed, and what they never do.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, Theme, Ui};

use super::window;
use crate::raster::headless::Headless;
use crate::ui::theme::Tone;
use crate::ui::widgets::button::{Button, buttons};
use crate::ui::widgets::check_row::CheckRow;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::list_row::ListRow;
use crate::ui::widgets::notice::Notice;
use crate::ui::widgets::step_card::{StepCard, StepState};
use crate::ui::widgets::table::{Cell, Column, Row, Table, Width};
use crate::ui::widgets::toast::{ToastClick, toast};

fn focus(window: &mut Headless, page: impl FnMut(&mut Ui)) {
    window.press(Modifiers::NONE, Key::Tab);
    window.run(page);
}

#[test]
fn a_blocked_button_stays_says_why_and_does_nothing() {
    let mut window = window(Theme::Light, 1.0);
    let mut n_pressed = 0;
    let mut page = |ui: &mut Ui| {
        let button = Button::primary("Issue key").blocked(Some("Opens after step 2"));
        n_pressed += usize::from(button.show(ui).clicked());
    };
    window.run(&mut page);
    let node = window.find("Issue key").expect("it stays").node.clone();
    assert!(node.is_disabled());
    assert_eq!(node.description(), Some("Opens after step 2"));
    window.click("Issue key");
    window.run(&mut page);
    focus(&mut window, &mut page);
    window.press(Modifiers::NONE, Key::Enter);
    window.run(&mut page);
    assert_eq!(n_pressed, 0);
}

#[test]
fn enter_and_space_press_the_button_that_has_the_focus() {
    let mut window = window(Theme::Light, 1.0);
    let mut pressed = Vec::new();
    let mut page = |ui: &mut Ui| {
        let row = [Button::secondary("Cancel"), Button::primary("Go")];
        pressed.extend(buttons(ui, &row));
    };
    window.run(&mut page);
    focus(&mut window, &mut page);
    window.press(Modifiers::NONE, Key::Enter);
    window.run(&mut page);
    focus(&mut window, &mut page);
    window.press(Modifiers::NONE, Key::Space);
    window.run(&mut page);
    assert_eq!(pressed, [0, 1]);
}

/// The table of a stock of `n_rows` keys.
fn table(ui: &mut Ui, n_rows: usize, selected: &mut Option<usize>) -> Option<usize> {
    let columns = [Column::text("Key", Width::Rest), Column::number("Seats", 60.0)];
    Table::new("Stock", &columns)
        .show(ui, n_rows, selected, |row_idx| {
            Row::new(vec![Cell::mono(format!("K{row_idx}")), Cell::text("3")])
        })
        .opened
}

#[test]
fn a_hundred_thousand_rows_cost_no_more_than_a_screen_of_them() {
    let mut window = window(Theme::Light, 1.0);
    window.run(|ui| {
        table(ui, 100_000, &mut Some(0));
    });
    let rows: Vec<_> = window.seen().filter(|seen| seen.node.role() == Role::ListItem).collect();
    assert!((20..40).contains(&rows.len()), "{}", rows.len());
    assert!(rows.iter().all(|row| row.node.size_of_set() == Some(100_000)));
}

#[test]
fn arrows_move_through_a_table_and_enter_opens() {
    // Keys, and the row they end at, of 1,000; from row 0.
    let table_of_keys: [(&[Key], usize); 7] = [
        (&[Key::ArrowDown], 1),
        (&[Key::ArrowUp], 0),
        (&[Key::ArrowDown, Key::ArrowDown, Key::ArrowUp], 1),
        (&[Key::End], 999),
        (&[Key::End, Key::ArrowDown], 999),
        (&[Key::End, Key::Home], 0),
        (&[Key::End, Key::ArrowUp], 998),
    ];
    for (keys, row_idx) in table_of_keys {
        let mut window = window(Theme::Light, 1.0);
        let mut selected = Some(0);
        let mut opened = None;
        let mut page = |ui: &mut Ui| opened = table(ui, 1000, &mut selected).or(opened);
        window.run(&mut page);
        focus(&mut window, &mut page);
        for key in keys {
            window.press(Modifiers::NONE, *key);
            window.run(&mut page);
        }
        let focused = window.focused().map(|seen| seen.name().to_owned());
        assert_eq!(focused, Some(format!("Key K{row_idx}, Seats 3")), "{keys:?}");
        window.press(Modifiers::NONE, Key::Enter);
        window.run(&mut page);
        assert_eq!((selected, opened), (Some(row_idx), Some(row_idx)), "{keys:?}");
    }
}

#[test]
fn a_row_selected_from_elsewhere_is_scrolled_to() {
    let mut window = window(Theme::Light, 1.0);
    let mut selected = None;
    window.run(|ui| {
        table(ui, 1000, &mut selected);
    });
    assert!(window.find("Key K700, Seats 3").is_none());
    selected = Some(700);
    window.run(|ui| {
        table(ui, 1000, &mut selected);
    });
    let row = window.find("Key K700, Seats 3").expect("in view");
    assert_eq!(row.node.is_selected(), Some(true));
    assert!(row.rect().is_some_and(|rect| rect.bottom() <= super::DESK.y));
}

#[test]
fn a_click_selects_a_row_and_a_table_is_one_stop_of_the_tab_key() {
    let mut window = window(Theme::Light, 1.0);
    let mut selected = None;
    let mut page = |ui: &mut Ui| {
        table(ui, 10, &mut selected);
        Button::secondary("After").show(ui);
    };
    window.run(&mut page);
    window.click("Key K3, Seats 3");
    window.run(&mut page);
    assert_eq!(window.focused().map(|seen| seen.name()), Some("Key K3, Seats 3"));
    focus(&mut window, &mut page);
    assert_eq!(window.focused().map(|seen| seen.name()), Some("After"));
    assert_eq!(selected, Some(3));
}

#[test]
fn digits_and_arrows_pick_while_a_choice_has_the_focus() {
    // Keys, and what they pick of three; the first was picked.
    let table: [(&[Key], Option<usize>); 6] = [
        (&[], Some(0)),
        (&[Key::Num2], Some(1)),
        (&[Key::Num4], Some(0)),
        (&[Key::ArrowRight], Some(1)),
        (&[Key::ArrowRight, Key::ArrowRight, Key::ArrowRight], Some(2)),
        (&[Key::Num3, Key::ArrowLeft], Some(1)),
    ];
    for (keys, expect) in table {
        let mut window = window(Theme::Light, 1.0);
        let mut picked = Some(0);
        let mut page = |ui: &mut Ui| {
            Choice::new("Who", &["Technician", "Customer", "Nobody"]).show(ui, &mut picked);
        };
        window.run(&mut page);
        focus(&mut window, &mut page);
        for key in keys {
            window.press(Modifiers::NONE, *key);
            window.run(&mut page);
        }
        assert_eq!(picked, expect, "{keys:?}");
    }
}

#[test]
fn a_digit_typed_elsewhere_picks_nothing() {
    let mut window = window(Theme::Light, 1.0);
    let mut picked = None;
    let mut typed = String::new();
    let mut page = |ui: &mut Ui| {
        Field::new("Note").show(ui, &mut typed);
        Choice::new("Who", &["Technician", "Customer"]).show(ui, &mut picked);
    };
    window.run(&mut page);
    focus(&mut window, &mut page);
    window.type_text("2");
    window.run(&mut page);
    assert_eq!((typed.as_str(), picked), ("2", None));
}

#[test]
fn a_field_keeps_the_focus_when_its_error_appears_and_tells_it() {
    let mut window = window(Theme::Light, 1.0);
    let mut typed = String::new();
    let mut page = |ui: &mut Ui| {
        let error = typed.is_empty().then_some("Enter the receipt number");
        Field::new("Receipt").required().error(error).show(ui, &mut typed);
        Field::new("Given name").show(ui, &mut String::new());
    };
    window.run(&mut page);
    let node = window.find_interactive("Receipt").expect("named").node.clone();
    assert!(node.is_required());
    assert_eq!(node.description(), Some("Enter the receipt number"));
    focus(&mut window, &mut page);
    window.type_text("0281");
    window.run(&mut page);
    let focused = window.focused().expect("a focus");
    assert_eq!((focused.name(), focused.node.description()), ("Receipt", None));
    assert_eq!(typed, "0281");
}

#[test]
fn a_check_row_is_a_check_box_that_asks() {
    let mut window = window(Theme::Light, 1.0);
    let mut is_done = false;
    let mut page = |ui: &mut Ui| {
        if CheckRow::new("Scan before").checked(is_done).note("7 traces").show(ui).clicked() {
            is_done = !is_done;
        }
    };
    window.run(&mut page);
    focus(&mut window, &mut page);
    window.press(Modifiers::NONE, Key::Space);
    window.run(&mut page);
    let node = window.find("Scan before").expect("named").node.clone();
    assert_eq!((node.role(), node.toggled()), (Role::CheckBox, Some(Toggled::True)));
    assert_eq!(node.description(), Some("7 traces"));
}

#[test]
fn a_closed_step_hides_its_body_and_offers_to_edit() {
    for (state, is_open) in
        [(StepState::Done, false), (StepState::Waiting, false), (StepState::Open, true)]
    {
        let mut window = window(Theme::Light, 1.0);
        let mut n_edits = 0;
        let mut page = |ui: &mut Ui| {
            let step = StepCard::new(1, "Check in").state(state).edit("Edit", "Alt+1");
            let shown = step.show(ui, |ui| Button::secondary("Sign").show(ui));
            n_edits += usize::from(shown.is_edit_asked);
            assert_eq!(shown.inner.is_some(), is_open, "{state:?}");
        };
        window.run(&mut page);
        assert_eq!(window.find("Sign").is_some(), is_open, "{state:?}");
        assert!(window.click("Edit"));
        window.run(&mut page);
        assert_eq!(n_edits, 1, "{state:?}");
    }
}

#[test]
fn a_notice_goes_when_it_is_dismissed_and_a_toast_can_be_undone() {
    let mut window = window(Theme::Light, 1.0);
    let mut is_dismissed = false;
    let mut clicked = None;
    let mut page = |ui: &mut Ui| {
        let what = "No license is in stock";
        is_dismissed |= Notice { tone: Tone::Danger, what, safe: "", next: "" }.show(ui);
        clicked = toast(ui.ctx(), (Tone::Ok, "Note added"), Some("Ctrl+Z")).or(clicked);
    };
    window.run(&mut page);
    assert!(window.seen().any(|seen| seen.node.role() == Role::Alert));
    window.click("Dismiss");
    window.run(&mut page);
    window.click("Undo");
    window.run(&mut page);
    assert!(is_dismissed);
    assert_eq!(clicked, Some(ToastClick::Undo));
}

#[test]
fn a_row_that_is_cut_says_all_of_it_under_the_pointer() {
    let address = "1 Infinite Winding Road, Apartment 1204, Minnetonka, Minnesota 55345";
    for (width, has_tooltip) in [(240.0, true), (900.0, false)] {
        let mut window = window(Theme::Light, 1.0);
        window.set_size(egui::vec2(width, 400.0));
        let page = |ui: &mut Ui| {
            ListRow::new("Amara Okafor").subtitle(address).show(ui);
        };
        window.run(page);
        window.point_at(egui::pos2(30.0, 30.0));
        for time_s in [2.0, 3.0, 4.0] {
            window.set_time(time_s);
            window.run(page);
        }
        let says_all = window
            .seen()
            .any(|seen| seen.node.role() == Role::Label && seen.name().ends_with(address));
        assert_eq!(says_all, has_tooltip, "{width}");
    }
}
