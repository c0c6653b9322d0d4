use serde_json::{Value, json};

use crate::recorded::{Recorded, recorded};

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) kind: String,
    pub(crate) body: String,
}

impl Answer {
    /// JSON.
    pub(crate) fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, kind: "application/json".into(), body: body.into() }
    }

    /// As recorded.
    pub(crate) fn of(recorded: Recorded) -> Self {
        Self {
            status: recorded.status,
            kind: recorded.kind.replace('-', "text/plain"),
            body: recorded.body.into(),
        }
    }

    pub(super) fn json(value: &Value) -> Self {
        Self::new(200, value.to_string())
    }

    pub(super) fn text(text: &str) -> Self {
        Self { kind: "text/plain".into(), ..Self::new(200, text) }
    }

    pub(super) fn nothing() -> Self {
        Self::text("")
    }

    pub(super) fn list(rows: &[Value]) -> Self {
        Self::json(&json!({"data": rows, "object": "list", "continuationToken": null}))
    }

    /// A business error with other words than the recorded one's.
    pub(super) fn refused(words: &str) -> Self {
        let recorded = recorded("public_api", "POST api-key wrong password");
        Self::new(recorded.status, recorded.body.replace("Invalid password", words))
    }

    /// What a bulk call answers: each id with why nothing came of it, empty where something did.
    pub(super) fn bulk(results: impl Iterator<Item = (String, &'static str)>) -> Self {
        let row =
            |(id, error)| json!({"object": "OrganizationBulkConfirmResponseModel", "id": id, "error": error});
        Self::list(&results.map(row).collect::<Vec<_>>())
    }
}

/// No token, or a role that does not suffice.
pub(super) fn unauthorized() -> Answer {
    Answer::of(recorded("refusals", "body of a refusal (plain user, GET users)"))
}

/// No such route.
pub(super) fn missing() -> Answer {
    Answer::of(recorded("anonymous", "GET /api/no-such-thing"))
}

/// A field is missing or of another type.
pub(super) fn not_taken() -> Answer {
    Answer::of(recorded("validation", "missing field"))
}

/// A body that has all these fields.
pub(super) fn with_fields(body: &str, fields: &[&str]) -> Result<Value, Answer> {
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return Err(Answer::of(recorded("validation", "malformed JSON")));
    };
    let has = |field: &&str| value.get(*field).is_some_and(|value| !value.is_null());
    if fields.iter().all(has) { Ok(value) } else { Err(not_taken()) }
}
