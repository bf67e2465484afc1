//! The accessibility tree as screen readers see it: names, roles, places.

use std::collections::BTreeMap;

use egui::accesskit::{Action, Node, NodeId, Role, TreeUpdate};
use egui::{Pos2, Rect, vec2};

/// A node of the accessibility tree.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// To press it with [`egui::Event::AccessKitActionRequest`].
    pub id: NodeId,
    /// All that is told of it.
    pub node: &'a Node,
}

impl<'a> Seen<'a> {
    /// Its name, or for plain text the text.
    pub fn name(&self) -> &'a str {
        let text = || (self.node.role() == Role::Label).then(|| self.node.value()).flatten();
        self.node.label().or_else(text).unwrap_or_default()
    }

    /// Where it is, in points.
    pub fn rect(&self) -> Option<Rect> {
        let bounds = self.node.bounds()?;
        let pos = Pos2::new(bounds.x0 as f32, bounds.y0 as f32);
        let size = vec2((bounds.x1 - bounds.x0) as f32, (bounds.y1 - bounds.y0) as f32);
        Some(Rect::from_min_size(pos, size))
    }

    /// Whether it can be pressed or typed into.
    pub fn is_interactive(&self) -> bool {
        self.node.supports_action(Action::Click) || self.node.supports_action(Action::Focus)
    }
}

/// Every node from the root down, as they were drawn. The tree itself keeps them in no order.
pub(super) fn in_reading_order(tree: Option<&TreeUpdate>) -> impl Iterator<Item = Seen<'_>> {
    let nodes = tree.into_iter().flat_map(|tree| &tree.nodes);
    let by_id: BTreeMap<NodeId, &Node> = nodes.map(|(id, node)| (*id, node)).collect();
    let root = tree.and_then(|tree| tree.tree.as_ref()).map(|info| info.root);
    let mut to_visit: Vec<NodeId> = root.into_iter().collect();
    std::iter::from_fn(move || {
        let id = to_visit.pop()?;
        let node = *by_id.get(&id)?;
        to_visit.extend(node.children().iter().rev());
        Some(Seen { id, node })
    })
}

#[cfg(test)]
mod tests {
    use crate::raster::headless::Headless;

    #[test]
    fn nodes_are_read_from_top_to_bottom() {
        let size = egui::vec2(200.0, 200.0);
        let mut window = Headless::new(size, 1.0, egui::Theme::Light, |_| ());
        let words = ["one", "two", "three", "four", "five", "six"];
        window.run(|ui| {
            for word in words {
                let _ = ui.button(word);
            }
        });
        let read: Vec<&str> =
            window.seen().map(|seen| seen.name()).filter(|name| words.contains(name)).collect();
        assert_eq!(read, words);
    }
}
