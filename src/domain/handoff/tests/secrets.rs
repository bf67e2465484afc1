//! What must stand on one sheet alone, or on none.

use super::*;

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
    assert_eq!(
        text,
        "\
         This is the only paper with your whole key. Whoever has it can use the key: keep it \
         safe, and show it to nobody.\n\
         Product: Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year\n\
         Covers: 3 devices, 12 months\n\
         Activate at: webroot.com/bestbuydownloads\n\
         For: Amara Okafor\n\
         Handed out: 5 Oct 2017, 11:24\n\
         On the device, go to webroot.com/bestbuydownloads.\n\
         Enter the key as printed above, hyphens included, and install.\n\
         Open the product and see that it says you are protected."
    );

    let mut held = file.clone();
    held.case.replacements.clear();
    assert_eq!(key_sheet(&held, &settings(), at(31)), None);
    file.case.replacements[0].voided = Some((at(30), "spoiled".to_owned()));
    assert_eq!(key_sheet(&file, &settings(), at(31)), None);
}
