//! What the sheet says when a visit did not go the usual way.

use super::*;
use crate::domain::case::{Closing, Override, OverrideKind};
use crate::domain::id::PersonId;
use crate::domain::removal::RemovedBy;

/// Three devices, three ends, a lead's word and a voided key.
const SEVERAL: &str = "\
    Best Buy Richfield | Store 0281 · Desk 2 | D2-00419 | Printed 5 Oct 2017, 11:31\n\
    # Kaspersky removal and exchange\n\
    Kaspersky is gone from 1 of 3 devices; see each device for the rest. In exchange \
    you received Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year. Until \
    you activate it, we know of no antivirus that protects your Acer Aspire E15 and \
    Dell XPS 13.\n\
    Opened: 5 Oct 2017, 11:00\n\
    Customer: Amara Okafor\n\
    Technician: Dana Reyes\n\
    Asked for: Removal and exchange\n\
    Free offer until: 23 Oct 2017\n\
    ## Acer Aspire E15 [Done: Removed]\n\
    Serial ends in: 7160\n\
    System: Windows\n\
    Handed in with: Charger\n\
    Backup: you have one, as you said\n\
    Consent: signed by Amara Okafor\n\
    Found: Kaspersky Internet Security 17.0.0.611\n\
    Your data: safe before the uninstall, 11:04\n\
    Uninstalled: 11:06, Windows uninstall\n\
    Restarted: 11:11\n\
    Leftover search: 11:15\n\
    Removed by: a technician of this desk, 11:20\n\
    Proof: The technician states: “Programs, services, drivers and both browsers looked \
    at, nothing found.” No scan was made afterwards.\n\
    ## Your replacement [Open: To be activated]\n\
    Product: Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year\n\
    Covers: 3 devices, 12 months\n\
    Key ends in: CMU8\n\
    Activate at: webroot.com/bestbuydownloads\n\
    Less: fewer devices than before. Customer agrees.\n\
    Handed out: 11:24\n\
    Activated: not yet: you activate it\n\
    Earlier key: no longer valid. Rejected by the vendor.\n\
    ## Decided by a lead\n\
    Going on: Customer comes back on Saturday. (Morgan Lee, 11:21)\n\
    ## Your Kaspersky subscription\n\
    Product: Kaspersky Internet Security 3 Devices\n\
    Covers: 3 devices\n\
    Term: runs until 13 Nov 2017, read from the program on 5 Oct 2017\n\
    Days left: 39 on 5 Oct 2017\n\
    Receipt: 0588-040-6932-112316\n\
    Code ends in: KFE47\n\
    ## Dell XPS 13 [Open: Leftovers remain]\n\
    Serial ends in: M12\n\
    System: Windows\n\
    Handed in with: Charger\n\
    Found: Kaspersky Internet Security 17.0.0.611\n\
    Your data: safe before the uninstall, 11:04\n\
    Uninstalled: 11:06, Windows uninstall\n\
    Restarted: 11:11\n\
    Leftover search: 11:15\n\
    Removed by: a technician of this desk, 11:20\n\
    What remains: klflt.sys is in use.\n\
    ## HP 250 [Open: Not removed]\n\
    Serial number: could not be read\n\
    System: Windows\n\
    Handed in with: Charger\n\
    Found: Kaspersky Internet Security 17.0.0.611\n\
    Tried by: a technician of this desk, 11:20\n\
    What remains: Kaspersky is still on this device.\n\
    Why: Asks for a password.\n\
    ## Left\n\
    [ ] Ask us how to go on with your Dell XPS 13 and HP 250. Kaspersky is not wholly \
    gone from them. The removal is free when you come until 23 Oct 2017.\n\
    [ ] Activate Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year. \
    Install it at webroot.com/bestbuydownloads and enter the key that ends in …CMU8. \
    The whole key is not on this sheet.\n\
    [ ] Remove Kaspersky apps from phones and tablets. Android: first withdraw the \
    device administrator right in the settings.\n\
    [ ] Cancel automatic renewal of Kaspersky. If it renews by itself at Best Buy or in \
    My Kaspersky: removing it does not stop the billing.\n\
    [ ] Remove the Kaspersky extension from every browser. Browsers that share an \
    account may bring it back from another device.\n\
    [ ] Move passwords out of Kaspersky Password Manager. If you used it: import the \
    exported file into another password manager, then delete the file: anybody can read \
    it.\n\
    ? Call (612) 555-0190 or come to the Geek Squad desk at Best Buy Richfield and name \
    case D2-00419.\n\
    > I received all 3 devices with accessories and the replacement, and this sheet was \
    explained to me.\n\
    ____ Amara Okafor, Customer, or who collects the device\n\
    ____ Dana Reyes, Technician\n";

#[test]
fn who_removed_alone_is_taken_at_their_word() {
    let mut file = file(Wants::Both, vec![acer()]);
    let mut alone = bare_end(&acer(), Outcome::RemovedByCustomer);
    alone.by = RemovedBy::Customer;
    alone.version.clear();
    file.case.removals = vec![alone];
    hand_out(&mut file);
    has(
        &file,
        &[
            "You removed Kaspersky from your Acer Aspire E15 yourself. In exchange you received \
             Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year. Until you activate \
             it, we know of no antivirus that protects your Acer Aspire E15.",
            "## Acer Aspire E15 [Done: Removed by you]",
            "Found: Kaspersky Internet Security (version not noted)",
            "Removed by: you, as you told us, 11:20",
            "Proof: Your word. This desk did not check the device.",
            "[ ] Restart your Acer Aspire E15. The removal is complete only after a restart.",
        ],
    );
}

#[test]
fn what_is_left_to_the_customer_is_not_called_removed() {
    let mut file = file(Wants::Both, vec![acer()]);
    file.case.removals = vec![bare_end(&acer(), Outcome::LeftToCustomer)];
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
        vec![ended(&acer(), removed()), ended(&dell, remains), bare_end(&hp, refused)];
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
    says(&file, SEVERAL);
}

#[test]
fn who_changes_their_mind_takes_a_sheet_that_says_so() {
    let mut file = file(Wants::Both, vec![acer()]);
    let reason = "The customer keeps Kaspersky".to_owned();
    file.case.closed = Some((at(9), Closing::Withdrawn { reason }));
    says(
        &file,
        "\
         Best Buy Richfield | Store 0281 · Desk 2 | D2-00419 | Printed 5 Oct 2017, 11:31\n\
         # Kaspersky removal and exchange\n\
         This visit ended early. Reason: The customer keeps Kaspersky. Nothing was removed \
         from your Acer Aspire E15. No replacement was handed out.\n\
         Opened: 5 Oct 2017, 11:00\n\
         Customer: Amara Okafor\n\
         Technician: Dana Reyes\n\
         Asked for: Removal and exchange\n\
         Free offer until: 23 Oct 2017\n\
         ## Acer Aspire E15 [Open: Not done]\n\
         Serial ends in: 7160\n\
         System: Windows\n\
         Handed in with: Charger\n\
         Backup: you have one, as you said\n\
         Consent: signed by Amara Okafor\n\
         Result: Nothing was removed.\n\
         ## Your replacement [Open: Not handed out]\n\
         Result: No replacement was handed out.\n\
         ## Your Kaspersky subscription\n\
         Product: Kaspersky Internet Security 3 Devices\n\
         Covers: 3 devices\n\
         Term: runs until 13 Nov 2017, read from the program on 5 Oct 2017\n\
         Days left: 39 on 5 Oct 2017\n\
         Receipt: 0588-040-6932-112316\n\
         Code ends in: KFE47\n\
         ## Left\n\
         [ ] Come for your free exchange until 23 Oct 2017. Bring this sheet. What is begun \
         by then can be finished later.\n\
         ? Call (612) 555-0190 or come to the Geek Squad desk at Best Buy Richfield and name \
         case D2-00419.\n\
         > I received the device with accessories, and this sheet was explained to me.\n\
         ____ Amara Okafor, Customer, or who collects the device\n\
         ____ Dana Reyes, Technician\n",
    );
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
            "## Your replacement [Open: Not yet]",
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
    let ended = "nded 19 Sep 2017, from the store's records";
    has(&file, &[&format!("Why: E{ended}."), &format!("Term: e{ended}")]);
    assert!(!told(&file).contains("Come for your free exchange"));
}

#[test]
fn what_speaks_against_two_scans_is_told_even_where_nothing_was_found() {
    use crate::domain::evidence::compare::Doubt;
    use crate::domain::evidence::kept::Side;
    use crate::domain::evidence::samples::{WHOLE, kept, scan};
    use crate::domain::evidence::trace::Scan;
    let acer = acer();
    let of = |host: &str| Scan { hosts: vec![host.to_owned()], ..scan(&[], &WHOLE) };
    let mut file = file(Wants::Both, vec![acer.clone()]);
    file.case.removals = vec![ended(&acer, removed())];
    file.case.scans =
        vec![kept(acer.id, Side::Before, 1, of("1f3a")), kept(acer.id, Side::After, 2, of("77d0"))];
    let said = told(&file);
    assert!(said.contains(Doubt::OtherMachine.sentence()), "{said}");
}
