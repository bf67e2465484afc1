//! `demo --pictures`: serves one customer from the first letter to the sheet without a display,
//! through the same window code, and writes a picture for each step and the sheet.

use crate::app::Setup;
use crate::app::clock::Clock;
use crate::app::config::Config;
use crate::app::driver::{Driver, Screen};
use crate::app::files::Desktop;
use crate::app::outside::Dialogs;
use crate::app::pictures;
use crate::cli::args::{Demo, Theme};
use crate::cli::window::Throwaway;
use crate::domain::time::Moment;
use crate::ui::action::Look;
use crate::worker::demo;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

/// 5 October 2017, 11:11 in Chicago: the same pictures on every day.
const MOMENT: Moment = Moment(1_507_219_860_000);

/// From one picture to the next, in milliseconds.
const SCENE_MS: i64 = 90_000;

/// Serves the customer and writes into `folder`.
pub fn run(folder: &Path, demo: &Demo) -> ExitCode {
    match serve(folder, demo) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            // When nobody hears, there is nobody to tell.
            drop(writeln!(io::stderr(), "swapdesk: {words}"));
            ExitCode::FAILURE
        }
    }
}

fn serve(folder: &Path, demo: &Demo) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let throwaway = Throwaway::new()?;
    let file = throwaway.path.join("training.swapdesk");
    demo::make(&file, MOMENT).map_err(|error| error.to_string())?;
    // The system's dialog is answered with the scan before, then with the one after.
    let exports = demo::exports::write(&throwaway.path).map_err(|error| error.to_string())?;
    let answers = Arc::new(Mutex::new(exports.into_iter().collect()));
    let clock = Clock::still(MOMENT);
    let setup = Setup {
        path: file,
        clock: clock.clone(),
        dialogs: Dialogs::Prepared(answers),
        desktop: Desktop::Record(Arc::default()),
        config: Config::default(),
        renderer: "pictures",
    };
    let mut driver = Driver::open(setup, screen(demo)).map_err(|error| error.to_string())?;
    let scenes = pictures::SERVE.iter().chain(pictures::HAND_OVER).chain(pictures::LOOK_AROUND);
    for (idx, scene) in scenes.enumerate() {
        pictures::play(&mut driver, scene);
        let path = folder.join(format!("{:02}-{}.png", idx + 1, scene.name));
        write(&path, &driver.picture().png().map_err(|error| error.to_string())?)?;
        tell(&path, scene.says)?;
        clock.advance_ms(SCENE_MS);
        if idx + 1 == pictures::SERVE.len() {
            keep_sheets(&throwaway.path, folder)?;
        }
    }
    Ok(())
}

fn screen(demo: &Demo) -> Screen {
    let default = Screen::default();
    Screen {
        width: demo.size.map_or(default.width, |(width, _)| width),
        height: demo.size.map_or(default.height, |(_, height)| height),
        scale: demo.scale.unwrap_or(default.scale),
        look: match demo.theme {
            Some(Theme::Dark) => Look::Dark,
            Some(Theme::Light) | None => Look::Light,
        },
    }
}

/// The sheets that were made lie beside the throw-away file, and would go with it.
fn keep_sheets(from: &Path, to: &Path) -> Result<(), String> {
    let told = |error: io::Error| format!("the sheet was not made: {error}");
    for entry in std::fs::read_dir(from.join("sheets")).map_err(told)? {
        let path = entry.map_err(told)?.path();
        let kept = to.join(path.file_name().unwrap_or_default());
        write(&kept, &std::fs::read(&path).map_err(told)?)?;
        tell(&kept, "the sheet that the customer takes home")?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// A line for each file on standard output.
fn tell(path: &Path, says: &str) -> Result<(), String> {
    match writeln!(io::stdout(), "{}\t{says}", path.display()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
        Ok(()) | Err(_) => Ok(()),
    }
}
