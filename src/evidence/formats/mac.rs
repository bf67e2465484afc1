//! macOS `system_profiler SPApplicationsDataType` and `SPExtensionsDataType`: names and their fields, told
//! by how far they are indented.

use super::Ending;
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Line};
use crate::evidence::words;

/// Bytes of an application's name: macOS allows 255.
const NAME_BYTES_MAX: usize = 300;
/// Bytes of a line or a value that are kept: paths are rarely longer.
const TEXT_BYTES_MAX: usize = 400;

/// Reads one report.
#[derive(Default)]
pub(super) struct Profiler {
    name: String,
    no: u64,
    text: String,
    version: String,
    path: String,
    /// The identifier of a kernel extension.
    bundle: String,
    is_hit: bool,
    n_apps: usize,
}

impl Profiler {
    /// Whether a line opens an application: four blanks, a name, a colon and nothing else.
    pub(super) fn is_head(text: &str) -> bool {
        text.strip_prefix("    ").is_some_and(|rest| !rest.starts_with(' '))
            && text.trim_end().ends_with(':')
    }

    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        let text = line.text.trim_end();
        if Self::is_head(text) {
            self.flush(out);
            self.no = line.no;
            self.is_hit = line.is_hit;
            let name = text.trim().trim_end_matches(':');
            self.name.push_str(words::cut_words(name, NAME_BYTES_MAX));
            self.text.push_str(words::cut_words(text, TEXT_BYTES_MAX));
            return;
        }
        self.is_hit |= line.is_hit;
        let Some((_, value)) = text.split_once(": ") else { return };
        let value = words::cut_words(value.trim(), TEXT_BYTES_MAX);
        // Labels are in the user's language; a path and a version look the same in all.
        if value.starts_with('/') && self.path.is_empty() {
            self.path.push_str(value);
        } else if self.version.is_empty()
            && value.starts_with(|char: char| char.is_ascii_digit())
            && value.contains('.')
            && !value.contains(':')
        {
            self.version.push_str(value);
        } else if self.bundle.is_empty() && value.matches('.').count() > 1 && !value.contains(' ') {
            self.bundle.push_str(value);
        }
    }

    fn flush(&mut self, out: &mut Collector<'_>) {
        let is_kext = words::ends(&self.path, ".kext");
        self.n_apps += usize::from(!is_kext && !self.name.is_empty());
        if self.is_hit && !self.name.is_empty() {
            let line = Line { no: self.no, text: &self.text, is_hit: true };
            let name = if is_kext && !self.bundle.is_empty() { &self.bundle } else { &self.name };
            let fact = Fact {
                name,
                path: &self.path,
                version: &self.version,
                state: State::Present,
                ..Fact::default()
            };
            out.tell(if is_kext { Area::MacKexts } else { Area::MacApps }, line, &fact);
        }
        let fields = [&mut self.name, &mut self.text, &mut self.version];
        fields.into_iter().chain([&mut self.path, &mut self.bundle]).for_each(String::clear);
        self.is_hit = false;
    }

    pub(super) fn end(&mut self, ending: Ending, out: &mut Collector<'_>) {
        // The place of an application comes last, and a blank line behind it.
        let is_cut = self.path.is_empty() || ending != Ending::Blank;
        self.flush(out);
        out.format("system_profiler");
        if is_cut {
            out.is_cut_short();
            return;
        }
        // A list of extensions has no end that tells a whole one from one that was cut.
        if self.n_apps > 0 {
            out.lists(Area::MacApps);
        }
    }
}
