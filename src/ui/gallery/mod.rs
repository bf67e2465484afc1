//! Every widget on sample pages, drawn without a display. With `SWAPDESK_PICTURES` set, the
//! pictures are left in the folder `swapdesk-gallery` of the system's temporary folder.

mod behavior;
mod frame;
mod pages;
mod parts;

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, Ui, Vec2, vec2};

use super::theme::{self, scale};
use crate::raster::Misses;
use crate::raster::headless::{Headless, Settled};

/// The screen of a cheap laptop at the desk.
const DESK: Vec2 = vec2(1366.0, 768.0);

/// A sample page: its name, and how it is drawn.
type Sample = (&'static str, fn(&mut Ui));

const SAMPLES: [Sample; 7] = [
    ("lookup", pages::lookup),
    ("case", pages::case),
    ("stock", pages::stock),
    ("form", parts::form),
    ("trouble", parts::trouble),
    ("dialog", parts::dialog),
    ("palette", parts::palette),
];

fn window(theme: Theme, pixels_per_point: f32) -> Headless {
    let mut window = Headless::new(DESK, pixels_per_point, theme, theme::install);
    window.ctx().set_missing_glyph_policy(egui::epaint::text::MissingGlyphPolicy::Panic);
    window.set_time(1.0);
    window
}

/// Writes the picture if somebody wants to look.
fn keep(window: &Headless, name: &str) {
    if std::env::var_os("SWAPDESK_PICTURES").is_some() {
        let folder = std::env::temp_dir().join("swapdesk-gallery");
        std::fs::create_dir_all(&folder).expect("a folder");
        let png = window.picture().0.png().expect("encodes");
        std::fs::write(folder.join(format!("{name}.png")), png).expect("written");
    }
}

#[test]
fn every_widget_draws_in_both_themes() {
    for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for pixels_per_point in [1.0, 1.5] {
            for (sample, page) in SAMPLES {
                let name = format!("{sample}-{theme_name}-{pixels_per_point}");
                let mut window = window(theme, pixels_per_point);
                assert_eq!(window.run(page), Settled::Yes, "{name} asks to be drawn forever");
                let (picture, misses) = window.picture();
                assert_eq!(misses, Misses::default(), "{name}");
                assert!(picture.n_colors(65) > 64, "{name} is blank");
                keep(&window, &name);
            }
        }
    }
}

#[test]
fn what_can_be_pressed_has_a_name_and_is_large_enough() {
    for (sample, page) in SAMPLES {
        let mut window = window(Theme::Light, 1.0);
        window.run(page);
        let mut n_pressable = 0;
        for seen in window.seen().filter(crate::raster::headless::Seen::is_interactive) {
            if matches!(seen.node.role(), Role::Label | Role::ScrollView | Role::ScrollBar) {
                continue; // Text to copy, and what egui scrolls with.
            }
            n_pressable += 1;
            let rect = seen.rect().expect("bounds");
            assert!(
                !seen.name().is_empty(),
                "{sample}: {:?} at {rect} has no name",
                seen.node.role()
            );
            assert!(
                rect.width() >= scale::TARGET_MIN && rect.height() >= scale::TARGET_MIN,
                "{sample}: {} is {} small",
                seen.name(),
                rect.size()
            );
        }
        assert!(n_pressable >= 3, "{sample} has {n_pressable} things to press");
    }
}

#[test]
fn every_thing_to_press_is_reached_by_tab_and_shows_it() {
    // What lies over a page keeps the focus to itself; a test of its own, below, says so.
    let pages = SAMPLES.iter().filter(|(name, _)| !["dialog", "palette"].contains(name));
    for &(sample, page) in pages {
        // Half the size: a ring still shows, and the test takes a quarter of the time.
        let mut window = window(Theme::Light, 0.5);
        // So low that pages scroll: what gets the focus must come into view.
        window.set_size(vec2(DESK.x, 400.0));
        window.run(page);
        // By id as well as by name: several things are called "Dismiss".
        let wanted: BTreeSet<String> = window
            .seen()
            .filter(|seen| seen.node.supports_action(egui::accesskit::Action::Focus))
            .filter(|seen| seen.node.role() != Role::Label)
            .map(|seen| format!("{:?} {}", seen.id, seen.name()))
            .collect();
        let mut reached = BTreeSet::new();
        let mut before = window.picture().0;
        for n in 0..wanted.len() + 2 {
            window.press(Modifiers::NONE, Key::Tab);
            window.run(page);
            let now = window.picture().0;
            if let Some(seen) = window.focused().filter(|seen| seen.node.role() != Role::Window) {
                reached.insert(format!("{:?} {}", seen.id, seen.name()));
            }
            assert!(now != before || wanted.len() < 2, "{sample}: Tab {n} shows nothing");
            before = now;
        }
        let missed: Vec<_> = wanted.difference(&reached).collect();
        assert!(missed.is_empty(), "{sample}: never reached {missed:?}");
    }
}

#[test]
fn the_dialog_starts_at_its_safe_button_and_keeps_the_focus() {
    let mut window = window(Theme::Light, 1.0);
    window.run(parts::dialog);
    assert_eq!(window.focused().map(|seen| seen.name()), Some("Cancel"));
    for _ in 0..6 {
        window.press(Modifiers::NONE, Key::Tab);
        window.run(parts::dialog);
        let focused = window.focused().expect("a focus");
        assert!(
            ["Cancel", "Void key …9KLD", "Reason"].contains(&focused.name()),
            "the focus left the dialog for {}",
            focused.name()
        );
    }
}

#[test]
fn rows_tell_their_place_and_whether_they_are_selected() {
    let mut window = window(Theme::Light, 1.0);
    window.run(pages::lookup);
    let seen =
        window.seen().find(|seen| seen.name().starts_with("Chidi Okafor")).expect("the second hit");
    assert_eq!(seen.node.role(), Role::ListItem);
    assert_eq!(seen.node.position_in_set(), Some(2));
    assert_eq!(seen.node.size_of_set(), Some(3));
    assert_eq!(seen.node.is_selected(), Some(false));
    let first = window.seen().find(|seen| seen.name().starts_with("Amara Okafor, "));
    assert_eq!(first.and_then(|seen| seen.node.is_selected()), Some(true));
}

#[test]
fn the_palette_keeps_the_focus_in_its_box() {
    let mut window = window(Theme::Light, 1.0);
    window.run(parts::palette);
    for _ in 0..3 {
        assert_eq!(window.focused().map(|seen| seen.name()), Some("Find a command"));
        window.press(Modifiers::NONE, Key::Tab);
        window.run(parts::palette);
    }
}
