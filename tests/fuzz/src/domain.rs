//! The part of the domain that evidence speaks of.

#[path = "../../../src/domain/evidence/mod.rs"]
pub mod evidence;
