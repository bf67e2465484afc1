//! What the window remembers on this computer: its size, zoom, look, and who was at the desk.
//! Everything else is in the desk's file.

use crate::domain::id::PersonId;
use crate::ui::action::Look;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Remembered from one start to the next. A missing or damaged file means the defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Inner width of the window, in points at zoom 1.
    pub width: f32,
    /// Inner height of the window, in points at zoom 1.
    pub height: f32,
    /// Whether it filled the screen.
    pub is_maximized: bool,
    /// How much larger than usual everything is drawn: 0.8 to 2.
    pub zoom: f32,
    /// Light, dark, or as the system has it.
    pub look: Look,
    /// Who was at the desk.
    pub me: Option<PersonId>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            width: 1366.0,
            height: 768.0,
            is_maximized: false,
            zoom: 1.0,
            look: Look::System,
            me: None,
        }
    }
}

impl Config {
    /// Where it lies: the platform's folder for settings. `None` when there is none.
    pub fn path() -> Option<PathBuf> {
        let folders = directories::ProjectDirs::from("", "", "swapdesk")?;
        Some(folders.config_dir().join("window.json"))
    }

    /// Reads it; whatever is wrong with it, the window opens with the defaults.
    pub fn load(path: &Path) -> Self {
        let read = std::fs::read(path).ok();
        let config: Self =
            read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self {
            width: config.width.clamp(800.0, 8_000.0),
            height: config.height.clamp(600.0, 8_000.0),
            zoom: config.zoom.clamp(0.8, 2.0),
            ..config
        }
    }

    /// Writes it.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, serde_json::to_vec_pretty(self)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_means_the_defaults_and_odd_sizes_are_brought_in() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/window.json");
        assert_eq!(Config::load(&path), Config::default());
        let odd = Config { width: 3.0, zoom: 9.0, look: Look::Dark, ..Config::default() };
        odd.save(&path).expect("saved");
        let read = Config::load(&path);
        assert_eq!((read.width, read.zoom, read.look), (800.0, 2.0, Look::Dark));
        std::fs::write(&path, b"{ not json").expect("written");
        assert_eq!(Config::load(&path), Config::default());
    }
}
