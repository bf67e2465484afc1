//! Distances, heights, widths and radii, in points. Distances are multiples of four, so that they
//! stay on whole pixels at 125, 150 and 175 %.

/// Between a label and its field.
pub const SPACE_1: f32 = 4.0;
/// Between things that belong together.
pub const SPACE_2: f32 = 8.0;
/// Between cards.
pub const SPACE_3: f32 = 12.0;
/// Inside cards.
pub const SPACE_4: f32 = 16.0;
/// Around a page.
pub const SPACE_6: f32 = 24.0;
/// Around an empty page's words.
pub const SPACE_8: f32 = 32.0;

/// The smallest thing that can be pressed, either way.
pub const TARGET_MIN: f32 = 24.0;
/// The strip at the bottom of the window.
pub const STATUS_BAR_HEIGHT: f32 = 28.0;
/// The band that says that this is training.
pub const TRAINING_BAND_HEIGHT: f32 = 28.0;
/// A row of a table.
pub const ROW_HEIGHT: f32 = 32.0;
/// A button, a field.
pub const CONTROL_HEIGHT: f32 = 32.0;
/// The main button of a page, an entry of the navigation.
pub const MAIN_BUTTON_HEIGHT: f32 = 36.0;
/// A row of one line with a chip.
pub const COMPACT_ROW_HEIGHT: f32 = 40.0;
/// A row of two lines.
pub const LIST_ROW_HEIGHT: f32 = 60.0;
/// The head of a table.
pub const TABLE_HEAD_HEIGHT: f32 = 36.0;
/// The strip with the page's title.
pub const TOP_BAR_HEIGHT: f32 = 56.0;
/// The strip with the page's buttons.
pub const ACTION_BAR_HEIGHT: f32 = 56.0;
/// The box that everything is found with.
pub const SEARCH_HEIGHT: f32 = 48.0;
/// A chip.
pub const CHIP_HEIGHT: f32 = 22.0;
/// A boxed key.
pub const KEY_BOX_HEIGHT: f32 = 20.0;
/// A tile with a number.
pub const TILE_HEIGHT: f32 = 84.0;
/// A row of facts: label and value.
pub const FACT_HEIGHT: f32 = 26.0;
/// A circle with initials, the mark of the program.
pub const AVATAR_SIZE: f32 = 28.0;
/// The box of a check.
pub const CHECK_SIZE: f32 = 16.0;
/// The circle before a step's title.
pub const STEP_MARK_SIZE: f32 = 24.0;
/// The bar that shows how far something is.
pub const PROGRESS_HEIGHT: f32 = 8.0;

/// The navigation with words.
pub const NAV_WIDTH: f32 = 184.0;
/// The navigation with icons alone.
pub const NAV_NARROW_WIDTH: f32 = 52.0;
/// Below this the navigation shows icons alone.
pub const NAV_NARROW_BELOW: f32 = 1200.0;
/// Below this a side panel goes under the main one.
pub const SPLIT_STACKS_BELOW: f32 = 1000.0;
/// Content grows no wider than this; tables may.
pub const CONTENT_WIDTH_MAX: f32 = 1440.0;
/// A page that fills the window is never lower than this; in a lower window it scrolls.
pub const BODY_HEIGHT_MIN: f32 = 480.0;
/// The field in the top bar that leads to lookup.
pub const FIND_WIDTH: f32 = 300.0;
/// A field where nothing else is said.
pub const FIELD_WIDTH: f32 = 280.0;
/// A side panel with a timeline.
pub const SIDE_WIDTH: f32 = 300.0;
/// The labels of facts.
pub const FACT_LABEL_WIDTH: f32 = 112.0;
/// A dialog.
pub const DIALOG_WIDTH: f32 = 500.0;
/// The palette.
pub const PALETTE_WIDTH: f32 = 640.0;
/// A message about something that can be undone.
pub const TOAST_WIDTH_MAX: f32 = 520.0;
/// Lines of running text grow no longer than this.
pub const TEXT_WIDTH_MAX: f32 = 640.0;
/// The bar at the left of the open step and of the open page.
pub const EDGE_WIDTH: f32 = 4.0;

/// Things inside controls.
pub const RADIUS_INNER: u8 = 4;
/// Controls, chips, rows.
pub const RADIUS_CONTROL: u8 = 6;
/// Cards, dialogs.
pub const RADIUS_CARD: u8 = 8;

/// Lines.
pub const LINE: f32 = 1.0;
/// The ring around what has the focus.
pub const FOCUS_RING: f32 = 2.0;

/// Icons in chips and in the status bar.
pub const ICON_SMALL: f32 = 13.0;
/// Icons in buttons, rows and the navigation.
pub const ICON: f32 = 16.0;
/// Icons that stand first: search box, step marks, empty pages.
pub const ICON_LARGE: f32 = 20.0;

/// How far down a shadow falls, and how soft it is.
pub const SHADOW: (i8, u8) = (12, 32);
