use super::{Action, table};

/// How a server says that a role lacks an action. It is not uniform; a client must know each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// 403 with an empty body.
    Forbidden,
    /// 404 with the error model "Resource not found.".
    NotFound,
    /// 401 with an empty body.
    Unauthorized,
    /// 401 with the error model "Unauthorized.".
    UnauthorizedWithText,
    /// 400 with the error model and a text of the action's own.
    BadRequest,
}

impl Refusal {
    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthorized | Self::UnauthorizedWithText => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
        }
    }

    /// The message of the error model; `None` if the body is empty, or the text is the action's own.
    pub const fn message(self) -> Option<&'static str> {
        match self {
            Self::NotFound => Some("Resource not found."),
            Self::UnauthorizedWithText => Some("Unauthorized."),
            Self::Forbidden | Self::Unauthorized | Self::BadRequest => None,
        }
    }
}

/// What Bitwarden's server answers those whose role lacks the action. It is the same for all of them.
pub fn refusal(action: Action) -> Refusal {
    table::row(action).map_or(Refusal::NotFound, |row| row.refusal)
}
