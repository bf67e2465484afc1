//! The frame around the pages: what can be pressed in it, and what it does in windows of any size.

use egui::accesskit::{AriaCurrent, Role};
use egui::{Theme, Ui, vec2};

use super::{keep, pages, window};
use crate::raster::headless::{Seen, Settled};
use crate::ui::shell::{Page, Person, Shell, ShellClick};
use crate::ui::theme::{self, Mode};

const SAMPLES: [super::Sample; 3] =
    [("lookup", pages::lookup), ("case", pages::case), ("stock", pages::stock)];

#[test]
fn each_thing_in_the_frame_asks_for_what_it_says() {
    // What is pressed, and what it asks for.
    let mut table: Vec<(&str, ShellClick)> =
        Page::ALL.iter().map(|&page| (page.title(), ShellClick::Go(page))).collect();
    table.push(("Find customer, case or key", ShellClick::Find));
    table.push(("Dana Reyes, technician", ShellClick::Person));
    for (name, expect) in table {
        let mut window = window(Theme::Light, 1.0);
        let mut asked = None;
        let mut page = |ui: &mut Ui| {
            let shell = pages::shell(Page::Cases, "D2-00419  Amara Okafor");
            asked = shell.show(ui, |_| ()).click.or(asked);
        };
        window.run(&mut page);
        assert!(window.click(name), "{name}");
        window.run(&mut page);
        assert_eq!(asked, Some(expect), "{name}");
    }
}

#[test]
fn the_regions_are_told_and_the_open_page_is_marked() {
    let mut window = window(Theme::Light, 1.0);
    window.run(pages::case);
    for role in [Role::Navigation, Role::Banner, Role::Main, Role::Status, Role::Heading] {
        assert!(window.seen().any(|seen| seen.node.role() == role), "{role:?}");
    }
    for page in Page::ALL {
        let seen = window.find(page.title()).expect("in the navigation");
        let is_open = seen.node.aria_current() == Some(AriaCurrent::Page);
        assert_eq!(is_open, page == Page::Cases, "{page:?}");
    }
}

#[test]
fn lookup_has_no_second_field_to_find_with() {
    let mut window = window(Theme::Light, 1.0);
    window.run(pages::lookup);
    assert!(window.find("Find customer, case or key").is_none());
}

#[test]
fn without_a_person_and_a_deadline_the_frame_still_stands() {
    let mut window = window(Theme::Dark, 1.0);
    let person: Option<Person<'_>> = None;
    let settled = window.run(|ui| {
        let shell = Shell { person, deadline: None, ..pages::shell(Page::Stock, "Stock") };
        shell.show(ui, |_| ());
    });
    assert_eq!(settled, Settled::Yes);
    assert!(window.find("Stock").is_some());
}

#[test]
fn windows_of_any_size_keep_what_is_in_them() {
    for (name, size) in [
        ("zoomed", vec2(683.0, 384.0)), // The desk's screen at 200 %.
        ("narrow", vec2(960.0, 640.0)),
        ("under-1200", vec2(1180.0, 720.0)),
        ("wide", vec2(2560.0, 1400.0)),
    ] {
        for (sample, page) in SAMPLES {
            let mut window = window(Theme::Light, 1.0);
            window.set_size(size);
            assert_eq!(window.run(page), Settled::Yes, "{sample} {name}");
            keep(&window, &format!("{sample}-{name}"));
            for seen in window.seen().filter(Seen::is_interactive) {
                // What is below is scrolled to; what is beside is lost.
                let rect = seen.rect().expect("bounds");
                let is_inside = rect.left() >= 0.0 && rect.right() <= size.x + 0.5;
                assert!(is_inside, "{sample} {name}: {} at {rect}", seen.name());
            }
            for page in Page::ALL {
                assert!(window.find(page.title()).is_some(), "{sample} {name}: {page:?}");
            }
        }
    }
}

#[test]
fn training_is_seen_from_afar() {
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        let mut window = window(theme, 1.0);
        window.run(pages::training);
        let live = window.picture().0.pixel(700, 700);
        theme::set_mode(window.ctx(), Mode::Training);
        window.run(pages::training);
        assert!(window.seen().any(|seen| seen.name().starts_with("TRAINING")));
        assert_ne!(window.picture().0.pixel(700, 700), live, "the page's ground");
        keep(&window, &format!("training-{name}"));
    }
}
