//! What can be typed after `swapdesk`, and what it means.

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Exchange desk: find the customer, prove that Kaspersky is gone, hand over the right key
#[derive(Debug, Parser)]
#[command(
    name = "swapdesk",
    version,
    after_help = "Without a command the window opens.\n\n\
        Examples:\n  \
        swapdesk demo                              try the window on made-up people\n  \
        swapdesk import customers customers.csv    read the store's customers\n  \
        swapdesk lookup 'okafor 0142'              find a customer by name and phone\n  \
        swapdesk export cases --from 2017-10-01    cases since then, for a spreadsheet\n\n\
        Exit codes: 0 done, 1 refused or something wrong was found, 2 wrong usage."
)]
struct Cli {
    /// The desk's file [default: in the platform's data folder]
    #[arg(long, value_name = "PATH", global = true)]
    file: Option<PathBuf>,
    /// Draw with this and nothing else
    #[arg(long, value_name = "NAME")]
    renderer: Option<Renderer>,
    #[command(subcommand)]
    command: Option<Typed>,
}

/// What was asked for.
#[derive(Debug)]
pub enum Invocation {
    /// The window on a file.
    Window {
        /// Which.
        file: PathBuf,
        /// Draw with this alone; `None`: try what there is.
        renderer: Option<Renderer>,
    },
    /// The window on a throw-away file, or its pictures.
    Demo {
        /// How.
        demo: Demo,
        /// As in [`Self::Window`].
        renderer: Option<Renderer>,
    },
    /// A command without a window.
    Command {
        /// On which file.
        file: PathBuf,
        /// Which.
        command: Command,
    },
}

impl Invocation {
    /// Reads the arguments of this process. Wrong ones end it here with exit code 2, and `--help`
    /// with 0.
    pub fn from_args() -> Self {
        let cli = Cli::parse();
        let file = cli.file.unwrap_or_else(super::default_file);
        match cli.command {
            None => Self::Window { file, renderer: cli.renderer },
            Some(Typed::Demo(demo)) => Self::Demo { demo, renderer: cli.renderer },
            Some(Typed::Command(command)) => Self::Command { file, command },
        }
    }
}

/// What draws the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Renderer {
    /// OpenGL.
    Glow,
    /// Vulkan, Direct3D or Metal.
    Wgpu,
}

#[derive(Debug, Subcommand)]
enum Typed {
    /// Open the window on a throw-away file with made-up people and keys
    #[command(after_help = "Without a display, --pictures serves one customer through the same \
        window and writes a PNG for each step and the PDF.\n\n\
        Example:\n  swapdesk demo --pictures out --size 1366x768 --theme dark")]
    Demo(Demo),
    #[command(flatten)]
    Command(Command),
}

/// `swapdesk demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Write pictures into this folder instead of opening a window
    #[arg(long, value_name = "DIR")]
    pub pictures: Option<PathBuf>,
    /// Size of the pictures, in points
    #[arg(long, value_name = "WxH", value_parser = read_size, requires = "pictures")]
    pub size: Option<(u32, u32)>,
    /// Pixels for each point, 0.5 to 4
    #[arg(long, value_name = "S", value_parser = read_scale, requires = "pictures")]
    pub scale: Option<f32>,
    /// Colors of the pictures
    #[arg(long, value_name = "NAME", requires = "pictures")]
    pub theme: Option<Theme>,
}

/// Colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A command without a window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the store's customers, subscriptions, keys or catalog from a file
    #[command(after_help = IMPORT_HELP)]
    Import(Import),
    /// Find customers by name, phone, e-mail, receipt, code, serial, case number or member id
    #[command(after_help = "Prints external_id, score, reason and name, parted by tabs.\n\n\
        Examples:\n  swapdesk lookup 'amara okafor'\n  swapdesk lookup 0142 --json\n  \
        swapdesk lookup --batch queries.txt --time")]
    Lookup(Lookup),
    /// List customers who are probably the same person
    #[command(after_help = "Prints two external_ids, score and reason, parted by tabs.")]
    Duplicates,
    /// Read evidence from a customer's device and say what of Kaspersky is in it
    #[command(after_help = "Examples:\n  swapdesk scan uninstall.reg services.txt\n  \
        swapdesk scan --compare before.reg -- after.reg")]
    Scan(Scan),
    /// Say what a customer may have for free, rule by rule
    #[command(after_help = "Example:\n  \
        swapdesk eligibility --external-id M123456789 --on 2017-10-05")]
    Eligibility(Eligibility),
    /// Check the file, the journal's chain, and that the journal gives the same tables
    Verify,
    /// Copy the file, also while a window has it open, and read the copy back
    #[command(after_help = "Example:\n  swapdesk backup /media/stick/desk-2017-10-05.swapdesk")]
    Backup(Backup),
    /// Put a copy in the place of the file; free keys are frozen until a lead decides
    #[command(after_help = "The file that was there is set aside, never deleted.")]
    Restore(Restore),
    /// Write cases, removals, replacements, stock or the journal as CSV
    #[command(after_help = "Keys and codes are masked, and no cell is run by a spreadsheet.\n\n\
        Example:\n  swapdesk export replacements --from 2017-10-01 --to 2017-10-31 > october.csv")]
    Export(Export),
    /// Print the day's figures
    Report(Report),
}

const IMPORT_HELP: &str = "\
Columns are found by name, in any order:
  customers      external_id,given_name,surname,phone,email,street,city,state,postcode
                 (may have member_id, phone2)
  subscriptions  external_id,product,activation_code,receipt_no,purchased_on,expires_on,channel
                 (may have seats, term_months)
  keys           product,key,lot  (may have expires_on)
  catalog        JSON: a list of products with vendor, name, seats, term_months and more

UTF-8 and Windows-1252 are read; dates are YYYY-MM-DD or MM/DD/YYYY. A line that can't be taken is
printed with its number and reason, and stops no other line. Importing a file again changes nothing.

Examples:
  swapdesk import customers customers.csv --dry-run
  swapdesk import keys delivery-0907.csv";

/// `swapdesk import`.
#[derive(Debug, Args)]
pub struct Import {
    /// What the file is about
    pub what: ImportWhat,
    /// The file
    #[arg(value_name = "FILE")]
    pub source: PathBuf,
    /// Check and count, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportWhat {
    /// The store's customers.
    Customers,
    /// Their Kaspersky subscriptions.
    Subscriptions,
    /// A delivery of license keys.
    Keys,
    /// Replacement products.
    Catalog,
}

/// `swapdesk lookup`.
#[derive(Debug, Args)]
pub struct Lookup {
    /// What is known of the customer
    #[arg(required_unless_present = "batch", conflicts_with_all = ["batch", "time"])]
    pub query: Option<String>,
    /// Hits at most
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub limit: u16,
    /// Print JSON
    #[arg(long, conflicts_with = "batch")]
    pub json: bool,
    /// One query a line; prints line, rank and external_id
    #[arg(long, value_name = "FILE")]
    pub batch: Option<PathBuf>,
    /// Also tell the CPU time of a query: p50, p99 and max
    #[arg(long, requires = "batch")]
    pub time: bool,
}

/// `swapdesk scan`.
#[derive(Debug, Args)]
pub struct Scan {
    /// Files or folders exported from the device, together one picture of it; - is standard input
    #[arg(required_unless_present = "compare", conflicts_with_all = ["compare", "after"])]
    pub files: Vec<PathBuf>,
    /// A verdict for each file
    #[arg(long, conflicts_with = "compare")]
    pub each: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Use this signature file instead of the one in the program
    #[arg(long, value_name = "FILE")]
    pub signatures: Option<PathBuf>,
    /// Files from before the removal; those from after it follow `--`
    #[arg(long, value_name = "BEFORE", num_args = 1.., requires = "after")]
    pub compare: Vec<PathBuf>,
    /// Files from after the removal
    #[arg(last = true, value_name = "AFTER", requires = "compare")]
    pub after: Vec<PathBuf>,
}

/// `swapdesk eligibility`.
#[derive(Debug, Args)]
pub struct Eligibility {
    /// The customer's id in the store's directory
    #[arg(long, value_name = "ID")]
    pub external_id: String,
    /// Decide for a case opened on this day [default: today]
    #[arg(long, value_name = "DATE", value_parser = read_day)]
    pub on: Option<NaiveDate>,
}

/// `swapdesk backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The copy; nothing is overwritten
    #[arg(value_name = "DEST")]
    pub dest: PathBuf,
}

/// `swapdesk restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The copy
    #[arg(value_name = "SRC")]
    pub src: PathBuf,
}

/// `swapdesk export`.
#[derive(Debug, Args)]
pub struct Export {
    /// What to write
    pub what: ExportWhat,
    /// The first day [default: all]
    #[arg(long, value_name = "DATE", value_parser = read_day)]
    pub from: Option<NaiveDate>,
    /// The last day [default: all]
    #[arg(long, value_name = "DATE", value_parser = read_day)]
    pub to: Option<NaiveDate>,
}

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportWhat {
    /// Visits, by the day they were opened.
    Cases,
    /// Removals, by the day they were started.
    Removals,
    /// Keys that were handed out, by that day.
    Replacements,
    /// Every key and its state now.
    Stock,
    /// Every entry, by its day.
    Journal,
}

/// `swapdesk report`.
#[derive(Debug, Args)]
pub struct Report {
    /// The day [default: today]
    #[arg(long, value_name = "DATE", value_parser = read_day)]
    pub on: Option<NaiveDate>,
}

fn read_day(text: &str) -> Result<NaiveDate, String> {
    crate::domain::time::parse_day(text)
        .ok_or_else(|| "not a day that exists, as YYYY-MM-DD or MM/DD/YYYY".to_owned())
}

fn read_size(text: &str) -> Result<(u32, u32), String> {
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or("write it as 1366x768")?;
    match (width.parse(), height.parse()) {
        (Ok(width), Ok(height))
            if (320..=8_000).contains(&width) && (240..=8_000).contains(&height) =>
        {
            Ok((width, height))
        }
        _ => Err("320x240 to 8000x8000".to_owned()),
    }
}

fn read_scale(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(scale) if (0.5..=4.0).contains(&scale) => Ok(scale),
        Ok(_) | Err(_) => Err("0.5 to 4".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn read(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(line.split(' '))
    }

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_scripts_depend_on_is_understood() {
        for line in [
            "swapdesk",
            "swapdesk --file x --renderer glow",
            "swapdesk demo",
            "swapdesk demo --pictures out --size 1366x768 --scale 1.5 --theme light",
            "swapdesk import customers c.csv --dry-run --file x",
            "swapdesk import subscriptions c.csv",
            "swapdesk import keys c.csv",
            "swapdesk import catalog c.json",
            "swapdesk lookup okafor --limit 3 --json",
            "swapdesk lookup --batch q.txt --limit 10 --time",
            "swapdesk duplicates",
            "swapdesk scan a.reg b.txt --each --json",
            "swapdesk scan --compare a b -- c d",
            "swapdesk eligibility --external-id M1 --on 10/05/2017",
            "swapdesk verify --file x",
            "swapdesk backup x",
            "swapdesk restore x",
            "swapdesk export cases --from 2017-10-01 --to 2017-10-31",
            "swapdesk export removals",
            "swapdesk export replacements",
            "swapdesk export stock",
            "swapdesk export journal",
            "swapdesk report --on 2017-10-05",
        ] {
            assert!(read(line).is_ok(), "{line}: {:?}", read(line).err());
        }
    }

    #[test]
    fn what_makes_no_sense_is_wrong_usage() {
        for line in [
            "swapdesk frobnicate",
            "swapdesk lookup",
            "swapdesk lookup a --batch b",
            "swapdesk lookup a --limit 0",
            "swapdesk lookup a --time",
            "swapdesk scan",
            "swapdesk scan a -- b",
            "swapdesk scan --compare a",
            "swapdesk export everything",
            "swapdesk eligibility --external-id M1 --on 2017-02-30",
            "swapdesk demo --pictures out --size big",
            "swapdesk demo --scale 2",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
