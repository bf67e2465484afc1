//! Something read from the file on a thread of its own.

use crate::store::error::StoreError;
use crate::store::reader::Reader;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

/// Reading under way, or done. Dropping it cancels it and waits until its thread has closed the
/// file.
#[derive(Debug)]
pub(super) struct Errand {
    /// Its other end is dropped when the file is closed.
    closed: Receiver<()>,
    is_canceled: Arc<AtomicBool>,
}

impl Errand {
    /// Opens the file at `path` on a thread called `name`, where `read` reads from it until that is
    /// done or canceled, and `then` gets what came of it when the file is closed again.
    pub(super) fn begin<T>(
        (name, path): (&str, &Path),
        read: impl FnOnce(&Reader, &AtomicBool) -> Result<T, StoreError> + Send + 'static,
        then: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) -> io::Result<Self> {
        let (closed_in, closed) = sync_channel::<()>(0);
        let is_canceled = Arc::new(AtomicBool::new(false));
        let (path, canceled) = (path.to_owned(), Arc::clone(&is_canceled));
        std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            let came = Reader::open(&path).and_then(|reader| {
                reader.keep_few_pages()?;
                read(&reader, &canceled)
            });
            drop(closed_in);
            then(came);
        })?;
        Ok(Self { closed, is_canceled })
    }
}

impl Drop for Errand {
    fn drop(&mut self) {
        self.is_canceled.store(true, Ordering::Relaxed);
        // An error is what is waited for.
        let _ = self.closed.recv();
    }
}
