//! What a customer may have for free: each rule with its answer and the fact behind it.
//!
//! Two entitlements are decided apart. Free removal: inside the window. Free exchange: all five
//! rules. Source: product rules, "Two entitlements".

use crate::domain::campaign::{Campaign, WindowState};
use crate::domain::subscription::{Channel, Edition, RunsUntil, Subscription, Twin};
use crate::domain::time::{count_text, day_text};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A rule's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// The rule holds.
    Yes,
    /// The rule does not hold.
    No,
    /// Nobody can tell from what is on file.
    Unknown,
}

/// A rule of the offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleId {
    /// The case was opened between the first and the last day.
    InsideWindow,
    /// Bought in a store of ours or on our web site.
    BoughtHere,
    /// Active on the day the case was opened.
    ActiveOnOpening,
    /// A paid edition.
    PaidEdition,
    /// Not exchanged before.
    NotExchangedBefore,
}

impl RuleId {
    /// The rule as the technician reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::InsideWindow => "Inside the window",
            Self::BoughtHere => "Bought at Best Buy",
            Self::ActiveOnOpening => "Subscription active",
            Self::PaidEdition => "Paid edition",
            Self::NotExchangedBefore => "Not exchanged before",
        }
    }
}

/// One rule, answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleResult {
    /// Which rule.
    pub rule: RuleId,
    /// Whether it holds.
    pub answer: Answer,
    /// Why: `runs until 13 Nov 2017, read from the program on 5 Oct 2017`.
    pub fact: String,
}

/// The rules together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All yes.
    Eligible,
    /// No rule says no, but one is unknown.
    LeadDecides,
    /// A rule says no.
    NotEligible,
}

impl Verdict {
    /// `Eligible`, `Lead decides`, `Not eligible`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Eligible => "Eligible",
            Self::LeadDecides => "Lead decides",
            Self::NotEligible => "Not eligible",
        }
    }

    fn of(rules: &[RuleResult]) -> Self {
        let has = |answer| rules.iter().any(|rule| rule.answer == answer);
        if has(Answer::No) {
            Self::NotEligible
        } else if has(Answer::Unknown) {
            Self::LeadDecides
        } else {
            Self::Eligible
        }
    }
}

/// Both entitlements, rule by rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligibility {
    /// Free removal: the window alone.
    pub removal: RuleResult,
    /// Free exchange: five rules, the window first.
    pub exchange: Vec<RuleResult>,
}

impl Eligibility {
    /// The verdict on the free exchange.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(&self.exchange)
    }

    /// The verdict on the free removal.
    pub fn removal_verdict(&self) -> Verdict {
        Verdict::of(std::slice::from_ref(&self.removal))
    }

    /// The rules that do not say yes, in order.
    pub fn open_rules(&self) -> impl Iterator<Item = &RuleResult> {
        self.exchange.iter().filter(|rule| rule.answer != Answer::Yes)
    }
}

/// Decides for a case opened on `opened_on`. `None` when the customer has no subscription on file.
pub fn decide(
    campaign: &Campaign,
    subscription: Option<&Subscription>,
    opened_on: NaiveDate,
) -> Eligibility {
    let window = inside_window(campaign, opened_on);
    let unknown = |rule| RuleResult {
        rule,
        answer: Answer::Unknown,
        fact: "no subscription is on file".to_owned(),
    };
    let exchange = match subscription {
        Some(subscription) => vec![
            window.clone(),
            bought_here(&subscription.channel),
            active(subscription.runs_until(), opened_on),
            paid(subscription),
            not_exchanged(subscription),
        ],
        None => vec![
            window.clone(),
            unknown(RuleId::BoughtHere),
            unknown(RuleId::ActiveOnOpening),
            unknown(RuleId::PaidEdition),
            unknown(RuleId::NotExchangedBefore),
        ],
    };
    Eligibility { removal: window, exchange }
}

/// The subscription to offer for exchange: the best verdict, then the longest to run.
pub fn best<'a>(
    campaign: &Campaign,
    subscriptions: &'a [Subscription],
    opened_on: NaiveDate,
) -> Option<&'a Subscription> {
    subscriptions.iter().min_by_key(|subscription| {
        let verdict = decide(campaign, Some(subscription), opened_on).verdict();
        (verdict, std::cmp::Reverse(subscription.runs_until().day()), subscription.uid)
    })
}

fn inside_window(campaign: &Campaign, opened_on: NaiveDate) -> RuleResult {
    let last = day_text(campaign.last_day());
    let (answer, fact) = match campaign.state_on(opened_on) {
        WindowState::NotYet => {
            (Answer::No, format!("the offer begins on {}", day_text(campaign.first_day)))
        }
        WindowState::Open { days_left: 0 } => {
            (Answer::Yes, format!("{last} is the last day, until midnight"))
        }
        WindowState::Open { days_left } => {
            (Answer::Yes, format!("until {last}, {} left", count_text(days_left, "day")))
        }
        WindowState::Over => (Answer::No, format!("the offer ended on {last}")),
    };
    RuleResult { rule: RuleId::InsideWindow, answer, fact }
}

fn bought_here(channel: &Channel) -> RuleResult {
    let (answer, fact) = match channel {
        Channel::Store => (Answer::Yes, "bought in a store".to_owned()),
        Channel::Online => (Answer::Yes, "bought on our web site".to_owned()),
        Channel::Elsewhere => (Answer::No, "bought elsewhere".to_owned()),
        Channel::GeekSquad => (Answer::Unknown, "came with a Geek Squad plan".to_owned()),
        Channel::Renewal => (Answer::Unknown, "a renewal billed by Best Buy".to_owned()),
        Channel::Bundle => (Answer::Unknown, "bundled with a computer".to_owned()),
        Channel::Other(text) if text.is_empty() => {
            (Answer::Unknown, "where it was bought is not on file".to_owned())
        }
        // As the records have it: `auto_renew`, `phone`. Which of ours that is, a lead decides.
        Channel::Other(text) => {
            let words = text.replace('_', " ");
            (Answer::Unknown, format!("the records say only \"{words}\""))
        }
    };
    RuleResult { rule: RuleId::BoughtHere, answer, fact }
}

fn active(runs_until: RunsUntil, opened_on: NaiveDate) -> RuleResult {
    let answer = match runs_until {
        RunsUntil::Unknown => Answer::Unknown,
        RunsUntil::AtLeast(day) if day < opened_on => Answer::Unknown,
        RunsUntil::Read(_) | RunsUntil::OnFile(_) | RunsUntil::AtLeast(_) => {
            if runs_until.day().is_some_and(|day| day >= opened_on) {
                Answer::Yes
            } else {
                Answer::No
            }
        }
    };
    RuleResult { rule: RuleId::ActiveOnOpening, answer, fact: runs_until.text_on(opened_on) }
}

fn paid(subscription: &Subscription) -> RuleResult {
    let product = &subscription.product;
    let (answer, fact) = match subscription.edition() {
        Some(Edition::Free) => (Answer::No, format!("{product} costs nothing")),
        Some(_) => (Answer::Yes, product.clone()),
        None => (Answer::Unknown, format!("\"{product}\" is not an edition we know")),
    };
    RuleResult { rule: RuleId::PaidEdition, answer, fact }
}

fn not_exchanged(subscription: &Subscription) -> RuleResult {
    let (answer, fact) = match (&subscription.exchanged_in, &subscription.twin) {
        (Some(number), _) => (Answer::No, format!("exchanged in case {number}")),
        (None, Some(Twin::Code(number))) => {
            (Answer::No, format!("a subscription with this code was exchanged in case {number}"))
        }
        (None, Some(Twin::Receipt(number))) => (
            Answer::Unknown,
            format!("this product on this receipt was exchanged in case {number}"),
        ),
        (None, None) => (Answer::Yes, "no exchange is in the journal".to_owned()),
    };
    RuleResult { rule: RuleId::NotExchangedBefore, answer, fact }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{CaseNumber, ExternalId, SubscriptionUid};

    fn day(text: &str) -> NaiveDate {
        crate::domain::time::parse_day(text).expect("a day")
    }

    fn sub(product: &str, channel: &str, expires_on: &str) -> Subscription {
        Subscription {
            uid: SubscriptionUid(1),
            customer: ExternalId("M1".to_owned()),
            product: product.to_owned(),
            activation_code: None,
            receipt_no: None,
            purchased_on: None,
            expires_on: crate::domain::time::parse_day(expires_on),
            channel: Channel::from(channel.to_owned()),
            seats_on_file: None,
            term_months_on_file: None,
            reading: None,
            exchanged_in: None,
            twin: None,
        }
    }

    #[test]
    fn the_verdict_follows_from_the_rules_at_their_edges() {
        use Verdict::{Eligible, LeadDecides, NotEligible};
        let kis = "Kaspersky Internet Security 3 Devices";
        let table = [
            (kis, "in_store", "2017-11-13", "2017-10-05", Eligible),
            (kis, "online", "2017-10-05", "2017-10-05", Eligible),
            (kis, "in_store", "2017-10-04", "2017-10-05", NotEligible),
            (kis, "in_store", "2017-11-13", "2017-10-23", Eligible),
            (kis, "in_store", "2017-11-13", "2017-10-24", NotEligible),
            (kis, "in_store", "2017-11-13", "2017-09-07", NotEligible),
            (kis, "renewal", "2017-11-13", "2017-10-05", LeadDecides),
            (kis, "auto_renew", "2017-11-13", "2017-10-05", LeadDecides),
            (kis, "elsewhere", "2017-11-13", "2017-10-05", NotEligible),
            (kis, "in_store", "", "2017-10-05", LeadDecides),
            ("Kaspersky Free", "in_store", "2017-11-13", "2017-10-05", NotEligible),
            ("Security Suite", "in_store", "2017-11-13", "2017-10-05", LeadDecides),
            ("Security Suite", "elsewhere", "2017-11-13", "2017-10-05", NotEligible),
        ];
        for (product, channel, expires_on, on, verdict) in table {
            let sub = sub(product, channel, expires_on);
            let decided = decide(&Campaign::default(), Some(&sub), day(on));
            assert_eq!(decided.verdict(), verdict, "{product} {channel} {expires_on} {on}");
        }
    }

    #[test]
    fn an_exchanged_subscription_is_named_with_its_case() {
        let mut sub = sub("KIS", "store", "2017-11-13");
        sub.exchanged_in = Some(CaseNumber { prefix: "D2".to_owned(), counter: 419 });
        let decided = decide(&Campaign::default(), Some(&sub), day("2017-10-05"));
        assert_eq!(decided.verdict(), Verdict::NotEligible);
        let facts: Vec<_> = decided.open_rules().map(|rule| rule.fact.as_str()).collect();
        assert_eq!(facts, ["exchanged in case D2-00419"]);
    }

    #[test]
    fn a_twin_that_was_exchanged_stands_in_the_way() {
        let number = || CaseNumber { prefix: "D2".to_owned(), counter: 419 };
        let table = [
            (
                Twin::Code(number()),
                Verdict::NotEligible,
                "a subscription with this code was exchanged in case D2-00419",
            ),
            (
                Twin::Receipt(number()),
                Verdict::LeadDecides,
                "this product on this receipt was exchanged in case D2-00419",
            ),
        ];
        for (twin, verdict, fact) in table {
            let sub = Subscription { twin: Some(twin), ..sub("KIS", "store", "2017-11-13") };
            let decided = decide(&Campaign::default(), Some(&sub), day("2017-10-05"));
            assert_eq!(decided.verdict(), verdict, "{fact}");
            let facts: Vec<_> = decided.open_rules().map(|rule| rule.fact.as_str()).collect();
            assert_eq!(facts, [fact]);
        }
    }

    #[test]
    fn removal_is_free_inside_the_window_whatever_was_bought() {
        let inside = decide(&Campaign::default(), None, day("2017-10-05"));
        assert_eq!(inside.removal_verdict(), Verdict::Eligible);
        assert_eq!(inside.verdict(), Verdict::LeadDecides);
        let outside = decide(&Campaign::default(), None, day("2017-11-05"));
        assert_eq!(outside.removal_verdict(), Verdict::NotEligible);
        assert_eq!(outside.verdict(), Verdict::NotEligible);
    }

    #[test]
    fn arithmetic_alone_never_says_no() {
        let mut sub = sub("KIS 1 Year", "store", "");
        sub.purchased_on = Some(day("2016-09-20"));
        let answer = |on| {
            decide(&Campaign::default(), Some(&sub), day(on))
                .exchange
                .into_iter()
                .find(|rule| rule.rule == RuleId::ActiveOnOpening)
                .map(|rule| rule.answer)
        };
        assert_eq!(answer("2017-09-20"), Some(Answer::Yes));
        assert_eq!(answer("2017-09-21"), Some(Answer::Unknown));
    }

    #[test]
    fn the_best_subscription_is_offered_first() {
        let old = sub("KIS", "store", "2012-11-23");
        let unclear = sub("KIS", "auto_renew", "2018-05-01");
        let good = sub("KAV", "store", "2017-12-01");
        let longer = sub("KTS", "online", "2018-01-01");
        let on = day("2017-10-05");
        let pick = |subs: &[Subscription]| {
            best(&Campaign::default(), subs, on).map(|sub| sub.product.clone())
        };
        assert_eq!(pick(&[]), None);
        assert_eq!(pick(&[old.clone(), unclear.clone()]), Some("KIS".to_owned()));
        assert_eq!(pick(&[old.clone(), good.clone(), unclear.clone()]), Some("KAV".to_owned()));
        assert_eq!(pick(&[old, good, unclear, longer]), Some("KTS".to_owned()));
    }
}
