//! Enter, as a scanner, a fast typist and somebody who looks press it.

use super::tests::{Desk, draw, start};
use super::*;
use crate::ui::views::testing::{self, NOW, Window};

#[test]
fn an_enter_before_the_answer_is_kept_until_hit_and_card_are_there() {
    let mut window = Window::new(Desk::default(), draw);
    window.type_text("okafor 0142");
    window.enter();
    window.actions();
    let mut found = testing::found();
    found.hits.truncate(1);
    found.is_exact = true;
    window.state().found = Some(found);
    window.run();
    assert_eq!(window.actions(), [Action::Look(ExternalId("M1".to_owned()))]);
    window.state().card = Some(testing::card("M1"));
    window.run();
    assert_eq!(window.actions(), [start("M1")]);
}

#[test]
fn an_early_enter_never_guesses_between_customers_who_match_alike() {
    let mut window = Window::new(Desk::default(), draw);
    window.type_text("okafor 0142");
    window.enter();
    window.state().found = Some(testing::found());
    window.state().card = Some(testing::card("M1"));
    window.run();
    let started = window.actions().into_iter().any(|action| action == start("M1"));
    assert!(!started, "two match alike");
    assert!(window.sees("Several customers match"));
    window.enter();
    assert_eq!(window.actions(), [start("M1")], "with the hits in sight, Enter means the first");
}

#[test]
fn an_early_enter_starts_nothing_for_the_one_who_merely_matches() {
    let mut window = Window::new(Desk::default(), draw);
    window.type_text("1000-01");
    window.enter();
    let mut found = testing::found();
    found.query = "1000-01".to_owned();
    found.hits.truncate(1);
    window.state().found = Some(found);
    window.state().card = Some(testing::card("M1"));
    window.run();
    let started = window.actions().into_iter().any(|action| action == start("M1"));
    assert!(!started, "the beginning of a receipt names nobody");
    window.enter();
    assert_eq!(window.actions(), [start("M1")], "with the hit in sight, Enter means it");
}

#[test]
fn the_number_of_a_closed_case_opens_it_and_starts_no_other() {
    let mut window = Window::new(Desk::default(), draw);
    let mut card = testing::card("M1");
    let mut line = testing::cases()[0].clone();
    let closing = crate::domain::case::Closing::HandedOver;
    line.closing = Some((NOW, closing));
    let number = line.number.to_string();
    let id = line.id;
    card.cases = vec![line];
    window.type_text(&number);
    window.enter();
    let mut found = testing::found();
    found.query = number;
    found.hits.truncate(1);
    found.is_exact = true;
    // Another visit of the customer is open: the number says which one is meant.
    found.hits[0].open_case = Some((testing::case_id(900), "D2-00900".parse().expect("a number")));
    window.state().found = Some(found);
    window.run();
    window.state().card = Some(card);
    window.run();
    assert_eq!(window.actions().last(), Some(&Action::OpenCase(id)));
}
