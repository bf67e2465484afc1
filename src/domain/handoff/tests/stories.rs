//! What the sheets say in the stories of the desk.

use super::*;
use crate::domain::case::{Closing, Override, OverrideKind};
use crate::domain::id::PersonId;
use crate::domain::removal::RemovedBy;

fn acer() -> Device {
    computer(11, "Acer Aspire E15", "NXGE6AA0017160")
}

#[track_caller]
fn says(file: &CaseFile, expected: &str) {
    assert_eq!(told(file), expected);
}

/// A text story prints what stands after the strip: the parts of it that differ.
#[track_caller]
fn has(file: &CaseFile, lines: &[&str]) {
    let text = told(file);
    for line in lines {
        assert!(text.lines().any(|one| one == *line), "no line {line:?} in\n{text}");
    }
}

#[test]
fn removal_and_exchange_are_told_from_found_to_left() {
    let mut file = file(Wants::Both, vec![acer()]);
    file.case.removals = vec![ended(&acer(), removed())];
    file.timeline = vec![line(20, "Dana Reyes", "Removed")];
    hand_out(&mut file);
    says(&file, "S1");
}

#[test]
fn a_key_that_was_seen_active_leaves_nothing_to_activate() {
    let mut file = file(Wants::Both, vec![acer()]);
    file.case.removals = vec![ended(&acer(), removed())];
    hand_out(&mut file);
    file.case.replacements[0].active_at = Some(at(29));
    file.timeline = vec![line(29, "Dana Reyes", "Replacement seen active")];
    has(
        &file,
        &[
            "Kaspersky was removed from your Acer Aspire E15. In exchange you received Webroot \
             SecureAnywhere Internet Security Plus 3 Devices 1 Year.",
            "## Your replacement [Done: Active]",
            "Activated: seen active by Dana Reyes, 5 Oct 2017, 11:29",
        ],
    );
    assert!(!told(&file).contains("Activate Webroot"));
}

#[test]
fn removal_alone_says_that_the_exchange_stays_open_and_the_device_is_bare() {
    let mut file = file(Wants::RemovalOnly, vec![acer()]);
    file.case.removals = vec![ended(&acer(), removed())];
    says(&file, "S2");
}

#[test]
fn an_exchange_without_a_device_says_that_nothing_was_looked_at() {
    let mut file = file(Wants::ExchangeOnly, Vec::new());
    hand_out(&mut file);
    says(&file, "S3");
}

#[test]
fn who_removed_alone_is_taken_at_their_word() {
    let mut file = file(Wants::Both, vec![acer()]);
    let mut alone = removal(&acer(), Some(Outcome::RemovedByCustomer));
    alone.by = RemovedBy::Customer;
    alone.version.clear();
    alone.finish.as_mut().expect("an end").at = at(5);
    file.case.removals = vec![alone];
    hand_out(&mut file);
    has(
        &file,
        &[
            "You removed Kaspersky from your Acer Aspire E15 yourself. In exchange you received \
             Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year. Until you activate \
             it, we know of no antivirus that protects your Acer Aspire E15.",
            "## Acer Aspire E15 [Done: Removed by you]",
            "Found: Kaspersky Internet Security, version not noted",
            "Removed by: you, as you told us on 5 Oct 2017, 11:05",
            "Proof: Your word. This desk did not check the device.",
            "[ ] Restart your Acer Aspire E15. The removal is complete only after a restart.",
        ],
    );
}

#[test]
fn what_is_left_to_the_customer_is_not_called_removed() {
    let mut file = file(Wants::Both, vec![acer()]);
    file.case.removals = vec![removal(&acer(), Some(Outcome::LeftToCustomer))];
    hand_out(&mut file);
    has(
        &file,
        &[
            "Kaspersky is still on your Acer Aspire E15: you remove it at home. In exchange you \
             received Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year.",
            "## Acer Aspire E15 [Open: Left to you]",
            "Result: Kaspersky is still on this device. You remove it at home.",
            "[ ] Remove Kaspersky from your Acer Aspire E15 before you install the replacement. \
             First restore files from quarantine and open data vaults and backups: they can't be \
             reached afterwards. Uninstall Kaspersky, keep no license data, then restart.",
        ],
    );
}

#[test]
fn each_of_several_devices_has_its_own_end_and_a_leads_word_is_named() {
    let dell = computer(12, "Dell XPS 13", "7QK2M12");
    let hp = computer(13, "HP 250", "");
    let mut file = file(Wants::Both, vec![acer(), dell.clone(), hp.clone()]);
    let remains = Outcome::LeftoversRemain { reason: "klflt.sys is in use".to_owned() };
    let refused = Outcome::NotRemoved { reason: "asks for a password".to_owned() };
    file.case.removals =
        vec![ended(&acer(), removed()), ended(&dell, remains), removal(&hp, Some(refused))];
    file.case.overrides.push(Override {
        what: OverrideKind::GoOn,
        reason: "customer comes back on Saturday".to_owned(),
        by: PersonId(Uuid::from_u128(3)),
        at: at(21),
    });
    file.timeline = vec![line(21, "Morgan Lee", "Override: …")];
    hand_out(&mut file);
    file.case.replacements.insert(
        0,
        Replacement {
            voided: Some((at(23), "rejected by the vendor".to_owned())),
            key: KeyId(Uuid::from_u128(6)),
            ..file.case.replacements[0].clone()
        },
    );
    file.case.replacements[1].shortfall_reason = "customer agrees".to_owned();
    file.wanted.seats = 5;
    says(&file, "S4");
}

#[test]
fn who_changes_their_mind_takes_a_sheet_that_says_so() {
    let mut file = file(Wants::Both, vec![acer()]);
    let reason = "The customer keeps Kaspersky".to_owned();
    file.case.closed = Some((at(9), Closing::Withdrawn { reason }));
    says(&file, "S5");
}

#[test]
fn an_unfinished_visit_is_never_told_as_finished() {
    let mut file = file(Wants::Both, vec![acer()]);
    file.case.removals = vec![removal(&acer(), None)];
    has(
        &file,
        &[
            "The removal from your Acer Aspire E15 is not finished. No replacement has been \
             handed out yet.",
            "## Acer Aspire E15 [Open: Not finished]",
            "Result: The removal is not finished.",
            "## Your replacement [Open: Open]",
        ],
    );
}

#[test]
fn who_is_not_eligible_reads_why() {
    let mut file = file(Wants::ExchangeOnly, Vec::new());
    let mut old = subscription();
    old.reading = None;
    old.expires_on = parse_day("2017-09-19");
    file.eligibility = decide(&settings().campaign, Some(&old), file.case.opened_on);
    file.subscription = Some(old);
    let reason = "no free exchange".to_owned();
    file.case.closed = Some((at(9), Closing::Withdrawn { reason }));
    has(&file, &["Why: runs until 19 Sep 2017, from the store's records."]);
    assert!(!told(&file).contains("Come for your free exchange"));
}

#[test]
fn a_training_file_says_so_and_a_real_one_does_not() {
    let file = file(Wants::Both, vec![acer()]);
    let mut training = settings();
    training.is_training = true;
    let sheet = sheet(&file, &training, at(31));
    assert!(plain(&sheet).starts_with("!! TRAINING"));
    assert!(!told(&file).contains("TRAINING"));
}

#[test]
fn nothing_typed_anywhere_brings_a_whole_secret_onto_the_sheet() {
    let secrets = [KEY, "Z4XTE-ZSHEK-9AEDY-KFE47", "NXGE6AA0017160", "NM9U9-8KPDM-7YSY7-X8DDY"];
    let typed = format!("{} {}", secrets.join(" "), KEY.replace('-', "").to_lowercase());
    let mut device = acer();
    device.model = format!("Acer {typed}");
    device.condition.clone_from(&typed);
    device.accessories.clone_from(&typed);
    let mut file = file(Wants::Both, vec![device.clone()]);
    file.other_subscriptions = vec![Subscription {
        activation_code: Some(Secret::new("NM9U9-8KPDM-7YSY7-X8DDY")),
        ..subscription()
    }];
    let mut done = ended(&device, Outcome::LeftoversRemain { reason: typed.clone() });
    done.finish.as_mut().expect("an end").notes.clone_from(&typed);
    file.case.removals = vec![done];
    hand_out(&mut file);
    file.case.replacements[0].shortfall_reason.clone_from(&typed);
    file.customer.surname.clone_from(&typed);
    let text = told(&file).replace('-', "").to_uppercase();
    for secret in secrets {
        assert!(!text.contains(&secret.replace('-', "")), "{secret} in\n{text}");
    }
    // Of the customer, the sheet names nobody's phone, e-mail or address.
    for private in ["555 0142", "EXAMPLE.COM", "MAIN ST", "BB771"] {
        assert!(!text.contains(private), "{private}");
    }
}

#[test]
fn the_key_sheet_holds_the_whole_key_and_only_once_it_was_handed_out() {
    let mut file = file(Wants::Both, vec![acer()]);
    file.case.removals = vec![ended(&acer(), removed())];
    hand_out(&mut file);
    let sheet = key_sheet(&file, &settings(), at(31)).expect("a key sheet");
    assert_eq!(sheet.key.reveal(), KEY);
    assert!(!format!("{sheet:?}").contains(KEY));
    let facts: Vec<_> = sheet.facts.iter().map(fact_line).collect();
    let text = [sheet.warning.as_str(), &facts.join("\n"), &sheet.steps.join("\n")].join("\n");
    assert_eq!(text, "S6");

    let mut held = file.clone();
    held.case.replacements.clear();
    assert_eq!(key_sheet(&held, &settings(), at(31)), None);
    file.case.replacements[0].voided = Some((at(30), "spoiled".to_owned()));
    assert_eq!(key_sheet(&file, &settings(), at(31)), None);
}
