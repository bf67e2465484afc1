//! The fonts that come with the program, unmodified (their license reserves the name "Plex").

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

use super::typography::{ICONS, SEMIBOLD};

const REGULAR_BYTES: &[u8] = include_bytes!("../../../assets/fonts/IBMPlexSans_400Regular.ttf");
const SEMIBOLD_BYTES: &[u8] = include_bytes!("../../../assets/fonts/IBMPlexSans_600SemiBold.ttf");
const MONO_BYTES: &[u8] = include_bytes!("../../../assets/fonts/IBMPlexMono_500Medium.ttf");

/// Lucide's glyphs sit a little high in their box; this centers them beside Plex.
const ICON_DROP: f32 = 0.06;

/// The fonts and the families they serve. Each family ends in the regular face, so that a letter
/// missing in one weight is still drawn.
pub(super) fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let icons = FontTweak { y_offset_factor: ICON_DROP, ..FontTweak::default() };
    for (name, data) in [
        ("regular", FontData::from_static(REGULAR_BYTES)),
        (SEMIBOLD, FontData::from_static(SEMIBOLD_BYTES)),
        ("mono", FontData::from_static(MONO_BYTES)),
        (ICONS, FontData::from_static(lucide_icons::LUCIDE_FONT_BYTES).tweak(icons)),
    ] {
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    }
    for (family, names) in [
        (FontFamily::Proportional, &["regular"][..]),
        (FontFamily::Name(SEMIBOLD.into()), &[SEMIBOLD, "regular"]),
        (FontFamily::Monospace, &["mono", "regular"]),
        (FontFamily::Name(ICONS.into()), &[ICONS]),
    ] {
        let names = names.iter().map(|&name| name.to_owned()).collect();
        fonts.families.insert(family, names);
    }
    fonts
}
