//! The real window: both renderers are compiled in and tried in turn.
//!
//! egui draws with `glow` (OpenGL) or `wgpu` (Vulkan, DirectX, Metal). On a software rasterizer
//! glow costs a fifth of wgpu, so it comes first on Linux; on Windows without a graphics driver
//! OpenGL is too old, so wgpu comes first there. Source: measured, and egui issues 2545, 3165.

use crate::app::config::Config;
use crate::app::{App, Setup};
use eframe::egui_glow;
use egui::{Context, Ui, ViewportBuilder, vec2};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// What draws the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renderer {
    /// OpenGL.
    Glow,
    /// Vulkan, DirectX or Metal.
    Wgpu,
}

impl Renderer {
    /// Which is tried first, then second, on this system.
    pub const fn order() -> [Self; 2] {
        if cfg!(windows) { [Self::Wgpu, Self::Glow] } else { [Self::Glow, Self::Wgpu] }
    }

    /// The name for `--renderer` and Settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Glow => "glow",
            Self::Wgpu => "wgpu",
        }
    }
}

/// Why no window could be opened. One sentence, with what to do.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// There is no screen to draw on.
    #[error(
        "there is no display to open a window on: start it in a desktop session, or under a \
         virtual one (Debian: apt-get install xvfb xauth libgl1 libxkbcommon-x11-0 libxcursor1 \
         libxi6 libx11-xcb1; then xvfb-run swapdesk)"
    )]
    NoDisplay,
    /// No renderer could start. The first error is the telling one: a second try in one process
    /// can only say that the event loop is used up.
    #[error(
        "no window could be opened ({0}): install the libraries that draw it (Debian: apt-get \
         install libgl1 libegl1 libxkbcommon-x11-0 libxcursor1 libxi6 libx11-xcb1)"
    )]
    NoRenderer(String),
    /// The threads of the program could not be started.
    #[error("the program could not be started: {0}")]
    Threads(String),
}

/// Opens the window and returns when it is closed.
pub fn run(
    setup: &Setup,
    config_path: Option<PathBuf>,
    forced: Option<Renderer>,
) -> Result<(), WindowError> {
    if !has_display() {
        return Err(WindowError::NoDisplay);
    }
    let order = forced.map_or_else(|| Renderer::order().to_vec(), |renderer| vec![renderer]);
    let mut first_error = None;
    for renderer in order {
        match run_with(setup, config_path.clone(), renderer) {
            Ok(()) => return Ok(()),
            Err(error) => {
                log::warn!("{} could not start: {error}", renderer.name());
                first_error.get_or_insert(error);
            }
        }
    }
    Err(WindowError::NoRenderer(first_error.unwrap_or_default()))
}

/// X11 or Wayland on Linux and BSD; other systems always have a screen.
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// One try. Missing libraries make winit panic in places, so a panic before the window is there
/// counts as an error; a later one is a bug of ours and goes on up.
fn run_with(setup: &Setup, config_path: Option<PathBuf>, renderer: Renderer) -> Result<(), String> {
    let started = Instant::now();
    let setup = Setup { renderer: renderer.name(), ..setup.clone() };
    let is_open = Arc::new(Mutex::new(false));
    let opened = Arc::clone(&is_open);
    let options = options(&setup.config, renderer);
    let create: eframe::AppCreator<'_> = Box::new(move |cc| {
        let app = App::new(&cc.egui_ctx, setup)?;
        if let Ok(mut opened) = opened.lock() {
            *opened = true;
        }
        Ok(Box::new(Window { app, config_path, started, n_frames: 0 }))
    });
    let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        eframe::run_native("swapdesk", options, create)
    }));
    match ran {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(panic) if is_open.lock().is_ok_and(|is_open| *is_open) => {
            std::panic::resume_unwind(panic)
        }
        Err(panic) => Err(panic_text(panic.as_ref())),
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a library is missing").to_owned()
}

fn options(config: &Config, renderer: Renderer) -> eframe::NativeOptions {
    let size = vec2(config.width, config.height);
    let viewport = ViewportBuilder::default()
        .with_title("Swapdesk")
        .with_app_id("swapdesk")
        .with_inner_size(size)
        .with_min_inner_size(vec2(800.0, 600.0))
        .with_maximized(config.is_maximized)
        .with_icon(icon());
    eframe::NativeOptions {
        viewport,
        renderer: match renderer {
            Renderer::Glow => eframe::Renderer::Glow,
            Renderer::Wgpu => eframe::Renderer::Wgpu,
        },
        ..eframe::NativeOptions::default()
    }
}

/// The program's mark, from a PNG that is part of it.
fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default()
}

struct Window {
    app: App,
    config_path: Option<PathBuf>,
    started: Instant,
    n_frames: u64,
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.app.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.app.ui(ui);
        self.n_frames += 1;
        if self.n_frames == 1 {
            log::info!(
                "first frame drawn {} ms after the start",
                self.started.elapsed().as_millis()
            );
        }
        log::trace!("frame {}", self.n_frames);
    }

    fn on_exit(&mut self, _gl: Option<&egui_glow::glow::Context>) {
        crate::app::files::forget_key_sheets();
        if let Some(path) = &self.config_path
            && let Err(error) = self.app.config().save(path)
        {
            log::warn!("the window's size was not remembered: {error}");
        }
    }
}
