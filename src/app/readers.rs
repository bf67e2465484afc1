//! What screen readers are told, mended at one place: only what can be used is said to be usable.
//!
//! egui says of a text that can be selected with the pointer, and of a scroll bar, that it can be
//! pressed and focused. Neither is a stop for the keyboard, and the keys scroll what is selected.

use egui::accesskit::{Action, Role};
use egui::{Context, FullOutput, Plugin};

/// Mends the tree of every frame.
#[derive(Debug, Default)]
pub struct Readers;

impl Plugin for Readers {
    fn debug_name(&self) -> &'static str {
        "readers"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        let Some(update) = &mut output.platform_output.accesskit_update else { return };
        for (_, node) in &mut update.nodes {
            match node.role() {
                Role::Label => (),
                Role::ScrollBar => node.set_label("Scroll bar"),
                _ => continue,
            }
            node.remove_action(Action::Click);
            node.remove_action(Action::Focus);
        }
    }
}
