//! Arguments and log, then a command or the window.

fn main() {}
