//! What a reader tells of a line or record, before anyone has judged it.

use crate::domain::evidence::trace::State;

/// A line of an export.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// From 1.
    pub no: u64,
    /// Without its end.
    pub text: &'a str,
    /// Whether a signature could be in it. Lines without need no close look.
    pub is_hit: bool,
}

/// Something that an export lists: a program, a service, a file … Empty where it doesn't say.
#[derive(Debug, Clone, Copy, Default, Hash)]
pub(super) struct Fact<'a> {
    /// Its name as the export spells it.
    pub name: &'a str,
    /// File, folder or key.
    pub path: &'a str,
    /// Publisher, company, signer, or a description that names one.
    pub owner: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Instance or product GUID, with braces.
    pub guid: &'a str,
    /// Its condition.
    pub state: State,
    /// Whether definitions are current, for Security Center.
    pub current: Option<bool>,
    /// What Security Center lists it as.
    pub role: Role,
}

/// What Security Center lists a product as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) enum Role {
    #[default]
    Antivirus,
    Antispyware,
    Firewall,
}
