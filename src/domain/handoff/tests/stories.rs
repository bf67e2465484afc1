//! What the sheet says in the usual stories of the desk.

use super::*;

#[test]
fn removal_and_exchange_are_told_from_found_to_left() {
    let mut file = file(Wants::Both, vec![acer()]);
    file.case.removals = vec![ended(&acer(), removed())];
    file.timeline = vec![line(20, "Dana Reyes", "Removed")];
    hand_out(&mut file);
    says(
        &file,
        "\
         Best Buy Richfield | Store 0281 · Desk 2 | D2-00419 | Printed 5 Oct 2017, 11:31\n\
         # Kaspersky removal and exchange\n\
         Kaspersky was removed from your Acer Aspire E15. In exchange you received Webroot \
         SecureAnywhere Internet Security Plus 3 Devices 1 Year. Until you activate it, we \
         know of no antivirus that protects your Acer Aspire E15.\n\
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
         Removed by: Dana Reyes, 11:20\n\
         Proof: The technician states: “Programs, services, drivers and both browsers looked \
         at, nothing found.” No scan was made afterwards.\n\
         ## Your replacement [Open: To be activated]\n\
         Product: Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year\n\
         Covers: 3 devices, 12 months\n\
         Key ends in: CMU8\n\
         Activate at: webroot.com/bestbuydownloads\n\
         Handed out: 11:24\n\
         Activated: not yet: you activate it\n\
         ## Your Kaspersky subscription\n\
         Product: Kaspersky Internet Security 3 Devices\n\
         Covers: 3 devices\n\
         Term: runs until 13 Nov 2017, read from the program on 5 Oct 2017\n\
         Days left: 39 on 5 Oct 2017\n\
         Receipt: 0588-040-6932-112316\n\
         Code ends in: KFE47\n\
         ## Left\n\
         [ ] Activate Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year. \
         Install it at webroot.com/bestbuydownloads and enter the key that ends in …CMU8. \
         The whole key is not on this sheet.\n\
         [ ] Remove Kaspersky from other devices on this license. Your license covered 3 \
         devices; 1 was here. The replacement covers 3 devices.\n\
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
         > I received the device with accessories and the replacement, and this sheet was \
         explained to me.\n\
         ____ Amara Okafor, Customer, or who collects the device\n\
         ____ Dana Reyes, Technician\n",
    );
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
            "Activated: seen active by Dana Reyes, 11:29",
        ],
    );
    assert!(!told(&file).contains("Activate Webroot"));
}

#[test]
fn removal_alone_says_that_the_exchange_stays_open_and_the_device_is_bare() {
    let mut file = file(Wants::RemovalOnly, vec![acer()]);
    file.case.removals = vec![ended(&acer(), removed())];
    says(
        &file,
        "\
         Best Buy Richfield | Store 0281 · Desk 2 | D2-00419 | Printed 5 Oct 2017, 11:31\n\
         # Kaspersky removal\n\
         Kaspersky was removed from your Acer Aspire E15. No exchange was asked for; it \
         stays free for you until 23 Oct 2017. We saw no antivirus running on your Acer \
         Aspire E15 afterwards.\n\
         Opened: 5 Oct 2017, 11:00\n\
         Customer: Amara Okafor\n\
         Technician: Dana Reyes\n\
         Asked for: Removal only\n\
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
         ## Your Kaspersky subscription\n\
         Product: Kaspersky Internet Security 3 Devices\n\
         Covers: 3 devices\n\
         Term: runs until 13 Nov 2017, read from the program on 5 Oct 2017\n\
         Days left: 39 on 5 Oct 2017\n\
         Receipt: 0588-040-6932-112316\n\
         Code ends in: KFE47\n\
         ## Left\n\
         [ ] See that an antivirus is on: Acer Aspire E15. On Windows 10, open Windows \
         Security and see that it is on. Older Windows has no antivirus of its own: install \
         one.\n\
         [ ] Remove Kaspersky from other devices on this license. Your license covered 3 \
         devices; 1 was here.\n\
         [ ] Remove Kaspersky apps from phones and tablets. Android: first withdraw the \
         device administrator right in the settings.\n\
         [ ] Cancel automatic renewal of Kaspersky. If it renews by itself at Best Buy or in \
         My Kaspersky: removing it does not stop the billing.\n\
         [ ] Remove the Kaspersky extension from every browser. Browsers that share an \
         account may bring it back from another device.\n\
         [ ] Move passwords out of Kaspersky Password Manager. If you used it: import the \
         exported file into another password manager, then delete the file: anybody can read \
         it.\n\
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
fn an_exchange_without_a_device_says_that_nothing_was_looked_at() {
    let mut file = file(Wants::ExchangeOnly, Vec::new());
    hand_out(&mut file);
    says(
        &file,
        "\
         Best Buy Richfield | Store 0281 · Desk 2 | D2-00419 | Printed 5 Oct 2017, 11:31\n\
         # Kaspersky exchange\n\
         No device was here: nothing was removed, nothing was looked at. In exchange you \
         received Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year.\n\
         Opened: 5 Oct 2017, 11:00\n\
         Customer: Amara Okafor\n\
         Technician: Dana Reyes\n\
         Asked for: Exchange only\n\
         Free offer until: 23 Oct 2017\n\
         ## Your replacement [Open: To be activated]\n\
         Product: Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year\n\
         Covers: 3 devices, 12 months\n\
         Key ends in: CMU8\n\
         Activate at: webroot.com/bestbuydownloads\n\
         Handed out: 11:24\n\
         Activated: not yet: you activate it\n\
         ## Your Kaspersky subscription\n\
         Product: Kaspersky Internet Security 3 Devices\n\
         Covers: 3 devices\n\
         Term: runs until 13 Nov 2017, read from the program on 5 Oct 2017\n\
         Days left: 39 on 5 Oct 2017\n\
         Receipt: 0588-040-6932-112316\n\
         Code ends in: KFE47\n\
         ## Left\n\
         [ ] Remove Kaspersky from every device it is on before you install the replacement. \
         First restore files from quarantine and open data vaults and backups: they can't be \
         reached afterwards. Uninstall Kaspersky, keep no license data, then restart.\n\
         [ ] Activate Webroot SecureAnywhere Internet Security Plus 3 Devices 1 Year. \
         Install it at webroot.com/bestbuydownloads and enter the key that ends in …CMU8. \
         The whole key is not on this sheet.\n\
         [ ] Remove Kaspersky apps from phones and tablets. Android: first withdraw the \
         device administrator right in the settings.\n\
         [ ] Cancel automatic renewal of Kaspersky. If it renews by itself at Best Buy or in \
         My Kaspersky: removing it does not stop the billing.\n\
         [ ] Remove the Kaspersky extension from every browser. Browsers that share an \
         account may bring it back from another device.\n\
         [ ] Move passwords out of Kaspersky Password Manager. If you used it: export them \
         before you uninstall, and import them into another password manager. Then delete \
         the exported file: anybody can read it.\n\
         ? Call (612) 555-0190 or come to the Geek Squad desk at Best Buy Richfield and name \
         case D2-00419.\n\
         > I received the replacement, and this sheet was explained to me.\n\
         ____ Amara Okafor, Customer\n\
         ____ Dana Reyes, Technician\n",
    );
}
