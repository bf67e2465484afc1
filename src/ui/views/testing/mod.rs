//! What the views' tests share: a desk with made-up people, a window without a screen that speaks
//! as a technician does, and pictures of what it shows.

mod samples;

pub use samples::*;

use egui::{Key, Modifiers, Theme, Ui, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable};

use crate::raster::headless::{Headless, Seen};
use crate::ui::action::Action;
use crate::ui::shell::{Page, Person as AtDesk, Shell, Status};
use crate::ui::theme::{Mode, Tone, install, scale};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::icon::Icon;

type Draw<S> = fn(&mut S, &mut Ui) -> Option<Action>;

struct Shown<S> {
    state: S,
    actions: Vec<Action>,
}

/// A window that shows one view. Every event has a pass of its own.
pub struct Window<S: 'static> {
    harness: Harness<'static, Shown<S>>,
}

impl<S: 'static> Window<S> {
    pub fn new(state: S, draw: Draw<S>) -> Self {
        let shown = Shown { state, actions: Vec::new() };
        let harness = Harness::builder()
            .with_size(vec2(1366.0, 768.0))
            .with_max_steps(16)
            .with_context_setup(install)
            .build_ui_state(
                move |ui, shown: &mut Shown<S>| {
                    let action = draw(&mut shown.state, ui);
                    shown.actions.extend(action);
                },
                shown,
            );
        let mut window = Self { harness };
        window.run();
        window
    }

    pub fn run(&mut self) {
        self.harness.run();
    }

    pub fn state(&mut self) -> &mut S {
        &mut self.harness.state_mut().state
    }

    /// What was asked for since the last call.
    pub fn actions(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.harness.state_mut().actions)
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    pub fn enter(&mut self) {
        self.press(Modifiers::NONE, Key::Enter);
    }

    pub fn tab(&mut self) {
        self.press(Modifiers::NONE, Key::Tab);
    }

    /// Types into what has the focus, a letter a pass.
    pub fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.harness.event(egui::Event::Text(letter.to_string()));
        }
        self.run();
    }

    /// Clicks the field called `label` and types.
    pub fn type_into(&mut self, label: &str, text: &str) {
        self.field(label);
        self.type_text(text);
    }

    /// Gives the focus to the field called `label`.
    pub fn field(&mut self, label: &str) {
        self.harness
            .get_by(|node| {
                node.role() == egui::Role::TextInput && node.label().as_deref() == Some(label)
            })
            .focus();
        self.run();
    }

    /// Clicks the button, row or choice called `label`.
    pub fn click(&mut self, label: &str) {
        let is_it = |node: &AccessKitNode<'_>| {
            use egui::Role::{Button, CheckBox, ListBoxOption, ListItem, RadioButton, Tab};
            let is_role = matches!(
                node.role(),
                Button | CheckBox | ListBoxOption | ListItem | RadioButton | Tab
            );
            is_role && node.label().as_deref() == Some(label)
        };
        self.harness.get_by(is_it).click();
        self.run();
    }

    /// Whether anything says `words`, in part or whole.
    pub fn sees(&self, words: &str) -> bool {
        let holds = |text: Option<String>| text.is_some_and(|text| text.contains(words));
        self.harness
            .query_all_by(|node| {
                holds(node.label()) || holds(node.value()) || holds(node.description())
            })
            .next()
            .is_some()
    }

    /// Where something of this name stands, on the screen or scrolled off it.
    pub fn rect_of(&self, label: &str) -> egui::Rect {
        self.harness.get_by_label(label).rect()
    }

    /// The name of what has the focus; empty for nothing.
    pub fn focused(&self) -> String {
        let focused = self.harness.query_all_by(has_focus).last();
        focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    }

    /// The names of the rows that are marked as selected.
    pub fn selected_rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by(|node| {
            node.role() == egui::Role::ListItem && node.is_selected() == Some(true)
        });
        rows.filter_map(|row| row.accesskit_node().label()).collect()
    }

    /// The names of all rows, with their place: `1/3 Amara Okafor, …`.
    pub fn rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by(|node| node.role() == egui::Role::ListItem);
        rows.map(|row| {
            let node = row.accesskit_node();
            let place = node.position_in_set().zip(node.size_of_set());
            let place = place.map(|(idx, n_rows)| format!("{idx}/{n_rows} ")).unwrap_or_default();
            format!("{place}{}", node.label().unwrap_or_default())
        })
        .collect()
    }
}

fn has_focus(node: &AccessKitNode<'_>) -> bool {
    node.is_focused()
}

/// Draws a view within the window's frame, light, at 150 % dark, and narrow; nothing may be
/// missing. With `SWAPDESK_PICTURES` set, the pictures stay in the folder for temporary files.
pub fn pictures(name: &str, page: Page, mut draw: impl FnMut(&mut Ui)) {
    let (desk, narrow) = (vec2(1366.0, 768.0), vec2(900.0, 640.0));
    for (theme, scale, size) in
        [(Theme::Light, 1.0, desk), (Theme::Dark, 1.5, desk), (Theme::Dark, 1.0, narrow)]
    {
        let mut window = Headless::new(size, scale, theme, install);
        for _ in 0..2 {
            window.run(|ui| {
                shell(page).show(ui, |ui| draw(ui));
            });
        }
        is_within_reach(&window, name);
        let (picture, misses) = window.picture();
        assert_eq!(misses, crate::raster::Misses::default(), "{name} {theme:?} {scale}");
        assert!(picture.n_colors(32) >= 32, "{name} {theme:?} {scale}: nothing is drawn");
        if std::env::var_os("SWAPDESK_PICTURES").is_some() {
            let folder = std::env::temp_dir().join("swapdesk-views");
            std::fs::create_dir_all(&folder).expect("a folder");
            let theme = if theme == Theme::Light { "light" } else { "dark" };
            let file = folder.join(format!("{name}-{theme}-{}-{}.png", size.x, scale * 100.0));
            std::fs::write(file, picture.png().expect("a picture")).expect("writes");
        }
    }
}

/// Whatever can be pressed or typed into has a name and is at least 24 points either way.
fn is_within_reach(window: &Headless, name: &str) {
    use egui::Role::{Label, ScrollBar, ScrollView};
    for seen in window.seen().filter(Seen::is_interactive) {
        if matches!(seen.node.role(), Label | ScrollView | ScrollBar) {
            continue; // Text to copy, and what egui scrolls with.
        }
        let rect = seen.rect().expect("bounds");
        assert!(!seen.name().is_empty(), "{name}: {:?} at {rect} has no name", seen.node.role());
        let least = scale::TARGET_MIN - 0.01;
        let is_cut = !window.ctx().content_rect().contains_rect(rect);
        assert!(is_cut || rect.width() >= least, "{name}: {} is {rect}", seen.name());
        assert!(is_cut || rect.height() >= least, "{name}: {} is {rect}", seen.name());
    }
}

fn shell(page: Page) -> Shell<'static> {
    Shell {
        page,
        title: page.title(),
        deadline: Some(Chip::new(Tone::Warn, Icon::Clock, "18 days left · ends 23 Oct")),
        person: Some(AtDesk { initials: "DR", name: "Dana Reyes, technician" }),
        status: Status {
            left: (Tone::Neutral, Icon::HardDrive, "Everything is in the file of this desk."),
            right: "Store 0281 · Desk 2 · 42 keys free · Ctrl+K commands · F1 keys",
        },
        mode: Mode::Live,
    }
}
