//! The window on a desk's file, and the one on a throw-away file with made-up people.

use crate::app::Setup;
use crate::app::clock::Clock;
use crate::app::config::Config;
use crate::app::files::Desktop;
use crate::app::outside::Dialogs;
use crate::app::window::{self, Renderer, WindowError};
use crate::cli::args;
use crate::store::lock::WindowLock;
use crate::worker::demo;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Opens the window on `file`, which is made when it is not there.
pub fn run(file: PathBuf, renderer: Option<args::Renderer>) -> ExitCode {
    told(open(file, renderer, Config::path()))
}

/// Opens the window on a file that is gone when the window is closed.
pub fn run_demo(renderer: Option<args::Renderer>) -> ExitCode {
    told(Throwaway::new().and_then(|folder| {
        let file = folder.path.join("training.swapdesk");
        let made = demo::make(&file, crate::clock::now());
        made.map_err(|error| error.to_string())?;
        open(file, renderer, Config::path())
    }))
}

fn open(
    file: PathBuf,
    renderer: Option<args::Renderer>,
    config_path: Option<PathBuf>,
) -> Result<(), String> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    folder.map_or(Ok(()), std::fs::create_dir_all).map_err(|error| named(&error))?;
    let _lock = WindowLock::acquire(&file).map_err(|error| named(&error))?;
    let setup = Setup {
        path: file,
        clock: Clock::System,
        dialogs: Dialogs::System,
        desktop: Desktop::System,
        config: config_path.as_deref().map(Config::load).unwrap_or_default(),
        renderer: "",
    };
    let forced = renderer.map(|renderer| match renderer {
        args::Renderer::Glow => Renderer::Glow,
        args::Renderer::Wgpu => Renderer::Wgpu,
    });
    window::run(&setup, config_path, forced).map_err(|error| match error {
        WindowError::NoDisplay | WindowError::NoRenderer(_) => {
            format!("{error}; or see it without a display: swapdesk demo --pictures DIR")
        }
        WindowError::Threads(_) => error.to_string(),
    })
}

/// One sentence on standard error, exit code 1.
fn told(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            // When nobody hears, there is nobody to tell.
            drop(writeln!(io::stderr(), "swapdesk: {words}"));
            ExitCode::FAILURE
        }
    }
}

/// A folder of this process that goes with it.
pub(super) struct Throwaway {
    pub(super) path: PathBuf,
}

impl Throwaway {
    pub(super) fn new() -> Result<Self, String> {
        let path = std::env::temp_dir().join(format!("swapdesk-demo-{}", std::process::id()));
        make_private(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path })
    }
}

/// Made for this user alone; what an earlier process of the same number left is taken away.
fn make_private(path: &Path) -> io::Result<()> {
    if path.exists() {
        std::fs::remove_dir_all(path)?;
    }
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            log::warn!("{} stays: {error}", self.path.display());
        }
    }
}
