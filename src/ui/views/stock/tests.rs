//! The stock, as a technician uses it.

use super::*;
use crate::ui::views::testing::{self, NOW, Window};
use egui::{Key, Modifiers};

#[derive(Default)]
struct Desk {
    view: StockView,
    command: Option<UiCommand>,
    rows: Vec<KeyRow>,
    products: Vec<ProductStock>,
    has_more: bool,
}

fn draw(desk: &mut Desk, ui: &mut Ui) -> Option<Action> {
    let n_frozen = u32::from(!desk.rows.is_empty());
    let data = StockData {
        command: desk.command.take(),
        now: NOW,
        counts: StockCounts {
            n_free: 42,
            n_held: 1,
            n_issued_today: 11,
            n_issued: 96,
            n_voided: 2,
            n_frozen,
        },
        products: &desk.products,
        rows: &desk.rows,
        has_more: desk.has_more,
        is_read: true,
    };
    desk.view.ui(ui, &data)
}

fn with_keys() -> Desk {
    Desk { rows: testing::keys(), products: testing::products(), ..Desk::default() }
}

#[test]
fn a_key_is_voided_from_its_row_by_key_alone() {
    let mut window = Window::new(with_keys(), draw);
    while !window.focused().starts_with("Product ") {
        window.tab();
    }
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.state().command = Some(UiCommand::VoidKey);
    window.run();
    let case = Some(testing::case_id(419));
    let open = Action::Open(Dialog::VoidKey(testing::key_id(1), case));
    assert_eq!(window.actions(), [open]);
}

#[test]
fn what_is_voided_or_elsewhere_cannot_be_voided_and_says_why() {
    // Place of the key, and why it can't be voided.
    for (n, why) in [
        (0, None),
        (2, None),
        (4, Some("It is voided already")),
        (5, Some("Another desk has it")),
        (6, None),
        (99, Some("Choose a key")),
    ] {
        let mut desk = with_keys();
        desk.view.selected = Some(testing::key_id(n));
        let mut window = Window::new(desk, draw);
        assert!(why.is_none_or(|why| window.sees(why)), "{n}");
        window.state().command = Some(UiCommand::VoidKey);
        window.run();
        assert_eq!(window.actions().is_empty(), why.is_some(), "{n}");
    }
}

#[test]
fn rows_tell_state_and_case_and_enter_opens_the_case() {
    let mut window = Window::new(with_keys(), draw);
    let rows = window.rows();
    assert!(rows[1].contains("Key ends …9KLD"), "{rows:?}");
    assert!(rows[1].contains("State Held 5 min, Case D2-00419"), "{rows:?}");
    window.state().view.selected = Some(testing::key_id(2));
    window.run();
    while !window.focused().contains("…M31X") {
        window.tab();
    }
    window.enter();
    assert_eq!(window.actions(), [Action::OpenCase(testing::case_id(419))]);
}

#[test]
fn low_products_and_frozen_keys_stand_out() {
    let mut window = Window::new(with_keys(), draw);
    assert!(window.sees("Low products 2, 0 left of Bitdefender Total Security 5 Devices"));
    window.click("Release frozen keys…");
    assert_eq!(window.actions(), [Action::Open(Dialog::ReleaseFrozen)]);
}

#[test]
fn what_never_came_here_is_not_low() {
    // Free keys, whether any came here, whether it is low.
    for (n_free, was_delivered, is_low) in [
        (0, false, false),
        (0, true, true),
        (LOW_STOCK_MAX, true, true),
        (LOW_STOCK_MAX + 1, true, false),
    ] {
        let product = testing::products().remove(0);
        let stock = ProductStock { n_free, was_delivered, ..product };
        assert_eq!(stock.is_low(), is_low, "{n_free} {was_delivered}");
    }
}

#[test]
fn more_rows_are_asked_for_once_when_the_end_is_seen() {
    let mut window = Window::new(Desk { has_more: true, ..with_keys() }, draw);
    window.run();
    assert_eq!(window.actions(), [Action::MoreStock]);
}

#[test]
fn an_empty_desk_asks_for_keys() {
    let mut window = Window::new(Desk::default(), draw);
    window.click("Import");
    assert_eq!(window.actions(), [Action::Open(Dialog::Import)]);
    window.type_into("Filter", "zz");
    window.actions();
    window.click("Clear filter");
    assert_eq!(window.actions(), [Action::StockFilter { text: String::new() }]);
}

#[test]
fn pictures() {
    let mut desk = with_keys();
    desk.view.selected = Some(testing::key_id(1));
    testing::pictures("stock", Page::Stock, |ui| {
        draw(&mut desk, ui);
    });
    let mut empty = Desk::default();
    testing::pictures("stock-empty", Page::Stock, |ui| {
        draw(&mut empty, ui);
    });
}
