//! The keys that serve one customer, from the first letter to the printed sheet, and the pictures
//! that are taken on the way. The test that counts them presses the same ones.

use crate::app::driver::Driver;
use egui::{Key, Modifiers};

/// A key, or letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// Letters, each a key.
    Type(&'static str),
    /// One key, with what is held down.
    Press(Modifiers, Key),
}

/// A part of the job, and the picture that is taken after it.
#[derive(Debug, Clone, Copy)]
pub struct Scene {
    /// The picture's name: `lookup`.
    pub name: &'static str,
    /// What is seen on it, for the line that is printed.
    pub says: &'static str,
    /// The keys that lead there.
    pub keys: &'static [Stroke],
}

const fn ctrl(key: Key) -> Stroke {
    Stroke::Press(Modifiers::COMMAND, key)
}

const fn plain(key: Key) -> Stroke {
    Stroke::Press(Modifiers::NONE, key)
}

/// Serves the returning customer of the demo.
pub const SERVE: &[Scene] = &[
    Scene {
        name: "lookup",
        says: "the customer is found by the last four of the phone",
        keys: &[Stroke::Type("0142")],
    },
    Scene {
        name: "check-in",
        says: "the case is open, the known laptop is taken over",
        keys: &[plain(Key::Enter)],
    },
];

/// Looks at every other page afterwards.
pub const LOOK_AROUND: &[Scene] = &[
    Scene { name: "cases", says: "the list of cases", keys: &[plain(Key::F3), plain(Key::F3)] },
    Scene { name: "stock", says: "the keys of this desk", keys: &[plain(Key::F4)] },
    Scene { name: "journal", says: "what was done here", keys: &[plain(Key::F6)] },
    Scene { name: "settings", says: "store, campaign, people", keys: &[ctrl(Key::Comma)] },
    Scene { name: "palette", says: "every command", keys: &[ctrl(Key::K)] },
    Scene { name: "keys", says: "every key", keys: &[plain(Key::Escape), plain(Key::F1)] },
    Scene {
        name: "new-customer",
        says: "a new customer, in three fields",
        keys: &[plain(Key::Escape), plain(Key::F2), ctrl(Key::N)],
    },
    Scene {
        name: "import",
        says: "a file is imported",
        keys: &[plain(Key::Escape), ctrl(Key::I)],
    },
    Scene {
        name: "nobody",
        says: "nobody is found, and what to do then",
        keys: &[plain(Key::Escape), Stroke::Type("zzyzx")],
    },
];

/// Presses the keys of a scene.
pub fn play(driver: &mut Driver, scene: &Scene) {
    for stroke in scene.keys {
        match stroke {
            Stroke::Type(text) => driver.type_text(text),
            Stroke::Press(modifiers, key) => driver.press(*modifiers, *key),
        }
    }
}
