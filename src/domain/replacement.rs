//! Which product to hand out, and why.

use crate::domain::case::Case;
use crate::domain::catalog::{self, Product};
use crate::domain::device::Platform;
use crate::domain::id::{CaseId, KeyId, ProductId, ReplacementId};
use crate::domain::product_text::Seats;
use crate::domain::stock::ProductStock;
use crate::domain::subscription::{Edition, Subscription, Tier};
use crate::domain::time::{Moment, count_text};
use serde::{Deserialize, Serialize};

/// How many products are offered: the suggestion and two alternatives.
///
/// Source: product rules, "Replacement".
pub const OFFERS_MAX: usize = 3;

/// What the replacement should cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Devices still to be covered, at least 1.
    pub seats: u16,
    /// Days left of the old term, 0 when unknown.
    pub days_left: i64,
    /// The old edition's tier; `None` when unknown.
    pub tier: Option<Tier>,
    /// What the customer's devices run; empty when unknown.
    pub platforms: Vec<Platform>,
}

impl Wanted {
    /// What a case wants: seats of the subscription, else one for each device, else one; days
    /// left on the day the case was opened; the edition's tier; what the devices run.
    pub fn of(case: &Case, subscription: Option<&Subscription>) -> Self {
        let n_devices = u16::try_from(case.devices().len()).unwrap_or(u16::MAX);
        let days_left = subscription
            .and_then(|subscription| subscription.runs_until().day())
            .map_or(0, |day| (day - case.opened_on).num_days().max(0));
        let mut platforms: Vec<_> = case.devices().iter().map(|device| device.platform).collect();
        platforms.sort_unstable();
        platforms.dedup();
        Self {
            seats: subscription.and_then(Subscription::seats).unwrap_or(n_devices).max(1),
            days_left,
            tier: subscription.and_then(Subscription::edition).and_then(Edition::tier),
            platforms,
        }
    }
}

/// A way in which an offer gives less than the customer had. Issuing it needs a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shortfall {
    /// Fewer devices.
    FewerSeats,
    /// Fewer days.
    FewerDays,
    /// Does not run on one of the devices.
    MissesPlatform,
    /// Does less.
    LowerTier,
}

impl Shortfall {
    /// In words, for the card and the sheet.
    pub fn label(self) -> &'static str {
        match self {
            Self::FewerSeats => "fewer devices than before",
            Self::FewerDays => "fewer days than are left",
            Self::MissesPlatform => "does not run on every device",
            Self::LowerTier => "does less than before",
        }
    }
}

/// A product that is offered, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The product.
    pub product: Product,
    /// Free keys of it.
    pub n_free: u32,
    /// Why it is offered: `covers 3 devices and 39 days`, `same tier`, `smallest surplus`.
    pub reasons: Vec<String>,
    /// In what it gives less; empty for a full replacement.
    pub shortfalls: Vec<Shortfall>,
}

/// The suggestion and up to two alternatives, best first; empty when nothing is in stock.
///
/// In stock; never the withdrawn vendor's; then fewest shortfalls, same tier, smallest surplus of
/// tier, seats and days; then most free keys, so that lots are used up evenly; then the name.
pub fn suggest(withdrawn_vendor: &str, wanted: &Wanted, stock: &[ProductStock]) -> Vec<Offer> {
    let mut ranked: Vec<_> = stock
        .iter()
        .filter(|row| {
            let product = &row.product;
            row.n_free > 0
                && !catalog::is_withdrawn(withdrawn_vendor, &product.vendor, &product.name)
        })
        .map(|row| (rank(wanted, row), row))
        .collect();
    ranked.sort_by(|(a, row_a), (b, row_b)| {
        a.cmp(b).then_with(|| row_a.product.name.cmp(&row_b.product.name))
    });
    ranked
        .into_iter()
        .take(OFFERS_MAX)
        .enumerate()
        .map(|(idx, (_, row))| Offer {
            product: row.product.clone(),
            n_free: row.n_free,
            reasons: reasons(wanted, row, idx),
            shortfalls: shortfalls(wanted, &row.product),
        })
        .collect()
}

/// In what `product` gives less than what is wanted, in a fixed order.
pub fn shortfalls(wanted: &Wanted, product: &Product) -> Vec<Shortfall> {
    let lower = match (wanted.tier, product.tier) {
        (Some(wanted), Some(has)) => has < wanted,
        (Some(_), None) | (None, _) => false,
    };
    let missed = wanted.platforms.iter().any(|platform| !product.platforms.contains(platform));
    [
        (!product.seats.covers(wanted.seats), Shortfall::FewerSeats),
        (term_days(product) < wanted.days_left, Shortfall::FewerDays),
        (missed, Shortfall::MissesPlatform),
        (lower, Shortfall::LowerTier),
    ]
    .into_iter()
    .filter_map(|(is_short, shortfall)| is_short.then_some(shortfall))
    .collect()
}

/// Smaller is better. Months count as 30 days, so that a term is never promised too long.
fn rank(wanted: &Wanted, row: &ProductStock) -> (usize, u8, i64, i64, i64, std::cmp::Reverse<u32>) {
    let product = &row.product;
    let tier_gap = match (wanted.tier, product.tier) {
        (Some(wanted), Some(has)) => (has as i64 - wanted as i64).abs(),
        (None, _) => 0,
        (Some(_), None) => 3,
    };
    let seats_over = match product.seats {
        Seats::Count(n) => (i64::from(n) - i64::from(wanted.seats)).max(0),
        Seats::Unlimited => 1_000,
    };
    let days_over = (term_days(product) - wanted.days_left).max(0);
    let is_other_tier = u8::from(tier_gap != 0);
    let n_short = shortfalls(wanted, product).len();
    (n_short, is_other_tier, tier_gap, seats_over, days_over, std::cmp::Reverse(row.n_free))
}

fn term_days(product: &Product) -> i64 {
    i64::from(product.term_months) * 30
}

fn reasons(wanted: &Wanted, row: &ProductStock, idx: usize) -> Vec<String> {
    let product = &row.product;
    let mut reasons = Vec::new();
    let short = shortfalls(wanted, product);
    if !short.contains(&Shortfall::FewerSeats) && !short.contains(&Shortfall::FewerDays) {
        let seats = count_text(wanted.seats.into(), "device");
        reasons.push(if wanted.days_left > 0 {
            format!("covers {seats} and the {} left", count_text(wanted.days_left, "day"))
        } else {
            format!("covers {seats}")
        });
    }
    match (wanted.tier, product.tier) {
        (Some(wanted), Some(has)) if wanted == has => reasons.push("same tier".to_owned()),
        (Some(wanted), Some(has)) if has > wanted => reasons.push("does more".to_owned()),
        (Some(_) | None, _) => (),
    }
    if idx == 0 && short.is_empty() {
        reasons.push("smallest surplus in stock".to_owned());
    }
    reasons.extend(short.into_iter().map(|shortfall| shortfall.label().to_owned()));
    reasons
}

/// What was handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// Its row.
    pub id: ReplacementId,
    /// In which case.
    pub case: CaseId,
    /// Which key.
    pub key: KeyId,
    /// Of which product.
    pub product: ProductId,
    /// When.
    pub issued_at: Moment,
    /// Why less than before was handed out; empty when it was not less.
    pub shortfall_reason: String,
    /// When the vendor rejected the key or it was spoiled, and why; the case then takes another.
    pub voided: Option<(Moment, String)>,
    /// When it was seen active on the customer's device.
    pub active_at: Option<Moment>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn stock(name: &str, tier: Tier, seats: Seats, term_months: u16, n_free: u32) -> ProductStock {
        let product = Product {
            id: ProductId(Uuid::nil()),
            vendor: name.split(' ').next().unwrap_or_default().to_owned(),
            name: name.to_owned(),
            tier: Some(tier),
            seats,
            term_months,
            platforms: vec![Platform::Windows, Platform::MacOs],
            activation_address: String::new(),
            key_groups: String::new(),
        };
        ProductStock { product, n_free, was_delivered: true }
    }

    fn wanted(seats: u16, days_left: i64, tier: Tier) -> Wanted {
        Wanted { seats, days_left, tier: Some(tier), platforms: vec![Platform::Windows] }
    }

    fn names(wanted: &Wanted, stock: &[ProductStock]) -> Vec<String> {
        suggest("Kaspersky", wanted, stock).into_iter().map(|offer| offer.product.name).collect()
    }

    #[test]
    fn the_smallest_surplus_in_the_same_tier_is_suggested_first() {
        use Tier::{InternetSecurity, TotalSecurity};
        let shelf = [
            stock("AVG Unlimited", InternetSecurity, Seats::Unlimited, 12, 60),
            stock("ESET One", InternetSecurity, Seats::Count(1), 12, 60),
            stock("McAfee Ten", TotalSecurity, Seats::Count(10), 12, 60),
            stock("Trend Five", InternetSecurity, Seats::Count(5), 12, 60),
            stock("Webroot Three", InternetSecurity, Seats::Count(3), 12, 0),
            stock("Kaspersky Three", InternetSecurity, Seats::Count(3), 12, 60),
        ];
        let three = wanted(3, 39, InternetSecurity);
        assert_eq!(names(&three, &shelf), ["Trend Five", "AVG Unlimited", "McAfee Ten"]);
        let one = wanted(1, 39, InternetSecurity);
        assert_eq!(names(&one, &shelf), ["ESET One", "Trend Five", "AVG Unlimited"]);
        assert!(names(&three, &[]).is_empty());
    }

    #[test]
    fn the_withdrawn_vendor_is_never_offered_even_alone_in_stock() {
        let shelf = [stock("Kaspersky Three", Tier::InternetSecurity, Seats::Count(3), 12, 60)];
        assert!(names(&wanted(1, 10, Tier::InternetSecurity), &shelf).is_empty());
    }

    #[test]
    fn less_than_before_is_named_and_comes_last() {
        use Shortfall::{FewerDays, FewerSeats, LowerTier, MissesPlatform};
        let short = stock("Short", Tier::AntiVirus, Seats::Count(1), 1, 9);
        let mut full = wanted(3, 39, Tier::InternetSecurity);
        full.platforms.push(Platform::Android);
        assert_eq!(
            shortfalls(&full, &short.product),
            [FewerSeats, FewerDays, MissesPlatform, LowerTier]
        );
        let edge = wanted(1, 30, Tier::AntiVirus);
        assert_eq!(shortfalls(&edge, &short.product), []);
        let over = wanted(1, 31, Tier::AntiVirus);
        assert_eq!(shortfalls(&over, &short.product), [FewerDays]);
        let unknown = Wanted { seats: 1, days_left: 0, tier: None, platforms: Vec::new() };
        assert_eq!(shortfalls(&unknown, &short.product), []);
    }
}
