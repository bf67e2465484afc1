//! Drives a window that is never shown: keys, letters and clicks go in; the accessibility tree and
//! a picture come out. Time is given, never read, so that a run can be repeated to the byte.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::TreeUpdate;
use egui::{
    Color32, Context, DroppedFileHandle, Event, FullOutput, Key, Modifiers, OutputCommand,
    PointerButton, Pos2, RawInput, Rect, Theme, Ui, Vec2, ViewportId,
};

use super::dropped::Dropped;
use super::picture::Picture;
pub use super::seen::Seen;
use super::textures::Textures;
use super::{Misses, draw, seen};

/// A pass that still asks for another after this many is going in circles.
const PASSES_MAX: usize = 32;

/// A window without a screen.
pub struct Headless {
    ctx: Context,
    size: Vec2,
    pixels_per_point: f32,
    theme: Theme,
    time_s: f64,
    pending: VecDeque<Event>,
    dropped: Vec<DroppedFileHandle>,
    textures: Textures,
    shapes: Vec<egui::epaint::ClippedShape>,
    tree: Option<TreeUpdate>,
    copied: Option<String>,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// Nothing asks to be drawn again.
    Yes,
    /// Something still asked after many passes: an animation, or a bug.
    No,
}

impl Headless {
    /// A window of `size` points, shown at `pixels_per_point`. `set_up` is given the context
    /// before the first pass: fonts, styles.
    pub fn new(
        size: Vec2,
        pixels_per_point: f32,
        theme: Theme,
        set_up: impl FnOnce(&Context),
    ) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        ctx.set_theme(theme);
        set_up(&ctx);
        Self {
            ctx,
            size,
            pixels_per_point,
            theme,
            time_s: 0.0,
            pending: VecDeque::new(),
            dropped: Vec::new(),
            textures: Textures::default(),
            shapes: Vec::new(),
            tree: None,
            copied: None,
        }
    }

    /// The context that the window lives in.
    pub const fn ctx(&self) -> &Context {
        &self.ctx
    }

    /// Sets the time of the next passes, in seconds since the first.
    pub const fn set_time(&mut self, time_s: f64) {
        self.time_s = time_s;
    }

    /// Changes the size of the window, in points.
    pub const fn set_size(&mut self, size: Vec2) {
        self.size = size;
    }

    /// Adds any event.
    pub fn event(&mut self, event: Event) {
        self.pending.push_back(event);
    }

    /// Presses and releases a key, with the letter it types, as a keyboard would.
    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        let letter = key.symbol_or_name();
        let types = modifiers.is_none() || modifiers == Modifiers::SHIFT;
        let mut chars = letter.chars();
        match (chars.next(), chars.next()) {
            (Some(letter), None) if types && letter.is_ascii_graphic() => {
                let text = if modifiers.shift {
                    letter.to_ascii_uppercase().to_string()
                } else {
                    letter.to_ascii_lowercase().to_string()
                };
                self.key(key, modifiers, Some(text));
            }
            _ if key == Key::Space && types => self.key(key, modifiers, Some(" ".to_owned())),
            _ => self.key(key, modifiers, None),
        }
    }

    /// Types text, letter by letter.
    pub fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            let written = letter.to_string();
            match Key::from_name(&letter.to_ascii_uppercase().to_string()) {
                Some(key) => self.key(key, Modifiers::NONE, Some(written)),
                None => self.pending.push_back(Event::Text(written)),
            }
        }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers, text: Option<String>) {
        let event =
            |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.pending.push_back(Event::ModifiersChanged(modifiers));
        self.pending.push_back(event(true));
        self.pending.extend(text.map(Event::Text));
        self.pending.push_back(event(false));
        self.pending.push_back(Event::ModifiersChanged(Modifiers::NONE));
    }

    /// Moves the pointer, in points.
    pub fn point_at(&mut self, pos: Pos2) {
        self.pending.push_back(Event::PointerMoved(pos));
    }

    /// Clicks, in points.
    pub fn click_at(&mut self, pos: Pos2) {
        let button = |pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.point_at(pos);
        self.pending.push_back(button(true));
        self.pending.push_back(button(false));
    }

    /// Clicks in the middle of what screen readers call `name`; false if there is no such thing.
    pub fn click(&mut self, name: &str) -> bool {
        let seen = self.find_interactive(name).or_else(|| self.find(name));
        let middle = seen.and_then(|seen| seen.rect()).map(|rect| rect.center());
        middle.is_some_and(|pos| {
            self.click_at(pos);
            true
        })
    }

    /// Drops a file onto the window; its content is given, no disk is read.
    pub fn drop_file(&mut self, path: impl Into<PathBuf>, content: Vec<u8>) {
        self.dropped.push(Arc::new(Dropped { path: path.into(), content }));
    }

    /// Runs `ui`, each event in a pass of its own, until nothing asks to be drawn again.
    pub fn run(&mut self, mut ui: impl FnMut(&mut Ui)) -> Settled {
        let mut passes_left = PASSES_MAX;
        loop {
            let events = self.pending.pop_front().into_iter().collect();
            let wants_more = self.pass(events, &mut ui);
            if !self.pending.is_empty() {
                continue;
            }
            if !wants_more {
                return Settled::Yes;
            }
            passes_left -= 1;
            if passes_left == 0 {
                return Settled::No;
            }
        }
    }

    /// Runs `ui` once with every event that waits, as a window does that is behind its keyboard;
    /// true if another pass is asked for at once.
    pub fn frame(&mut self, mut ui: impl FnMut(&mut Ui)) -> bool {
        let events = self.pending.drain(..).collect();
        self.pass(events, &mut ui)
    }

    /// One pass; true if another is asked for at once.
    fn pass(&mut self, events: Vec<Event>, ui: &mut impl FnMut(&mut Ui)) -> bool {
        let input = self.raw_input(events);
        let output = self.ctx.run_ui(input, ui);
        let FullOutput { platform_output, mut textures_delta, shapes, viewport_output, .. } =
            output;
        self.textures.apply(&mut textures_delta);
        self.shapes = shapes;
        if platform_output.accesskit_update.is_some() {
            self.tree = platform_output.accesskit_update;
        }
        for command in platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                self.copied = Some(text);
            }
        }
        let root = viewport_output.get(&ViewportId::ROOT);
        root.is_some_and(|root| root.repaint_delay == Duration::ZERO)
    }

    fn raw_input(&mut self, events: Vec<Event>) -> RawInput {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(self.time_s),
            system_theme: Some(self.theme),
            events,
            dropped_files: std::mem::take(&mut self.dropped),
            ..RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(self.pixels_per_point);
        }
        input
    }

    /// The accessibility tree after the last run.
    pub const fn tree(&self) -> Option<&TreeUpdate> {
        self.tree.as_ref()
    }

    /// Every node of the accessibility tree, in the order of reading.
    pub fn seen(&self) -> impl Iterator<Item = Seen<'_>> {
        seen::in_reading_order(self.tree.as_ref())
    }

    /// The first node called `name`; of a field that may be its label.
    pub fn find(&self, name: &str) -> Option<Seen<'_>> {
        self.seen().find(|seen| seen.name() == name)
    }

    /// The first node called `name` that can be pressed or typed into.
    pub fn find_interactive(&self, name: &str) -> Option<Seen<'_>> {
        self.seen().find(|seen| seen.name() == name && seen.is_interactive())
    }

    /// The node that has the focus.
    pub fn focused(&self) -> Option<Seen<'_>> {
        let focus = self.tree.as_ref()?.focus;
        self.seen().find(|seen| seen.id == focus)
    }

    /// What was last copied to the clipboard, once.
    pub const fn take_copied(&mut self) -> Option<String> {
        self.copied.take()
    }

    /// The triangles of the last run, as a graphics card gets them.
    pub fn triangles(&self) -> Vec<egui::ClippedPrimitive> {
        let scale = self.pixels_per_point * self.ctx.zoom_factor();
        self.ctx.tessellate(self.shapes.clone(), scale)
    }

    /// The picture of the last run, and what is missing in it.
    pub fn picture(&self) -> (Picture, Misses) {
        let scale = self.pixels_per_point * self.ctx.zoom_factor();
        let size = self.size * self.pixels_per_point;
        let ground: Color32 = self.ctx.global_style().visuals.panel_fill;
        let mut picture = Picture::new(size.x.round() as usize, size.y.round() as usize, ground);
        let primitives = self.ctx.tessellate(self.shapes.clone(), scale);
        let misses = draw(&mut picture, &primitives, &self.textures, scale);
        (picture, misses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    fn window() -> Headless {
        Headless::new(vec2(200.0, 100.0), 1.0, Theme::Light, |_| ())
    }

    #[test]
    fn a_typed_word_and_enter_arrive_in_order() {
        let mut window = window();
        let mut typed = String::new();
        let mut entered = None;
        window.run(|ui| {
            ui.text_edit_singleline(&mut typed).request_focus();
        });
        window.type_text("Zoë 7-b");
        window.press(Modifiers::NONE, Key::Enter);
        window.run(|ui| {
            ui.text_edit_singleline(&mut typed);
            if ui.input(|input| input.key_pressed(Key::Enter)) {
                entered = Some(typed.clone());
            }
        });
        assert_eq!(entered.as_deref(), Some("Zoë 7-b"));
    }

    #[test]
    fn a_click_by_name_presses_the_button() {
        let mut window = window();
        let mut n_clicks = 0;
        let mut page = |ui: &mut Ui| {
            if ui.button("Start").clicked() {
                n_clicks += 1;
            }
        };
        assert_eq!(window.run(&mut page), Settled::Yes);
        assert!(!window.click("Stop"));
        assert!(window.click("Start"));
        window.run(&mut page);
        assert_eq!(n_clicks, 1);
    }

    #[test]
    fn a_window_that_never_rests_is_told() {
        let mut window = window();
        assert_eq!(window.run(|ui| ui.request_repaint()), Settled::No);
    }

    #[test]
    fn the_same_run_gives_the_same_bytes() {
        let run = || {
            let mut window = window();
            window.run(|ui| {
                ui.painter().circle_filled(Pos2::new(50.0, 50.0), 30.3, Color32::RED);
            });
            window.picture().0
        };
        let first = run();
        assert!(first.n_colors(9) > 8, "a circle has soft edges");
        assert_eq!(first, run());
    }

    #[test]
    fn a_dropped_file_arrives_once_with_its_content() {
        let mut window = window();
        let mut arrived = Vec::new();
        window.drop_file("after.log", b"nothing found".to_vec());
        for _ in 0..2 {
            window.run(|ui| {
                let files = ui.input(|input| input.raw.dropped_files.clone());
                arrived.extend(files.iter().map(|file| (file.path().to_owned(), file.bytes())));
            });
        }
        assert_eq!(arrived, [(PathBuf::from("after.log"), Ok(b"nothing found".to_vec()))]);
    }

    #[test]
    fn what_is_copied_can_be_read_once() {
        let mut window = window();
        window.run(|ui| ui.copy_text("9KLD".to_owned()));
        assert_eq!(window.take_copied().as_deref(), Some("9KLD"));
        assert_eq!(window.take_copied(), None);
    }
}
