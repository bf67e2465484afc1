//! What limits a scan, said of the file that it is about: of several it must be clear which one.

use super::words;

/// What is said of an output that ends too early.
pub(super) const CUT_SHORT: &str = "cut short, as far as can be seen, and so not all: write it into a file once more \
                         (command > file.txt), or copy on to the prompt that follows";
/// What is said of a console whose first lines have gone by.
pub(super) const NO_HEAD: &str =
    "begins in the midst of an output: copy from the command on, or write it into a file";
/// Notes of one scan: there are under ten different ones.
const NOTES_MAX: usize = 32;
/// Bytes of a file's name in a note.
const FILE_BYTES_MAX: usize = 120;

/// The notes of one scan.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub list: Vec<String>,
    /// The name of the current file; empty where it has none.
    file: String,
}

impl Notes {
    /// Notes from here on are about this file.
    pub(super) fn file(&mut self, name: &str) {
        words::cut(name, FILE_BYTES_MAX).clone_into(&mut self.file);
    }

    /// Notes what limits the current file.
    pub(super) fn of_file(&mut self, text: &str) {
        if self.file.is_empty() {
            self.of_all(text);
        } else {
            self.of_all(&format!("{}: {text}", self.file));
        }
    }

    /// Notes what limits the whole scan, once.
    pub(super) fn of_all(&mut self, text: &str) {
        if self.list.len() < NOTES_MAX && !self.list.iter().any(|known| known == text) {
            self.list.push(text.to_owned());
        }
    }
}
