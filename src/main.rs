//! Arguments and log, then a command or the window.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Quiet unless RUST_LOG asks: a technician reads notices, not logs.
    env_logger::init();
    swapdesk::cli::run()
}
