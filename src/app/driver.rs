//! Drives the whole window without a screen, by keys: for `demo --pictures` and for the tests.
//!
//! The window, the worker and the file are the real ones; only the screen, the system's dialogs
//! and the clock are stood in for.

use crate::app::config::Config;
use crate::app::{App, Setup};
use crate::raster::headless::{Headless, Seen};
use crate::raster::picture::Picture;
use crate::ui::action::Look;
use egui::{Context, Key, Modifiers, Theme, vec2};
use std::time::{Duration, Instant};

/// Between two passes, in seconds of the window's own time.
const PASS_SECONDS: f64 = 0.05;
/// An answer that takes longer than this does not come any more.
const ANSWER_SECONDS_MAX: u64 = 60;

/// A window that nobody sees.
pub struct Driver {
    headless: Headless,
    app: App,
    time_s: f64,
    n_keys: usize,
}

/// The size, scale and look of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screen {
    /// Width in points.
    pub width: u32,
    /// Height in points.
    pub height: u32,
    /// Pixels a point: 1 at 100 %.
    pub scale: f32,
    /// Light or dark.
    pub look: Look,
}

impl Default for Screen {
    /// The desks' own: 1366×768 at 100 %, light.
    fn default() -> Self {
        Self { width: 1366, height: 768, scale: 1.0, look: Look::Light }
    }
}

impl Driver {
    /// Opens the window and waits until its file is open.
    pub fn open(setup: Setup, screen: Screen) -> std::io::Result<Self> {
        let config = Config { look: screen.look, ..setup.config.clone() };
        let setup = Setup { config, ..setup };
        let mut app = None;
        let theme = if screen.look == Look::Dark { Theme::Dark } else { Theme::Light };
        let size = vec2(screen.width as f32, screen.height as f32);
        let headless = Headless::new(size, screen.scale, theme, |ctx: &Context| {
            app = Some(App::new(ctx, setup));
        });
        let app = app.unwrap_or_else(|| Err(std::io::Error::other("no window")))?;
        let mut driver = Self { headless, app, time_s: 0.0, n_keys: 0 };
        driver.settle();
        Ok(driver)
    }

    /// Runs until nothing is waited for and nothing asks to be drawn again.
    pub fn settle(&mut self) {
        let began = Instant::now();
        let mut n_quiet = 0;
        while n_quiet < 3 && began.elapsed() < Duration::from_secs(ANSWER_SECONDS_MAX) {
            self.pass();
            let is_quiet = self.is_at_rest();
            n_quiet = if is_quiet { n_quiet + 1 } else { 0 };
            if !is_quiet {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    }

    /// One pass, a little later than the one before.
    pub fn pass(&mut self) {
        self.time_s += PASS_SECONDS;
        self.headless.set_time(self.time_s);
        let app = &mut self.app;
        self.headless.run(|ui| {
            app.logic(ui.ctx());
            app.ui(ui);
        });
    }

    /// Whether nothing is waited for and nothing asks to be drawn again, not even later.
    pub fn is_at_rest(&self) -> bool {
        !self.app.is_busy() && !self.is_asking()
    }

    fn is_asking(&self) -> bool {
        self.headless.ctx().has_requested_repaint()
    }

    /// Lets letters wait for the next [`Self::frame`].
    pub fn queue_text(&mut self, text: &str) {
        self.headless.type_text(text);
    }

    /// Lets a key wait for the next [`Self::frame`].
    pub fn queue_key(&mut self, modifiers: Modifiers, key: Key) {
        self.headless.press(modifiers, key);
    }

    /// One frame with all that waits, as when the keyboard is faster than the window.
    pub fn frame(&mut self) {
        self.time_s += PASS_SECONDS;
        self.headless.set_time(self.time_s);
        let app = &mut self.app;
        self.headless.frame(|ui| {
            app.logic(ui.ctx());
            app.ui(ui);
        });
    }

    /// The triangles of the last frame, as a graphics card gets them.
    pub fn triangles(&self) -> Vec<egui::ClippedPrimitive> {
        self.headless.triangles()
    }

    /// Drops a file on the window.
    pub fn drop_file(&mut self, path: &std::path::Path) {
        // The window reads the file itself.
        self.headless.drop_file(path, Vec::new());
        self.settle();
    }

    /// Drops files and folders on the window at once.
    pub fn drop_files(&mut self, paths: &[std::path::PathBuf]) {
        for path in paths {
            self.headless.drop_file(path, Vec::new());
        }
        self.settle();
    }

    /// Pastes text, as Ctrl+V does.
    pub fn paste(&mut self, text: &str) {
        self.n_keys += 1;
        self.time_s += 4.0 * PASS_SECONDS;
        self.headless.event(egui::Event::Paste(text.to_owned()));
        self.settle();
    }

    /// Types text a letter at a time, each as a key event of its own, at the speed of fingers.
    pub fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.n_keys += 1;
            self.time_s += 2.0 * PASS_SECONDS;
            self.headless.type_text(&letter.to_string());
            self.pass();
        }
        self.settle();
    }

    /// Presses a key and waits for what comes of it.
    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.n_keys += 1;
        self.time_s += 4.0 * PASS_SECONDS;
        self.headless.press(modifiers, key);
        self.settle();
    }

    /// Types as a barcode scanner does: all at once, then Enter.
    pub fn scan(&mut self, text: &str) {
        self.time_s += 10.0 * PASS_SECONDS;
        self.headless.type_text(text);
        self.headless.press(Modifiers::NONE, Key::Enter);
        self.settle();
    }

    /// How many keys were pressed so far.
    pub fn n_keys(&self) -> usize {
        self.n_keys
    }

    /// Whether something on the screen has exactly this name.
    pub fn sees(&self, name: &str) -> bool {
        self.headless.find(name).is_some()
    }

    /// Clicks in the middle of what has this name; `false` when nothing has.
    pub fn click(&mut self, name: &str) -> bool {
        let found = self.headless.click(name);
        self.settle();
        found
    }

    /// Everything on the screen, for a test to look at.
    pub fn seen(&self) -> impl Iterator<Item = Seen<'_>> {
        self.headless.seen()
    }

    /// What has the focus.
    pub fn focused(&self) -> Option<Seen<'_>> {
        self.headless.focused()
    }

    /// What was last put on the clipboard.
    pub fn take_copied(&mut self) -> Option<String> {
        self.headless.take_copied()
    }

    /// The picture of the window.
    pub fn picture(&self) -> Picture {
        self.headless.picture().0
    }
}
