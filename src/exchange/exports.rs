//! The files of a device's exports: those of a folder, small in number and not hidden; text; and
//! none that would never end. The window and the command line read the same ones.

use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Levels of folders that are read: the one that is named, and those that collectors make in it.
const DEPTH_MAX: usize = 2;
/// Entries of a folder that are looked at, hidden ones and all.
pub const ENTRIES_MAX: usize = 5_000;
/// Bytes that tell text from everything else.
const SNIFF_BYTES: u64 = 4_096;

/// What files that are not text begin with.
const NOT_TEXT: [&[u8]; 10] = [
    b"MZ",
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"\x7fELF",
    b"\x1f\x8b",
];

/// Every regular file in `folder` and in the folders in it, by name; no hidden ones, no links.
/// Subfolders that can't be read are left out and told.
///
/// # Errors
/// The folder itself can't be read.
pub fn files_in(folder: &Path) -> io::Result<Found> {
    let mut found = Found::default();
    let entries = fs::read_dir(folder)?;
    found.walk(entries, DEPTH_MAX);
    found.files.sort();
    Ok(found)
}

/// The files of a folder.
#[derive(Debug, Default)]
pub struct Found {
    /// By name.
    pub files: Vec<PathBuf>,
    /// Folders in it that can't be read, and why.
    pub unread: Vec<(PathBuf, io::Error)>,
    n_entries: usize,
}

impl Found {
    /// Whether there was more than is looked at: which files are missing follows from no order.
    pub fn is_cut(&self) -> bool {
        self.n_entries > ENTRIES_MAX
    }

    fn walk(&mut self, entries: fs::ReadDir, n_levels: usize) {
        for entry in entries.flatten() {
            self.n_entries += 1;
            if self.n_entries > ENTRIES_MAX {
                return;
            }
            // Of the entry itself: a link is neither a file nor a folder.
            let Ok(kind) = entry.file_type() else { continue };
            if is_hidden(&entry) {
                continue;
            }
            if kind.is_file() {
                self.files.push(entry.path());
            } else if kind.is_dir() && n_levels > 1 {
                match fs::read_dir(entry.path()) {
                    Ok(inner) => self.walk(inner, n_levels - 1),
                    Err(why) => self.unread.push((entry.path(), why)),
                }
            }
        }
    }
}

/// By its name, as sticks have them: `.Trashes`, `$RECYCLE.BIN`, `~$report.docx`.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    let name = name.to_string_lossy();
    name.starts_with(['.', '$', '~'])
        || name == "System Volume Information"
        || has_hidden_mark(entry)
}

#[cfg(windows)]
fn has_hidden_mark(entry: &DirEntry) -> bool {
    use std::os::windows::fs::MetadataExt as _;
    const HIDDEN: u32 = 0x2;
    entry.metadata().is_ok_and(|about| about.file_attributes() & HIDDEN != 0)
}

#[cfg(not(windows))]
fn has_hidden_mark(_: &DirEntry) -> bool {
    false
}

/// Opens a file to read it.
///
/// # Errors
/// It can't be opened, or it is a device, a pipe, a folder: that would never end, or never begin.
pub fn open(path: &Path) -> io::Result<File> {
    if fs::metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(io::Error::other("not a file"))
    }
}

/// Whether the file holds text.
///
/// # Errors
/// As [`open()`], or it can't be read.
pub fn is_text(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    open(path)?.take(SNIFF_BYTES).read_to_end(&mut head)?;
    Ok(looks_like_text(&head))
}

/// A source of which no more than so many bytes are read; where there are more, reading fails, for
/// what is cut off in silence would look whole.
pub struct Bounded<R> {
    source: R,
    n_left: u64,
}

impl<R: Read> Bounded<R> {
    /// Lets `n_max` bytes through.
    pub fn new(source: R, n_max: u64) -> Self {
        Self { source, n_left: n_max }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.source.read(buffer)?;
        let n_left = self.n_left.checked_sub(u64::try_from(n_bytes).unwrap_or(u64::MAX));
        self.n_left = n_left.ok_or_else(|| io::Error::other("more than is read at once"))?;
        Ok(n_bytes)
    }
}

fn looks_like_text(head: &[u8]) -> bool {
    if NOT_TEXT.iter().any(|mark| head.starts_with(mark)) {
        return false;
    }
    let is_marked = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    let n_nul = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (n_even, n_odd) = (n_nul(0), n_nul(1));
    match (is_marked, n_even, n_odd) {
        (true, ..) => true,
        (false, 0, 0) => {
            let is_control = |byte: &&u8| **byte < 0x09 || (0x0E..0x1B).contains(*byte);
            head.iter().filter(is_control).count() * 50 <= head.len()
        }
        // Two bytes a letter: the empty halves are all on one side.
        (false, n_even, n_odd) => {
            n_even.min(n_odd) * 20 <= n_even.max(n_odd) && n_even.max(n_odd) * 4 >= head.len() / 2
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_programs_and_pictures() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let table: [(Vec<u8>, bool); 9] = [
            (b"Image Name  PID\r\navp.exe  1234\r\n".to_vec(), true),
            (Vec::new(), true),
            ("имя: Антивирус Касперского".as_bytes().to_vec(), true),
            (wide("Node,displayName\r\nPC,Kaspersky\r\n"), true),
            ([vec![0xFF, 0xFE], wide("Антивирус Касперского")].concat(), true),
            (b"MZ\x90\0\x03\0\0\0".to_vec(), false),
            (b"PK\x03\x04something".to_vec(), false),
            ((0..=255).collect(), false),
            (vec![0; 512], false),
        ];
        for (head, is_text) in table {
            assert_eq!(looks_like_text(&head), is_text, "{head:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_refused_and_not_cut() {
        for (n_max, is_whole) in [(2, false), (3, true), (4, true)] {
            let mut read = Vec::new();
            let answer = Bounded::new(&b"abc"[..], n_max).read_to_end(&mut read);
            assert_eq!(answer.is_ok(), is_whole, "{n_max}");
        }
    }

    #[test]
    fn what_is_no_file_is_not_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(open(folder.path()).is_err());
        assert!(open(&folder.path().join("gone.txt")).is_err());
        #[cfg(unix)]
        assert!(open(Path::new("/dev/zero")).is_err() && is_text(Path::new("/dev/zero")).is_err());
    }

    #[test]
    fn of_too_many_files_it_is_said_that_there_are_more() {
        let folder = tempfile::tempdir().expect("a folder");
        let add = |n_file: usize| {
            drop(File::create(folder.path().join(n_file.to_string())).expect("a file"));
        };
        (0..ENTRIES_MAX).for_each(add);
        assert!(!files_in(folder.path()).expect("read").is_cut());
        add(ENTRIES_MAX);
        assert!(files_in(folder.path()).expect("read").is_cut());
    }

    #[test]
    fn a_folder_gives_its_files_and_those_of_its_folders_but_no_hidden_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["stick/inner/deep", ".Trashes", "$RECYCLE.BIN"] {
            fs::create_dir_all(at(name)).expect("a folder");
        }
        let names = [
            "b.txt",
            "a.txt",
            ".hidden",
            "~$a.txt",
            "stick/c.txt",
            "stick/inner/d.txt",
            ".Trashes/e.txt",
            "$RECYCLE.BIN/f.txt",
        ];
        for name in names {
            fs::write(at(name), "x").expect("a file");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("a.txt"), at("link.txt")).expect("a link");
        let found = files_in(folder.path()).expect("read");
        assert_eq!(found.files, [at("a.txt"), at("b.txt"), at("stick/c.txt")]);
        assert!(found.unread.is_empty());
    }
}
