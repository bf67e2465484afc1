//! Exports that show a part of the device: nothing else is gone because they don't name it.

use super::read;
use crate::domain::evidence::compare::compare;
use crate::domain::evidence::trace::Area;

const UNINSTALL: &str = "Microsoft\\Windows\\CurrentVersion\\Uninstall";

/// A whole `.reg` file of these keys and their values.
fn reg(keys: &[(&str, &str)]) -> String {
    let key = |(key, values): &(&str, &str)| format!("[{key}]\r\n{values}\r\n");
    let keys: String = keys.iter().map(key).collect();
    format!("Windows Registry Editor Version 5.00\r\n\r\n{keys}")
}

/// The list of programs below this root, with one more key.
fn programs(root: &str, name: &str) -> String {
    let key = format!("{root}\\{UNINSTALL}");
    let (own, last) = (format!("{key}\\{name}"), format!("{key}\\MPlayer2"));
    let values = format!("\"DisplayName\"=\"{name}\"\r\n");
    reg(&[(&key, ""), (&own, &values), (&last, "")])
}

/// The filters of a device class, as `reg query` tells them.
fn class(number: u8, filters: &str) -> String {
    let class = format!("{{4D36E9{number:02X}-E325-11CE-BFC1-08002BE10318}}");
    format!(
        "\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Class\\{class}\r\n    UpperFilters    REG_MULTI_SZ    {filters}\r\n\r\n"
    )
}

/// `dir` of a folder that holds these.
fn dir(folder: &str, names: &[&str]) -> String {
    let line = |name: &&str| format!("10/05/2017  08:30 AM    <DIR>          {name}\r\n");
    let lines: String = names.iter().map(line).collect();
    format!(
        " Directory of {folder}\r\n\r\n{lines}               0 File(s)              0 bytes\r\n"
    )
}

/// Keys as `reg query` lists them.
fn keys(parent: &str, names: &[&str]) -> String {
    let line = |name: &&str| format!("{parent}\\{name}\r\n");
    let lines: String = names.iter().map(line).collect();
    format!("\r\n{lines}")
}

/// Services as `sc` lists them: name and state.
fn services(kind: &str, services: &[(&str, &str)]) -> String {
    let one = |(name, state): &(&str, &str)| {
        format!(
            "\r\nSERVICE_NAME: {name}\r\nDISPLAY_NAME: {name}\r\n        TYPE               : {kind}  \r\n        STATE              : {state} \r\n                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)\r\n"
        )
    };
    services.iter().map(one).collect()
}

const DRIVER: &str = "1  KERNEL_DRIVER";
const SERVICE: &str = "10  WIN32_OWN_PROCESS";
const RUNNING: &str = "4  RUNNING";
const STOPPED: &str = "1  STOPPED";

/// What is said, before and after, and whether what was found before is gone.
type Row<'a> = (&'a str, &'a String, &'a [&'a String], bool);

fn hold(table: &[Row<'_>]) {
    for (said, before, after, is_gone) in table {
        let before = read(before.as_bytes());
        assert!(before.found().next().is_some(), "{said}");
        let mut scanner = super::Scanner::new(super::Signatures::builtin());
        for file in *after {
            scanner.add(file.as_bytes()).expect("from memory");
        }
        let comparison = compare(&before, &scanner.finish());
        assert_eq!(comparison.n_gone == comparison.n_found, *is_gone, "{said}: {comparison:?}");
    }
}

#[test]
fn a_trace_is_gone_only_where_its_own_place_was_shown() {
    let (wow, native) =
        ("HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node", "HKEY_LOCAL_MACHINE\\SOFTWARE");
    let kis = programs(wow, "Kaspersky Internet Security");
    let (both, user) =
        (programs(native, "7-Zip"), programs("HKEY_CURRENT_USER\\Software", "OneDrive"));
    let other = programs(wow, "7-Zip");
    let bits = "OSArchitecture=32-bit\r\n\r\n".to_owned();
    let (x86, files) = ("C:\\Program Files (x86)", "C:\\Program Files");
    let folder = dir(x86, &["Adobe", "Kaspersky Lab"]);
    let key = keys(wow, &["Adobe", "KasperskyLab", "Microsoft"]);
    let disk = class(0x67, "klfltdev\\0partmgr");
    let service = services(SERVICE, &[("AVP17.0.0", STOPPED)]);
    let driver = "Module Name  Display Name           Driver Type   Link Date\r\n============ ====================== ============= ======================\r\nkneps        KNEPS                  Kernel        6/6/2017 5:00:00 PM\r\n".to_owned();
    let all = services(SERVICE, &[("Appinfo", RUNNING), ("BFE", STOPPED), ("WSearch", RUNNING)]);
    let running =
        services(SERVICE, &[("Appinfo", RUNNING), ("BFE", RUNNING), ("WSearch", RUNNING)]);
    let stopped =
        services(SERVICE, &[("Appinfo", STOPPED), ("BFE", STOPPED), ("WSearch", STOPPED)]);
    let loaded = services(DRIVER, &[("ACPI", RUNNING), ("disk", RUNNING), ("tcpip", RUNNING)]);
    let drivers = services(DRIVER, &[("ACPI", RUNNING), ("beep", STOPPED), ("tcpip", RUNNING)]);
    let fltmc = "\r\nFilter Name                     Num Instances    Altitude    Frame\r\n------------------------------  -------------  ------------  -----\r\nWdFilter                                4       328010         0\r\nluafv                                   1       135000         0\r\nnpsvctrig                               1        46000         0\r\n".to_owned();
    let more =
        format!("{all}\r\nEnumeration: 71586 Bytes erforderlich, Fortsetzung bei Index 79\r\n");
    let table: [Row; 22] = [
        ("a user's programs", &kis, &[&user], false),
        ("64-bit programs", &kis, &[&both], false),
        ("its own list", &kis, &[&other], true),
        ("both", &kis, &[&both, &other], true),
        ("all programs of 32-bit Windows", &kis, &[&both, &bits], true),
        ("another folder", &folder, &[&dir(files, &["Adobe", "Windows Mail"])], false),
        ("its folder", &folder, &[&dir(x86, &["Adobe", "Windows Mail"])], true),
        (
            "another key",
            &key,
            &[&keys("HKEY_CURRENT_USER\\Software", &["Adobe", "Google", "Microsoft"])],
            false,
        ),
        ("its key", &key, &[&keys(wow, &["Adobe", "Google", "Microsoft"])], true),
        ("its key, cut", &key, &[&keys(wow, &["Adobe", "Bonjour", "Google"])], false),
        ("other classes", &disk, &[&class(0x6F, "mouclass"), &class(0x6B, "kbdclass")], false),
        ("its class", &disk, &[&class(0x67, "partmgr")], true),
        ("services that run", &service, &[&running], false),
        ("services that are stopped", &service, &[&stopped], false),
        ("all services", &service, &[&all], true),
        ("not all services", &service, &[&more], false),
        ("drivers that run", &driver, &[&loaded], false),
        ("minifilters", &driver, &[&fltmc], false),
        ("all drivers", &driver, &[&drivers], true),
        (
            "its own folder still there",
            &dir(&format!("{x86}\\Kaspersky Lab"), &["Kaspersky Internet Security 17.0.0"]),
            &[&folder],
            false,
        ),
        ("nothing", &service, &[], false),
        ("an empty file", &service, &[&String::new()], false),
    ];
    hold(&table);
}

#[test]
fn parts_of_a_folder_and_what_is_someone_elses_show_nothing_gone() {
    let x86 = "C:\\Program Files (x86)";
    let folder = dir(x86, &["Adobe", "Kaspersky Lab"]);
    let service = services(SERVICE, &[("AVP17.0.0", STOPPED)]);
    let own = |user: &str| format!("C:\\Users\\{user}\\AppData\\Local");
    let lab = ["Google", "Kaspersky Lab", "Temp"];
    let (janes, other_janes) = (dir(&own("Jane"), &lab), dir(&own("Jane"), &["Google", "Temp"]));
    let toms = dir(&own("Tom"), &["Google", "Temp"]);
    let sid =
        |n: u8| format!("HKEY_USERS\\S-1-5-21-1111111111-2222222222-3333333333-100{n}\\Software");
    let (makers, lab) = (["Adobe", "Google", "Microsoft"], ["Adobe", "KasperskyLab", "Microsoft"]);
    let (user, user_gone) = (keys(&sid(1), &lab), keys(&sid(1), &makers));
    let other_user = keys(&sid(2), &makers);
    let current = keys("HKEY_CURRENT_USER\\Software", &lab);
    let set = |text: String| text.replace("CurrentControlSet", "ControlSet002");
    let filter = class(0x6F, "klmouflt\\0mouclass");
    let both_clean = class(0x6F, "mouclass") + &class(0x6B, "kbdclass");
    let table: [Row; 11] = [
        ("a pattern", &folder, &[&dir(x86, &["Adobe"])], false),
        ("files alone", &folder, &[&dir(x86, &[])], false),
        ("her own folder", &janes, &[&other_janes], true),
        ("another account's folder", &janes, &[&toms], false),
        ("her own keys", &user, &[&user_gone], true),
        ("another account's keys", &user, &[&other_user], false),
        (
            "the keys of whoever asks",
            &current,
            &[&keys("HKEY_CURRENT_USER\\Software", &makers)],
            false,
        ),
        ("a filter", &filter, &[&both_clean], true),
        ("a filter of another control set", &set(filter.clone()), &[&both_clean], false),
        ("filters of another control set", &filter, &[&set(both_clean.clone())], false),
        (
            "services of another control set",
            &service,
            &[&set(keys(
                "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services",
                &["ACPI", "ALG", "BFE", "Tcpip", "WSearch"],
            ))],
            false,
        ),
    ];
    hold(&table);
}

/// A table of programs as `Format-Table` writes it.
fn ps_table(names: &[&str]) -> String {
    let row = |name: &&str| format!("{name:<28} 1.0            X\r\n");
    let rows: String = names.iter().map(row).collect();
    format!(
        "\r\nDisplayName                  DisplayVersion Publisher\r\n-----------                  -------------- ---------\r\n{rows}\r\n\r\n"
    )
}

#[test]
fn a_program_is_gone_only_from_the_list_that_showed_it() {
    const KIS: &str = "Kaspersky Internet Security";
    let list_32 = ["Adobe Reader", "Google Chrome", "Notepad++"];
    let with_kis = ["Adobe Reader", KIS, "Google Chrome", "Notepad++"];
    let with_eset = ["ESET Security", "Adobe Reader", "Google Chrome", "Notepad++"];
    let others: Vec<String> = (0..50).map(|n| format!("Program {n}")).collect();
    let mut long: Vec<&str> = others.iter().map(String::as_str).collect();
    long.push(KIS);
    let list_64 = ["7-Zip 16.04 (x64)", "Intel Chipset", "VLC media player"];
    let csv = |names: &[&str]| {
        let rows = names.join(",1.0\r\nPC,");
        format!("\r\nNode,Name,Version\r\nPC,{rows},1.0\r\n")
    };
    let wow = "HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node";
    let key = format!("{wow}\\{UNINSTALL}");
    let keys =
        keys(&key, &["AddressBook", "Google Chrome", "{90160000-008C-0000-0000-0000000FF1CE}"]);
    let found = |names: &[&str], end: &str| {
        let one =
            |name: &&str| format!("{key}\\{name}\r\n    DisplayName    REG_SZ    {name}\r\n\r\n");
        let all: String = names.iter().map(one).collect();
        format!("\r\n{all}{end}")
    };
    let chrome = ["AddressBook", "Google Chrome", "Skype"];
    let (all, some) = (found(&chrome, ""), found(&chrome, "End of search: 3 match(es) found.\r\n"));
    let kis_wow = programs(wow, KIS);
    let addition = "Additional scan result of Farbar Recovery Scan Tool (x64) Version: 27-09-2017\r\nRan by X (05-10-2017 10:00:00)\r\n\r\n==================== Installed Programs ======================\r\n\r\n7-Zip 16.04 (x64) (HKLM\\...\\7-Zip) (Version: 16.04 - Igor Pavlov)\r\n\r\n==================== End of Addition.txt ============================\r\n".to_owned();
    let table: [(&str, String, &String, bool); 16] = [
        ("the same list", ps_table(&with_kis), &ps_table(&list_32), true),
        ("the same list, a product more", ps_table(&with_kis), &ps_table(&with_eset), true),
        ("the same list, cut", ps_table(&with_kis), &ps_table(&list_32[..2]), false),
        ("of wmic, cut", csv(&long), &csv(&long[..20]), false),
        ("of wmic, whole", csv(&long), &csv(&long[..50]), true),
        ("the other list", ps_table(&with_kis), &ps_table(&list_64), false),
        ("installer's own list of another", csv(&with_kis), &csv(&list_64), false),
        ("the same of wmic", csv(&with_kis), &csv(&list_32), true),
        ("another tool", ps_table(&with_kis), &csv(&list_64), false),
        ("a tool that shows all", ps_table(&with_kis), &addition, true),
        (
            "a tool that showed all, then a list",
            addition.replace("7-Zip 16.04 (x64)", KIS),
            &ps_table(&list_64),
            false,
        ),
        ("its key", kis_wow.clone(), &all, true),
        ("keys without values", kis_wow.clone(), &keys, false),
        ("a search", kis_wow.clone(), &some, false),
        ("the 64-bit key", kis_wow, &programs("HKEY_LOCAL_MACHINE\\SOFTWARE", "7-Zip"), false),
        ("nothing to know the list by", ps_table(&[KIS]), &ps_table(&list_32), false),
    ];
    for (said, before, after, is_gone) in table {
        let comparison = compare(&read(before.as_bytes()), &read(after.as_bytes()));
        assert_eq!(comparison.n_found, 1, "{said}");
        assert_eq!(comparison.n_gone == 1, is_gone, "{said}: {comparison:?}");
    }
    let alone = read(ps_table(&list_64).as_bytes());
    assert!(!alone.shows(Area::Programs), "it may be one list of two");
}

#[test]
fn a_file_without_a_known_record_is_no_export() {
    let table = [
        "[.ShellClassInfo]\r\nIconResource=C:\\Windows\\x.dll,3\r\n\r\n",
        "[autorun]\r\nopen=setup.exe\r\nicon=setup.exe\r\n\r\n",
        "Dear Amara,\r\nPhone    : 555 0142\r\nDay      : Monday\r\n\r\n",
        "\"name\",\"phone\"\r\n\"Amara Okafor\",\"555 0142\"\r\n",
    ];
    for text in table {
        assert_eq!(read(text.as_bytes()).formats, ["text"], "{text}");
    }
    let collected = "Swapdesk collect: every browser extension is listed above\r\n";
    assert_eq!(read(collected.as_bytes()).formats, ["collect"]);
}

#[test]
fn half_an_address_is_never_shown() {
    let long = "x".repeat(280);
    let values = format!(
        "\"Kaspersky\"=\"C:\\\\Program Files\\\\Kaspersky Lab\\\\avpui.exe -{long} jane.doe@example.com\"\r\n"
    );
    let text =
        reg(&[("HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run", &values)]);
    let scan = read(text.as_bytes());
    assert!(scan.traces.iter().all(|trace| !trace.text.contains("jane")), "{:?}", scan.traces);
    assert!(!scan.traces.is_empty());
}
