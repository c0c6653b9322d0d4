use std::path::PathBuf;

use portal_bridge::{JobState, Problem, RowOutcome};

/// Why the play could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// There is a database already.
    #[error("{folder} holds a database already; name an empty folder")]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
    },
    /// The server could not be started, or did not end in order.
    #[error("the server failed: {0}")]
    Server(#[from] portal_server::app::Error),
    /// The operator's order was refused.
    #[error(transparent)]
    Operator(#[from] portal_server::operator::OperatorError),
    /// The database refused what was loaded in bulk.
    #[error(transparent)]
    Store(#[from] portal_server::store::StoreError),
    /// A key could not be made or opened.
    #[error("the keys failed: {0}")]
    Keys(#[from] portal_keys::KeyError),
    /// The machine refused.
    #[error("the machine refused: {0}")]
    Machine(#[from] std::io::Error),
    /// Something that runs beside the play ended before it was asked to.
    #[error("the server ended in the middle of the play")]
    Interrupted(#[from] tokio::task::JoinError),
    /// A file could not be written.
    #[error("{file} could not be written: {cause}")]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// An act of the play failed.
    #[error("{act} ({date}): {cause}")]
    Act {
        /// Who does what.
        act: String,
        /// On which day of the play.
        date: String,
        /// Why it failed.
        cause: Box<Failure>,
    },
    /// The core refused a question.
    #[error("{question} was refused: {:?}{}", problem.kind, detail(problem))]
    Refused {
        /// The question.
        question: &'static str,
        /// What the core said.
        problem: Problem,
    },
    /// A job did not do all it was to do.
    #[error("{job} ended as {state:?} with {rows:?}")]
    Job {
        /// The question that started it.
        job: &'static str,
        /// How it ended.
        state: JobState,
        /// Its rows.
        rows: Vec<(String, RowOutcome)>,
    },
    /// A sign-in was let through, or ended elsewhere than it should.
    #[error("{email} was expected to be {expected} after signing in")]
    SignIn {
        /// Whose.
        email: String,
        /// What was expected.
        expected: &'static str,
    },
    /// Something that was done before is not to be found.
    #[error("{what} is not there")]
    Missing {
        /// What.
        what: String,
    },
    /// Two people see different phrases for one key.
    #[error("{email} sees the phrase `{own}`, but who confirms sees `{shown}`")]
    Phrase {
        /// Whose key.
        email: String,
        /// What they see themselves.
        own: String,
        /// What the other one sees.
        shown: String,
    },
}

fn detail(problem: &Problem) -> String {
    problem.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default()
}

impl Failure {
    pub(crate) fn missing(what: impl Into<String>) -> Self {
        Self::Missing { what: what.into() }
    }
}
