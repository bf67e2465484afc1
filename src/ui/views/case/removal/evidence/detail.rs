//! A trace that was opened: what to do about it, and where it was seen.

use crate::domain::evidence::advice::advice;
use crate::domain::evidence::compare::Fate;
use crate::domain::evidence::trace::{Confidence, State, Trace};
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::key_value::fact_ui;
use crate::ui::widgets::text::{text, text_line};
use egui::{Frame, Margin, Ui};

/// What to do about a trace of this fate; without one there is only a scan before.
fn to_do(trace: &Trace, fate: Option<Fate>) -> &'static str {
    match fate {
        Some(Fate::Gone) => "Gone. Nothing to do.",
        Some(Fate::StillThere | Fate::New | Fate::Unknown) | None => advice(trace),
    }
}

/// Draws it. `file` is the name of the file it was seen in, empty where that is not known.
pub(super) fn ui(ui: &mut Ui, trace: &Trace, (file, fate): (&str, Option<Fate>)) {
    let margin = Margin {
        left: scale::SPACE_6 as i8,
        bottom: scale::SPACE_2 as i8,
        ..Margin::symmetric(0, scale::SPACE_1 as i8)
    };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        text(ui, Type::Body, Ink::Strong, to_do(trace, fate));
        ui.add_space(scale::SPACE_1);
        let product = [&trace.product, &trace.generation].into_iter().flatten();
        let product: Vec<&str> = product.map(String::as_str).collect();
        let file = if file.is_empty() { String::new() } else { format!("{file}, ") };
        let seen = format!("{file}line {}, {}", trace.line, sure(trace.confidence));
        let facts = [
            ("Belongs to", product.join(" "), Type::Secondary),
            ("State", condition(trace.state).to_owned(), Type::Secondary),
            ("Where", trace.path.clone().unwrap_or_default(), Type::Mono),
            ("Seen in", seen, Type::Secondary),
            ("The line", trace.text.clone(), Type::Mono),
        ];
        for (label, value, style) in facts.iter().filter(|(_, value, _)| !value.is_empty()) {
            fact_ui(ui, label, |ui| text_line(ui, *style, Ink::Body, value));
        }
    });
}

fn condition(state: State) -> &'static str {
    match state {
        State::Unknown => "",
        State::Present => "there; whether it is active is not said",
        State::Enabled => "switched on",
        State::Disabled => "switched off, which is not removed",
        State::Running => "running",
        State::Stopped => "registered, not running",
        State::FileMissing => "registered, but its file is missing",
        State::Removed => "removed, as the log says",
    }
}

fn sure(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Weak => "a bare name: look for yourself",
        Confidence::Likely => "a known name in a known place",
        Confidence::Sure => "certain",
    }
}
