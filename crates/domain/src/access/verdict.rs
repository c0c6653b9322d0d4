use super::{
    Action, Grant, ProviderCondition, Reason, Situation, Subject, Verdict, grant,
    table::{self, Need, Place, Row},
};

/// Whether somebody can do something now.
pub fn verdict(action: Action, subject: Subject, situation: &Situation) -> Verdict {
    let Some(row) = table::row(action) else { return Verdict::Hidden };
    match grant(action, subject, &situation.client) {
        Grant::None => Verdict::Hidden,
        Grant::ManagedByProvider => Verdict::Disabled(Reason::ManagedByProvider),
        granted => match obstacle(row, subject, situation) {
            Some(verdict) => verdict,
            None if granted == Grant::InPart => Verdict::Disabled(Reason::LimitedBySettings),
            None => Verdict::Allowed,
        },
    }
}

/// Whether somebody who acts in several capacities can do something now: the best of what each of them can.
pub fn verdict_of_any(action: Action, subjects: &[Subject], situation: &Situation) -> Verdict {
    let better = |one: Verdict, other: Verdict| match (one, other) {
        (Verdict::Allowed, _) | (_, Verdict::Hidden) => one,
        (_, Verdict::Allowed) | (Verdict::Hidden, _) => other,
        (Verdict::Disabled(_), Verdict::Disabled(_)) => one,
    };
    subjects.iter().map(|subject| verdict(action, *subject, situation)).fold(Verdict::Hidden, better)
}

/// The verdict on every action.
pub fn verdicts(subject: Subject, situation: &Situation) -> Vec<(Action, Verdict)> {
    Action::ALL.iter().map(|action| (*action, verdict(*action, subject, situation))).collect()
}

/// What stands in the way of somebody whose role has the action.
fn obstacle(row: &Row, subject: Subject, situation: &Situation) -> Option<Verdict> {
    if row.place != Place::Anywhere
        && subject.is_staff()
        && let Some(verdict) = of_condition(row.action, subject, situation.provider.condition)
    {
        return Some(verdict);
    }
    row.needs.iter().find_map(|need| unmet(*need, situation)).map(Verdict::Disabled)
}

fn of_condition(action: Action, subject: Subject, condition: ProviderCondition) -> Option<Verdict> {
    match (condition, action) {
        (ProviderCondition::Pending, Action::SetUpProvider) => None,
        (ProviderCondition::Pending, _) => Some(Verdict::Disabled(Reason::ProviderPending)),
        (_, Action::SetUpProvider) => Some(Verdict::Hidden),
        (ProviderCondition::Suspended, _) if subject == Subject::ServiceUser => {
            Some(Verdict::Disabled(Reason::ContactAdministrator))
        }
        _ => None,
    }
}

fn unmet(need: Need, situation: &Situation) -> Option<Reason> {
    let Situation { provider, client } = situation;
    let (met, reason) = match need {
        Need::Unsuspended => (provider.condition != ProviderCondition::Suspended, Reason::ProviderSuspended),
        Need::ProviderKey => (provider.has_key, Reason::KeyMissing),
        Need::ProviderEvents => (provider.keeps_events, Reason::EventsOff),
        Need::NoClients => (!provider.has_clients, Reason::ClientsLinked),
        Need::Events => (client.has_events, Reason::EventsOff),
        Need::Groups => (client.has_groups, Reason::PlanLacksIt),
        Need::Policies => (client.has_policies, Reason::PlanLacksIt),
        Need::Sso => (client.has_sso, Reason::PlanLacksIt),
        Need::Scim => (client.has_scim, Reason::PlanLacksIt),
    };
    (!met).then_some(reason)
}
