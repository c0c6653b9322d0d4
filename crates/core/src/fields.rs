//! Holds what somebody entered to its limits, every field at once, before anything is sent.

use portal_bridge::{Fault, Field, FieldProblem, Problem, ProblemKind};
use portal_domain::limits::{self, EmailError, Stored, TextError};

/// What is wrong with a form so far.
#[derive(Default)]
pub(crate) struct Fields(Vec<FieldProblem>);

impl Fields {
    /// A name that must be there, trimmed.
    pub(crate) fn name(&mut self, field: Field, text: &str, stored: Stored) -> String {
        self.take(field, limits::parse_name(text, stored).map_err(|error| text_fault(&error)))
    }

    /// A name that may be missing, trimmed.
    pub(crate) fn optional_name(
        &mut self,
        field: Field,
        text: Option<&str>,
        stored: Stored,
    ) -> Option<String> {
        let text = text.unwrap_or_default();
        self.take(field, limits::parse_optional_name(text, stored).map_err(|error| text_fault(&error)))
    }

    /// A password hint, which may be missing.
    pub(crate) fn hint(&mut self, text: Option<&str>) -> Option<String> {
        self.take(
            Field::Hint,
            limits::parse_hint(text.unwrap_or_default()).map_err(|error| text_fault(&error)),
        )
    }

    /// An e-mail address, trimmed.
    pub(crate) fn email(&mut self, field: Field, text: &str) -> String {
        self.take(field, limits::parse_email(text).map_err(|error| email_fault(&error)))
    }

    /// A number of seats of at least `lowest`.
    pub(crate) fn seats(&mut self, seats: u32, lowest: u32) -> i32 {
        if seats < lowest {
            self.refuse(Field::Seats, Fault::TooSmall { limit: lowest });
        }
        self.take(Field::Seats, i32::try_from(seats).map_err(|_| Fault::Malformed))
    }

    /// Refuses a field.
    pub(crate) fn refuse(&mut self, field: Field, fault: Fault) {
        self.0.push(FieldProblem { field, fault, part: None });
    }

    /// Whether everything was in order.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        if self.0.is_empty() { Ok(()) } else { Err(ProblemKind::Invalid(self.0).into()) }
    }

    fn take<T: Default>(&mut self, field: Field, result: Result<T, Fault>) -> T {
        result.unwrap_or_else(|fault| {
            self.refuse(field, fault);
            T::default()
        })
    }
}

fn text_fault(error: &TextError) -> Fault {
    match error {
        TextError::Empty => Fault::Missing,
        TextError::TooLong { limit, .. } => {
            Fault::TooLong { limit: u32::try_from(*limit).unwrap_or(u32::MAX) }
        }
    }
}

fn email_fault(error: &EmailError) -> Fault {
    match error {
        EmailError::Empty => Fault::Missing,
        EmailError::TooLong => {
            Fault::TooLong { limit: u32::try_from(limits::EMAIL_LENGTH).unwrap_or(u32::MAX) }
        }
        EmailError::At | EmailError::Local | EmailError::Domain => Fault::NotAnEmail,
    }
}
