//! The case page, as a technician uses it.

mod evidence;
mod exchange;
mod steps;

use super::samples::{Desk, opened};
use crate::domain::device::Device;
use crate::domain::subscription::Channel;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

/// The page in a window of the size that it has on a 1366×768 screen.
struct Window(Harness<'static, Desk>);

impl Window {
    fn of(desk: Desk) -> Self {
        Self::sized(desk, vec2(1182.0, 684.0))
    }

    fn sized(desk: Desk, size: egui::Vec2) -> Self {
        let mut window = Harness::builder()
            .with_size(size)
            .with_max_steps(12)
            .with_context_setup(crate::ui::theme::install)
            .build_ui_state(|ui, desk: &mut Desk| desk.frame(ui), desk);
        window.run();
        Self(window)
    }

    fn with(channel: Channel, known: &[Device]) -> Self {
        Self::of(Desk::new(opened(channel, known)))
    }

    fn press(&mut self, label: &str) {
        self.0.get_by_label(label).click_accesskit();
        self.0.run();
    }

    fn type_into(&mut self, label: &str, words: &str) {
        self.0.get_by_role_and_label(egui::Role::TextInput, label).focus();
        self.0.run();
        self.0.get_by_role_and_label(egui::Role::TextInput, label).type_text(words);
        self.0.run();
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.0.key_press_modifiers(modifiers, key);
        self.0.run();
    }

    fn finish(&mut self) {
        self.key(Modifiers::COMMAND, Key::Enter);
    }

    fn sees(&self, words: &str) -> bool {
        self.0.query_all_by_label_contains(words).next().is_some()
    }

    /// Everything that can be read or pressed left of the side panel ends before it.
    fn is_beside_the_panel(&self) {
        use egui::Role::{Button, CheckBox, Label, ListItem, RadioButton, TextInput};
        let title = self.0.get_by_role_and_label(Label, "Timeline").rect();
        let panel = title.left() - crate::ui::theme::scale::SPACE_4;
        let seen = self.0.query_all_by(|node| {
            matches!(node.role(), Button | CheckBox | Label | ListItem | RadioButton | TextInput)
        });
        let bar = 684.0 - crate::ui::theme::scale::ACTION_BAR_HEIGHT;
        for node in seen {
            let node = NodeT::accesskit_node(&node);
            // What is scrolled off has no place.
            let Some(place) = node.bounding_box() else { continue };
            let is_main = place.y0 < f64::from(bar) && place.x0 < f64::from(panel);
            assert!(!is_main || place.x1 < f64::from(panel), "{:?}", node.label());
        }
    }

    fn desk(&mut self) -> &mut Desk {
        self.0.state_mut()
    }

    fn last_done(&mut self) -> String {
        self.desk().done().pop().unwrap_or_default()
    }

    fn check_in(&mut self) {
        self.press("Yes, recent");
        self.press("Amara Okafor signed");
        self.finish();
        assert!(self.last_done().starts_with("Checked in"), "{}", self.last_done());
    }

    fn tick_all(&mut self) {
        for item in [
            "Customer's data is safe",
            "Uninstalled from Windows",
            "Restarted",
            "Looked for leftovers",
        ] {
            self.press(item);
        }
    }

    fn remove(&mut self) {
        self.finish();
        self.tick_all();
        self.press("Nothing is left");
        self.finish();
        assert!(self.last_done().starts_with("Removed, as stated"), "{}", self.last_done());
    }
}
