//! Every color, size, font and distance of the window, and how they are given to egui.
//!
//! - [`tokens`]: colors as named roles, for light, dark and training.
//! - [`scale`]: distances, heights, radii, widths.
//! - [`typography`]: the type scale and the inks that text is set in.
//!
//! White paper, ink text, one blue. A color only ever means a state, and a state is never told by
//! color alone: a word stands beside it.

mod fonts;
pub mod scale;
mod style;
pub mod tokens;
pub mod typography;

pub use style::{Mode, install, set_mode};
pub use tokens::{Palette, Tone, palette};
pub use typography::{Ink, Type};
