//! What two views share. Each widget takes plain text and enums, draws itself in the theme, and
//! returns a [`egui::Response`] or what was asked for.
//!
//! | widget | call |
//! |---|---|
//! | text | [`text::text`]`(ui, Type, Ink, "…")`, [`text::text_line`] (one line, cut), [`text::marked_text`] (matched letters) |
//! | icon | [`icon::icon`]`(ui, Icon, size, Ink)` (says nothing), [`icon::icon_button`]`(ui, Icon, "Name")` |
//! | chip | [`chip::Chip`]`::new(Tone, Icon, "Eligible").show(ui)` |
//! | key | [`key_hint::key_hint`]`(ui, "F2")`, [`key_hint::key_box`]`(ui, "S")` |
//! | button | [`button::Button`]`::primary("Start case").icon(..).key("Enter").blocked(reason).show(ui)`, [`button::buttons`], [`button::buttons_right`], [`button::toolbar`] |
//! | card | [`card::card`], [`card::titled_card`], [`card::list_card`], [`card::well`], [`card::section_title`], [`card::divider`] |
//! | field | [`field::Field`]`::new("Receipt").hint(..).required().error(..).show(ui, &mut text)` |
//! | search box | [`search_box::SearchBox`]`::new("Find …").trailing(..).show(ui, &mut text)` |
//! | list row | [`list_row::ListRow`]`::new("Amara Okafor").number(1).subtitle(..).chip(..).selected(..).position(i, n).show(ui)` |
//! | table | [`table::Table`]`::new("Stock", &columns).show(ui, n_rows, &mut selected, row_fn)` |
//! | tiles | [`tile::tiles`]`(ui, &[Tile { .. }])` |
//! | check row | [`check_row::CheckRow`]`::new("Scan before").checked(..).note(..).key("S").show(ui)` |
//! | choice | [`choice::Choice`]`::new("Who removed it", &["Technician", "Customer"]).show(ui, &mut picked)` |
//! | step | [`step_card::StepCard`]`::new(2, "Remove Kaspersky").open().right("3 of 5 done").show(ui, body)` |
//! | alert | [`alarm::alarm`]`(ui, "…", "Acer E15")` |
//! | notice | [`notice::Notice`]`{ tone, what, safe, next }.show(ui)`, [`notice::error_list`] |
//! | toast | [`toast::toast`]`(ctx, (Tone::Ok, "Key …9KLD voided"), Some("Ctrl+Z"))` |
//! | dialog | [`modal::dialog`]`(ctx, "Void key …9KLD", body)`, [`focus::at_first_sight`] for its safe button |
//! | palette | [`palette::palette_frame`]`(ctx, body)`, [`palette::PaletteRow`] |
//! | before and after | [`compare_row::CompareRow`]`::new("Driver klflt.sys", "found", (Tone::Ok, "gone")).position(i, n).show(ui)` |
//! | line | [`row::row`]`(ui, scale::TARGET_MIN, \|ui\| ..)`, [`row::at_right`], [`row::tight`] |
//! | facts | [`key_value::facts`]`(ui, &[("Product", "…")])`, [`key_value::fact`], [`key_value::fact_mono`], [`key_value::icon_line`] |
//! | timeline | [`timeline::entry`]`(ui, "11:06", "Uninstalled", "D. Reyes")` |
//! | others | [`nav_item`], [`avatar`], [`empty_state`], [`progress`], [`tooltip`] |
//!
//! Invariants: what can be pressed has an accessible name and role, is at least 24 points either
//! way, and shows a ring of 2 points while it has the focus. Nothing is animated and nothing asks
//! for a repaint. What gets the focus is scrolled into view.
//!
//! Ids: fields, rows, choices and check rows take theirs from the named card around them and their
//! label, so that the focus stays when something appears above. Two with one label in one card
//! want `ui.push_id(i, ..)`. A button takes its id from where it stands; give it a
//! [`button::Button::salt`] where the focus must stay with it.

pub mod alarm;
pub mod avatar;
pub mod button;
pub mod card;
pub mod check_row;
pub mod chip;
pub mod choice;
pub mod compare_row;
pub(super) mod draw;
pub mod empty_state;
pub mod field;
pub mod focus;
pub mod icon;
pub mod key_hint;
pub mod key_value;
pub mod list_row;
pub mod modal;
pub mod nav_item;
pub mod notice;
pub mod palette;
pub mod progress;
pub mod row;
pub mod search_box;
pub mod step_card;
pub mod table;
pub mod text;
pub mod tile;
pub mod timeline;
pub mod toast;
pub mod tooltip;

/// Whether keys act on a row: drawn as a filled ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Selection {
    /// One of many.
    #[default]
    Off,
    /// The one that Enter opens.
    On,
}

impl From<bool> for Selection {
    fn from(is_selected: bool) -> Self {
        if is_selected { Self::On } else { Self::Off }
    }
}

/// The place of a row among its siblings, told to screen readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Counted from 0.
    pub row_idx: usize,
    /// How many rows there are, drawn or not.
    pub n_rows: usize,
}
