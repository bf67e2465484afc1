//! Gathers what the readers tell of one device into a scan: judged, without duplicates, masked, bounded.

use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::antivirus::{Antivirus, Source};
use super::coverage::{Coverage, Part};
use super::device::Device;
use super::fact::{Fact, Line, Role};
use super::judge::{Found, Sighting, judge, role_name};
use super::mask::Mask;
use super::merge::{TEXT_BYTES_MAX, merge};
use super::notes::{CUT_SHORT, NO_HEAD, Notes};
use super::places::{self, Place};
use super::signatures::Signatures;
use super::{verdict, words};
use crate::domain::evidence::trace::{Area, Confidence, Kind, OtherAntivirus, Scan, State, Trace};

/// Traces kept of one scan. A real device has under a hundred.
const TRACES_MAX: usize = 5_000;
/// Facts remembered of one scan.
const FACTS_MAX: usize = 20_000;

/// What has been gathered so far.
pub(super) struct Collector<'a> {
    signatures: &'a Signatures,
    traces: Vec<Trace>,
    /// Drivers whose file a list of files shows, by their keys.
    driver_files: BTreeSet<String>,
    known: HashMap<(Kind, String), usize>,
    /// Facts that were told before, by their hash, and whether they mattered.
    told: FxHashMap<u64, bool>,
    antivirus: Antivirus,
    coverage: Coverage,
    /// Where the lines stand that are being read: a section of a log, a key. Empty where only the
    /// file as a whole says.
    place: String,
    /// Traces of the current file whose place it has yet to say.
    unplaced: Vec<usize>,
    /// What the current file says of its place.
    file_place: &'static str,
    formats: Vec<String>,
    /// Whether a format was recognized in the current file.
    is_recognized: bool,
    has_text: bool,
    notes: Notes,
    mask: Mask,
    cap: Confidence,
    device: Device,
    digests: Vec<String>,
    n_left_out: u64,
}

impl<'a> Collector<'a> {
    pub(super) fn new(signatures: &'a Signatures) -> Self {
        Self {
            signatures,
            traces: Vec::new(),
            driver_files: BTreeSet::new(),
            known: HashMap::new(),
            told: FxHashMap::default(),
            antivirus: Antivirus::default(),
            coverage: Coverage::default(),
            place: String::new(),
            unplaced: Vec::new(),
            file_place: places::ELSEWHERE,
            formats: Vec::new(),
            is_recognized: false,
            has_text: false,
            notes: Notes::default(),
            mask: Mask::default(),
            cap: Confidence::Sure,
            device: Device::default(),
            digests: Vec::new(),
            n_left_out: 0,
        }
    }

    pub(super) fn signatures(&self) -> &'a Signatures {
        self.signatures
    }

    /// Takes what a line lists, if it matters. Says whether it did.
    pub(super) fn tell(&mut self, area: Area, line: Line<'_>, fact: &Fact<'_>) -> bool {
        // The same thing said again is nothing new: a log names one folder a hundred times.
        let mut hasher = FxHasher::default();
        (area, self.cap, fact, &self.place, self.digests.len()).hash(&mut hasher);
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
                self.antivirus.add(antivirus, source);
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
        let place = places::place_of(self.signatures, &sighting, &self.place);
        if let Some(at) = self.known.get(&id).copied() {
            if let Some(known) = self.traces.get_mut(at) {
                merge(known, sighting, self.cap);
            }
            self.add_place(at, place);
            return;
        }
        if self.traces.len() >= TRACES_MAX {
            self.n_left_out += 1;
            self.notes.of_all(&format!("more than {TRACES_MAX} traces: the rest is left out"));
            return;
        }
        self.mask.learn_paths(line.text);
        let at = self.traces.len();
        self.known.insert(id, at);
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
            places: Vec::new(),
        });
        self.add_place(at, place);
    }

    fn add_place(&mut self, at: usize, place: Place) {
        match (self.traces.get_mut(at), place) {
            (Some(trace), Place::At(place)) => places::add(&mut trace.places, place),
            (Some(_), Place::OfFile) if self.unplaced.last() != Some(&at) => self.unplaced.push(at),
            _ => (),
        }
    }

    /// Windows Defender's own answer about itself, which is surer than Security Center's.
    pub(super) fn defender(&mut self, state: State, current: Option<bool>) {
        let (name, vendor) = ("Windows Defender".to_owned(), "Microsoft".to_owned());
        self.antivirus.add(OtherAntivirus { name, vendor, state, current }, Source::Itself);
    }

    /// The output shows this area whole, unless [`Collector::cut_short`] takes it back.
    pub(super) fn lists(&mut self, area: Area) {
        self.coverage.area(area);
    }

    /// The output shows this part of an area whole.
    pub(super) fn lists_part(&mut self, part: Part) {
        self.coverage.part(part);
    }

    /// The output lists this place whole.
    pub(super) fn lists_place(&mut self, place: &str) {
        self.coverage.place(place);
    }

    /// The output shows Security Center's entries of this role.
    pub(super) fn lists_center(&mut self, role: Role) {
        self.coverage.place(&places::center(role_name(role)));
        // Other roles don't say which antivirus is on.
        if role == Role::Antivirus {
            self.coverage.area(Area::SecurityCenter);
        }
    }

    /// The output lists programs, but not in which of the device's lists they are. Its own ones
    /// stand beside these others, and there another list must show them; nowhere if there are none.
    pub(super) fn programs_beside(&mut self, others: &[&str]) {
        let unplaced = std::mem::take(&mut self.unplaced);
        for at in unplaced {
            if self.traces.get(at).is_none_or(|trace| trace.kind != Kind::Program) {
                self.unplaced.push(at);
                continue;
            }
            if others.is_empty() {
                self.add_place(at, Place::At(places::ELSEWHERE.to_owned()));
            }
            for other in others {
                self.add_place(at, Place::At(places::beside(other)));
            }
        }
    }

    /// The output lists this program and all that are beside it.
    pub(super) fn lists_beside(&mut self, other: &str) {
        self.coverage.place(&places::beside(other));
    }

    /// The lines that follow stand in this place.
    pub(super) fn at(&mut self, place: &str) {
        self.place.clear();
        self.place.push_str(place);
    }

    /// The file lists this place whole, whatever comes behind, and what it told before stands there.
    pub(super) fn is_list_of(&mut self, place: &'static str) {
        self.file_place = place;
        self.coverage.place(place);
        self.coverage.settle();
    }

    /// The output has come to its end; another begins.
    pub(super) fn end_of_output(&mut self) {
        self.coverage.settle();
        self.place.clear();
    }

    /// The same of an output whose beginning can't be told.
    pub(super) fn end_of_headless(&mut self) {
        self.coverage.settle_headless();
        self.place.clear();
    }

    /// The file is a console's, and its first prompt stands here: of what came before the head is
    /// lost, as far as it has none of its own.
    pub(super) fn is_console(&mut self) {
        if self.coverage.drop_head() {
            self.note(NO_HEAD);
        }
    }

    /// The output was cut short, if it is one: nothing that it shows is whole.
    pub(super) fn cut_short(&mut self) {
        if self.coverage.drop_output() || self.is_recognized {
            self.note(CUT_SHORT);
        }
    }

    /// The same of an output that is known to be one.
    pub(super) fn is_cut_short(&mut self) {
        self.coverage.drop_output();
        self.note(CUT_SHORT);
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
        self.notes.file(name);
    }

    /// Notes what limits the current file.
    pub(super) fn note(&mut self, text: &str) {
        self.notes.of_file(text);
    }

    pub(super) fn mask(&mut self) -> &mut Mask {
        &mut self.mask
    }

    /// Salts the marks of computers' names.
    pub(super) fn salt(&mut self, salt: &str) {
        salt.clone_into(&mut self.device.salt);
    }

    /// The export names the computer that it was taken on: its name is blotted out wherever it
    /// stands, and a mark of it tells one computer from another.
    pub(super) fn host(&mut self, name: &str) {
        self.mask.learn_host(name);
        self.device.host(name);
    }

    /// What the exports say of the device itself.
    pub(super) fn device(&mut self) -> &mut Device {
        &mut self.device
    }

    /// From here on, traces are at most this sure.
    pub(super) fn cap(&mut self, confidence: Confidence) {
        self.cap = confidence;
    }

    /// One file has been read to its end.
    pub(super) fn end_of_file(&mut self, digest: String) {
        self.coverage.end_of_file();
        self.end_places();
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
        self.coverage.drop_file();
        self.file_place = places::ELSEWHERE;
        self.end_places();
        let no = u32::try_from(self.digests.len()).ok();
        self.traces.iter_mut().filter(|trace| trace.file == no).for_each(|trace| trace.file = None);
        (self.has_text, self.is_recognized) = (false, false);
        self.cap = Confidence::Sure;
        self.note("could not be read to its end");
    }

    fn end_places(&mut self) {
        for at in std::mem::take(&mut self.unplaced) {
            if let Some(trace) = self.traces.get_mut(at) {
                places::add(&mut trace.places, self.file_place.to_owned());
            }
        }
        self.file_place = places::ELSEWHERE;
        self.place.clear();
    }

    /// What all of it says together.
    pub(super) fn finish(mut self) -> Scan {
        let mask = std::mem::take(&mut self.mask);
        for trace in &mut self.traces {
            trace.text = mask.cover(&trace.text);
            trace.name = mask.cover(&trace.name);
            trace.path = trace.path.as_deref().map(|path| mask.cover(path));
            trace.key = mask.cover(&trace.key);
            let salt = &self.device.salt;
            trace.places.iter_mut().for_each(|it| *it = places::masked(&mask, salt, it));
        }
        let (covers, places) = self.coverage.finish();
        let mut scan = Scan {
            formats: self.formats,
            covers,
            places: places
                .iter()
                .map(|place| places::masked(&mask, &self.device.salt, place))
                .collect(),
            taken: self.device.taken,
            booted: self.device.booted,
            clock: self.device.clock,
            traces: self.traces,
            other_antivirus: self.antivirus.finish(),
            notes: self.notes.list,
            digests: self.digests,
            n_left_out: self.n_left_out,
            hosts: self.device.hosts.into_iter().collect(),
            signatures: self.signatures.date().parse().ok(),
            ..Scan::default()
        };
        scan.verdict = verdict::verdict(&scan);
        scan.alerts = verdict::alerts(&scan, &self.driver_files);
        scan
    }
}
