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
        says: "the customer is found by name, with what tells the three apart",
        keys: &[Stroke::Type("okaf")],
    },
    Scene {
        name: "check-in",
        says: "the case is open, and the known laptop is taken over",
        keys: &[plain(Key::Enter)],
    },
    Scene {
        name: "checked-in",
        says: "a backup, a signature, and what dies with the product",
        keys: &[plain(Key::Num1), plain(Key::Space), ctrl(Key::Enter)],
    },
    Scene {
        name: "removal",
        says: "a scan before, the checklist, a scan after: trace by trace, nothing is left",
        keys: &[
            ctrl(Key::Enter),
            plain(Key::S),
            plain(Key::Space),
            plain(Key::Space),
            plain(Key::Space),
            plain(Key::S),
        ],
    },
    Scene {
        name: "replacement",
        says: "the removal is shown by the scan; a product is suggested, with its reasons",
        keys: &[ctrl(Key::Enter)],
    },
    Scene {
        name: "check-answers",
        says: "a key is held, and the answers are checked once more",
        keys: &[ctrl(Key::Enter)],
    },
    Scene {
        name: "issued",
        says: "the key is issued and the sheet is printed",
        keys: &[ctrl(Key::Enter)],
    },
];

/// After the sheet: the product is seen active, and the desk turns to the next customer.
pub const HAND_OVER: &[Scene] = &[
    Scene {
        name: "active",
        says: "the replacement was seen active, so the gap has ended",
        keys: &[plain(Key::A)],
    },
    Scene {
        name: "next",
        says: "handed over; the box is empty for the next customer",
        keys: &[ctrl(Key::Enter)],
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
    Scene { name: "import", says: "a file is imported", keys: &[plain(Key::Escape), ctrl(Key::I)] },
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
