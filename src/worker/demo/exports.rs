//! Made-up exports of a device, before and after a removal, as the collector writes them.

use crate::domain::evidence::kept::{KeptScan, Lines, Side};
use crate::domain::evidence::trace::Scan;
use crate::domain::file_mark::FileMark;
use crate::domain::id::{CaseId, DeviceId, ScanId};
use crate::domain::time::Moment;
use crate::evidence::Scanner;
use crate::evidence::signatures::Signatures;
use std::io;
use std::path::{Path, PathBuf};

macro_rules! exports {
    ($folder:literal) => {
        [
            ("drivers.csv", include_str!(concat!($folder, "/drivers.csv"))),
            ("network-bindings.txt", include_str!(concat!($folder, "/network-bindings.txt"))),
            ("processes.csv", include_str!(concat!($folder, "/processes.csv"))),
            ("programs-32.reg", include_str!(concat!($folder, "/programs-32.reg"))),
            ("programs.reg", include_str!(concat!($folder, "/programs.reg"))),
            ("security-center.txt", include_str!(concat!($folder, "/security-center.txt"))),
            ("services.txt", include_str!(concat!($folder, "/services.txt"))),
            ("system.txt", include_str!(concat!($folder, "/system.txt"))),
        ]
    };
}

/// Files of one export: names and content.
type Export = [(&'static str, &'static str); 8];

const BEFORE: Export = exports!("../../../assets/demo/before");
const AFTER: Export = exports!("../../../assets/demo/after");

/// Writes both exports into `folder`, each in a folder of its own, as they would lie on a stick:
/// the one before, the one after.
pub fn write(folder: &Path) -> io::Result<[PathBuf; 2]> {
    let put = |name: &str, export: &Export| {
        let path = folder.join(name);
        std::fs::create_dir_all(&path)?;
        for (file, text) in export {
            std::fs::write(path.join(file), text)?;
        }
        Ok::<PathBuf, io::Error>(path)
    };
    Ok([put("evidence-20171005110402", &BEFORE)?, put("evidence-20171005111502", &AFTER)?])
}

/// What one of them says, as it is kept with a case.
pub(super) fn kept(
    case: CaseId,
    device: DeviceId,
    (side, at): (Side, Moment),
) -> io::Result<KeptScan> {
    let export = match side {
        Side::Before => &BEFORE,
        Side::After => &AFTER,
    };
    let mut scanner = Scanner::new(Signatures::builtin()).salted(&case.to_string());
    for (_, text) in export {
        scanner.add(text.as_bytes())?;
    }
    let scan: Scan = scanner.finish();
    let marks = export.iter().zip(&scan.digests);
    let files = marks
        .map(|((name, _), sha256)| FileMark { name: (*name).to_owned(), sha256: sha256.clone() })
        .collect();
    Ok(KeptScan::new((ScanId::mint(at), at), (device, side), files, scan, Lines::Dropped))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::compare::{Restart, compare_kept};
    use uuid::Uuid;

    #[test]
    fn seven_traces_are_found_and_gone_and_the_device_was_restarted() {
        let (case, device) = (CaseId(Uuid::nil()), DeviceId(Uuid::nil()));
        let kept = |side| kept(case, device, (side, Moment(1))).expect("from memory");
        let comparison = compare_kept(&kept(Side::Before), &kept(Side::After));
        assert_eq!(comparison.summary(), "7 found, 7 gone");
        assert!(comparison.is_proof());
        assert_eq!(comparison.restart, Restart::Done);
    }
}
