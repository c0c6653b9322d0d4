use portal_bridge::{Fault, Field, FieldProblem, PolicyType, PolicyValue, Problem, ProblemKind};

/// What a key may hold.
enum Bounds {
    Number(i64, i64),
    Length(u32),
    Https,
}

/// The limits of the data, by policy and key (contract §4.6).
const LIMITS: &[(PolicyType, &str, Bounds)] = &[
    (PolicyType::MasterPassword, "minComplexity", Bounds::Number(0, 4)),
    (PolicyType::MasterPassword, "minLength", Bounds::Number(12, 128)),
    (PolicyType::PasswordGenerator, "minLength", Bounds::Number(5, 128)),
    (PolicyType::PasswordGenerator, "minNumbers", Bounds::Number(0, 9)),
    (PolicyType::PasswordGenerator, "minSpecial", Bounds::Number(0, 9)),
    (PolicyType::PasswordGenerator, "minNumberWords", Bounds::Number(3, 20)),
    (PolicyType::MaximumVaultTimeout, "minutes", Bounds::Number(1, 10_000_000)),
    (PolicyType::UriMatchDefaults, "uriMatchDetection", Bounds::Number(0, 5)),
    (PolicyType::OrganizationUserNotification, "header", Bounds::Length(40)),
    (PolicyType::OrganizationUserNotification, "description", Bounds::Length(250)),
    (PolicyType::OrganizationUserNotification, "buttonText", Bounds::Length(20)),
    (PolicyType::SendControls, "allowedDomains", Bounds::Length(1_000)),
    (PolicyType::SendControls, "deletionHours", Bounds::Number(1, 744)),
    (PolicyType::FillAssist, "rulesUrl", Bounds::Https),
];

/// Refuses data outside its limits, naming the key as the part that is wrong.
pub(crate) fn check(kind: PolicyType, enabled: bool, data: &[(String, PolicyValue)]) -> Result<(), Problem> {
    let problem = |key: &str, fault| FieldProblem { field: Field::Other, fault, part: Some(key.to_owned()) };
    let own = LIMITS.iter().filter(|(of, _, _)| *of == kind);
    let mut problems: Vec<FieldProblem> = own
        .filter_map(|(_, key, bounds)| {
            let (_, value) = data.iter().find(|(known, _)| known == key)?;
            Some(problem(key, fault(bounds, value)?))
        })
        .collect();
    let said = |key| data.iter().any(|(known, value)| known == key && *value != PolicyValue::None);
    // A limit on the time until a vault locks says nothing without the time, and rules without their address neither.
    if kind == PolicyType::FillAssist && enabled && !said("rulesUrl") {
        problems.push(problem("rulesUrl", Fault::Missing));
    }
    let custom = data.iter().any(|(key, value)| {
        kind == PolicyType::MaximumVaultTimeout
            && key == "type"
            && *value == PolicyValue::Text("custom".into())
    });
    if custom && enabled && !said("minutes") {
        problems.push(problem("minutes", Fault::Missing));
    }
    if problems.is_empty() { Ok(()) } else { Err(ProblemKind::Invalid(problems).into()) }
}

fn fault(bounds: &Bounds, value: &PolicyValue) -> Option<Fault> {
    let limit = |number: &i64| u32::try_from(*number).unwrap_or_default();
    match (bounds, value) {
        (_, PolicyValue::None) => None,
        (Bounds::Number(least, _), PolicyValue::Number(number)) if number < least => {
            Some(Fault::TooSmall { limit: limit(least) })
        }
        (Bounds::Number(_, most), PolicyValue::Number(number)) if number > most => {
            Some(Fault::TooLarge { limit: limit(most) })
        }
        (Bounds::Length(most), PolicyValue::Text(text)) if text.encode_utf16().count() > *most as usize => {
            Some(Fault::TooLong { limit: *most })
        }
        (Bounds::Https, PolicyValue::Text(text)) if !text.starts_with("https://") || text.len() < 9 => {
            Some(Fault::Malformed)
        }
        (Bounds::Number(..), PolicyValue::Number(_))
        | (Bounds::Length(_) | Bounds::Https, PolicyValue::Text(_)) => None,
        _ => Some(Fault::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(kind: PolicyType, key: &str, value: PolicyValue) -> bool {
        check(kind, true, &[(key.to_owned(), value)]).is_err()
    }

    #[test]
    fn data_outside_its_limits_is_refused() {
        let length = |number| refused(PolicyType::MasterPassword, "minLength", PolicyValue::Number(number));
        assert_eq!([11, 12, 128, 129].map(length), [true, false, false, true]);
        let header = |count| {
            refused(PolicyType::OrganizationUserNotification, "header", PolicyValue::Text("ü".repeat(count)))
        };
        assert_eq!([40, 41].map(header), [false, true]);
        let url = |text: &str| refused(PolicyType::FillAssist, "rulesUrl", PolicyValue::Text(text.into()));
        assert_eq!(["https://a.example/r", "http://a.example", "https://"].map(url), [false, true, true]);
        assert!(refused(PolicyType::MasterPassword, "minLength", PolicyValue::Text("12".into())));
    }
}
