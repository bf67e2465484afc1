//! The command line: one file a command. Speaks to the store itself, not through the worker.
//!
//! Data goes to standard output, words to standard error. 0: done; 1: refused, or something wrong
//! was found; 2: wrong usage. A reader that closes the pipe early ends a command in peace, but for
//! those that judge or change something: they go on, and their exit code is the same.

pub mod args;
mod copies;
mod duplicates;
mod eligibility;
mod export;
mod import;
mod lookup;
pub mod pictures;
mod report;
mod scan;
mod verify;
pub mod window;

use crate::exchange::error::{ReadError, WriteError};
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use args::Command;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Why a command came to no good end.
#[derive(Debug, thiserror::Error)]
enum CliError {
    /// The store says no.
    #[error("{file}: {err}", file = .0.display(), err = .1)]
    Store(PathBuf, StoreError),
    /// A file can't be read.
    #[error("{file}: {err}", file = .0.display(), err = .1)]
    Read(PathBuf, ReadError),
    /// The output can't be written.
    #[error("can't write: {0}")]
    Write(#[from] io::Error),
    /// The arguments make no sense together.
    #[error("{0}")]
    Usage(String),
    /// Said in words already, or in these.
    #[error("{0}")]
    Refused(String),
}

impl From<WriteError> for CliError {
    fn from(err: WriteError) -> Self {
        let WriteError::Io(err) = err;
        Self::Write(err)
    }
}

/// Whether a command found all in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Exit code 0.
    Done,
    /// Exit code 1, and the words are out.
    FoundWrong,
}

/// What a command works with.
struct Desk<'a> {
    /// The file.
    file: PathBuf,
    /// Standard output.
    data: &'a mut dyn Write,
    /// Standard error.
    words: &'a mut dyn Write,
}

impl Desk<'_> {
    /// The file, to read.
    fn reader(&self) -> Result<Reader, CliError> {
        Reader::open(&self.file).map_err(|err| self.failed(err))
    }

    /// An error of the store, with the file's name.
    fn failed(&self, err: StoreError) -> CliError {
        CliError::Store(self.file.clone(), err)
    }

    /// Makes the folder of the file, which is not there before the first start.
    fn make_folder(&self) -> Result<(), CliError> {
        let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let made = folder.map_or(Ok(()), std::fs::create_dir_all);
        made.map_err(|err| self.failed(err.into()))
    }
}

/// Runs one command on `file`.
pub fn run(file: PathBuf, command: Command) -> ExitCode {
    let goes_on = matches!(command, Command::Import(_) | Command::Scan(_) | Command::Verify);
    let data: Box<dyn Write> =
        if goes_on { Box::new(GoesOn(io::stdout())) } else { Box::new(io::stdout()) };
    let mut data = BufWriter::new(data);
    // Whether or not somebody reads the words, the data is written.
    let mut words = GoesOn(io::stderr());
    let mut desk = Desk { file, data: &mut data, words: &mut words };
    let outcome = execute(&mut desk, command);
    let outcome = outcome.and_then(|outcome| data.flush().map(|()| outcome).map_err(Into::into));
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::FoundWrong) => ExitCode::FAILURE,
        // `swapdesk … | head -1`: whoever read has enough.
        Err(CliError::Write(err)) if err.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(CliError::Usage(why)) => {
            drop(writeln!(words, "swapdesk: {why}"));
            ExitCode::from(2)
        }
        Err(err) => {
            // When nobody hears, there is nobody to tell.
            drop(writeln!(words, "swapdesk: {err}"));
            ExitCode::FAILURE
        }
    }
}

/// Takes what nobody reads any more as written.
struct GoesOn<W>(W);

impl<W: Write> Write for GoesOn<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(err) if err.kind() == io::ErrorKind::BrokenPipe => Ok(bytes.len()),
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.flush() {
            Err(err) if err.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            flushed => flushed,
        }
    }
}

fn execute(desk: &mut Desk<'_>, command: Command) -> Result<Outcome, CliError> {
    match command {
        Command::Import(args) => import::run(desk, &args),
        Command::Lookup(args) => lookup::run(desk, &args),
        Command::Duplicates => duplicates::run(desk),
        Command::Scan(args) => scan::run(desk, &args),
        Command::Eligibility(args) => eligibility::run(desk, &args),
        Command::Verify => verify::run(desk),
        Command::Backup(args) => copies::backup(desk, &args),
        Command::Restore(args) => copies::restore(desk, &args),
        Command::Export(args) => export::run(desk, &args),
        Command::Report(args) => report::run(desk, &args),
    }
}

/// The file that is used when none is named: in the platform's folder for a program's data.
pub fn default_file() -> PathBuf {
    let folder = directories::ProjectDirs::from("", "", "Swapdesk");
    let folder = folder.as_ref().map_or(Path::new("."), directories::ProjectDirs::data_dir);
    folder.join("desk.swapdesk")
}

/// A cell of tab-separated output: what would break the row is a blank.
fn cell(text: &str) -> String {
    text.replace(char::is_control, " ")
}
