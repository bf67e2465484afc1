//! Home, as a technician uses it.

use super::*;
use crate::domain::case::Step;
use crate::domain::hit::Hit;
use crate::domain::id::SubscriptionUid;
use crate::ui::shell::Page;
use crate::ui::views::testing::{self, NOW, Window};

pub(super) struct Desk {
    pub(super) view: LookupView,
    pub(super) command: Option<UiCommand>,
    pub(super) found: Option<Found>,
    pub(super) namesakes: Option<(ExternalId, Vec<Hit>)>,
    pub(super) card: Option<CustomerCard>,
    pub(super) cases: Vec<CaseLine>,
    pub(super) n_customers: u64,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            view: LookupView::default(),
            command: None,
            found: None,
            namesakes: None,
            card: None,
            cases: testing::cases(),
            n_customers: 20_000,
        }
    }
}

pub(super) fn draw(desk: &mut Desk, ui: &mut Ui) -> Option<Action> {
    let settings = testing::settings();
    let data = LookupData {
        command: desk.command.take(),
        now: NOW,
        today: testing::today(),
        settings: &settings,
        n_customers: Some(desk.n_customers),
        found: desk.found.as_ref(),
        namesakes: desk.namesakes.as_ref().map(|(of, hits)| Namesakes { of, hits }),
        card: desk.card.as_ref(),
        open_cases: &desk.cases,
    };
    desk.view.ui(ui, &data)
}

pub(super) fn start(id: &str) -> Action {
    let subscription = Some(SubscriptionUid(1));
    Action::StartCase { customer: ExternalId(id.to_owned()), subscription }
}

/// Types `okafor 0142`; the answer and the card are there.
fn three_found() -> Window<Desk> {
    let mut window = Window::new(Desk::default(), draw);
    window.type_text("okafor 0142");
    window.state().found = Some(testing::found());
    window.run();
    window.state().card = Some(testing::card("M1"));
    window.run();
    window
}

#[test]
fn the_box_has_the_focus_and_each_letter_is_looked_for() {
    let mut window = Window::new(Desk::default(), draw);
    assert_eq!(window.focused(), "Find a customer, case or key");
    window.type_text("oka");
    let found = ["o", "ok", "oka"].map(|text| Action::Find(text.to_owned()));
    assert_eq!(window.actions(), found);
}

#[test]
fn the_best_hit_is_looked_at_and_enter_starts_its_case() {
    let mut window = three_found();
    assert!(window.actions().contains(&Action::Look(ExternalId("M1".to_owned()))));
    window.enter();
    assert_eq!(window.actions(), [start("M1")]);
    assert_eq!(window.focused(), "Find a customer, case or key", "Enter keeps the focus");
}

#[test]
fn arrows_and_alt_digits_choose_while_the_box_keeps_the_focus_and_digits_stay_text() {
    let mut window = three_found();
    let rows = |window: &Window<Desk>| window.selected_rows().join("|");
    assert!(rows(&window).starts_with("Amara Okafor"));
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert!(rows(&window).starts_with("Chidi Okafor"), "{}", rows(&window));
    window.press(Modifiers::ALT, Key::Num3);
    assert!(rows(&window).starts_with("Amara Okafar"));
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert!(rows(&window).starts_with("Amara Okafar"), "the last row stays");
    window.actions();
    window.type_text("3");
    assert_eq!(window.actions(), [Action::Find("okafor 01423".to_owned())]);
}

/// Three of one name are shown, two more were found.
fn many_of_one_name() -> Window<Desk> {
    let mut window = three_found();
    let mut found = testing::found();
    for hit in &mut found.hits {
        hit.name = "Amara Okafor".to_owned();
        hit.n_more = 2;
    }
    let mut all = found.hits.clone();
    all.extend(["M7", "M8"].map(|id| testing::hit(id, "Amara Okafor")));
    window.state().found = Some(found);
    window.state().namesakes = Some((ExternalId("M3".to_owned()), all));
    window.run();
    window.actions();
    window
}

#[test]
fn the_others_of_a_name_are_opened_by_enter_by_key_and_by_click_and_closed_again() {
    let mut window = many_of_one_name();
    assert!(window.sees("2 more of this name"));
    assert!(window.sees("5 customers match, 3 are shown"));
    for _ in 0..3 {
        window.press(Modifiers::NONE, Key::ArrowDown);
    }
    window.actions();
    window.enter();
    assert!(window.actions().contains(&Action::Namesakes(ExternalId("M3".to_owned()))));
    assert!(window.sees("Fewer of this name"));
    assert!(window.sees("5 customers match"));
    assert!(!window.sees("are shown"));
    assert_eq!(window.rows().iter().filter(|row| row.contains("/6 Amara Okafor, ")).count(), 5);
    window.state().command = Some(UiCommand::Namesakes);
    window.run();
    assert!(window.sees("2 more of this name"));
    window.actions();
    window.click("2 more of this name, Opens all called Amara Okafor");
    assert!(window.actions().contains(&Action::Namesakes(ExternalId("M3".to_owned()))));
    assert_eq!(window.focused(), "Find a customer, case or key", "the box keeps the focus");
}

#[test]
fn one_of_the_others_is_chosen_like_any_hit() {
    let mut window = many_of_one_name();
    window.state().command = Some(UiCommand::Namesakes);
    window.run();
    window.press(Modifiers::ALT, Key::Num4);
    window.state().card = Some(testing::card("M7"));
    window.run();
    window.actions();
    window.enter();
    assert_eq!(window.actions(), [start("M7")]);
}

#[test]
fn what_was_left_out_of_the_search_is_said_with_and_without_hits() {
    let mut window = three_found();
    let note = "Only the first 20 words were looked for";
    for n_hits in [3, 0] {
        let mut found = testing::found();
        found.hits.truncate(n_hits);
        found.note = Some(note.to_owned());
        window.state().found = Some(found);
        window.run();
        assert!(window.sees(note), "{n_hits} hits");
    }
}

#[test]
fn an_answer_to_an_earlier_text_is_never_acted_on() {
    let mut window = three_found();
    window.type_text("9");
    window.enter();
    window.actions();
    window.run();
    assert_eq!(window.actions(), []);
}

#[test]
fn an_open_case_is_gone_on_with() {
    let mut window = Window::new(Desk::default(), draw);
    window.type_text("okafor 0142");
    let mut found = testing::found();
    found.hits[0].open_case = Some((testing::case_id(419), "D2-00419".parse().expect("a number")));
    window.state().found = Some(found);
    window.run();
    assert!(window.rows()[0].contains("Case open"), "{:?}", window.rows());
    assert!(window.sees("Enter opens D2-00419."));
    window.actions();
    window.enter();
    assert_eq!(window.actions(), [Action::OpenCase(testing::case_id(419))]);
}

#[test]
fn rows_tell_their_place_and_why_they_match() {
    let window = three_found();
    let rows = window.rows();
    assert!(rows[0].starts_with("1/3 Amara Okafor, "), "{rows:?}");
    assert!(rows[0].contains("phone ends 0142"), "{rows:?}");
    assert!(rows[2].contains("possible duplicate of row 1"), "{rows:?}");
}

#[test]
fn the_card_says_what_may_be_exchanged_and_why() {
    let window = three_found();
    for words in [
        "Kaspersky Internet Security 3 Devices",
        "13 Nov 2017, 39 days left",
        "23 Oct 2017, 18 days left",
        "Why eligible",
        "Bought at Best Buy: bought in a store",
        "Other subscriptions",
        "…68A3Y",
    ] {
        assert!(window.sees(words), "{words}");
    }
}

#[test]
fn an_empty_file_asks_for_an_import_and_nobody_found_for_a_new_customer() {
    let desk = Desk { n_customers: 0, cases: Vec::new(), ..Desk::default() };
    let mut window = Window::new(desk, draw);
    window.click("Import");
    assert_eq!(window.actions(), [Action::Open(Dialog::Import)]);
    window.type_text("zz");
    let query = "zz".to_owned();
    window.state().found = Some(Found { query, ..Found::default() });
    window.run();
    window.actions();
    assert!(window.sees("Nobody matches \"zz\""));
    window.enter();
    assert_eq!(window.actions(), []);
    window.click("New customer");
    assert_eq!(window.actions(), [Action::Open(Dialog::NewCustomer)]);
}

#[test]
fn who_was_just_added_is_one_enter_away_from_a_case() {
    let mut window = Window::new(Desk::default(), draw);
    window.enter();
    assert_eq!(window.actions(), [], "an empty box starts nothing");
    window.state().card = Some(testing::card("N-1"));
    window.enter();
    assert_eq!(window.actions(), [], "the card is not this page's");
    window.state().view.show(ExternalId("N-1".to_owned()));
    window.enter();
    assert_eq!(window.actions(), [start("N-1")]);
}

#[test]
fn a_scan_opens_the_one_record_it_names() {
    let mut window = Window::new(Desk::default(), draw);
    window.state().view.take_scan("okafor 0142");
    let mut found = testing::found();
    found.is_exact = true;
    window.state().found = Some(found);
    window.state().card = Some(testing::card("M1"));
    window.run();
    assert!(window.actions().contains(&start("M1")));
}

#[test]
fn the_oldest_gap_stands_first_and_a_click_opens_it() {
    let cases = testing::cases();
    let names: Vec<_> =
        open::oldest_gap_first(&cases).iter().map(|line| line.customer_name.as_str()).collect();
    assert_eq!(names[0], "Tom Weiss");
    let mut window = Window::new(Desk::default(), draw);
    let row = window.rows().remove(0);
    assert!(row.contains("Unprotected 26 min"), "{row}");
    let name = row.split_once(' ').expect("a place").1.to_owned();
    window.click(&name);
    assert_eq!(window.actions(), [Action::OpenCase(testing::case_id(417))]);
}

#[test]
fn a_page_that_is_turned_to_again_asks_anew() {
    let mut view = LookupView { text: "okafor".to_owned(), ..LookupView::default() };
    let find = Some(Action::Find("okafor".to_owned()));
    // Passes in which it is drawn, and what it asks for.
    for (pass, asked) in [(7, None), (8, None), (10, None), (13, find.clone()), (14, None)] {
        assert_eq!(view.refresh(pass), asked, "{pass}");
    }
    view.text.clear();
    assert_eq!(view.refresh(99), None);
}

#[test]
fn pictures() {
    let three = |desk: &mut Desk| {
        desk.view.text = "okafor 0142".to_owned();
        desk.found = Some(testing::found());
        desk.card = Some(testing::card("M1"));
    };
    let mut found = Desk::default();
    three(&mut found);
    testing::pictures("lookup-found", Page::Lookup, |ui| {
        draw(&mut found, ui);
    });
    let mut more = Desk::default();
    three(&mut more);
    if let Some(found) = &mut more.found {
        found.note = Some("Only the first 20 words were looked for".to_owned());
        for hit in &mut found.hits[..2] {
            hit.name = "Amara Okafor".to_owned();
            hit.why = "sounds like Okafer".to_owned();
            hit.n_more = 12;
        }
        more.view.selected = 2;
    }
    testing::pictures("lookup-more", Page::Lookup, |ui| {
        draw(&mut more, ui);
    });
    let mut not = Desk::default();
    three(&mut not);
    if let Some(card) = &mut not.card {
        let mut old = testing::subscription(1, "Kaspersky Total Security 5 Devices", "2017-09-19");
        old.channel = "auto_renew".to_owned().into();
        let campaign = testing::settings().campaign;
        card.eligibility =
            crate::domain::eligibility::decide(&campaign, Some(&old), testing::today());
        card.subscriptions = vec![old];
        card.cases = vec![testing::case_line(419, "Amara Okafor", "", Step::CheckIn)];
    }
    testing::pictures("lookup-not-eligible", Page::Lookup, |ui| {
        draw(&mut not, ui);
    });
    let mut idle = Desk::default();
    testing::pictures("lookup-idle", Page::Lookup, |ui| {
        draw(&mut idle, ui);
    });
    let mut empty = Desk { n_customers: 0, cases: Vec::new(), ..Desk::default() };
    testing::pictures("lookup-empty", Page::Lookup, |ui| {
        draw(&mut empty, ui);
    });
}
