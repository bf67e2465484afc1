//! A Kaspersky subscription: which edition, from where, until when it runs, and how we know.

use crate::domain::fold;
use crate::domain::id::{CaseNumber, ExternalId, SubscriptionUid};
use crate::domain::privacy::Secret;
use crate::domain::product_text::{self, Seats};
use crate::domain::time::day_text;
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// How many letters of an activation code are kept once it was exchanged.
///
/// Source: product rules, "Words", subscription.
pub const CODE_LETTERS_KEPT: usize = 5;

/// The edition of a Kaspersky product, as far as its name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// Kaspersky Free: costs nothing, was never bought, is never exchanged.
    Free,
    /// Kaspersky Anti-Virus.
    AntiVirus,
    /// Kaspersky Internet Security.
    InternetSecurity,
    /// Kaspersky Total Security, PURE (its name until 2014) or Security Cloud.
    TotalSecurity,
    /// Kaspersky Small Office Security.
    SmallOffice,
}

impl Edition {
    /// Recognizes an edition in a product's name, also shortened (`KIS 2017 3PC`).
    /// `None` for a name that names none: whether it was paid for is then unknown.
    pub fn read(product: &str) -> Option<Self> {
        let words = product_text::words(product);
        let has = |word: &str| {
            words.iter().any(|w| w == word || w.strip_prefix(word).is_some_and(is_number))
        };
        let pair = |a: &str, b: &str| {
            words.windows(2).any(|pair| matches!(pair, [x, y] if x == a && y == b))
        };
        let is_kaspersky = has("kaspersky");
        if has("kfa") || (is_kaspersky && has("free")) {
            Some(Self::Free)
        } else if has("ksos") || (is_kaspersky && pair("small", "office")) {
            Some(Self::SmallOffice)
        } else if has("kts")
            || has("ksc")
            || (is_kaspersky
                && (pair("total", "security") || has("pure") || pair("security", "cloud")))
        {
            Some(Self::TotalSecurity)
        } else if has("kis") || (is_kaspersky && pair("internet", "security")) {
            Some(Self::InternetSecurity)
        } else if has("kav") || (is_kaspersky && (pair("anti", "virus") || has("antivirus"))) {
            Some(Self::AntiVirus)
        } else {
            None
        }
    }

    /// The tier that a replacement should match; `None` for the free edition.
    pub fn tier(self) -> Option<Tier> {
        match self {
            Self::Free => None,
            Self::AntiVirus => Some(Tier::AntiVirus),
            Self::InternetSecurity => Some(Tier::InternetSecurity),
            Self::TotalSecurity | Self::SmallOffice => Some(Tier::TotalSecurity),
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// How much a product does. Store categories of the time: anti-virus, internet security, total
/// protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Malware protection alone.
    AntiVirus,
    /// With firewall, web and mail protection.
    InternetSecurity,
    /// With password manager, backup or parental control.
    TotalSecurity,
}

impl Tier {
    /// The tier's name in the window.
    pub fn label(self) -> &'static str {
        match self {
            Self::AntiVirus => "Antivirus",
            Self::InternetSecurity => "Internet security",
            Self::TotalSecurity => "Total protection",
        }
    }
}

/// Where a subscription was bought.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Channel {
    /// In a store of ours.
    Store,
    /// From our web site.
    Online,
    /// With a Geek Squad plan: whether the offer covers it is not known.
    GeekSquad,
    /// A renewal billed by us: not known either.
    Renewal,
    /// Bundled with a computer: not known either.
    Bundle,
    /// Bought from somebody else.
    Elsewhere,
    /// Anything else, as the file has it. Empty when the file says nothing.
    Other(String),
}

impl From<String> for Channel {
    fn from(text: String) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "store" | "in_store" => Self::Store,
            "online" | "web" => Self::Online,
            "geek_squad" => Self::GeekSquad,
            "renewal" => Self::Renewal,
            "bundle" => Self::Bundle,
            "elsewhere" => Self::Elsewhere,
            _ => Self::Other(text.trim().to_owned()),
        }
    }
}

impl From<Channel> for String {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Store => "store".to_owned(),
            Channel::Online => "online".to_owned(),
            Channel::GeekSquad => "geek_squad".to_owned(),
            Channel::Renewal => "renewal".to_owned(),
            Channel::Bundle => "bundle".to_owned(),
            Channel::Elsewhere => "elsewhere".to_owned(),
            Channel::Other(text) => text,
        }
    }
}

/// A day read from the program itself, on a day: the best proof of an active term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The last day of the term, as the program showed it.
    pub runs_until: NaiveDate,
    /// When somebody looked.
    pub read_on: NaiveDate,
}

/// One Kaspersky subscription of one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The same on every desk.
    pub uid: SubscriptionUid,
    /// Whose it is.
    pub customer: ExternalId,
    /// The product as the file or the technician wrote it.
    pub product: String,
    /// The activation code: whole, or its last five characters once it was exchanged.
    pub activation_code: Option<Secret>,
    /// The receipt's number.
    pub receipt_no: Option<String>,
    /// The day of purchase.
    pub purchased_on: Option<NaiveDate>,
    /// The last day of the term, as the store's records have it.
    pub expires_on: Option<NaiveDate>,
    /// Where it was bought.
    pub channel: Channel,
    /// Devices covered, when a column says so. See [`Self::seats`].
    pub seats_on_file: Option<u16>,
    /// Length of the term in months, when a column says so. See [`Self::term_months`].
    pub term_months_on_file: Option<u16>,
    /// What was read from the program at the desk.
    pub reading: Option<Reading>,
    /// The case in which it was exchanged, if it was.
    pub exchanged_in: Option<CaseNumber>,
    /// Another subscription that was exchanged and is probably this one, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<Twin>,
}

/// Why another subscription that was exchanged is probably the same: entered twice, or brought by
/// somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "case", rename_all = "snake_case")]
pub enum Twin {
    /// It had this activation code, and was exchanged in this case.
    Code(CaseNumber),
    /// It was this product on this receipt, and one of the two has no code to tell them apart.
    Receipt(CaseNumber),
}

/// Until when a subscription runs, and how we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunsUntil {
    /// Read from the program on a day.
    Read(Reading),
    /// The store's records say so.
    OnFile(NaiveDate),
    /// Purchase and term. The term starts at the first activation, so it can only be later.
    AtLeast(NaiveDate),
    /// Nothing says.
    Unknown,
}

impl RunsUntil {
    /// The day, when there is one.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Read(reading) => Some(reading.runs_until),
            Self::OnFile(day) | Self::AtLeast(day) => Some(day),
            Self::Unknown => None,
        }
    }

    /// The fact in words as it stands on a day: `runs until 13 Nov 2017, read from the program on
    /// 5 Oct 2017`, `ended 29 Mar 2015, from the store's records`.
    pub fn text_on(self, today: NaiveDate) -> String {
        let is_over = self.day().is_some_and(|day| day < today);
        let runs = if is_over { "ended" } else { "runs until" };
        match self {
            Self::Read(Reading { runs_until, read_on }) => format!(
                "{runs} {}, read from the program on {}",
                day_text(runs_until),
                day_text(read_on)
            ),
            Self::OnFile(day) => format!("{runs} {}, from the store's records", day_text(day)),
            Self::AtLeast(day) => {
                format!("purchase and term give {}; it starts at first activation", day_text(day))
            }
            Self::Unknown => "no date is known; read it from the program".to_owned(),
        }
    }
}

impl Subscription {
    /// The edition, when the name tells.
    pub fn edition(&self) -> Option<Edition> {
        Edition::read(&self.product)
    }

    /// Devices covered: from the column, else from the name, else 1 for Anti-Virus, else unknown.
    pub fn seats(&self) -> Option<u16> {
        let named = || match product_text::read_name(&self.product).seats {
            Some(Seats::Count(n)) => Some(n),
            Some(Seats::Unlimited) | None => None,
        };
        self.seats_on_file.or_else(named)
    }

    /// Length of the term in months: from the column, else from the name.
    pub fn term_months(&self) -> Option<u16> {
        self.term_months_on_file.or(product_text::read_name(&self.product).term_months)
    }

    /// Until when it runs. A day read from the program beats the file, the file beats arithmetic.
    ///
    /// Source: product rules, "Two entitlements".
    pub fn runs_until(&self) -> RunsUntil {
        let by_term = || {
            let months = Months::new(self.term_months()?.into());
            self.purchased_on?.checked_add_months(months)
        };
        match (self.reading, self.expires_on) {
            (Some(reading), _) => RunsUntil::Read(reading),
            (None, Some(day)) => RunsUntil::OnFile(day),
            (None, None) => by_term().map_or(RunsUntil::Unknown, RunsUntil::AtLeast),
        }
    }

    /// The activation code's end for a screen: `…KFE47`. What was kept of a code that was
    /// exchanged is its end already.
    pub fn code_ending(&self) -> Option<String> {
        let code = self.activation_code.as_ref()?;
        let letters = fold::letters_and_digits(code.reveal());
        let is_end = letters.len() <= CODE_LETTERS_KEPT;
        Some(if is_end { format!("…{letters}") } else { code.ending(CODE_LETTERS_KEPT) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_are_recognized_also_shortened_and_others_are_left_open() {
        let table = [
            ("Kaspersky Total Security 5 Devices", Some(Edition::TotalSecurity)),
            ("Kaspersky Internet Security 3 Devices", Some(Edition::InternetSecurity)),
            ("Kaspersky Anti-Virus", Some(Edition::AntiVirus)),
            ("kaspersky antivirus 2017 1PC", Some(Edition::AntiVirus)),
            ("KIS 2017 3PC 1 Year", Some(Edition::InternetSecurity)),
            ("KIS2017", Some(Edition::InternetSecurity)),
            ("KAV", Some(Edition::AntiVirus)),
            ("KTS 5 dev", Some(Edition::TotalSecurity)),
            ("Kaspersky PURE 3.0", Some(Edition::TotalSecurity)),
            ("Kaspersky Free 18.0.0", Some(Edition::Free)),
            ("Kaspersky Small Office Security 5", Some(Edition::SmallOffice)),
            ("Kaspersky Password Manager", None),
            ("McAfee Internet Security", None),
            ("free antivirus", None),
            ("", None),
        ];
        for (name, edition) in table {
            assert_eq!(Edition::read(name), edition, "{name:?}");
        }
    }

    #[test]
    fn channels_are_read_by_any_of_their_names_and_kept_otherwise() {
        for (text, channel) in [
            ("in_store", Channel::Store),
            ("STORE", Channel::Store),
            ("web", Channel::Online),
            ("geek_squad", Channel::GeekSquad),
            ("auto_renew", Channel::Other("auto_renew".to_owned())),
            ("", Channel::Other(String::new())),
        ] {
            assert_eq!(Channel::from(text.to_owned()), channel, "{text:?}");
        }
    }

    #[test]
    fn a_day_read_from_the_program_beats_the_file_and_the_file_beats_arithmetic() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        let mut sub = sample("Kaspersky Internet Security 3 Devices 1 Year");
        sub.purchased_on = Some(day(2016, 11, 14));
        assert_eq!(sub.runs_until(), RunsUntil::AtLeast(day(2017, 11, 14)));
        sub.expires_on = Some(day(2017, 11, 13));
        assert_eq!(sub.runs_until(), RunsUntil::OnFile(day(2017, 11, 13)));
        let reading = Reading { runs_until: day(2018, 2, 1), read_on: day(2017, 10, 5) };
        sub.reading = Some(reading);
        assert_eq!(sub.runs_until(), RunsUntil::Read(reading));
        sub = sample("Kaspersky Internet Security");
        assert_eq!(sub.runs_until(), RunsUntil::Unknown);
        assert_eq!(sub.seats(), None);
    }

    #[test]
    fn the_end_of_a_code_is_shown_also_when_only_that_was_kept() {
        let mut sub = sample("KIS");
        assert_eq!(sub.code_ending(), None);
        for (code, ending) in [("HST6A-VV5DB-RACY3-68A3Y", "…68A3Y"), ("68A3Y", "…68A3Y")] {
            sub.activation_code = Some(Secret::new(code));
            assert_eq!(sub.code_ending().as_deref(), Some(ending), "{code}");
        }
    }

    fn sample(product: &str) -> Subscription {
        Subscription {
            uid: SubscriptionUid(1),
            customer: ExternalId("M1".to_owned()),
            product: product.to_owned(),
            activation_code: None,
            receipt_no: None,
            purchased_on: None,
            expires_on: None,
            channel: Channel::Store,
            seats_on_file: None,
            term_months_on_file: None,
            reading: None,
            exchanged_in: None,
            twin: None,
        }
    }
}
