//! Gathers what the readers tell of one device into a scan: judged, without duplicates, masked, bounded.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};
use sha2::{Digest, Sha256};

use super::fact::{Fact, Line};
use super::judge::{Found, Sighting, judge};
use super::mask::Mask;
use super::merge::{TEXT_BYTES_MAX, merge, weight};
use super::signatures::Signatures;
use super::{verdict, words};
use crate::domain::evidence::trace::{Area, Confidence, Kind, OtherAntivirus, Scan, State, Trace};

/// Traces kept of one scan. A real device has under a hundred.
const TRACES_MAX: usize = 5_000;
/// Facts remembered of one scan.
const FACTS_MAX: usize = 20_000;
/// Other antivirus kept of one scan.
const ANTIVIRUS_MAX: usize = 64;
/// Characters of a computer's name in its short form.
const HOST_CHARS_MAX: usize = 15;
/// Bytes of a file's name in a note.
const FILE_BYTES_MAX: usize = 120;
/// Names of computers that are marked. An export of one device has one or two.
const HOSTS_MAX: usize = 4;

/// What has been gathered so far.
pub(super) struct Collector<'a> {
    signatures: &'a Signatures,
    traces: Vec<Trace>,
    /// Drivers whose file a list of files shows, by their keys.
    driver_files: BTreeSet<String>,
    known: HashMap<(Kind, String), usize>,
    /// Facts that were told before, by their hash, and whether they mattered.
    told: FxHashMap<u64, bool>,
    antivirus: BTreeMap<String, (OtherAntivirus, Source)>,
    covers: BTreeSet<Area>,
    /// Whether the class filters of mouse and keyboard were shown: each can come in a file of its own.
    inputs: BTreeSet<Input>,
    /// Areas that the current file lists, until it turns out to be cut short there.
    listing: BTreeSet<Area>,
    formats: Vec<String>,
    /// Whether a format was recognized in the current file.
    is_recognized: bool,
    has_text: bool,
    notes: Vec<String>,
    /// The name of the current file; empty where it has none.
    file: String,
    mask: Mask,
    cap: Confidence,
    taken: Option<String>,
    booted: Option<String>,
    clock: Option<String>,
    digests: Vec<String>,
    n_left_out: u64,
    hosts: BTreeSet<String>,
    /// What the marks of computers' names are salted with.
    salt: String,
}

/// An input device whose class filters matter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    Mouse,
    Keyboard,
}

/// Where an antivirus was seen; Security Center's word counts more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Listed,
    SecurityCenter,
    Itself,
}

impl<'a> Collector<'a> {
    pub(super) fn new(signatures: &'a Signatures) -> Self {
        Self {
            signatures,
            traces: Vec::new(),
            driver_files: BTreeSet::new(),
            known: HashMap::new(),
            told: FxHashMap::default(),
            antivirus: BTreeMap::new(),
            covers: BTreeSet::new(),
            inputs: BTreeSet::new(),
            listing: BTreeSet::new(),
            formats: Vec::new(),
            is_recognized: false,
            has_text: false,
            notes: Vec::new(),
            file: String::new(),
            mask: Mask::default(),
            cap: Confidence::Sure,
            taken: None,
            booted: None,
            clock: None,
            digests: Vec::new(),
            n_left_out: 0,
            hosts: BTreeSet::new(),
            salt: String::new(),
        }
    }

    pub(super) fn signatures(&self) -> &'a Signatures {
        self.signatures
    }

    /// Takes what a line lists, if it matters. Says whether it did.
    pub(super) fn tell(&mut self, area: Area, line: Line<'_>, fact: &Fact<'_>) -> bool {
        // The same thing said again is nothing new: a log names one folder a hundred times.
        let mut hasher = FxHasher::default();
        (area, self.cap, fact).hash(&mut hasher);
        let id = hasher.finish();
        if let Some(is_told) = self.told.get(&id) {
            return *is_told;
        }
        let is_told = self.tell_new(area, line, fact);
        if self.told.len() < FACTS_MAX {
            self.told.insert(id, is_told);
        }
        is_told
    }

    fn tell_new(&mut self, area: Area, line: Line<'_>, fact: &Fact<'_>) -> bool {
        match judge(self.signatures, area, fact) {
            None => false,
            Some(Found::Antivirus(antivirus)) => {
                let source = if area == Area::SecurityCenter {
                    Source::SecurityCenter
                } else {
                    Source::Listed
                };
                self.add_antivirus(antivirus, source);
                true
            }
            Some(Found::Trace(sighting)) => {
                let is_file = area == Area::Folders && sighting.kind == Kind::Driver;
                if is_file && self.driver_files.len() < TRACES_MAX {
                    self.driver_files.insert(sighting.key.clone());
                }
                self.add_trace(sighting, line);
                true
            }
        }
    }

    fn add_trace(&mut self, sighting: Sighting, line: Line<'_>) {
        let id = (sighting.kind, sighting.key.clone());
        if let Some(known) = self.known.get(&id).and_then(|at| self.traces.get_mut(*at)) {
            merge(known, sighting, self.cap);
            return;
        }
        if self.traces.len() >= TRACES_MAX {
            self.n_left_out += 1;
            self.note_of_all("more than 5000 traces: the rest is left out");
            return;
        }
        self.mask.learn_paths(line.text);
        self.known.insert(id, self.traces.len());
        self.traces.push(Trace {
            kind: sighting.kind,
            name: words::cut_words(&sighting.name, TEXT_BYTES_MAX).to_owned(),
            product: sighting.product,
            generation: sighting.generation,
            path: Some(words::cut_words(&sighting.path, TEXT_BYTES_MAX).to_owned())
                .filter(|path| !path.is_empty()),
            state: sighting.state,
            line: line.no,
            file: u32::try_from(self.digests.len()).ok(),
            confidence: sighting.confidence.min(self.cap),
            text: words::cut_words(line.text.trim(), TEXT_BYTES_MAX).to_owned(),
            key: words::cut_words(&sighting.key, TEXT_BYTES_MAX).to_owned(),
        });
    }

    fn add_antivirus(&mut self, found: OtherAntivirus, source: Source) {
        let id = found.vendor.to_lowercase();
        if self.antivirus.len() >= ANTIVIRUS_MAX && !self.antivirus.contains_key(&id) {
            return;
        }
        let (known, known_source) =
            self.antivirus.entry(id).or_insert_with(|| (found.clone(), source));
        // Security Center's word counts more than a program list's; of two of its own, the one that is on.
        let is_better = source > *known_source
            || (source == *known_source && weight(found.state) > weight(known.state));
        if is_better {
            let current = found.current.or(known.current);
            *known = OtherAntivirus { current, ..found };
            *known_source = source;
        } else if known.current.is_none() {
            known.current = found.current;
        }
    }

    /// Windows Defender's own answer about itself, which is surer than Security Center's.
    pub(super) fn defender(&mut self, state: State, current: Option<bool>) {
        let name = "Windows Defender".to_owned();
        self.add_antivirus(
            OtherAntivirus { name, vendor: "Microsoft".to_owned(), state, current },
            Source::Itself,
        );
    }

    /// The export shows this area whole, unless [`Collector::cut_short`] takes it back.
    pub(super) fn lists(&mut self, area: Area) {
        self.listing.insert(area);
    }

    /// The export shows the class filters of this device. Both together cover class filters.
    pub(super) fn shows_input(&mut self, input: Input) {
        self.inputs.insert(input);
        if self.inputs.len() == 2 {
            self.covers.insert(Area::ClassFilters);
        }
    }

    /// The export ends within this area, which therefore isn't covered.
    pub(super) fn cut_short(&mut self, area: Area) {
        self.listing.remove(&area);
        self.note("cut short: not everything is shown");
    }

    /// The current file holds text in this format.
    pub(super) fn format(&mut self, name: &str) {
        self.is_recognized = true;
        self.add_format(name);
    }

    /// The current file holds text of no known format.
    pub(super) fn unknown_text(&mut self) {
        self.has_text = true;
    }

    fn add_format(&mut self, name: &str) {
        if !self.formats.iter().any(|known| known == name) {
            self.formats.push(name.to_owned());
        }
    }

    /// What is added from here on belongs to the file of this name.
    pub(super) fn file(&mut self, name: &str) {
        words::cut(name, FILE_BYTES_MAX).clone_into(&mut self.file);
    }

    /// Notes what limits the current file, by its name: of several it must be clear which one.
    pub(super) fn note(&mut self, text: &str) {
        if self.file.is_empty() {
            self.note_of_all(text);
        } else {
            self.note_of_all(&format!("{}: {text}", self.file));
        }
    }

    fn note_of_all(&mut self, text: &str) {
        if self.notes.len() < 32 && !self.notes.iter().any(|known| known == text) {
            self.notes.push(text.to_owned());
        }
    }

    pub(super) fn mask(&mut self) -> &mut Mask {
        &mut self.mask
    }

    /// Salts the marks of computers' names.
    pub(super) fn salt(&mut self, salt: &str) {
        salt.clone_into(&mut self.salt);
    }

    /// The export names the computer that it was taken on: its name is blotted out wherever it
    /// stands, and a mark of it tells one computer from another.
    pub(super) fn host(&mut self, name: &str) {
        self.mask.learn_host(name);
        // Windows tells the name now whole, now cut to 15 characters and in capitals.
        let bare = name.trim().trim_matches(['"', '\\']).split('.').next().unwrap_or_default();
        let short: String = bare.chars().take(HOST_CHARS_MAX).collect::<String>().to_lowercase();
        if short.len() < 3 || short == "localhost" || self.hosts.len() >= HOSTS_MAX {
            return;
        }
        let digest = Sha256::new().chain_update(&self.salt).chain_update([0]).chain_update(short);
        let mark = digest.finalize().iter().take(2).fold(String::new(), |mut hex, byte| {
            // Writing to a string cannot fail.
            write!(hex, "{byte:02x}").ok();
            hex
        });
        self.hosts.insert(mark);
    }

    /// When the export was taken, as it says itself. The first word counts.
    pub(super) fn taken(&mut self, text: &str) {
        let text = words::cut(text.trim(), 64);
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

    /// From here on, traces are at most this sure.
    pub(super) fn cap(&mut self, confidence: Confidence) {
        self.cap = confidence;
    }

    /// One file has been read to its end.
    pub(super) fn end_of_file(&mut self, digest: String) {
        self.covers.append(&mut self.listing);
        if self.has_text && !self.is_recognized {
            self.add_format("text");
            self.note("format not recognized: read line by line, with less confidence");
        }
        (self.has_text, self.is_recognized) = (false, false);
        self.cap = Confidence::Sure;
        self.digests.push(digest);
    }

    /// One file could not be read to its end: what it had begun to list is not shown whole.
    pub(super) fn broken_file(&mut self) {
        self.listing.clear();
        let no = u32::try_from(self.digests.len()).ok();
        self.traces.iter_mut().filter(|trace| trace.file == no).for_each(|trace| trace.file = None);
        (self.has_text, self.is_recognized) = (false, false);
        self.cap = Confidence::Sure;
        self.note("could not be read to its end");
    }

    /// What all of it says together.
    pub(super) fn finish(mut self) -> Scan {
        let mask = std::mem::take(&mut self.mask);
        for trace in &mut self.traces {
            trace.text = mask.cover(&trace.text);
            trace.name = mask.cover(&trace.name);
            trace.path = trace.path.as_deref().map(|path| mask.cover(path));
            trace.key = mask.cover(&trace.key);
        }
        let other_antivirus = self.antivirus.into_values().map(|(found, _)| found);
        let mut scan = Scan {
            formats: self.formats,
            covers: self.covers.into_iter().collect(),
            taken: self.taken,
            booted: self.booted,
            clock: self.clock,
            traces: self.traces,
            other_antivirus: other_antivirus.collect(),
            notes: self.notes,
            digests: self.digests,
            n_left_out: self.n_left_out,
            hosts: self.hosts.into_iter().collect(),
            signatures: self.signatures.date().parse().ok(),
            ..Scan::default()
        };
        scan.verdict = verdict::verdict(&scan);
        scan.alerts = verdict::alerts(&scan, &self.driver_files);
        scan
    }
}
