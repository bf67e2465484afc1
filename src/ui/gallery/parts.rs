//! The widgets that the pages of the design do not show.

use egui::Ui;

use super::pages::{case, shell, stock};
use crate::ui::shell::{Actions, Page, PageArea, Split};
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::button::{Button, buttons, buttons_right};
use crate::ui::widgets::card::{card, section_title, titled_card};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::empty_state::empty_state;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::key_value::{fact, fact_mono};
use crate::ui::widgets::notice::{Notice, error_list};
use crate::ui::widgets::palette::{PaletteRow, palette_frame};
use crate::ui::widgets::progress::progress;
use crate::ui::widgets::row::tight;
use crate::ui::widgets::search_box::SearchBox;
use crate::ui::widgets::text::{marked_text, text};
use crate::ui::widgets::{focus, key_hint, modal, toast};

/// Fields in all their states, a choice, blocked buttons.
pub(super) fn form(ui: &mut Ui) {
    shell(Page::Cases, "New customer").show(ui, |ui| {
        let area = PageArea::new(ui, Actions::None);
        area.scrolling_body(ui, |ui| {
            let errors = ["Enter the receipt number, for example 0281-77310", "Pick a device"];
            error_list(ui, "2 things are missing", &errors);
            let split = Split::new(ui, 460.0);
            split.main(ui, |ui| {
                titled_card(ui, "Customer", fields);
            });
            split.side(ui, |ui| {
                titled_card(ui, "Check before the key is issued", |ui| {
                    tight(ui, |ui| {
                        fact(ui, "Product", "Webroot SecureAnywhere, 3 devices");
                        fact_mono(ui, "Key ends", "…9KLD");
                        fact(ui, "Covers", "39 days, 3 seats");
                    });
                    buttons(
                        ui,
                        &[Button::primary("Issue key and print")
                            .icon(Icon::Printer)
                            .key("Ctrl+Enter")
                            .blocked(Some("Opens after step 2"))],
                    );
                    Button::link("Change").key("Alt+1").blocked(Some("Key is issued")).show(ui);
                });
            });
        });
    });
}

fn fields(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = scale::SPACE_3;
    ui.horizontal_top(|ui| {
        Field::new("Given name").required().show(ui, &mut "Amara".to_owned());
        Field::new("Surname").required().show(ui, &mut "Okafor".to_owned());
    });
    Field::new("Receipt")
        .hint("0281-77310")
        .error(Some("Enter the receipt number, for example 0281-77310"))
        .show(ui, &mut String::new());
    Field::new("Activation code")
        .mono()
        .warning(Some("This looks shorter than a code. Check it against the card"))
        .show(ui, &mut "ABCDE-12345".to_owned());
    Field::new("Note")
        .rows(3)
        .width(f32::INFINITY)
        .help("No passwords and no card numbers")
        .show(ui, &mut "Scratch on the lid".to_owned());
    let mut who = Some(0);
    Choice::new("Who removes it", &["Technician", "Customer", "Nobody yet"]).show(ui, &mut who);
}

/// Notices, progress, an empty list, every tone, a toast.
pub(super) fn trouble(ui: &mut Ui) {
    shell(Page::Journal, "Journal").show(ui, |ui| {
        let area = PageArea::new(ui, Actions::None);
        area.scrolling_body(ui, |ui| {
            for (tone, what) in [
                (Tone::Danger, "No license is in stock"),
                (Tone::Warn, "Another program has the file open"),
                (Tone::Info, "A newer catalog was read"),
                (Tone::Ok, "The backup was read back and is whole"),
            ] {
                Notice {
                    tone,
                    what,
                    safe: "No key was used, and your entry is still in the form",
                    next: "Import keys, then press the button again",
                }
                .show(ui);
            }
            card(ui, |ui| {
                progress(ui, "Importing keys", 0.34, "41 of 120", Some("Esc"));
                ui.horizontal(|ui| {
                    Chip::new(Tone::Ok, Icon::CircleCheck, "Activated").show(ui);
                    Chip::new(Tone::Warn, Icon::Lock, "Leased away").show(ui);
                    Chip::new(Tone::Danger, Icon::Ban, "Voided").show(ui);
                    Chip::new(Tone::Info, Icon::Hourglass, "Held 4:51").show(ui);
                    Chip::new(Tone::Neutral, Icon::Circle, "Free").show(ui);
                    key_hint::key_box(ui, "S");
                    key_hint::key_hint(ui, "Ctrl+K");
                });
                marked_text(ui, Type::RowTitle, "Amara Okafor", &[0..2, 6..12]);
                text(ui, Type::MonoLarge, Ink::Strong, "SA3B-WKRT-0O1l-9KLD");
            });
            section_title(ui, "Keys", "none yet");
            card(ui, |ui| {
                let import = Button::primary("Import keys").icon(Icon::Upload).key("Ctrl+I");
                empty_state(ui, Icon::KeyRound, "No keys on this desk", Some(import));
            });
        });
    });
    toast::toast(ui.ctx(), (Tone::Ok, "Note added to D2-00419"), Some("Ctrl+Z"));
}

/// A dialog over the stock page.
pub(super) fn dialog(ui: &mut Ui) {
    stock(ui);
    modal::dialog(ui.ctx(), "Void key …9KLD?", |ui| {
        let words = "It was seen by a customer or is spoiled. A voided key is never free again.";
        text(ui, Type::Body, Ink::Body, words);
        Field::new("Reason").required().width(f32::INFINITY).show(ui, &mut String::new());
        let cancel = Button::secondary("Cancel").key("Esc");
        let void = Button::danger("Void key …9KLD").icon(Icon::Ban);
        buttons_right(ui, &[cancel.focus_first(), void]);
    });
}

/// The palette over a case.
pub(super) fn palette(ui: &mut Ui) {
    case(ui);
    palette_frame(ui.ctx(), |ui| {
        let search = SearchBox::new("Find a command").hint("Type what you want to do");
        focus::at_first_sight(&search.show(ui, &mut "ke".to_owned()));
        let typed = 7..9;
        let marks = [typed];
        for (idx, (icon, words, key)) in [
            (Icon::Upload, "Import keys", "Ctrl+I"),
            (Icon::ListChecks, "Count keys in stock", "Ctrl+J"),
            (Icon::Keyboard, "Show all keys", "F1"),
        ]
        .into_iter()
        .enumerate()
        {
            let row = PaletteRow::new(icon, words).key(key).selected(idx == 0).position(idx, 3);
            if idx == 0 { row.marks(&marks) } else { row }.show(ui);
        }
    });
}
