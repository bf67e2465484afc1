//! `demo --pictures`: serves one customer from the first letter to the sheet without a display,
//! through the same window code, and writes a picture for each step and the sheet.

use crate::app::Setup;
use crate::app::clock::Clock;
use crate::app::config::Config;
use crate::app::driver::{Driver, Screen};
use crate::app::files::Desktop;
use crate::app::outside::Dialogs;
use crate::cli::args::{Demo, Theme};
use crate::cli::window::Throwaway;
use crate::domain::time::Moment;
use crate::worker::demo;
use egui::{Key, Modifiers};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// 5 October 2017, 11:11 in Chicago: the same pictures on every day.
const MOMENT: Moment = Moment(1_507_219_860_000);
