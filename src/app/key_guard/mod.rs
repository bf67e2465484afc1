//! Keys on their way in: none is lost, and a barcode scanner is told from fingers.
//!
//! Four things happen to the events of a frame before any widget sees them:
//!
//! - One key a pass, except for what edits the text of one field. Focus, page and dialog change
//!   between passes, a second press of the same key in a pass is not seen, and commands are taken
//!   before widgets see a letter: what a fast typist sends in one frame would be lost or land in
//!   the wrong place.
//! - A key that is held down counts once where a second press would mean something else.
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
    /// A key that may open something was let through: the next pass draws it and moves the focus.
    is_opening: bool,
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
        self.is_text_focused = ctx.text_edit_focused();
        let new = input.events.drain(..).filter(|event| !self.is_repeat(event));
        events.extend(new.map(|event| (event, now)));
        // What follows a scan is meant for the screen that the scan opens.
        let is_opening = std::mem::take(&mut self.is_opening);
        let is_held = self.is_paused || is_opening || !self.taken.is_empty();
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
            if is_scanner_enter(&event) && self.burst.is_scan(came) {
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
                self.is_opening = true;
                break;
            }
        }
        self.held.extend(events);
        if is_followed || now - self.pending_since >= PLAIN_KEY_WAIT_SECONDS {
            // With its letter and release, up to the next press.
            let next = self.pending.iter().skip(1).position(is_any_press);
            let n_events = next.map_or(self.pending.len(), |idx| idx + 1);
            self.is_opening |= n_events > 0;
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

    /// A key that is held down does what its press did once: a second Ctrl+Enter by itself would
    /// issue the key that the first one held. Letters and arrows may repeat.
    fn is_repeat(&self, event: &Event) -> bool {
        match event {
            Event::Key { key: Key::Enter, repeat: true, .. } => true,
            Event::Key { key: Key::Space, repeat: true, .. } => !self.is_text_focused,
            Event::Key { modifiers, repeat: true, key, .. } => {
                modifiers.command && !is_edit_key(*key)
            }
            _ => false,
        }
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

/// Keys that edit or move with Ctrl, and are held down on purpose.
fn is_edit_key(key: Key) -> bool {
    use Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Backspace, Delete, Minus, Plus, Z};
    matches!(
        key,
        ArrowDown | ArrowLeft | ArrowRight | ArrowUp | Backspace | Delete | Minus | Plus | Z
    )
}

fn is_press(event: &Event, wanted: Key) -> bool {
    matches!(event, Event::Key { key, pressed: true, .. } if *key == wanted)
}

/// A scanner holds nothing down.
fn is_scanner_enter(event: &Event) -> bool {
    matches!(event, Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if modifiers.is_none())
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
mod tests;
