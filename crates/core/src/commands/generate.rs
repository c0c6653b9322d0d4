use std::rc::Rc;

use portal_bridge::{Fault, Field, FieldProblem, Generate, Problem, ProblemKind, Secret};
use portal_keys::{GenerateError, PassphraseRules, PasswordRules, Zeroizing};

use super::Handle;
use crate::{Core, session::key_problem};

impl Handle for Generate {
    async fn handle(self, core: &Rc<Core>) -> Result<Secret, Problem> {
        let made = match self {
            Self::Password { length, capitals, digits, special, clear_to_read } => {
                let rules = PasswordRules {
                    length: size(length),
                    lower: true,
                    upper: capitals,
                    digits,
                    special,
                    least_digits: 1,
                    least_special: 1,
                    clear_to_read,
                };
                rules.generate()
            }
            Self::Passphrase { words, separator, capitals, number } => {
                let list = core.words().await?;
                let rules = PassphraseRules { words: size(words), separator, capitalize: capitals, number };
                rules.generate(&list)
            }
        };
        made.map(|text: Zeroizing<String>| Secret::from(text.as_str())).map_err(|error| match error {
            GenerateError::Length | GenerateError::NoCharacters => ProblemKind::Invalid(vec![FieldProblem {
                field: Field::Other,
                fault: Fault::Malformed,
                part: None,
            }])
            .into(),
            GenerateError::Key(error) => key_problem(&error),
        })
    }
}

fn size(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
