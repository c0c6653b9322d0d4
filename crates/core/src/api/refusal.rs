use portal_bridge::{Fault, Field, FieldProblem, Problem, ProblemKind};
use portal_wire::{
    error::FrameworkError,
    json::{self, Entries},
};
use serde::Deserialize;

use super::{Call, Reply};

/// What a refusal means. The one place where a status becomes a [`Problem`].
///
/// Neither 401 (after the refresh) nor 403 ends the session: servers use both for "your role does not allow it".
pub(crate) fn refusal(call: &Call, reply: &Reply) -> Problem {
    let error = understand(&reply.refusal);
    let detail = error.texts().map(str::trim).find(|text| !text.is_empty()).map(str::to_owned);
    let kind = match reply.status {
        400 | 422 => bad_request(&error),
        401 | 403 => ProblemKind::NotAllowed,
        404 => ProblemKind::NotFound,
        429 => ProblemKind::Busy { seconds: reply.retry_after.unwrap_or(60) },
        status if status >= 500 && call.repeatable => ProblemKind::ServerFailed,
        status if status >= 500 => ProblemKind::Uncertain,
        402..=499 => ProblemKind::Refused,
        _ => ProblemKind::BadAnswer,
    };
    Problem::of(kind, detail)
}

/// What a server says about a refusal.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    message: Option<String>,
    validation_errors: Option<Entries<Vec<String>>>,
}

impl Said {
    /// What was refused, by the server's name for it, and why.
    fn refused(&self) -> impl Iterator<Item = &(String, Vec<String>)> {
        self.validation_errors.iter().flat_map(|errors| &errors.0)
    }

    /// Every text, the general one first.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let details = self.refused().flat_map(|(_, texts)| texts);
        self.message.iter().chain(details).map(String::as_str)
    }
}

/// The error model, whichever server wrote it; empty when the body says nothing.
fn understand(body: &[u8]) -> Said {
    if let Ok(FrameworkError { error }) = json::read(body)
        && error.code != 0
    {
        let text = if error.description.is_empty() { error.reason } else { error.description };
        return Said { message: Some(text), validation_errors: None };
    }
    json::read(body).unwrap_or_default()
}

fn bad_request(error: &Said) -> ProblemKind {
    let fields: Vec<FieldProblem> = error
        .refused()
        .filter_map(|(name, texts)| Some((field(name)?, texts)))
        .flat_map(|(field, texts)| texts.iter().map(move |text| problem_of(field, text)))
        .collect();
    if !fields.is_empty() {
        return ProblemKind::Invalid(fields);
    }
    let said = |words: &[&str]| error.texts().any(|text| contains_all(text, words));
    if said(&["at least", "owner"]) || said(&["last owner", "can't"]) {
        ProblemKind::LastOwner
    } else if said(&["at least", "admin"]) {
        ProblemKind::LastAdmin
    } else if said(&["isn't a member of the organization"]) {
        ProblemKind::NotFound
    } else if said(&["token", "expired"]) || said(&["invitation", "expired"]) || said(&["link", "expired"]) {
        ProblemKind::TokenExpired
    } else if said(&["already", "accepted"]) || said(&["already", "used"]) {
        ProblemKind::TokenUsed
    } else if said(&["email", "match"])
        || said(&["e-mail", "match"])
        || said(&["someone else"])
        || said(&["another person"])
    {
        ProblemKind::TokenForSomeoneElse
    } else if said(&["invalid", "token"]) || said(&["token", "not valid"]) {
        ProblemKind::TokenInvalid
    } else if said(&["verification failed"]) || said(&["invalid", "password"]) || said(&["password", "wrong"])
    {
        ProblemKind::WrongPassword
    } else {
        ProblemKind::Refused
    }
}

fn problem_of(field: Field, text: &str) -> FieldProblem {
    FieldProblem { field, fault: Fault::Server(text.to_owned()), part: None }
}

/// The field a server's name for a property means: `BillingEmail`, `$.billingEmail` or `Emails[3]`.
fn field(name: &str) -> Option<Field> {
    let name = name.trim_start_matches("$.").split(['[', '.']).next()?;
    let known = [
        ("email", Field::Email),
        ("emails", Field::Emails),
        ("name", Field::Name),
        ("businessname", Field::BusinessName),
        ("billingemail", Field::BillingEmail),
        ("owneremail", Field::OwnerEmail),
        ("country", Field::Country),
        ("postalcode", Field::PostalCode),
        ("taxid", Field::TaxId),
        ("seats", Field::Seats),
        ("assignedseats", Field::Seats),
        ("plantype", Field::Plan),
        ("masterpasswordhint", Field::Hint),
        ("masterpasswordhash", Field::Password),
        ("token", Field::Code),
        ("start", Field::Range),
        ("end", Field::Range),
    ];
    known.into_iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, field)| field)
}

fn contains_all(text: &str, words: &[&str]) -> bool {
    let text = text.to_ascii_lowercase();
    words.iter().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(call: &Call, status: u16, body: &str) -> ProblemKind {
        refusal(call, &Reply { status, retry_after: None, refusal: body.into() }).kind.clone()
    }

    #[test]
    fn an_empty_body_is_understood_by_its_status_alone() {
        let read = Call::get("/api/x");
        assert_eq!(kind_of(&read, 401, ""), ProblemKind::NotAllowed);
        assert_eq!(kind_of(&read, 403, ""), ProblemKind::NotAllowed);
        assert_eq!(kind_of(&read, 404, ""), ProblemKind::NotFound);
        assert_eq!(kind_of(&read, 400, ""), ProblemKind::Refused);
        assert_eq!(kind_of(&read, 500, "<html>"), ProblemKind::ServerFailed);
        assert_eq!(kind_of(&read, 301, ""), ProblemKind::BadAnswer);
    }

    #[test]
    fn a_write_the_server_failed_at_may_have_happened() {
        assert_eq!(kind_of(&Call::post("/api/x"), 500, ""), ProblemKind::Uncertain);
        assert_eq!(kind_of(&Call::put("/api/x").repeatable(), 503, ""), ProblemKind::ServerFailed);
    }

    #[test]
    fn a_refused_field_is_named_in_every_spelling() {
        for name in ["Emails", "emails", "$.emails", "Emails[2]", "$.emails[2]"] {
            let body = format!(
                r#"{{"message":"The model state is invalid.","validationErrors":{{"{name}":["too many"]}}}}"#
            );
            let ProblemKind::Invalid(fields) = kind_of(&Call::post("/api/x"), 400, &body) else {
                panic!("{name}")
            };
            assert_eq!(fields, [problem_of(Field::Emails, "too many")]);
        }
    }

    #[test]
    fn words_of_either_server_are_kept_as_the_detail() {
        let bitwarden = r#"{"object":"error","message":"No.","validationErrors":null}"#;
        let framework = r#"{"error":{"code":422,"reason":"Unprocessable","description":"Cannot be read."}}"#;
        for (body, words) in [(bitwarden, "No."), (framework, "Cannot be read.")] {
            let reply = Reply { status: 422, retry_after: None, refusal: body.into() };
            assert_eq!(refusal(&Call::post("/api/x"), &reply), Problem::with(ProblemKind::Refused, words));
        }
    }
}
