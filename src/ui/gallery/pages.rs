//! The pages of the design, in made-up names and numbers.

use egui::Ui;

use crate::ui::shell::{Actions, Message, Page, PageArea, Person, Shell, Span, Split, Status};
use crate::ui::theme::{Ink, Mode, Tone, Type, scale};
use crate::ui::widgets::button::{Button, buttons, toolbar};
use crate::ui::widgets::card::{card, divider, list_card, section_title, well};
use crate::ui::widgets::check_row::CheckRow;
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::compare_row::CompareRow;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::key_value::{facts, icon_line};
use crate::ui::widgets::list_row::ListRow;
use crate::ui::widgets::row::{at_right, row, tight};
use crate::ui::widgets::search_box::SearchBox;
use crate::ui::widgets::step_card::{StepCard, StepState};
use crate::ui::widgets::table::{Cell, Column, Row, Table, Width};
use crate::ui::widgets::text::text;
use crate::ui::widgets::tile::{Tile, tiles};
use crate::ui::widgets::timeline;

pub(super) fn shell(page: Page, title: &'static str) -> Shell<'static> {
    Shell {
        page,
        title,
        deadline: Some(Chip::new(Tone::Warn, Icon::Clock, "17 days left · ends 23 Oct")),
        person: Some(Person { initials: "DR", name: "Dana Reyes, technician" }),
        status: Status {
            left: (Tone::Warn, Icon::WifiOff, "Offline. Working from this desk; 3 entries waiting"),
            right: "Store 0281 · Desk 2 · 42 keys leased here · Ctrl+K commands · F1 keys",
        },
        mode: Mode::Live,
    }
}

pub(super) fn lookup(ui: &mut Ui) {
    shell(Page::Lookup, "Lookup").show(ui, lookup_body);
}

pub(super) fn training(ui: &mut Ui) {
    Shell { mode: Mode::Training, ..shell(Page::Lookup, "Lookup") }.show(ui, lookup_body);
}

fn lookup_body(ui: &mut Ui) {
    let area = PageArea::new(ui, Actions::None);
    area.scrolling_body(ui, |ui| {
        let mut typed = "okafor 0142".to_owned();
        let search = SearchBox::new("Find a customer")
            .hint("Name, phone, e-mail, receipt, serial or case number")
            .trailing(Icon::ScanLine, "Scanner ready");
        crate::ui::widgets::focus::at_first_sight(&search.show(ui, &mut typed));
        let help = "Name, phone, e-mail, receipt, device serial or case number. \
                    Typing finds as you go; a scan opens at once.";
        text(ui, Type::Small, Ink::Muted, help);
        let split = Split::new(ui, 522.0);
        split.main(ui, |ui| {
            ui.spacing_mut().item_spacing.y = scale::SPACE_2;
            hits(ui);
            ui.add_space(scale::SPACE_1);
            Button::secondary("New customer").icon(Icon::UserPlus).key("Ctrl+N").show(ui);
            ui.add_space(scale::SPACE_3);
            section_title(ui, "Open on this desk", "");
            open_cases(ui);
        });
        split.side(ui, customer);
    });
}

fn hits(ui: &mut Ui) {
    section_title(ui, "3 customers match", "");
    let surname = 6..12;
    let name = [surname];
    list_card(ui, "Customers", |ui| {
        ListRow::new("Amara Okafor")
            .title_marks(&name)
            .number(1)
            .subtitle("•••• 0142 · amara.o@example.com   1 subscription · receipt 0281-77310")
            .chip(Chip::new(Tone::Ok, Icon::CircleCheck, "Eligible"))
            .selected(true)
            .position(0, 3)
            .show(ui);
        ListRow::new("Chidi Okafor")
            .title_marks(&name)
            .number(2)
            .subtitle("•••• 0142 · c.okafor@example.com   1 subscription · bought elsewhere")
            .chip(Chip::new(Tone::Warn, Icon::TriangleAlert, "Check"))
            .position(1, 3)
            .show(ui);
        ListRow::new("Amara Okafar")
            .number(3)
            .subtitle("•••• 0192 · no e-mail   Possible duplicate of row 1")
            .chip(Chip::new(Tone::Info, Icon::Users, "Duplicate?"))
            .position(2, 3)
            .show(ui);
    });
}

fn open_cases(ui: &mut Ui) {
    list_card(ui, "Open cases", |ui| {
        let rows = [
            ("D2-00418", "Lena Brandt", "HP Pavilion 15 · removing since 10:42"),
            ("D2-00417", "Tom Weiss", "Dell Inspiron · waiting for restart"),
            ("D2-00415", "R. Novak", "Surface Pro · ready to hand over"),
        ];
        let chips = [
            Chip::new(Tone::Info, Icon::Loader, "Step 2 of 3"),
            Chip::new(Tone::Danger, Icon::Clock, "Unprotected 26 min"),
            Chip::new(Tone::Ok, Icon::PackageCheck, "Ready"),
        ];
        for (idx, ((case, name, note), chip)) in rows.into_iter().zip(chips).enumerate() {
            ListRow::compact(case, name).subtitle(note).chip(chip).position(idx, 3).show(ui);
        }
    });
}

fn customer(ui: &mut Ui) {
    card(ui, |ui| {
        row(ui, scale::SPACE_8, |ui| {
            text(ui, Type::Page, Ink::Strong, "Amara Okafor");
            at_right(ui, |ui| Chip::new(Tone::Ok, Icon::CircleCheck, "Eligible").show(ui));
        });
        row(ui, scale::TARGET_MIN, |ui| {
            ui.spacing_mut().item_spacing.x = scale::SPACE_6;
            icon_line(ui, (Icon::Phone, Ink::Muted), "+1 612 555 0142");
            icon_line(ui, (Icon::Mail, Ink::Muted), "amara.o@example.com");
        });
        divider(ui);
        section_title(ui, "Subscription to exchange", "");
        facts(
            ui,
            &[
                ("Product", "Kaspersky Internet Security, 3 devices"),
                ("Bought", "14 Nov 2016, store 0281, receipt 0281-77310"),
                ("Runs until", "13 Nov 2017, 39 days left"),
                ("Used on", "1 of 3 devices"),
                ("Exchange by", "23 Oct 2017, 17 days left"),
            ],
        );
        divider(ui);
        section_title(ui, "Why eligible", "");
        let ok = Ink::Tone(Tone::Ok);
        tight(ui, |ui| {
            for rule in [
                "Bought here, receipt on file",
                "Subscription active today",
                "Inside the 45-day window",
                "Not exchanged before",
            ] {
                icon_line(ui, (Icon::Check, ok), rule);
            }
        });
        divider(ui);
        buttons(
            ui,
            &[
                Button::primary("Start case").icon(Icon::Play).key("Enter").main(),
                Button::secondary("History").icon(Icon::History).key("Ctrl+H").main(),
            ],
        );
    });
}

pub(super) fn case(ui: &mut Ui) {
    shell(Page::Cases, "D2-00419  Amara Okafor").show(ui, |ui| {
        let area = PageArea::new(ui, Actions::Bar);
        area.scrolling_body(ui, |ui| {
            let split = Split::new(ui, scale::SIDE_WIDTH);
            split.main(ui, steps);
            split.side(ui, case_timeline);
        });
        let trace = "1 trace is still there. Remove the Chrome extension, then scan again.";
        area.actions(
            ui,
            Some(Message { tone: Tone::Warn, icon: Icon::TriangleAlert, words: trace }),
            &[
                Button::secondary("Go on anyway…").icon(Icon::MessageSquareWarning).key("O").main(),
                Button::primary("Scan again").icon(Icon::ScanLine).key("Ctrl+Enter").main(),
            ],
        );
    });
}

fn steps(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = scale::SPACE_3;
    row(ui, scale::TARGET_MIN, |ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_6;
        Chip::new(Tone::Ok, Icon::CircleCheck, "Eligible, 17 days left").show(ui);
        text(ui, Type::Secondary, Ink::Body, "Acer Aspire E15 · S/N NXGE6AA0017160");
        Chip::new(Tone::Danger, Icon::ShieldX, "Unprotected for 4 min").show(ui);
    });
    StepCard::new(1, "Check in")
        .state(StepState::Done)
        .subtitle("Charger, no bag. Scratch on lid. Signed by Amara Okafor 11:02.")
        .edit("Edit", "Alt+1")
        .show(ui, |_| ());
    StepCard::new(2, "Remove Kaspersky").open().right("3 of 5 done").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        CheckRow::new("Scan before removal")
            .checked(true)
            .note("7 traces found · before.log")
            .show(ui);
        CheckRow::new("Uninstall from Windows").checked(true).note("11:06 · exit code 0").show(ui);
        CheckRow::new("Run kavremover, restart").checked(true).note("11:11 · restarted").show(ui);
        CheckRow::new("Scan after removal")
            .note("Drop the scan log here or press S")
            .key("S")
            .selected(true)
            .show(ui);
        CheckRow::new("Windows Security is on")
            .note("Confirm on the customer's screen")
            .key("W")
            .show(ui);
        ui.add_space(scale::SPACE_2);
        well(ui, |ui| {
            section_title(ui, "Before and after", "sha-256 kept with the case");
            traces(ui);
        });
    });
    StepCard::new(3, "Issue replacement")
        .subtitle(
            "Suggested: Webroot SecureAnywhere, 3 devices, 1 year. Covers 39 days and 3 seats.",
        )
        .right("Opens after step 2")
        .show(ui, |_| ());
}

fn traces(ui: &mut Ui) {
    let traces = [
        ("Service AVP17.0.0", true),
        ("Driver klflt.sys", true),
        ("Chrome extension Kaspersky Protection", false),
    ];
    for (row_idx, (trace, is_gone)) in traces.into_iter().enumerate() {
        let after = if is_gone { (Tone::Ok, "gone") } else { (Tone::Danger, "still there") };
        CompareRow::new(trace, "found", after).position(row_idx, traces.len()).show(ui);
    }
}

fn case_timeline(ui: &mut Ui) {
    card(ui, |ui| {
        row(ui, scale::CONTROL_HEIGHT, |ui| {
            text(ui, Type::BodyStrong, Ink::Strong, "Timeline");
            at_right(ui, |ui| Button::link("+ Note").key("N").show(ui));
        });
        divider(ui);
        for (time, what, who) in [
            ("11:11", "kavremover finished, PC restarted", "D. Reyes"),
            ("11:06", "Uninstalled from Windows", "D. Reyes"),
            ("11:04", "Before scan attached, 7 traces", "D. Reyes"),
            ("11:02", "Customer signed consent", "A. Okafor"),
            ("11:00", "Checked in at desk 2", "D. Reyes"),
            ("10:59", "Eligibility: 4 of 4 rules pass", "System"),
        ] {
            timeline::entry(ui, time, what, who);
        }
    });
}

pub(super) fn stock(ui: &mut Ui) {
    shell(Page::Stock, "Stock").show(ui, |ui| {
        let area = PageArea::new(ui, Actions::None).span(Span::Full);
        area.body(ui, |ui| {
            tiles(ui, &stock_tiles());
            let filter = Field::new("Filter").hint("Key ending, product, case…");
            toolbar(
                ui,
                |ui| filter.show(ui, &mut String::new()),
                &[
                    Button::secondary("Count stock").icon(Icon::ListChecks).key("Ctrl+J"),
                    Button::secondary("Import keys").icon(Icon::Upload).key("Ctrl+I"),
                ],
            );
            stock_table(ui);
        });
    });
}

fn stock_tiles() -> [Tile<'static>; 4] {
    let tile = |icon, tone, label, number, note| Tile { icon, tone, label, number, note };
    [
        tile(Icon::KeyRound, Tone::Ok, "Keys free here", "42", "leased to desk 2 until 6 Oct"),
        tile(Icon::PackageCheck, Tone::Info, "Issued today", "11", "at this desk"),
        tile(Icon::TriangleAlert, Tone::Warn, "Low products", "1", "Trend Micro: 4 left"),
        tile(Icon::Ban, Tone::Neutral, "Voided", "2", "in quarantine, never reissued"),
    ]
}

fn stock_table(ui: &mut Ui) {
    let columns = [
        Column::text("Product", Width::Rest),
        Column::text("Key ends", Width::Fixed(130.0)),
        Column::number("Seats", 60.0),
        Column::number("Term", 80.0),
        Column::text("Lot", Width::Fixed(130.0)),
        Column::text("State", Width::Fixed(170.0)),
        Column::text("Case", Width::Fixed(160.0)),
    ];
    let keys = [
        ("Webroot SecureAnywhere", "…Q7F2", "3", "WB-1709", 0, ""),
        ("Webroot SecureAnywhere", "…9KLD", "3", "WB-1709", 1, "D2-00419"),
        ("Trend Micro Max Security", "…M31X", "5", "TM-0904", 2, "D2-00411"),
        ("Trend Micro Max Security", "…77QA", "5", "TM-0904", 0, ""),
        ("ESET NOD32", "…A0ZC", "1", "ES-2201", 3, "D2-00398"),
        ("McAfee Total Protection", "…11FF", "10", "MC-0907", 4, "Desk 1"),
    ];
    let mut selected = Some(1);
    Table::new("Keys of this desk", &columns).show(ui, 600, &mut selected, |idx| {
        let (product, ends, seats, lot, state, case) = keys[idx % keys.len()];
        let state = match state {
            0 => Cell::chip(Tone::Neutral, Icon::Circle, "Free"),
            1 => Cell::chip(Tone::Info, Icon::Hourglass, "Held 4:51"),
            2 => Cell::chip(Tone::Ok, Icon::CircleCheck, "Issued"),
            3 => Cell::chip(Tone::Danger, Icon::Ban, "Voided"),
            _ => Cell::chip(Tone::Warn, Icon::Lock, "Leased away"),
        };
        let case = if case.is_empty() { Cell::Empty } else { Cell::link(case) };
        Row::new(vec![
            Cell::text(product),
            Cell::mono(ends),
            Cell::text(seats),
            Cell::text("12 mo"),
            Cell::mono(lot),
            state,
            case,
        ])
    });
}
