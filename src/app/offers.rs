//! What is new in the watched folder, and which of it is meant by the next scan.
//!
//! A folder that a collector wrote is one export, and so are loose files of a few minutes. The scan
//! before a removal is the oldest of them since the case was opened, the one after it the newest:
//! both may lie on the stick by the time somebody takes the first, and those of the customer before.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Loose files that came within this time of each other are one export.
const TOGETHER: Duration = Duration::from_mins(5);
/// What is older than the newest by this much is from another day.
const OF_TODAY: Duration = Duration::from_hours(24);

/// A file, or a folder of files, as it lies in the watched folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Export {
    /// When the newest of its files was written.
    changed: SystemTime,
    path: PathBuf,
    shape: Shape,
}

/// What an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Loose,
    Folder,
}

/// Which of several exports is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one that came first since then; the first of all where none came since.
    OldestSince(SystemTime),
    /// The one that came last.
    Newest,
}

/// What was not taken yet, the oldest first.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    new: Vec<Export>,
}

impl Offers {
    /// Adds what appeared.
    pub fn add(&mut self, exports: Vec<Export>) {
        for export in exports {
            self.new.retain(|known| known.path != export.path);
            self.new.push(export);
        }
        self.new.sort();
    }

    /// What is offered, as paths of files and folders; empty for nothing.
    pub fn offer(&self, which: Which) -> Vec<PathBuf> {
        let mut groups = self.of_today().chunk_by(is_together);
        let group = match which {
            Which::OldestSince(opened) => {
                let is_since =
                    |group: &&[Export]| group.last().is_some_and(|newest| newest.changed >= opened);
                groups.clone().find(is_since).or_else(|| groups.next())
            }
            Which::Newest => groups.next_back(),
        };
        group.unwrap_or_default().iter().map(|export| export.path.clone()).collect()
    }

    /// These are taken: they are not offered again unless they change.
    pub fn took(&mut self, paths: &[PathBuf]) {
        self.new.retain(|export| !paths.contains(&export.path));
    }

    fn of_today(&self) -> &[Export] {
        let Some(newest) = self.new.last().map(|export| export.changed) else { return &[] };
        let is_old = |export: &&Export| {
            newest.duration_since(export.changed).is_ok_and(|age| age > OF_TODAY)
        };
        let n_old = self.new.iter().take_while(is_old).count();
        self.new.get(n_old..).unwrap_or_default()
    }
}

/// A folder stands for itself; loose files that came together are one export.
fn is_together(before: &Export, after: &Export) -> bool {
    before.shape == Shape::Loose
        && after.shape == Shape::Loose
        && after.changed.duration_since(before.changed).is_ok_and(|gap| gap <= TOGETHER)
}

/// The exports that these files of `folder` belong to. Asks the disk: not on the window's thread.
pub fn exports(folder: &Path, files: &[PathBuf]) -> Vec<Export> {
    let mut exports: Vec<Export> = Vec::new();
    for file in files {
        let Ok(changed) = file.metadata().and_then(|facts| facts.modified()) else { continue };
        // What lies elsewhere is of a folder that was watched before.
        let Ok(inside) = file.strip_prefix(folder) else { continue };
        let mut parts = inside.components();
        let export = match (parts.next(), parts.next()) {
            (Some(first), Some(_)) => {
                Export { changed, path: folder.join(first), shape: Shape::Folder }
            }
            _ => Export { changed, path: file.clone(), shape: Shape::Loose },
        };
        match exports.iter_mut().find(|known| known.path == export.path) {
            Some(known) => known.changed = known.changed.max(export.changed),
            None => exports.push(export),
        }
    }
    exports
}

/// What the paths are called: `evidence-20171005110412`, `FRST.txt and 2 more`.
pub fn names(paths: &[PathBuf]) -> String {
    let name = |path: &PathBuf| {
        path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    };
    match paths {
        [] => String::new(),
        [one] => name(one),
        [first, others @ ..] => format!("{} and {} more", name(first), others.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_507_219_200 + minutes * 60)
    }

    /// Before every export.
    const EARLY: Which = Which::OldestSince(SystemTime::UNIX_EPOCH);

    /// Files of the stick with the minute in which they were written.
    fn offers(files: &[(&str, u64)]) -> Offers {
        let stick = tempfile::tempdir().expect("a folder");
        let mut paths = Vec::new();
        for (name, minutes) in files {
            let path = stick.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(&path, name).expect("written");
            let file = std::fs::File::options().write(true).open(&path).expect("opened");
            file.set_modified(at(*minutes)).expect("a time");
            paths.push(path);
        }
        let mut offers = Offers::default();
        offers.add(exports(stick.path(), &paths));
        offers
    }

    #[test]
    fn the_oldest_is_before_and_the_newest_after() {
        // What lies there, and what is taken for the two sides.
        type Files = &'static [(&'static str, u64)];
        let table: [(Files, &str, &str); 6] = [
            (&[], "", ""),
            (&[("one/a.txt", 5), ("one/b.txt", 6)], "one", "one"),
            (&[("b/a.txt", 5), ("a/a.txt", 30)], "b", "a"),
            (&[("b/a.txt", 5), ("c.txt", 6), ("d.txt", 7)], "b", "c.txt and 1 more"),
            (
                &[("FRST.txt", 1), ("Addition.txt", 2), ("x.log", 40)],
                "FRST.txt and 1 more",
                "x.log",
            ),
            (&[("monday/a.txt", 0), ("t1/a.txt", 2_000), ("t2/a.txt", 2_030)], "t1", "t2"),
        ];
        for (files, oldest, newest) in table {
            let offers = offers(files);
            assert_eq!(names(&offers.offer(EARLY)), oldest, "{files:?}");
            assert_eq!(names(&offers.offer(Which::Newest)), newest, "{files:?}");
        }
    }

    #[test]
    fn the_customer_before_is_not_taken_for_this_one() {
        let offers = offers(&[("tom-1/a.txt", 5), ("tom-2/a.txt", 30), ("amara-1/a.txt", 50)]);
        let table = [(0, "tom-1"), (5, "tom-1"), (31, "amara-1"), (50, "amara-1"), (51, "tom-1")];
        for (opened, name) in table {
            assert_eq!(names(&offers.offer(Which::OldestSince(at(opened)))), name, "{opened}");
        }
    }

    #[test]
    fn what_lies_outside_the_watched_folder_is_not_offered() {
        let [old, new] = [0, 1].map(|_| tempfile::tempdir().expect("a folder"));
        let file = old.path().join("a.txt");
        std::fs::write(&file, "x").expect("written");
        assert_eq!(exports(new.path(), std::slice::from_ref(&file)), []);
        assert_eq!(exports(old.path(), &[file]).len(), 1);
    }

    #[test]
    fn what_was_taken_is_not_offered_again() {
        let mut offers = offers(&[("b/a.txt", 5), ("a/a.txt", 30)]);
        offers.took(&offers.offer(EARLY));
        assert_eq!(names(&offers.offer(EARLY)), "a");
        offers.took(&offers.offer(Which::Newest));
        assert!(offers.offer(Which::Newest).is_empty());
    }
}
