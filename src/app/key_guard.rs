//! Keys on their way in: none is lost, and a barcode scanner is told from fingers.
//!
//! Three things happen to the events of a frame before any widget sees them:
//!
//! - One key a pass, except for what edits the text of one field. Focus, page and dialog change
//!   between passes, a second press of the same key in a pass is not seen, and commands are taken
//!   before widgets see a letter: what a fast typist sends in one frame would be lost or land in
//!   the wrong place.
//! - While a change is being written, keys wait: what is typed ahead is meant for the screen
//!   that comes.
//! - A burst of characters that ends in Enter is a scan. It is taken out of whatever had the
//!   focus, also what an earlier frame let through, and then handed to the window, which knows
//!   whether a field wants it.
//!
//! Events carry no time stamp of their own: the frame that they came in is their time, so the speed
//! of a burst is its average over frames. What waits keeps its time: typed ahead is not scanned.

use egui::{Context, Event, Key, Modifiers, Plugin, RawInput};

/// A scan has at least this many characters.
const SCAN_CHARS_MIN: usize = 6;
/// A scan comes faster than this, on average, in seconds a character. Fingers need 65 ms.
const SCAN_SECONDS_PER_CHAR: f64 = 0.030;
/// Between two characters of one burst there is at most this, in seconds: a long frame.
const BURST_GAP_SECONDS: f64 = 0.150;
/// Plain keys outside text fields wait this long, in seconds, in case a scan has begun: a scan
/// that begins with N must not open a note.
const PLAIN_KEY_WAIT_SECONDS: f64 = 0.040;

/// The filter. One a [`Context`]; the window asks it for scans through [`Context::with_plugin`].
#[derive(Debug, Default)]
pub struct KeyGuard {
    /// Events behind an Enter or Tab, or behind a change that is being written, and when they came.
    held: Vec<(Event, f64)>,
    /// Plain keys outside text fields, and when the last of them came.
    pending: Vec<Event>,
    pending_since: f64,
    burst: Burst,
    is_paused: bool,
    is_text_focused: bool,
    /// Scans whose letters are being taken back in this pass.
    taken: Vec<String>,
    scans: Vec<String>,
}

/// Characters that came close together.
#[derive(Debug, Default)]
struct Burst {
    text: String,
    began: f64,
    last: f64,
    /// How many of them went into a text field in earlier passes.
    n_through: usize,
}

impl KeyGuard {
    /// Holds keys back until [`Self::resume`].
    pub fn pause(&mut self) {
        self.is_paused = true;
    }

    /// Lets the keys go on that were held back.
    pub fn resume(&mut self) {
        self.is_paused = false;
    }

    /// Scans that are meant for the window, oldest first.
    pub fn take_scans(&mut self) -> Vec<String> {
        std::mem::take(&mut self.scans)
    }

    /// Whether keys are still on their way.
    pub fn is_waiting(&self) -> bool {
        !self.held.is_empty() || !self.pending.is_empty() || !self.taken.is_empty()
    }
}

impl Plugin for KeyGuard {
    fn debug_name(&self) -> &'static str {
        "key guard"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let now = input.time.unwrap_or_else(|| ctx.input(|state| state.time));
        let mut events = std::mem::take(&mut self.held);
        events.extend(input.events.drain(..).map(|event| (event, now)));
        self.is_text_focused = ctx.text_edit_focused();
        // What follows a scan is meant for the screen that the scan opens.
        let is_held = self.is_paused || !self.taken.is_empty();
        self.scans.append(&mut self.taken);
        let mut out = Vec::with_capacity(events.len());
        if is_held {
            let (held, through) = events.into_iter().partition(|(event, _)| is_keyboard(event));
            self.held = held;
            out.extend(through.into_iter().map(|(event, _)| event));
        } else {
            self.pass(events, now, &mut out);
        }
        self.burst.n_through =
            if self.is_text_focused { self.burst.text.chars().count() } else { 0 };
        if self.is_waiting() && !self.is_paused {
            ctx.request_repaint();
        }
        input.events = out;
    }
}

impl KeyGuard {
    /// Fills `out` with what belongs into this pass; the rest waits.
    fn pass(&mut self, events: Vec<(Event, f64)>, now: f64, out: &mut Vec<Event>) {
        if self.is_text_focused {
            out.append(&mut self.pending);
        }
        let mut is_followed = false;
        let mut events = events.into_iter();
        for (event, came) in events.by_ref() {
            if is_press(&event, Key::Enter) && self.burst.is_scan(came) {
                self.scanned(out);
                break;
            }
            let is_alone = self.is_alone(&event);
            if is_alone && (!self.pending.is_empty() || out.iter().any(is_input)) {
                is_followed = true;
                self.held.push((event, came));
                break;
            }
            self.let_through(event, came, out);
            if is_alone {
                break;
            }
        }
        self.held.extend(events);
        if is_followed || now - self.pending_since >= PLAIN_KEY_WAIT_SECONDS {
            // With its letter and release, up to the next press.
            let next = self.pending.iter().skip(1).position(is_any_press);
            let n_events = next.map_or(self.pending.len(), |idx| idx + 1);
            out.extend(self.pending.drain(..n_events));
        }
    }

    /// Whether a key wants a pass for itself: all but letters, and what edits a focused text.
    fn is_alone(&self, event: &Event) -> bool {
        is_any_press(event) && !is_plain(event) && !(self.is_text_focused && is_editing(event))
    }

    fn let_through(&mut self, event: Event, now: f64, out: &mut Vec<Event>) {
        if let Event::Text(text) = &event {
            self.burst.add(text, now);
        }
        if !self.is_text_focused && is_plain(&event) {
            self.pending_since = now;
            self.pending.push(event);
            return;
        }
        if is_press(&event, Key::Enter) || is_press(&event, Key::Tab) {
            self.burst = Burst::default();
        }
        out.push(event);
    }

    /// The Enter of a scan came: what it typed is taken back.
    fn scanned(&mut self, out: &mut Vec<Event>) {
        let burst = std::mem::take(&mut self.burst);
        self.pending.clear();
        let n_here = burst.text.chars().count() - burst.n_through;
        let mut n_left = n_here;
        while n_left > 0
            && let Some(idx) = out.iter().rposition(|event| matches!(event, Event::Text(_)))
        {
            out.remove(idx);
            n_left -= 1;
        }
        out.retain(|event| !is_plain(event));
        if self.is_text_focused {
            for _ in 0..burst.n_through {
                out.push(press(Key::Backspace, Modifiers::NONE));
            }
        }
        self.taken.push(burst.text);
    }
}

impl Burst {
    fn add(&mut self, text: &str, now: f64) {
        if self.text.is_empty() || now - self.last > BURST_GAP_SECONDS {
            *self = Self { began: now, ..Self::default() };
        }
        self.text.push_str(text);
        self.last = now;
    }

    fn is_scan(&self, now: f64) -> bool {
        let n_chars = self.text.chars().count();
        n_chars >= SCAN_CHARS_MIN
            && now - self.last <= BURST_GAP_SECONDS
            && (now - self.began) / (n_chars as f64) < SCAN_SECONDS_PER_CHAR
    }
}

fn press(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn is_press(event: &Event, wanted: Key) -> bool {
    matches!(event, Event::Key { key, pressed: true, .. } if *key == wanted)
}

fn is_any_press(event: &Event) -> bool {
    matches!(event, Event::Key { pressed: true, .. })
}

/// What does something when a widget or command sees it.
fn is_input(event: &Event) -> bool {
    is_any_press(event) || matches!(event, Event::Text(_) | Event::Paste(_))
}

/// A key that moves in a line of text or deletes from it.
fn is_editing(event: &Event) -> bool {
    let Event::Key { key, modifiers, .. } = event else { return false };
    let is_edit = matches!(
        key,
        Key::Backspace | Key::Delete | Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End
    );
    is_edit && !modifiers.command && !modifiers.ctrl && !modifiers.alt
}

fn is_keyboard(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Paste(_))
}

/// A key that a scanner may send: text, or the press of a letter, digit or sign.
fn is_plain(event: &Event) -> bool {
    match event {
        Event::Text(_) => true,
        Event::Key { key, modifiers, .. } => {
            let is_sign = key.name().chars().count() == 1
                || matches!(key, Key::Space | Key::Minus | Key::Slash | Key::Period | Key::Plus);
            is_sign && !modifiers.command && !modifiers.ctrl && !modifiers.alt
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{TextEdit, Ui};

    /// A form of two fields and the guard, fed frame by frame.
    struct Form {
        ctx: Context,
        texts: [String; 2],
        plain_presses: usize,
        time: f64,
    }

    impl Form {
        fn new() -> Self {
            let ctx = Context::default();
            ctx.add_plugin(KeyGuard::default());
            let texts = [String::new(), String::new()];
            Self { ctx, texts, plain_presses: 0, time: 0.0 }
        }

        fn ui(&mut self, ui: &mut Ui) {
            for (idx, text) in self.texts.iter_mut().enumerate() {
                ui.add(TextEdit::singleline(text).id_salt(idx));
            }
            if ui.input(|input| input.key_pressed(Key::N)) && !ui.ctx().text_edit_focused() {
                self.plain_presses += 1;
            }
        }

        /// One frame, `ms` after the one before.
        fn frame(&mut self, ms: u32, events: Vec<Event>) {
            self.time += f64::from(ms) / 1_000.0;
            let input = RawInput { time: Some(self.time), events, ..RawInput::default() };
            let ctx = self.ctx.clone();
            let mut output = ctx.run_ui(input, |ui| self.ui(ui));
            output.textures_delta.clear();
        }

        /// Frames until nothing waits.
        fn settle(&mut self) {
            for _ in 0..20 {
                self.frame(16, Vec::new());
            }
        }

        fn focus(&mut self, idx: usize) {
            for _ in 0..=idx {
                self.frame(500, vec![press(Key::Tab, Modifiers::NONE)]);
            }
            self.settle();
        }

        fn scans(&self) -> Vec<String> {
            self.ctx.with_plugin(KeyGuard::take_scans).unwrap_or_default()
        }
    }

    fn typed(text: &str) -> Vec<Event> {
        text.chars()
            .flat_map(|c| {
                let key = Key::from_name(&c.to_uppercase().to_string());
                let key = key.map(|key| press(key, Modifiers::NONE));
                key.into_iter().chain([Event::Text(c.to_string())])
            })
            .collect()
    }

    fn enter() -> Event {
        press(Key::Enter, Modifiers::NONE)
    }

    #[test]
    fn two_scans_in_one_frame_both_arrive_whole_and_type_nothing() {
        let mut form = Form::new();
        form.focus(0);
        let mut events = typed("NXGE6AA0017160");
        events.push(enter());
        events.extend(typed("0112-032-6467-091925"));
        events.push(enter());
        form.frame(16, events);
        form.settle();
        assert_eq!(form.scans(), ["NXGE6AA0017160", "0112-032-6467-091925"]);
        assert_eq!(form.texts, ["", ""]);
    }

    #[test]
    fn a_scan_spread_over_frames_is_taken_back_from_the_notes() {
        let mut form = Form::new();
        form.focus(0);
        form.frame(500, typed("ab"));
        for c in "NXGE6AA0017160".chars() {
            form.frame(if c == 'N' { 500 } else { 5 }, typed(&c.to_string()));
        }
        form.frame(5, vec![enter()]);
        form.settle();
        assert_eq!(form.scans(), ["NXGE6AA0017160"]);
        assert_eq!(form.texts[0], "ab");
    }

    #[test]
    fn fingers_are_not_a_scanner() {
        let mut form = Form::new();
        form.focus(0);
        for c in "okafor".chars() {
            form.frame(90, typed(&c.to_string()));
        }
        form.frame(90, vec![enter()]);
        form.settle();
        assert_eq!(form.scans(), Vec::<String>::new());
        assert_eq!(form.texts[0], "okafor");
    }

    #[test]
    fn what_follows_tab_in_the_same_frame_goes_into_the_next_field() {
        let mut form = Form::new();
        form.focus(0);
        let mut events = typed("abc");
        events.push(press(Key::Tab, Modifiers::NONE));
        events.extend(typed("xyz"));
        form.frame(100, events);
        form.settle();
        assert_eq!(form.texts, ["abc", "xyz"]);
    }

    #[test]
    fn a_scan_that_begins_with_n_presses_no_n_and_a_single_n_does() {
        let mut form = Form::new();
        for c in "NXGE6AA0017160".chars() {
            form.frame(4, typed(&c.to_string()));
        }
        form.frame(4, vec![enter()]);
        form.settle();
        assert_eq!(form.plain_presses, 0);
        assert_eq!(form.scans(), ["NXGE6AA0017160"]);
        form.frame(300, typed("n"));
        form.settle();
        assert_eq!(form.plain_presses, 1);
    }

    #[test]
    fn what_is_typed_ahead_at_the_speed_of_fingers_is_no_scan() {
        let mut form = Form::new();
        form.focus(0);
        form.ctx.with_plugin(KeyGuard::pause);
        for c in "okafor".chars() {
            form.frame(90, typed(&c.to_string()));
        }
        form.frame(90, vec![enter()]);
        form.ctx.with_plugin(KeyGuard::resume);
        form.settle();
        assert_eq!(form.scans(), Vec::<String>::new());
        assert_eq!(form.texts[0], "okafor");
    }

    #[test]
    fn keys_wait_while_a_change_is_written_and_none_is_lost() {
        let mut form = Form::new();
        form.focus(0);
        form.ctx.with_plugin(KeyGuard::pause);
        form.frame(100, typed("ab"));
        form.frame(100, typed("c"));
        assert_eq!(form.texts[0], "");
        form.ctx.with_plugin(KeyGuard::resume);
        form.settle();
        assert_eq!(form.texts[0], "abc");
    }
}
