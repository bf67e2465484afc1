//! What is left applies to the visit, and nothing else is listed.

use super::*;

/// The first words of what is left, for a subscription and an end of the removal.
fn left(product: &str, channel: &str, outcome: Outcome) -> Vec<String> {
    let mut acer = computer(11, "Acer", "NXGE6AA0017160");
    acer.accessories.clear();
    let mut file = file(Wants::Both, vec![acer.clone()]);
    let mut one = subscription();
    one.product = product.to_owned();
    one.channel = Channel::from(channel.to_owned());
    file.subscription = Some(one);
    let mut removal = ended(&acer, outcome);
    removal.product = product.to_owned();
    removal.checks.push((Check::ProtectionOn, at(16)));
    file.case.removals = vec![removal];
    hand_out(&mut file);
    file.case.replacements[0].active_at = Some(at(30));
    let sheet = sheet(&file, &settings(), at(31));
    sheet.left.into_iter().map(|to_do| to_do.what).collect()
}

#[test]
fn only_what_applies_is_left() {
    let others = "Remove Kaspersky from other devices on this license";
    let phones = "Remove Kaspersky apps from phones and tablets";
    let renewal = "Cancel automatic renewal of Kaspersky";
    let browsers = "Remove the Kaspersky extension from every browser";
    let passwords = "Move passwords out of Kaspersky Password Manager";
    let stuck = "Ask us how to go on with your Acer";
    let home = "Remove Kaspersky from your Acer before you install the replacement";
    let refused = || Outcome::NotRemoved { reason: "asks for a password".to_owned() };
    let table: [(&str, &str, Outcome, &[&str]); 6] = [
        ("Kaspersky Anti-Virus 1 PC", "store", removed(), &[renewal, browsers]),
        ("Kaspersky Free 1 PC", "store", removed(), &[browsers]),
        (
            "Kaspersky Total Security 5 Devices",
            "auto_renew",
            removed(),
            &[others, phones, renewal, browsers, passwords],
        ),
        ("Kaspersky Internet Security 1 PC", "store", removed(), &[renewal, browsers, passwords]),
        ("Kaspersky Anti-Virus 1 PC", "store", refused(), &[stuck, renewal, browsers]),
        ("Kaspersky Anti-Virus 1 PC", "store", Outcome::LeftToCustomer, &[home, renewal, browsers]),
    ];
    for (product, channel, outcome, expected) in table {
        assert_eq!(left(product, channel, outcome.clone()), expected, "{product} {outcome:?}");
    }
}
