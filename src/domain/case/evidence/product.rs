//! Which product a scan names, so that nobody types what the device says.

use crate::domain::evidence::kept::KeptScan;
use crate::domain::evidence::trace::{Kind, Trace};

/// A product as a scan names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductSeen {
    /// `Kaspersky Internet Security`.
    pub name: String,
    /// `17.0.0`; empty where the scan does not tell.
    pub version: String,
}

impl KeptScan {
    /// The product among the programs that were found; `None` where there is none, or two.
    pub fn product_seen(&self) -> Option<ProductSeen> {
        let programs = || self.scan.found().filter(|trace| trace.kind == Kind::Program);
        let mut names = programs().filter_map(|trace| trace.product.as_ref());
        let name = names.next()?.clone();
        if names.any(|other| *other != name) {
            return None;
        }
        let version = programs().find_map(version).unwrap_or_default().to_owned();
        Some(ProductSeen { name, version })
    }
}

/// `17.0.0` of `2017 (17.0.0)`.
fn version(trace: &Trace) -> Option<&str> {
    let (_, version) = trace.generation.as_deref()?.split_once('(')?;
    Some(version.trim_end_matches(')'))
}

#[cfg(test)]
mod tests {
    use crate::domain::evidence::kept::Side;
    use crate::domain::evidence::samples::{kept, scan, trace};
    use crate::domain::evidence::trace::Kind;
    use crate::domain::id::DeviceId;
    use uuid::Uuid;

    #[test]
    fn one_program_names_product_and_version_and_two_name_none() {
        // Products and generations of the programs, and what they name.
        type Programs = &'static [(&'static str, Option<&'static str>)];
        let table: [(Programs, Option<(&str, &str)>); 5] = [
            (&[], None),
            (&[("KIS", Some("2017 (17.0.0)"))], Some(("KIS", "17.0.0"))),
            (&[("KIS", Some("2017"))], Some(("KIS", ""))),
            (&[("KIS", None), ("KIS", Some("2017 (17.0.0)"))], Some(("KIS", "17.0.0"))),
            (&[("KIS", None), ("KAV", Some("2017 (17.0.0)"))], None),
        ];
        for (programs, expected) in table {
            let mut found = scan(&[(Kind::Service, "AVP17.0.0")], &[]);
            found.traces.extend(programs.iter().map(|(product, generation)| {
                let mut program = trace(Kind::Program, product);
                program.product = Some((*product).to_owned());
                program.generation = generation.map(str::to_owned);
                program
            }));
            let kept = kept(DeviceId(Uuid::nil()), Side::Before, 1, found);
            let seen = kept.product_seen();
            let seen = seen.as_ref().map(|seen| (seen.name.as_str(), seen.version.as_str()));
            assert_eq!(seen, expected, "{programs:?}");
        }
    }
}
