//! Colors as named roles. The only place where a color is written as a number.
//!
//! Every pair of text and ground that is used reaches WCAG AA (4.5 to 1 for text, 3 to 1 for the
//! edges of controls and the focus ring); the test below computes it.

use egui::{Color32, Ui};

/// What a state means to the technician. Drawn as a chip with an icon and a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Done, allowed, free of trouble.
    Ok,
    /// Look at this before going on.
    Warn,
    /// Wrong, refused, or a customer is unprotected.
    Danger,
    /// Going on, or worth knowing.
    Info,
    /// A state without a judgment.
    #[default]
    Neutral,
}

/// The colors of one [`Tone`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToneColors {
    /// Text and icon, readable on [`ToneColors::bg`], on a card and on the page.
    pub fg: Color32,
    /// The ground of a chip or a notice.
    pub bg: Color32,
}

/// All colors of one theme, by role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// The page behind the cards.
    pub bg_app: Color32,
    /// Cards, navigation and top bar.
    pub bg_panel: Color32,
    /// Wells and the status bar.
    pub bg_sunken: Color32,
    /// Dialogs, menus, palette, toasts.
    pub bg_raised: Color32,
    /// Where text is typed.
    pub bg_field: Color32,
    /// A row under the pointer.
    pub row_hover: Color32,
    /// The row that keys act on.
    pub row_selected: Color32,
    /// Edges of cards and lines between rows.
    pub line_subtle: Color32,
    /// Edges of what can be pressed or typed into.
    pub line_control: Color32,
    /// Titles and typed text.
    pub text_strong: Color32,
    /// Running text.
    pub text_body: Color32,
    /// Labels, notes, hints.
    pub text_muted: Color32,
    /// The main button.
    pub accent_fill: Color32,
    /// The main button under the pointer.
    pub accent_hover: Color32,
    /// Text on [`Palette::accent_fill`].
    pub accent_on: Color32,
    /// Links and the open step.
    pub accent_text: Color32,
    /// The ring around what has the focus.
    pub focus_ring: Color32,
    /// The ground of selected letters in a field.
    pub text_selection: Color32,
    /// The ground of letters that matched what was typed.
    pub text_match: Color32,
    /// See [`Tone::Ok`].
    pub ok: ToneColors,
    /// See [`Tone::Warn`].
    pub warn: ToneColors,
    /// See [`Tone::Danger`].
    pub danger: ToneColors,
    /// See [`Tone::Info`].
    pub info: ToneColors,
    /// See [`Tone::Neutral`].
    pub neutral: ToneColors,
    /// The button that destroys something.
    pub danger_fill: Color32,
    /// Text on [`Palette::danger_fill`].
    pub danger_on: Color32,
    /// What a dialog lays over the page.
    pub scrim: Color32,
    /// The shadow of menus, dialogs and the palette.
    pub shadow: Color32,
}

impl Palette {
    /// The colors of a state.
    pub const fn tone(&self, tone: Tone) -> ToneColors {
        match tone {
            Tone::Ok => self.ok,
            Tone::Warn => self.warn,
            Tone::Danger => self.danger,
            Tone::Info => self.info,
            Tone::Neutral => self.neutral,
        }
    }

    /// The same colors with the page in the warning ground, so that training is seen from afar.
    const fn in_training(self, accent_fill: Color32) -> Self {
        // The usual edge of a control is a shade too light for this ground.
        Self { bg_app: self.warn.bg, line_control: self.text_muted, accent_fill, ..self }
    }
}

/// The palette that `ui` is drawn in.
pub fn palette(ui: &Ui) -> &'static Palette {
    palette_of(ui.visuals())
}

/// The palette that floating things of `ctx` are drawn in.
pub fn palette_in(ctx: &egui::Context) -> &'static Palette {
    palette_of(&ctx.global_style().visuals)
}

/// The palette behind a set of egui visuals, as [`super::set_mode`] left them.
pub(super) fn palette_of(visuals: &egui::Visuals) -> &'static Palette {
    match (
        visuals.dark_mode,
        visuals.panel_fill == LIGHT.warn.bg || visuals.panel_fill == DARK.warn.bg,
    ) {
        (false, false) => &LIGHT,
        (true, false) => &DARK,
        (false, true) => &LIGHT_TRAINING,
        (true, true) => &DARK_TRAINING,
    }
}

/// A color from its six hexadecimal digits.
const fn rgb(hex: [u8; 6]) -> Color32 {
    const fn digit(ascii: u8) -> u8 {
        match ascii {
            b'0'..=b'9' => ascii - b'0',
            b'A'..=b'F' => ascii - b'A' + 10,
            _ => panic!("not a hexadecimal digit"), // Refused while this is compiled.
        }
    }
    let [r1, r0, g1, g0, b1, b0] = hex;
    let red = digit(r1) * 16 + digit(r0);
    let green = digit(g1) * 16 + digit(g0);
    let blue = digit(b1) * 16 + digit(b0);
    #[expect(clippy::disallowed_methods, reason = "this is the theme that the rule points to")]
    Color32::from_rgb(red, green, blue)
}

const fn tone(fg: [u8; 6], bg: [u8; 6]) -> ToneColors {
    ToneColors { fg: rgb(fg), bg: rgb(bg) }
}

/// Ink on white paper.
pub const LIGHT: Palette = Palette {
    bg_app: rgb(*b"F5F6F8"),
    bg_panel: rgb(*b"FFFFFF"),
    bg_sunken: rgb(*b"ECEEF2"),
    bg_raised: rgb(*b"FFFFFF"),
    bg_field: rgb(*b"FFFFFF"),
    row_hover: rgb(*b"F0F3F8"),
    row_selected: rgb(*b"E1EBFA"),
    line_subtle: rgb(*b"DCE0E7"),
    line_control: rgb(*b"828C9C"),
    text_strong: rgb(*b"11151D"),
    text_body: rgb(*b"2B3341"),
    text_muted: rgb(*b"566072"),
    accent_fill: rgb(*b"1D5BB8"),
    accent_hover: rgb(*b"174A97"),
    accent_on: rgb(*b"FFFFFF"),
    accent_text: rgb(*b"1D5BB8"),
    focus_ring: rgb(*b"0B57D0"),
    text_selection: rgb(*b"CADEFB"),
    text_match: rgb(*b"FBE3A6"),
    ok: tone(*b"14693A", *b"E2F3E8"),
    warn: tone(*b"7F4A00", *b"FCEFD7"),
    danger: tone(*b"A8231C", *b"FBE7E5"),
    info: tone(*b"1B559F", *b"E4EDFA"),
    neutral: tone(*b"4A5364", *b"E9ECF1"),
    danger_fill: rgb(*b"B3261E"),
    danger_on: rgb(*b"FFFFFF"),
    scrim: Color32::from_black_alpha(92),
    shadow: Color32::from_black_alpha(51),
};

/// For a dim back room.
pub const DARK: Palette = Palette {
    bg_app: rgb(*b"12151A"),
    bg_panel: rgb(*b"1A1E25"),
    bg_sunken: rgb(*b"0E1115"),
    bg_raised: rgb(*b"232831"),
    bg_field: rgb(*b"14181E"),
    row_hover: rgb(*b"222731"),
    row_selected: rgb(*b"1D3152"),
    line_subtle: rgb(*b"2D333E"),
    line_control: rgb(*b"727D8E"),
    text_strong: rgb(*b"F1F3F7"),
    text_body: rgb(*b"D3D8E1"),
    text_muted: rgb(*b"9DA7B7"),
    accent_fill: rgb(*b"2F6AC8"),
    accent_hover: rgb(*b"2A60B6"),
    accent_on: rgb(*b"FFFFFF"),
    accent_text: rgb(*b"8AB6FA"),
    focus_ring: rgb(*b"8AB6FA"),
    text_selection: rgb(*b"233F6E"),
    text_match: rgb(*b"5A4512"),
    ok: tone(*b"6CCB92", *b"15301F"),
    warn: tone(*b"EDB65F", *b"33260F"),
    danger: tone(*b"FF9A90", *b"3B1917"),
    info: tone(*b"8FBAF8", *b"182B47"),
    neutral: tone(*b"B4BCC9", *b"2A303A"),
    danger_fill: rgb(*b"B83A31"),
    danger_on: rgb(*b"FFFFFF"),
    scrim: Color32::from_black_alpha(140),
    shadow: Color32::from_black_alpha(120),
};

/// [`LIGHT`] on the training ground.
pub const LIGHT_TRAINING: Palette = LIGHT.in_training(LIGHT.accent_fill);

/// [`DARK`] on the training ground.
pub const DARK_TRAINING: Palette = DARK.in_training(rgb(*b"3472D4"));

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance after WCAG 2.
    fn luminance(color: Color32) -> f64 {
        let channel = |value: u8| {
            let c = f64::from(value) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Each pair that is drawn: what, foreground, ground, lowest ratio.
    fn pairs(p: &Palette) -> Vec<(String, Color32, Color32, f64)> {
        let grounds = [
            ("app", p.bg_app),
            ("panel", p.bg_panel),
            ("sunken", p.bg_sunken),
            ("raised", p.bg_raised),
            ("hover", p.row_hover),
            ("selected", p.row_selected),
        ];
        let texts = [("strong", p.text_strong), ("body", p.text_body), ("muted", p.text_muted)];
        let mut pairs = Vec::new();
        for (text, fg) in texts {
            for (ground, bg) in grounds {
                pairs.push((format!("text {text} on {ground}"), fg, bg, 4.5));
            }
        }
        for tone in [Tone::Ok, Tone::Warn, Tone::Danger, Tone::Info, Tone::Neutral] {
            let colors = p.tone(tone);
            for (ground, bg) in [
                ("own", colors.bg),
                ("panel", p.bg_panel),
                ("app", p.bg_app),
                ("sunken", p.bg_sunken),
                ("raised", p.bg_raised),
            ] {
                pairs.push((format!("{tone:?} on {ground}"), colors.fg, bg, 4.5));
            }
            pairs.push((format!("muted on {tone:?}"), p.text_muted, colors.bg, 4.5));
            pairs.push((format!("strong on {tone:?}"), p.text_strong, colors.bg, 4.5));
        }
        let mut add = |what: &str, fg, bg, least| pairs.push((what.to_owned(), fg, bg, least));
        for (ground, bg) in grounds {
            add(&format!("focus ring on {ground}"), p.focus_ring, bg, 3.0);
        }
        add("link on panel", p.accent_text, p.bg_panel, 4.5);
        add("link on app", p.accent_text, p.bg_app, 4.5);
        add("link on selected", p.accent_text, p.row_selected, 4.5);
        add("main button", p.accent_on, p.accent_fill, 4.5);
        add("main button, hovered", p.accent_on, p.accent_hover, 4.5);
        add("red button", p.danger_on, p.danger_fill, 4.5);
        add("control on panel", p.line_control, p.bg_panel, 3.0);
        add("control on app", p.line_control, p.bg_app, 3.0);
        add("control on field", p.line_control, p.bg_field, 3.0);
        add("typed on field", p.text_strong, p.bg_field, 4.5);
        add("hint on field", p.text_muted, p.bg_field, 4.5);
        add("selected letters", p.text_strong, p.text_selection, 4.5);
        // egui sets selected letters in the color of the focus ring.
        add("selected letters, as set", p.focus_ring, p.text_selection, 4.5);
        add("matched letters", p.text_strong, p.text_match, 4.5);
        add("accent edge on panel", p.accent_fill, p.bg_panel, 3.0);
        add("accent edge on app", p.accent_fill, p.bg_app, 3.0);
        pairs
    }

    #[test]
    fn every_pair_of_text_and_ground_can_be_read() {
        for (name, palette) in [
            ("light", &LIGHT),
            ("dark", &DARK),
            ("light, training", &LIGHT_TRAINING),
            ("dark, training", &DARK_TRAINING),
        ] {
            let failures: Vec<String> = pairs(palette)
                .into_iter()
                .filter(|(_, fg, bg, least)| contrast(*fg, *bg) < *least)
                .map(|(what, fg, bg, least)| {
                    format!("{what}: {:.2}, wants {least}", contrast(fg, bg))
                })
                .collect();
            assert!(failures.is_empty(), "{name}: {failures:#?}");
        }
    }

    #[test]
    fn the_palette_follows_theme_and_training() {
        let mut light = egui::Visuals::light();
        light.panel_fill = LIGHT.bg_app;
        assert_eq!(palette_of(&light), &LIGHT);
        light.panel_fill = LIGHT.warn.bg;
        assert_eq!(palette_of(&light), &LIGHT_TRAINING);
        let mut dark = egui::Visuals::dark();
        dark.panel_fill = DARK.bg_app;
        assert_eq!(palette_of(&dark), &DARK);
        dark.panel_fill = DARK.warn.bg;
        assert_eq!(palette_of(&dark), &DARK_TRAINING);
    }
}
