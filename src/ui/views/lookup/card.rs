//! The right half of home: the customer who is chosen, what may be exchanged, and why.

use egui::{ScrollArea, Ui};

use super::LookupData;
use super::start::start_action;
use crate::domain::campaign::WindowState;
use crate::domain::card::CustomerCard;
use crate::domain::eligibility::{RuleResult, Verdict};
use crate::domain::subscription::{Channel, Subscription};
use crate::domain::time::{count_text, day_text};
use crate::ui::action::{Action, Dialog};
use crate::ui::shell::Split;
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::views::chips;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card, divider, section_title};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::key_value::{fact, icon_line};
use crate::ui::widgets::text::{text, text_line};

pub(super) fn ui(
    ui: &mut Ui,
    data: &LookupData<'_>,
    shown: Option<&CustomerCard>,
) -> Option<Action> {
    let shown = shown?;
    let room = ui.available_height();
    let framed = card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = scale::SPACE_2;
        head_ui(ui, shown);
        divider(ui);
        // Below come a divider and the buttons, and the margin of the card around all of it.
        let below = scale::MAIN_BUTTON_HEIGHT + 4.0 * scale::SPACE_2 + 2.0 * scale::SPACE_4;
        let height = (room - ui.min_rect().height() - below).max(scale::LIST_ROW_HEIGHT);
        if Split::is_stacked(ui) {
            // Under the list the page scrolls.
            ui.scope(|ui| facts_ui(ui, data, shown));
        } else {
            let area = ScrollArea::vertical().id_salt("card").max_height(height);
            area.auto_shrink([false, true]).show(ui, |ui| facts_ui(ui, data, shown));
        }
        divider(ui);
        buttons_ui(ui, shown)
    });
    framed.inner
}

fn facts_ui(ui: &mut Ui, data: &LookupData<'_>, shown: &CustomerCard) {
    ui.spacing_mut().item_spacing.y = 0.0;
    subscription_ui(ui, data, shown);
    rules_ui(ui, shown);
    others_ui(ui, data, shown);
}

fn head_ui(ui: &mut Ui, shown: &CustomerCard) {
    let verdict = shown.subscriptions.first().map(|_| shown.eligibility.verdict());
    let state = chips::of_exchange(verdict);
    ui.horizontal(|ui| {
        let chip = state.chip();
        let room = ui.available_width() - chip.width(ui) - scale::SPACE_2;
        ui.scope(|ui| {
            ui.set_width(room);
            text_line(ui, Type::Page, Ink::Strong, &shown.customer.full_name());
        });
        chip.show(ui);
    });
    let customer = &shown.customer;
    let lines = [
        (Icon::Phone, customer.phone.clone()),
        (Icon::Phone, customer.phone2.clone()),
        (Icon::Mail, customer.email.clone()),
        (Icon::MapPin, customer.address_line()),
        (Icon::IdCard, customer.member_id.clone()),
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(scale::SPACE_6, 0.0);
        for (mark, words) in lines.iter().filter(|(_, words)| !words.is_empty()) {
            icon_line(ui, (*mark, Ink::Muted), words);
        }
    });
}

fn subscription_ui(ui: &mut Ui, data: &LookupData<'_>, shown: &CustomerCard) {
    section_title(ui, "Subscription to exchange", "");
    if let Some(subscription) = shown.subscriptions.first() {
        fact(ui, "Product", &product_text(subscription));
        fact(ui, "Bought", &bought_text(subscription));
        let receipt = [subscription.receipt_no.clone(), subscription.code_ending()];
        let receipt: Vec<String> = receipt.into_iter().flatten().collect();
        if !receipt.is_empty() {
            fact(ui, "Receipt, code", &receipt.join(", "));
        }
        fact(ui, "Runs until", &runs_text(data, subscription));
    } else {
        let words = "No subscription is on file. Start the case and enter it there";
        text(ui, Type::Secondary, Ink::Muted, words);
    }
    if shown.eligibility.verdict() != Verdict::NotEligible {
        fact(ui, "Exchange by", &deadline_text(data));
    }
    ui.add_space(scale::SPACE_3);
}

fn rules_ui(ui: &mut Ui, shown: &CustomerCard) {
    let title = match shown.eligibility.verdict() {
        Verdict::Eligible => "Why eligible",
        Verdict::LeadDecides => "Why a lead decides",
        Verdict::NotEligible => "Why not eligible",
    };
    section_title(ui, title, "");
    ui.spacing_mut().item_spacing.y = scale::SPACE_1;
    for rule in &shown.eligibility.exchange {
        rule_ui(ui, rule);
    }
}

fn rule_ui(ui: &mut Ui, rule: &RuleResult) {
    let (tone, mark) = chips::mark_of(rule.answer);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_2;
        icon(ui, mark, scale::ICON, Ink::Tone(tone));
        ui.vertical(|ui| {
            let words = format!("{}: {}", rule.rule.label(), rule.fact);
            text(ui, Type::Secondary, Ink::Body, &words);
        });
    });
}

fn others_ui(ui: &mut Ui, data: &LookupData<'_>, shown: &CustomerCard) {
    let others = shown.subscriptions.get(1..).unwrap_or_default();
    if others.is_empty() {
        return;
    }
    ui.add_space(scale::SPACE_3);
    section_title(ui, "Other subscriptions", "can be chosen in the case");
    for subscription in others {
        let until = subscription.runs_until().text_on(data.today);
        let words = format!("{}: {until}", subscription.product);
        text(ui, Type::Secondary, Ink::Body, &words);
    }
}

fn buttons_ui(ui: &mut Ui, shown: &CustomerCard) -> Option<Action> {
    let open = shown.open_case().map(|line| format!("Open case {}", line.number));
    let start = open.as_deref().unwrap_or("Start case");
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_4;
        let start = Button::primary(start).icon(Icon::Play).key("Enter").main().salt("start");
        if start.show(ui).clicked() {
            return Some(start_action(shown));
        }
        let history = Button::secondary("History").icon(Icon::History).key("Ctrl+H").main();
        history.show(ui).clicked().then_some(Action::Open(Dialog::History))
    })
    .inner
}

fn product_text(subscription: &Subscription) -> String {
    match subscription.seats() {
        Some(seats) => {
            let seats = count_text(seats.into(), "device");
            if subscription.product.to_lowercase().contains(&seats) {
                subscription.product.clone()
            } else {
                format!("{}, {seats}", subscription.product)
            }
        }
        None => subscription.product.clone(),
    }
}

fn bought_text(subscription: &Subscription) -> String {
    let place = match &subscription.channel {
        Channel::Store => "in a store",
        Channel::Online => "on our web site",
        Channel::GeekSquad => "Geek Squad plan",
        Channel::Renewal => "renewal",
        Channel::Bundle => "with a computer",
        Channel::Elsewhere => "elsewhere",
        Channel::Other(text) if text.is_empty() => "",
        Channel::Other(text) => &format!("\"{}\" by the records", text.replace('_', " ")),
    };
    let day = subscription.purchased_on.map(day_text);
    let parts = [day, Some(place.to_owned())];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "not on file".to_owned() } else { parts.join(", ") }
}

fn runs_text(data: &LookupData<'_>, subscription: &Subscription) -> String {
    let Some(day) = subscription.runs_until().day() else {
        return "not on file; read it from the program".to_owned();
    };
    let left = (day - data.today).num_days();
    if left < 0 {
        format!("{}, ended {} ago", day_text(day), count_text(-left, "day"))
    } else {
        format!("{}, {} left", day_text(day), count_text(left, "day"))
    }
}

fn deadline_text(data: &LookupData<'_>) -> String {
    let campaign = &data.settings.campaign;
    let last = day_text(campaign.last_day());
    match campaign.state_on(data.today) {
        WindowState::NotYet => format!("{last}, begins {}", day_text(campaign.first_day)),
        WindowState::Open { days_left: 0 } => format!("{last}, today until midnight"),
        WindowState::Open { days_left } => {
            format!("{last}, {} left", count_text(days_left, "day"))
        }
        WindowState::Over => format!("{last}, over"),
    }
}
