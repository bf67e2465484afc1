//! The window: joins what is drawn (`ui`) with what is done (`worker`).
//!
//! Once a frame: answers are taken in (`take_in`), keys become commands (`shortcuts`), the page is
//! drawn (`draw`), and what was asked for is sent on its way (`route`). Nothing here waits, and
//! nothing is drawn again unless something happened or is due (`due`).

pub mod clock;
pub mod config;
mod dialogs;
mod draw;
pub mod driver;
mod due;
pub mod files;
mod keep_scans;
pub mod key_guard;
mod model;
mod notices;
mod obey;
pub mod offers;
pub mod outside;
mod paths;
pub mod pictures;
mod readers;
mod route;
mod scans;
mod shortcuts;
mod signatures;
mod take_in;
mod undo;
pub mod window;

use crate::domain::privacy::Secret;
use crate::domain::time::Moment;
use crate::ui::action::{ImportKind, Look};
use crate::ui::command::UiCommand;
use crate::ui::shell::Page;
use crate::ui::theme::{self, Mode};
use crate::worker::command::{Ticket, When};
use crate::worker::{Handle, Wake};
use chrono::NaiveDate;
use clock::Clock;
use config::Config;
use draw::Views;
use egui::Context;
use files::Desktop;
use key_guard::KeyGuard;
use model::{Model, Waiting};
use outside::{Dialogs, Outside, Pick};
use std::path::PathBuf;
use std::sync::Arc;

/// What a window is opened with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The desk's file; it is created when it is not there.
    pub path: PathBuf,
    /// Tells the time.
    pub clock: Clock,
    /// Answers the system's dialogs.
    pub dialogs: Dialogs,
    /// Shows and prints sheets.
    pub desktop: Desktop,
    /// What was remembered.
    pub config: Config,
    /// What draws the window, for Settings.
    pub renderer: &'static str,
}

/// The window's state and its threads.
pub struct App {
    ctx: Context,
    model: Model,
    views: Views,
    worker: Handle,
    outside: Outside,
    clock: Clock,
    config: Config,
    mode: Mode,
    /// A command that was picked in the palette, for the next frame.
    picked: Option<UiCommand>,
    /// When a copied secret leaves the clipboard.
    clears_at: Option<Moment>,
}

impl App {
    /// A window on `setup.path`. The file is opened on its own thread; the window is there at once.
    pub fn new(ctx: &Context, setup: Setup) -> std::io::Result<Self> {
        theme::install(ctx);
        ctx.add_plugin(KeyGuard::default());
        ctx.add_plugin(readers::Readers);
        ctx.set_zoom_factor(setup.config.zoom);
        // Where the system says neither, paper is white.
        ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
        let wake: Wake = {
            let ctx = ctx.clone();
            Arc::new(move || ctx.request_repaint())
        };
        let when = when(&setup.clock, &crate::domain::settings::Settings::default());
        let worker = Handle::start(&setup.path, when, Arc::clone(&wake))?;
        let mut model = Model::new(setup.path, when);
        model.me = setup.config.me;
        model.renderer = setup.renderer;
        let mut app = Self {
            ctx: ctx.clone(),
            model,
            views: Views::default(),
            worker,
            outside: Outside::new(setup.dialogs, setup.desktop, wake),
            clock: setup.clock,
            config: setup.config,
            mode: Mode::Live,
            picked: None,
            clears_at: None,
        };
        app.set_look(app.config.look);
        app.load_page();
        Ok(app)
    }

    /// Takes in what happened. Also called while the window is hidden.
    pub fn logic(&mut self, ctx: &Context) {
        self.tell_time();
        self.take_in_all();
        for scan in ctx.with_plugin(KeyGuard::take_scans).unwrap_or_default() {
            self.scan(&scan);
        }
        self.hold_keys_while_writing();
        let dropped: Vec<PathBuf> = ctx.input(|input| {
            input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect()
        });
        if !dropped.is_empty() {
            self.dropped(dropped);
        }
        self.paste(ctx);
        self.clear_clipboard_when_due();
    }

    /// Keys that come while a change is written are meant for what comes after it. Told as soon as
    /// the change is asked for: the next frame's keys come before its `logic`.
    fn hold_keys_while_writing(&self) {
        let is_writing = self.model.is_writing();
        let wants_pass = self.ctx.with_plugin(|guard: &mut KeyGuard| {
            if is_writing {
                guard.pause();
                return false;
            }
            guard.resume();
            guard.is_waiting()
        });
        if wants_pass == Some(true) {
            self.ctx.request_repaint();
        }
    }

    /// Whether an answer is waited for, so that a test or the picture run waits as well.
    pub fn is_busy(&self) -> bool {
        let is_read = self.model.names_read == Some(100);
        let is_asked = (self.worker.is_waiting() || !is_read) && !self.model.is_failed;
        self.model.is_busy()
            || self.picked.is_some()
            || is_asked
            || self.outside.is_waiting()
            || self.ctx.with_plugin(|guard: &mut KeyGuard| guard.is_waiting()) == Some(true)
    }

    /// What is to be remembered, with the window's size in points.
    pub fn config(&self) -> Config {
        let size = self.ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.inner_rect.map(|rect| rect.size()), viewport.maximized)
        });
        let zoom = self.ctx.zoom_factor();
        let mut config = Config { zoom, me: self.model.me, ..self.config.clone() };
        config.is_maximized = size.1.unwrap_or(config.is_maximized);
        if let (Some(size), false) = (size.0, config.is_maximized) {
            config.width = size.x * zoom;
            config.height = size.y * zoom;
        }
        config
    }

    /// Reads the clock once for the frame. At the store's midnight every verdict is asked again.
    fn tell_time(&mut self) {
        self.model.is_dark = self.ctx.theme() == egui::Theme::Dark;
        let default = crate::domain::settings::Settings::default();
        let settings = self.model.desk.as_ref().map_or(&default, |desk| &desk.settings);
        let When { now, today } = when(&self.clock, settings);
        self.model.now = now;
        if self.model.today != today {
            self.model.today = today;
            self.load_page();
            self.find(self.model.query.clone());
        }
        if self.model.toast.as_ref().is_some_and(|toast| toast.until <= now) {
            self.model.toast = None;
        }
        if self.model.undo.as_ref().is_some_and(|undo| undo.until <= now) {
            self.model.undo = None;
        }
    }

    /// Waits for an answer. Where none will come, the window says so instead.
    fn wait(&mut self, ticket: Option<Ticket>, waiting: Waiting) {
        match ticket {
            // Of a file that was refused nothing is answered any more.
            Some(_) if self.model.is_failed => (),
            Some(ticket) => self.model.waiting.push((ticket, waiting)),
            None => self.no_answer(),
        }
    }

    /// Nobody will answer. Where the file could not be opened, that is told already.
    fn no_answer(&mut self) {
        if !self.model.is_failed {
            self.model.notice = Some(notices::stopped("a thread is gone or hangs"));
        }
    }

    fn set_look(&mut self, look: Look) {
        self.config.look = look;
        self.model.look = look;
        self.ctx.set_theme(match look {
            Look::System => egui::ThemePreference::System,
            Look::Light => egui::ThemePreference::Light,
            Look::Dark => egui::ThemePreference::Dark,
        });
    }

    fn copy_secret(&mut self, secret: &Secret) {
        self.ctx.copy_text(secret.reveal().to_owned());
        self.clears_at = Some(self.model.now.plus_ms(files::SECRET_ON_CLIPBOARD_MS));
        self.toast("Copied; cleared from the clipboard in 10 seconds");
    }

    fn clear_clipboard_when_due(&mut self) {
        if self.clears_at.is_some_and(|at| at <= self.model.now) {
            self.clears_at = None;
            self.ctx.copy_text(String::new());
        }
    }

    fn pick_file(&mut self, kind: Option<ImportKind>) {
        self.outside.pick_file(Pick::Import(kind), "Import a file", &["csv", "json", "txt"]);
    }

    fn pick_backup(&mut self) {
        self.outside.pick_place(Pick::Backup, "Back up the file", self.backup_name());
    }

    fn backup_name(&self) -> String {
        format!("swapdesk-{}.backup", self.model.today)
    }

    fn export_name(&self, page: Page) -> String {
        format!("{}-{}.csv", page.title().to_lowercase(), self.model.today)
    }

    fn pick_export(&mut self, page: Page) {
        if route::table_of(page).is_some() {
            self.outside.pick_place(Pick::Export(page), "Export as CSV", self.export_name(page));
        }
    }
}

/// The moment, and the day at the store.
fn when(clock: &Clock, settings: &crate::domain::settings::Settings) -> When {
    let now = clock.now();
    let today: NaiveDate = now.day(settings.desk.time_zone);
    When { now, today }
}

/// How a file is shown.
fn mode(settings: &crate::domain::settings::Settings) -> Mode {
    if settings.is_training { Mode::Training } else { Mode::Live }
}
