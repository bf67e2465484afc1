//! What the exports of one scan say of the device itself: its clock, its last start, its names.

use std::collections::BTreeSet;

use super::hosts::host_mark;
use super::words;

/// Bytes of a date and time, however a log spells it.
const TIME_BYTES_MAX: usize = 64;
/// Names of computers that are marked. An export of one device has one or two.
const HOSTS_MAX: usize = 4;

/// What was said so far.
#[derive(Debug, Default)]
pub(super) struct Device {
    pub taken: Option<String>,
    pub booted: Option<String>,
    pub clock: Option<String>,
    pub hosts: BTreeSet<String>,
    /// What the marks of names are salted with.
    pub salt: String,
}

impl Device {
    /// A mark of the computer's name tells it from another.
    pub(super) fn host(&mut self, name: &str) {
        if self.hosts.len() < HOSTS_MAX {
            self.hosts.extend(host_mark(&self.salt, name));
        }
    }

    /// When the export was taken, as it says itself. The first word counts.
    pub(super) fn taken(&mut self, text: &str) {
        let text = words::cut(text.trim(), TIME_BYTES_MAX);
        if !text.is_empty() {
            self.taken.get_or_insert_with(|| text.to_owned());
        }
    }

    /// When the device was last started, in WMI's form.
    pub(super) fn booted(&mut self, text: &str) {
        if let Some(time) = words::wmi_time(text) {
            self.booted = Some(time.to_owned());
        }
    }

    /// The device's own time, in WMI's form.
    pub(super) fn clock(&mut self, text: &str) {
        if let Some(time) = words::wmi_time(text) {
            self.clock = Some(time.to_owned());
            self.taken.get_or_insert_with(|| time.to_owned());
        }
    }
}
