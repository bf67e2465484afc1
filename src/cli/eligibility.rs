//! `swapdesk eligibility`: both verdicts, and every rule with the fact behind it.

use crate::cli::args::Eligibility;
use crate::cli::{CliError, Desk, Outcome, cell};
use crate::clock;
use crate::domain::eligibility::{Answer, RuleResult, decide};
use crate::domain::id::ExternalId;
use crate::domain::subscription::Subscription;

pub(super) fn run(desk: &mut Desk<'_>, args: &Eligibility) -> Result<Outcome, CliError> {
    let reader = desk.reader()?;
    let settings = reader.settings().map_err(|err| desk.failed(err))?;
    let on = args.on.unwrap_or_else(|| clock::now().day(settings.desk.time_zone));
    let id = ExternalId(args.external_id.clone());
    let card = reader.customer_card(&id, on).map_err(|err| desk.failed(err))?;
    let Some(card) = card else {
        return Err(CliError::Refused(format!("no customer has the external id \"{id}\"")));
    };
    // The card has the subscription to offer for exchange first.
    let decided = &card.eligibility;
    let what = card.subscriptions.first().map_or("no subscription on file".to_owned(), named);
    writeln!(desk.data, "Exchange: {} ({what})", decided.verdict().label())?;
    decided.exchange.iter().try_for_each(|rule| tell(desk, rule))?;
    for other in card.subscriptions.iter().skip(1) {
        let decided = decide(&settings.campaign, Some(other), on);
        writeln!(desk.data, "Exchange: {} ({})", decided.verdict().label(), named(other))?;
        decided.exchange.iter().try_for_each(|rule| tell(desk, rule))?;
    }
    writeln!(desk.data, "Removal: {}", decided.removal_verdict().label())?;
    tell(desk, &decided.removal)?;
    Ok(Outcome::Done)
}

fn named(subscription: &Subscription) -> String {
    let code = subscription.code_ending().map(|code| format!(", code {code}"));
    cell(&format!("{}{}", subscription.product, code.unwrap_or_default()))
}

fn tell(desk: &mut Desk<'_>, rule: &RuleResult) -> Result<(), CliError> {
    let answer = match rule.answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unknown => "unknown",
    };
    writeln!(desk.data, "  {answer:<8} {}: {}", rule.rule.label(), cell(&rule.fact))?;
    Ok(())
}
