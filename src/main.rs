//! Arguments and log, then a command or the window.

use std::process::ExitCode;
use swapdesk::cli::args::Invocation;
use swapdesk::cli::{self, pictures, window};

fn main() -> ExitCode {
    // `RUST_LOG=swapdesk=info` tells more; by default only what went wrong is told.
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("swapdesk=warn"))
        .init();
    match Invocation::from_args() {
        Invocation::Window { file, renderer } => window::run(file, renderer),
        Invocation::Demo { demo, renderer } => match &demo.pictures {
            Some(folder) => pictures::run(folder, &demo),
            None => window::run_demo(renderer),
        },
        Invocation::Command { file, command } => cli::run(file, command),
    }
}
