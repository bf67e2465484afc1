//! Which subscription is exchanged, and each rule with the fact behind it.

use super::data::{CaseData, count, sentence};
use crate::domain::eligibility::{Answer, RuleResult};
use crate::domain::subscription::Subscription;
use crate::domain::time::{count_text, day_text};
use crate::ui::action::{Action, Dialog};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::titled_card;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::text::text;
use egui::Ui;

/// Draws the card; its link opens the dialog that reads, chooses or enters.
pub(super) fn ui(ui: &mut Ui, data: &CaseData<'_>) -> Option<Action> {
    let case = &data.file.case;
    titled_card(ui, "Subscription to exchange", |ui| {
        ui.spacing_mut().item_spacing.y = scale::SPACE_1;
        if !case.wants().exchange() {
            text(ui, Type::Secondary, Ink::Muted, "The customer came for the removal only");
            return None;
        }
        match &data.file.subscription {
            Some(subscription) => subscription_ui(ui, data, subscription),
            None => {
                text(ui, Type::Secondary, Ink::Body, "None is on file for this customer");
            }
        }
        ui.add_space(scale::SPACE_1);
        for rule in &data.file.eligibility.exchange {
            rule_ui(ui, rule);
        }
        for word in &case.overrides {
            let lead = data.people.iter().find(|person| person.id == word.by);
            let name = lead.map_or("a lead", |person| person.name.as_str());
            let words = format!("{} allowed by {name}: {}", word.what.label(), word.reason);
            line_ui(ui, (Icon::UserCheck, Ink::Tone(Tone::Info)), &words);
        }
        let label = match (&data.file.subscription, data.file.other_subscriptions.len()) {
            (None, _) => "Choose or enter one…".to_owned(),
            (Some(_), 0) => "Read the term…".to_owned(),
            (Some(_), n) => format!("Read the term, or {}…", count(n, "other")),
        };
        let key = UiCommand::Subscription.key_text();
        let link = Button::link(&label).key(&key).salt("subscription").show(ui);
        let is_asked = link.clicked() && case.replacement().is_none();
        is_asked.then_some(Action::Open(Dialog::Subscription(case.id)))
    })
    .inner
}

fn subscription_ui(ui: &mut Ui, data: &CaseData<'_>, subscription: &Subscription) {
    text(ui, Type::Body, Ink::Strong, &subscription.product);
    let today = data.now.day(data.settings.desk.time_zone);
    let mut parts = Vec::new();
    if let Some(receipt) = &subscription.receipt_no {
        parts.push(format!("Receipt {receipt}"));
    }
    if let Some(code) = subscription.code_ending() {
        parts.push(format!("code {code}"));
    }
    if let Some(day) = subscription.runs_until().day() {
        let left = (day - today).num_days();
        parts.push(if left >= 0 {
            format!("until {}, {} left", day_text(day), count_text(left, "day"))
        } else {
            format!("ended {}", day_text(day))
        });
    }
    text(ui, Type::Secondary, Ink::Muted, &parts.join(" · "));
}

/// A rule: its answer as an icon and in words, and the fact.
fn rule_ui(ui: &mut Ui, rule: &RuleResult) {
    let mark = match rule.answer {
        Answer::Yes => (Icon::Check, Ink::Tone(Tone::Ok)),
        Answer::No => (Icon::X, Ink::Tone(Tone::Danger)),
        Answer::Unknown => (Icon::CircleQuestionMark, Ink::Tone(Tone::Warn)),
    };
    let words = match rule.answer {
        Answer::Yes => sentence(&rule.fact),
        Answer::No => format!("{}: no, {}", rule.rule.label(), rule.fact),
        Answer::Unknown => format!("{}: not known, {}", rule.rule.label(), rule.fact),
    };
    line_ui(ui, mark, &words);
}

fn line_ui(ui: &mut Ui, mark: (Icon, Ink), words: &str) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_2;
        icon(ui, mark.0, scale::ICON, mark.1);
        ui.vertical(|ui| text(ui, Type::Secondary, Ink::Body, words));
    });
}
