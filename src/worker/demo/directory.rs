//! Made-up customers, subscriptions and keys. Phone numbers are of the range that is kept free
//! for fiction (555-0100 to 555-0199), addresses end in example.com.

use crate::domain::customer::Customer;
use crate::domain::id::ExternalId;
use crate::domain::intake::{KeyLine, SubscriptionLine};
use crate::domain::privacy::Secret;
use crate::domain::subscription::Channel;
use chrono::{Days, NaiveDate};

/// Customers beside the ones with a part to play.
const N_OTHERS: usize = 380;

const GIVEN: [&str; 20] = [
    "James", "Maria", "Wei", "Priya", "Otto", "Ines", "Tomás", "Zoë", "Hassan", "Yuki", "Grace",
    "Liam", "Noor", "Pavel", "Ruth", "Sven", "Talia", "Umar", "Vera", "Willa",
];
const SURNAME: [&str; 19] = [
    "Anderson",
    "Bergström",
    "Castillo",
    "Dubois",
    "Eriksen",
    "Fitzgerald",
    "Garcia",
    "Haddad",
    "Ivanova",
    "Johansson",
    "Kowalski",
    "Lindqvist",
    "Müller",
    "Nakamura",
    "O’Brien",
    "Petrov",
    "Quinn",
    "Rossi",
    "Schneider",
];
const TOWN: [(&str, &str); 5] = [
    ("Richfield", "55423"),
    ("Bloomington", "55420"),
    ("Edina", "55435"),
    ("St. Paul", "55101"),
    ("Minnetonka", "55345"),
];

/// What a subscription is like: product, channel, days until it ends.
type Sub = (&'static str, &'static str, i64);

const KIS: &str = "Kaspersky Internet Security 3 Devices";
const KAV: &str = "Kaspersky Anti-Virus 1 Device";
const KTS: &str = "Kaspersky Total Security 5 Devices";

/// The ones with a part to play: name, last four of the phone, e-mail, subscription.
const PEOPLE: [(&str, &str, &str, &str, Sub); 8] = [
    ("Amara", "Okafor", "0142", "amara.o", (KIS, "store", 39)),
    ("Chidi", "Okafor", "0143", "c.okafor", (KIS, "elsewhere", 120)),
    ("Amara", "Okafar", "0192", "amara.o", (KAV, "renewal", 61)),
    ("Lena", "Brandt", "0148", "lena.brandt", (KTS, "store", 200)),
    ("Tom", "Weiss", "0147", "tom.weiss", (KAV, "online", 25)),
    ("Rosa", "Novak", "0145", "r.novak", (KIS, "store", 301)),
    ("Robert", "Hale", "0161", "bob.hale", (KTS, "geek_squad", 90)),
    ("Ida", "Sorensen", "0170", "ida", ("Kaspersky Free 18.0.0", "online", 400)),
];

/// The id of the `idx`th customer.
pub(super) fn id(idx: usize) -> ExternalId {
    ExternalId(format!("M{:09}", 281_000_000 + idx * 37))
}

/// All of them, the ones with a part to play first.
pub(super) fn customers() -> Vec<Customer> {
    let played = PEOPLE.iter().map(|(given, surname, last4, email, _)| {
        (*given, *surname, (*last4).to_owned(), (*email).to_owned())
    });
    let others = (0..N_OTHERS).map(|idx| {
        let (given, surname) = (pick(&GIVEN, idx), pick(&SURNAME, idx / GIVEN.len() + idx));
        let email = format!("{}{idx}", given.to_lowercase());
        (given, surname, format!("{:04}", 100 + idx % 40), email)
    });
    played.chain(others).enumerate().map(|(idx, who)| customer(idx, who)).collect()
}

fn customer(idx: usize, (given, surname, last4, email): (&str, &str, String, String)) -> Customer {
    let (city, postcode) = pick(&TOWN, idx);
    let area = pick(&["612", "651", "763", "952"], idx / 100);
    Customer {
        external_id: id(idx),
        given_name: given.to_owned(),
        surname: surname.to_owned(),
        phone: format!("({area}) 555-{last4}"),
        phone2: String::new(),
        email: if email.is_empty() { email } else { format!("{email}@example.com") },
        street: format!("{} Penn Ave S", 6_000 + idx * 4),
        city: city.to_owned(),
        state: "MN".to_owned(),
        postcode: postcode.to_owned(),
        member_id: if idx.is_multiple_of(3) {
            format!("{}", 4_000_000_000_u64 + idx as u64 * 7_919)
        } else {
            String::new()
        },
    }
}

/// One for each customer.
pub(super) fn subscriptions(today: NaiveDate) -> Vec<SubscriptionLine> {
    let others = (0..N_OTHERS).map(|idx| {
        let product = pick(&[KIS, KAV, KTS], idx);
        let channel = pick(&["store", "online", "store", "renewal", "elsewhere"], idx / 3);
        let days = i64::try_from(idx * 13 % 360).unwrap_or_default() - 60;
        (product, channel, days)
    });
    let all = PEOPLE.iter().map(|(.., sub)| *sub).chain(others);
    all.enumerate().map(|(idx, sub)| subscription(idx, sub, today)).collect()
}

fn subscription(idx: usize, (product, channel, days): Sub, today: NaiveDate) -> SubscriptionLine {
    let ends = if days < 0 {
        today.checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        today.checked_add_days(Days::new(days.unsigned_abs()))
    };
    SubscriptionLine {
        customer: id(idx),
        product: product.to_owned(),
        activation_code: Some(Secret::new(letters(idx, [5; 4]))),
        receipt_no: Some(format!("0281-{:05}", 77_310 + idx)),
        purchased_on: ends.and_then(|day| day.checked_sub_days(Days::new(364))),
        expires_on: ends,
        channel: Channel::from(channel.to_owned()),
        seats: None,
        term_months: None,
    }
}

/// Twelve of each of three products, and three of one that runs low.
pub(super) fn keys() -> Vec<KeyLine> {
    let lots = [
        ("Webroot SecureAnywhere Internet Security Complete 5 Devices 1 Year", "WB-1709", 12),
        ("ESET Internet Security 1 Device 1 Year", "ES-2201", 12),
        ("Trend Micro Maximum Security 5 Devices 1 Year", "TM-0904", 3),
        ("McAfee Total Protection 10 Devices 1 Year", "MC-0907", 12),
    ];
    let lots = lots.into_iter().enumerate();
    lots.flat_map(|(lot_idx, (product, lot, n_keys))| {
        (0..n_keys).map(move |idx| KeyLine {
            product: product.to_owned(),
            key: Secret::new(letters(10_000 + lot_idx * 100 + idx, [4; 5])),
            lot: lot.to_owned(),
            expires_on: None,
        })
    })
    .collect()
}

fn pick<T: Copy + Default>(from: &[T], idx: usize) -> T {
    from.get(idx % from.len()).copied().unwrap_or_default()
}

/// Groups of letters and digits that follow from `seed` and look like a code.
fn letters<const N: usize>(seed: usize, groups: [usize; N]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHJKMNPRSTUVWXYZ1234567899";
    let mut state = (seed as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut letter = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let idx = usize::try_from(state >> 59).unwrap_or_default();
        char::from(ALPHABET.get(idx).copied().unwrap_or(b'A'))
    };
    let groups: Vec<String> = groups.iter().map(|n| (0..*n).map(|_| letter()).collect()).collect();
    groups.join("-")
}
