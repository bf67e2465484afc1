//! Step 3: the suggestion with alternatives; then the held key, to be checked and issued.

use super::bar::{Bar, Main};
use super::data::{CaseData, sentence};
use super::done::fact;
use super::draft::CaseDraft;
use super::obey::override_kind;
use super::stage::Stage;
use crate::domain::card::CaseKey;
use crate::domain::case::{Hold, OverrideKind};
use crate::domain::device::Device;
use crate::domain::entry::Change;
use crate::domain::guard::KeyFacts;
use crate::domain::id::ReplacementId;
use crate::domain::replacement::{Offer, Replacement, Shortfall, shortfalls};
use crate::domain::stock::KeyState;
use crate::domain::time::count_text;
use crate::ui::action::{Action, Dialog};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{list_card, section_title};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::empty_state::empty_state;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::focus::at_first_sight;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::key_value::fact_ui;
use crate::ui::widgets::list_row::ListRow;
use crate::ui::widgets::text::{text, text_line};
use egui::{Align2, Key, Modifiers, Ui, UiBuilder, pos2, vec2};

/// The digits that pick an offer.
const DIGITS: [Key; 3] = [Key::Num1, Key::Num2, Key::Num3];

/// The key that is held at this moment, with its product.
fn held<'a>(data: &CaseData<'a>) -> Option<(Hold, &'a CaseKey)> {
    let hold = data.file.case.held_at(data.now)?;
    let key = data.file.key.as_ref().filter(|key| key.id == hold.key)?;
    Some((hold, key))
}

/// A hold that ran out with nothing issued.
fn ran_out(data: &CaseData<'_>) -> Option<Hold> {
    let case = &data.file.case;
    let was_issued = |hold: &Hold| case.replacements.iter().any(|issued| issued.key == hold.key);
    case.hold.filter(|hold| hold.until <= data.now && !was_issued(hold))
}

/// The picked offer: the technician's, else the one whose hold ran out, else the suggestion.
fn picked<'a>(draft: &CaseDraft, data: &CaseData<'a>) -> Option<&'a Offer> {
    let offers = &data.file.offers;
    let wanted = draft.picked.or_else(|| ran_out(data).map(|hold| hold.product));
    let named = wanted.and_then(|id| offers.iter().find(|offer| offer.product.id == id));
    named.or_else(|| offers.first())
}

/// Draws the check card while a key is held, else the offers.
pub(super) fn ui(ui: &mut Ui, draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    ui.add_space(scale::SPACE_1);
    if let Some((hold, key)) = held(data) {
        return check_ui(ui, draft, data, (hold, key));
    }
    section_title(ui, "What it should cover", &wanted_words(data));
    if data.file.offers.is_empty() {
        let words = "No replacement is in stock. Import a delivery, or fetch keys from another desk: \
                     the case stays open";
        let key = UiCommand::Import.key_text();
        let import = Button::secondary("Import keys…").icon(Icon::Upload).key(&key);
        let is_pressed = empty_state(ui, Icon::PackageX, words, Some(import));
        return is_pressed.then_some(Action::Open(Dialog::Import));
    }
    offers_ui(ui, draft, data);
    None
}

/// `3 devices · 39 days left · Internet security · Windows, macOS`.
fn wanted_words(data: &CaseData<'_>) -> String {
    let wanted = &data.file.wanted;
    let mut parts = vec![count_text(wanted.seats.into(), "device")];
    if wanted.days_left > 0 {
        parts.push(format!("{} left", count_text(wanted.days_left, "day")));
    }
    parts.extend(wanted.tier.map(|tier| tier.label().to_owned()));
    let platforms: Vec<_> = wanted.platforms.iter().map(|platform| platform.label()).collect();
    if !platforms.is_empty() {
        parts.push(platforms.join(", "));
    }
    parts.join(" · ")
}

fn offers_ui(ui: &mut Ui, draft: &mut CaseDraft, data: &CaseData<'_>) {
    let offers = &data.file.offers;
    let current = picked(draft, data).map(|offer| offer.product.id);
    let current_idx = offers.iter().position(|offer| Some(offer.product.id) == current);
    let mut chosen = keys_pick(ui, current_idx.unwrap_or_default(), offers.len());
    let is_by_key = chosen.is_some();
    list_card(ui, "Products to choose from", |ui| {
        for (idx, offer) in offers.iter().enumerate() {
            let is_current = current_idx == Some(idx);
            let (subtitle, chip) = offer_words(offer);
            let chip = chip_of(offer, &chip);
            let row = ListRow::new(&offer.product.name)
                .number(idx + 1)
                .subtitle(&subtitle)
                .chip(chip)
                .selected(is_current)
                .position(idx, offers.len())
                .show(ui);
            if is_current {
                at_first_sight(&row);
            }
            if is_by_key && chosen == Some(idx) {
                row.request_focus();
            }
            if row.clicked() {
                chosen = Some(idx);
            }
        }
    });
    if let Some(offer) = chosen.and_then(|idx| offers.get(idx)) {
        draft.picked = Some(offer.product.id);
    }
}

/// Digits and arrows pick, where no text is being typed.
fn keys_pick(ui: &Ui, current_idx: usize, n_offers: usize) -> Option<usize> {
    if ui.ctx().text_edit_focused() || ui.memory(|memory| memory.top_modal_layer().is_some()) {
        return None;
    }
    ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        if pressed(Key::ArrowDown) {
            return Some((current_idx + 1).min(n_offers - 1));
        }
        if pressed(Key::ArrowUp) {
            return Some(current_idx.saturating_sub(1));
        }
        DIGITS.iter().take(n_offers).position(|key| pressed(*key))
    })
}

fn offer_words(offer: &Offer) -> (String, String) {
    let subtitle = format!("{} · {}", offer.product.terms_text(), offer.reasons.join(", "));
    (subtitle, format!("{} free", offer.n_free))
}

fn chip_of<'a>(offer: &Offer, words: &'a str) -> Chip<'a> {
    if offer.shortfalls.is_empty() {
        Chip::new(Tone::Neutral, Icon::KeyRound, words)
    } else {
        Chip::new(Tone::Warn, Icon::TriangleAlert, words)
    }
}

/// The answers once more before the key leaves the shelf. Each line names the key that changes it.
fn check_ui(
    ui: &mut Ui,
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
    shown: (Hold, &CaseKey),
) -> Option<Action> {
    let (hold, key) = shown;
    let case = &data.file.case;
    ui.spacing_mut().item_spacing.y = scale::SPACE_2;
    let mut command = None;
    ui.horizontal(|ui| {
        text(ui, Type::BodyStrong, Ink::Strong, "Check with the customer, then issue");
        let left = format!("Held {}", left_text(hold, data));
        Chip::new(Tone::Info, Icon::Hourglass, &left).show(ui);
    });
    let devices: Vec<String> = case.devices().iter().map(Device::label).collect();
    let devices = if devices.is_empty() { "None here".to_owned() } else { devices.join(", ") };
    fact(ui, "Customer", &data.file.customer.full_name());
    if changeable(ui, ("Device", &devices), ("Change", UiCommand::Step1)) {
        command = Some(UiCommand::Step1);
    }
    let ends: Vec<String> = case
        .removals
        .iter()
        .filter_map(|removal| Some(removal.finish.as_ref()?.outcome.label()))
        .collect();
    if !ends.is_empty()
        && changeable(ui, ("Removal", &ends.join("; ")), ("Change", UiCommand::Step2))
    {
        command = Some(UiCommand::Step2);
    }
    let change = ("Another product", UiCommand::Step3);
    if changeable(ui, ("Product", &key.product.name), change) {
        command = Some(UiCommand::Step3);
    }
    fact_ui(ui, "Key ends", |ui| {
        text_line(ui, Type::Mono, Ink::Strong, &key.key.ending(4));
    });
    fact(ui, "Covers", &covers_words(data, key));
    let address = &key.product.activation_address;
    if !address.is_empty() {
        fact(ui, "Activated at", address);
    }
    reason_ui(ui, draft, data, key);
    command.and_then(|command| super::obey::obey(draft, data, command))
}

/// A fact with a link at the right edge that changes it; true when the link was pressed.
fn changeable(ui: &mut Ui, fact: (&str, &str), change: (&str, UiCommand)) -> bool {
    let (label, value) = fact;
    let (words, command) = change;
    let key = command.key_text();
    let link = Button::link(words).key(&key).salt(label);
    let width = link.width(ui);
    let right = ui.max_rect().right();
    let row = fact_ui(ui, label, |ui| {
        let room = (ui.available_width() - width - scale::SPACE_3).max(scale::TARGET_MIN);
        let words = ui.scope(|ui| {
            ui.set_max_width(room);
            text_line(ui, Type::Body, Ink::Strong, value)
        });
        words.inner.rect
    });
    let size = vec2(width, scale::CONTROL_HEIGHT);
    let place = Align2::RIGHT_CENTER.anchor_size(pos2(right, row.center().y), size);
    let place = UiBuilder::new().max_rect(place).id_salt(label);
    ui.new_child(place).scope(|ui| link.show(ui)).inner.clicked()
}

fn covers_words(data: &CaseData<'_>, key: &CaseKey) -> String {
    let terms = key.product.terms_text();
    let wanted = &data.file.wanted;
    let had = if wanted.days_left > 0 {
        format!(
            "{}, {} left",
            count_text(wanted.seats.into(), "device"),
            count_text(wanted.days_left, "day")
        )
    } else {
        count_text(wanted.seats.into(), "device")
    };
    format!("{terms}, for {had}")
}

/// Why less than before is handed out, where it is less.
fn reason_ui(ui: &mut Ui, draft: &mut CaseDraft, data: &CaseData<'_>, key: &CaseKey) {
    let short = shortfalls(&data.file.wanted, &key.product);
    if short.is_empty() {
        return;
    }
    let words: Vec<_> = short.iter().copied().map(Shortfall::label).collect();
    let label = format!("Why less: it has {}", words.join(", "));
    let is_missing = draft.is_issue_tried && draft.shortfall_reason.trim().is_empty();
    let error = is_missing.then_some("Enter the reason, for example: the customer agreed");
    ui.add_space(scale::SPACE_1);
    let field = Field::new(&label).hint("The customer agreed").required().error(error);
    let response = field.width(scale::TEXT_WIDTH_MAX).show(ui, &mut draft.shortfall_reason);
    at_first_sight(&response);
}

/// `4:51`, rounded up, so that it never shows time that is not there for longer than a second.
fn left_text(hold: Hold, data: &CaseData<'_>) -> String {
    let seconds = (hold.until.0.saturating_sub(data.now.0).max(0) + 999) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Holds a key of the picked offer, or issues the one that is held.
pub(super) fn finish(draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    let case = data.file.case.id;
    if let Some((hold, key)) = held(data) {
        draft.is_issue_tried = true;
        let replacement = replacement(draft, data, (hold, key));
        if issue_refusal(draft, data, (hold, key)).is_some() {
            return None;
        }
        draft.is_issue_tried = false;
        return Some(Action::IssueAndPrint(replacement));
    }
    let offer = picked(draft, data)?;
    if data.offer_refusal(offer).is_some() {
        return None;
    }
    Some(Action::HoldKey { case, product: offer.product.id })
}

fn replacement(draft: &CaseDraft, data: &CaseData<'_>, shown: (Hold, &CaseKey)) -> Replacement {
    let (hold, key) = shown;
    // A reason that was typed for another product does not stick to this one.
    let is_less = !shortfalls(&data.file.wanted, &key.product).is_empty();
    let reason = if is_less { draft.shortfall_reason.trim() } else { "" };
    Replacement {
        id: ReplacementId::mint(data.now),
        case: data.file.case.id,
        key: hold.key,
        product: hold.product,
        issued_at: data.now,
        shortfall_reason: reason.to_owned(),
        voided: None,
        active_at: None,
    }
}

fn issue_refusal(
    draft: &CaseDraft,
    data: &CaseData<'_>,
    shown: (Hold, &CaseKey),
) -> Option<String> {
    let (hold, key) = shown;
    let short = shortfalls(&data.file.wanted, &key.product);
    let state = KeyState::Held { case: data.file.case.id, until: hold.until };
    let facts = KeyFacts { state: &state, product: &key.product, shortfalls: &short };
    let change = Change::KeyIssued { replacement: replacement(draft, data, shown) };
    data.refusal_to(data.me, &change, Some(facts))
}

/// What is in the way, and the button that holds or issues.
pub(super) fn bar(draft: &CaseDraft, data: &CaseData<'_>) -> Bar {
    if let Some((hold, key)) = held(data) {
        let why = issue_refusal(draft, data, (hold, key));
        let bar = match &why {
            None => {
                Bar::saying(Tone::Info, format!("The key is yours for {}", left_text(hold, data)))
            }
            Some(why) => Bar::saying(Tone::Warn, why.as_str()),
        };
        return bar.with_main(Main::Ready, Icon::Printer, "Issue key and print");
    }
    let Some(offer) = picked(draft, data) else {
        return Bar::saying(Tone::Warn, "Nothing is in stock. The case waits here").with_main(
            Main::Waits,
            Icon::Hourglass,
            "Hold key",
        );
    };
    let why = data.offer_refusal(offer);
    let mut bar = match (&why, ran_out(data)) {
        (Some(why), _) => Bar::saying(Tone::Danger, why.as_str()),
        (None, Some(hold)) => {
            let at = data.clock(hold.until);
            let words = format!("The hold ran out at {at}, and the key went back. Hold again");
            Bar::saying(Tone::Warn, words)
        }
        (None, None) => match offer.shortfalls.first() {
            Some(short) => Bar::saying(Tone::Warn, sentence(short.label())),
            None => Bar::default(),
        },
    };
    if why.is_some()
        && let Some(kind) = override_kind(Stage::Replacement, data)
    {
        let label = if kind == OverrideKind::GoOn { "Go on anyway…" } else { "Override…" };
        bar = bar.with(UiCommand::Override, Icon::MessageSquareWarning, label);
    }
    let main = if why.is_none() { Main::Ready } else { Main::Waits };
    bar.with_main(main, Icon::Hourglass, "Hold key")
}
