//! The subscription: read the term from the program, choose another one, or enter it by hand.

use super::super::data::{CaseData, sentence};
use crate::domain::entry::Change;
use crate::domain::id::SubscriptionUid;
use crate::domain::privacy::{Secret, holds_card_number};
use crate::domain::subscription::{Channel, Reading, Subscription};
use crate::domain::subscription_mark::SubscriptionMark;
use crate::domain::time::parse_day;
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::button::{Button, buttons_right};
use crate::ui::widgets::card::list_card;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::focus::at_first_sight;
use crate::ui::widgets::list_row::ListRow;
use crate::ui::widgets::text::text;
use chrono::NaiveDate;
use egui::Ui;

/// What is done with the subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Read,
    Choose,
    Enter,
}

impl Way {
    const fn label(self) -> &'static str {
        match self {
            Self::Read => "Read the term",
            Self::Choose => "Choose another",
            Self::Enter => "Enter by hand",
        }
    }
}

/// Where it was bought, as it is offered.
const CHANNELS: [(&str, Channel); 6] = [
    ("Store", Channel::Store),
    ("Online", Channel::Online),
    ("Geek Squad", Channel::GeekSquad),
    ("Renewal", Channel::Renewal),
    ("Bundle", Channel::Bundle),
    ("Elsewhere", Channel::Elsewhere),
];

/// What is typed.
#[derive(Debug, Default)]
pub(super) struct Draft {
    way: Option<Way>,
    runs_until: String,
    read_on: Option<String>,
    chosen: Option<SubscriptionUid>,
    product: String,
    receipt: String,
    code: String,
    channel: Option<usize>,
    is_tried: bool,
}

/// Draws the dialog's body. A subscription that was entered is chosen once it is in the file.
pub(super) fn ui(
    ui: &mut Ui,
    draft: &mut Draft,
    choose: &mut Option<SubscriptionUid>,
    data: &CaseData<'_>,
) -> Option<Action> {
    let ways = ways(data);
    let way = *draft.way.get_or_insert(ways.first().copied().unwrap_or(Way::Enter));
    let labels: Vec<&str> = ways.iter().map(|way| way.label()).collect();
    let mut picked = ways.iter().position(|other| *other == way);
    if Choice::new("What to do", &labels).show(ui, &mut picked).changed() {
        draft.way = picked.and_then(|idx| ways.get(idx)).copied();
        draft.is_tried = false;
    }
    let change = match way {
        Way::Read => read_ui(ui, draft, data),
        Way::Choose => choose_ui(ui, draft, data),
        Way::Enter => enter_ui(ui, draft, data),
    };
    ui.add_space(scale::SPACE_1);
    let key = UiCommand::Finish.key_text();
    let act = match way {
        Way::Read => "Record the term",
        Way::Choose => "Exchange this one",
        Way::Enter => "Add subscription",
    };
    let row = [Button::secondary("Cancel").key("Esc"), Button::primary(act).key(&key).salt("act")];
    let pressed = buttons_right(ui, &row);
    if pressed == Some(0) {
        return Some(Action::CloseDialog);
    }
    let is_asked = pressed == Some(1) || data.command == Some(UiCommand::Finish);
    if !is_asked || data.is_busy {
        return None;
    }
    draft.is_tried = true;
    let change = change.filter(|change| data.refusal(change).is_none())?;
    if let Change::SubscriptionAdded { subscription } = &change {
        *choose = Some(subscription.uid);
    }
    Some(Action::Record(change))
}

/// What makes sense: there is a term to read, there is another one.
fn ways(data: &CaseData<'_>) -> Vec<Way> {
    let read = data.file.subscription.as_ref().map(|_| Way::Read);
    let others = &data.file.other_subscriptions;
    let choose = (!others.is_empty()).then_some(Way::Choose);
    read.into_iter().chain(choose).chain([Way::Enter]).collect()
}

fn today(data: &CaseData<'_>) -> NaiveDate {
    data.now.day(data.settings.desk.time_zone)
}

fn read_ui(ui: &mut Ui, draft: &mut Draft, data: &CaseData<'_>) -> Option<Change> {
    let subscription = data.file.subscription.as_ref()?;
    text(ui, Type::Body, Ink::Strong, &subscription.product);
    let today = today(data);
    let fact = sentence(&subscription.runs_until().text_on(today));
    text(ui, Type::Secondary, Ink::Muted, &fact);
    let read_on = draft.read_on.get_or_insert_with(|| today.format("%m/%d/%Y").to_string());
    let (runs_until, seen) = (parse_day(&draft.runs_until), parse_day(read_on));
    let is_tried = draft.is_tried;
    let until_error =
        (is_tried && runs_until.is_none()).then_some("Enter the last day, for example 11/13/2017");
    let seen_error = match seen {
        Some(day) if day > today => Some("This day has not come yet"),
        None if is_tried => Some("Enter the day, for example 10/05/2017"),
        Some(_) | None => None,
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        let half = (ui.available_width() - scale::SPACE_3) / 2.0;
        let field = Field::new("Runs until, as the program shows it").hint("11/13/2017").required();
        let field = field.width(half).error(until_error);
        at_first_sight(&field.show(ui, &mut draft.runs_until));
        let field = Field::new("Read on").width(half).error(seen_error);
        field.show(ui, read_on);
    });
    let reading = Reading { runs_until: runs_until?, read_on: seen.filter(|day| *day <= today)? };
    Some(Change::SubscriptionRead { subscription: subscription.uid, reading })
}

fn choose_ui(ui: &mut Ui, draft: &mut Draft, data: &CaseData<'_>) -> Option<Change> {
    let others = &data.file.other_subscriptions;
    let first = others.first()?.uid;
    let chosen = *draft.chosen.get_or_insert(first);
    list_card(ui, "Other subscriptions of the customer", |ui| {
        for (idx, other) in others.iter().enumerate() {
            let subtitle = match &other.exchanged_in {
                Some(number) => format!("exchanged in {number}"),
                None => sentence(&other.runs_until().text_on(today(data))),
            };
            let row = ListRow::new(&other.product)
                .subtitle(&subtitle)
                .selected(other.uid == chosen)
                .position(idx, others.len())
                .show(ui);
            if idx == 0 {
                at_first_sight(&row);
            }
            if row.clicked() {
                draft.chosen = Some(other.uid);
            }
        }
    });
    let chosen = others.iter().find(|other| Some(other.uid) == draft.chosen)?;
    let case = data.file.case.id;
    Some(Change::SubscriptionChosen { case, subscription: Some(chosen.uid) })
}

fn enter_ui(ui: &mut Ui, draft: &mut Draft, data: &CaseData<'_>) -> Option<Change> {
    let is_missing = draft.is_tried && draft.product.trim().is_empty();
    let error = is_missing.then_some("Enter the product, for example Kaspersky Internet Security");
    let field = Field::new("Product").hint("Kaspersky Internet Security 3 Devices").required();
    at_first_sight(&field.width(f32::INFINITY).error(error).show(ui, &mut draft.product));
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        let half = (ui.available_width() - scale::SPACE_3) / 2.0;
        Field::new("Receipt").hint("0281-77310").width(half).show(ui, &mut draft.receipt);
        let field = Field::new("Runs until").hint("11/13/2017").width(half);
        let is_odd = !draft.runs_until.trim().is_empty() && parse_day(&draft.runs_until).is_none();
        let error = is_odd.then_some("Enter a day, for example 11/13/2017");
        field.error(error).show(ui, &mut draft.runs_until);
    });
    let field = Field::new("Activation code, if the customer has it").mono();
    field.width(f32::INFINITY).show(ui, &mut draft.code);
    let names = CHANNELS.map(|(name, _)| name);
    Choice::new("Bought", &names).show(ui, &mut draft.channel);
    if holds_card_number(&draft.product) {
        let words = "This looks like a card number. Card numbers are never stored here";
        text(ui, Type::Small, Ink::Tone(Tone::Danger), words);
        return None;
    }
    entered(draft, data).map(|subscription| Change::SubscriptionAdded { subscription })
}

/// The subscription as it is typed; `None` while something is missing or can't be read.
fn entered(draft: &Draft, data: &CaseData<'_>) -> Option<Subscription> {
    let some = |typed: &String| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
    let expires_on = match draft.runs_until.trim() {
        "" => None,
        typed => Some(parse_day(typed)?),
    };
    let channel = draft.channel.and_then(|idx| CHANNELS.get(idx));
    let mut subscription = Subscription {
        uid: SubscriptionUid(0),
        customer: data.file.customer.external_id.clone(),
        product: some(&draft.product)?,
        activation_code: some(&draft.code).map(Secret::new),
        receipt_no: some(&draft.receipt),
        purchased_on: None,
        expires_on,
        channel: channel.map_or(Channel::Other(String::new()), |(_, channel)| channel.clone()),
        seats_on_file: None,
        term_months_on_file: None,
        reading: None,
        exchanged_in: None,
        twin: None,
    };
    subscription.uid = SubscriptionMark::of(&subscription).uid();
    Some(subscription)
}
