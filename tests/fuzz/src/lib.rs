//! The readers of evidence, compiled on their own, for the fuzz targets in `bin/`.
//!
//! Runs on the stable toolchain, from this folder, for example ten minutes of one reader:
//!
//! ```text
//! cargo run --release --bin frst -- corpus/frst -max_total_time=600 -max_len=16384 -timeout=10
//! ```
//!
//! What a target claims of every input stands in `claims.rs`. `cargo test` at the root claims the
//! same of the files in `corpus/`; after a run, `-merge=1` keeps only the inputs that add something.

pub mod claims;
#[path = "../../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../../src/evidence/mod.rs"]
pub mod evidence;
