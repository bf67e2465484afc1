//! A file that is dropped onto a window that is never shown.

use std::path::{Path, PathBuf};

/// Name and content; nothing is read from a disk.
#[derive(Debug)]
pub(super) struct Dropped {
    pub(super) path: PathBuf,
    pub(super) content: Vec<u8>,
}

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.path
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Ok(self.content.clone())
    }
}
