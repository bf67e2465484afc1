//! Frames of keys, as fingers and scanners send them, against a form of two fields.

use super::*;
use egui::{TextEdit, Ui};

/// A form of two fields and the guard, fed frame by frame.
struct Form {
    ctx: Context,
    texts: [String; 2],
    plain_presses: usize,
    enters: usize,
    frames_with_space: usize,
    time: f64,
}

impl Form {
    fn new() -> Self {
        let ctx = Context::default();
        ctx.add_plugin(KeyGuard::default());
        let texts = [String::new(), String::new()];
        Self { ctx, texts, plain_presses: 0, enters: 0, frames_with_space: 0, time: 0.0 }
    }

    fn ui(&mut self, ui: &mut Ui) {
        for (idx, text) in self.texts.iter_mut().enumerate() {
            ui.add(TextEdit::singleline(text).id_salt(idx));
        }
        if ui.input(|input| input.key_pressed(Key::N)) && !ui.ctx().text_edit_focused() {
            self.plain_presses += 1;
        }
        self.enters += ui.input(|input| input.num_presses(Key::Enter));
        self.frames_with_space += usize::from(ui.input(|input| input.key_pressed(Key::Space)));
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
fn a_key_that_is_held_down_is_pressed_once_and_two_spaces_are_two_clicks() {
    let mut form = Form::new();
    let held = |repeat| Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat,
        modifiers: Modifiers::COMMAND,
    };
    form.frame(16, vec![held(false), held(true), held(true)]);
    form.settle();
    assert_eq!(form.enters, 1);
    let space = || [press(Key::Space, Modifiers::NONE), Event::Text(" ".to_owned())];
    form.frame(16, space().into_iter().chain(space()).collect());
    form.settle();
    assert_eq!(form.frames_with_space, 2);
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
