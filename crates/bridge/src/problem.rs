use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// Why something did not work, as data; the tab has the words.
///
/// One pointer wide, since hundreds of places hand one on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Problem(Box<ProblemParts>);

/// What a [`Problem`] consists of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProblemParts {
    /// What happened.
    pub kind: ProblemKind,
    /// The server's own words or a technical detail, to be opened and copied. Never a secret.
    pub detail: Option<String>,
}

impl Problem {
    /// A problem without detail.
    pub fn new(kind: ProblemKind) -> Self {
        Self::of(kind, None)
    }

    /// A problem with a detail to open.
    pub fn with(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self::of(kind, Some(detail.into()))
    }

    /// A problem that may have a detail.
    pub fn of(kind: ProblemKind, detail: Option<String>) -> Self {
        Self(Box::new(ProblemParts { kind, detail }))
    }

    /// The same seen as another kind of problem.
    pub fn as_kind(mut self, kind: ProblemKind) -> Self {
        self.0.kind = kind;
        self
    }
}

impl Deref for Problem {
    type Target = ProblemParts;

    fn deref(&self) -> &ProblemParts {
        &self.0
    }
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        Self::new(kind)
    }
}

/// Kinds of problems, each with one thing to do about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ProblemKind {
    /// E-mail or master password is wrong.
    WrongCredentials,
    /// The master password typed again is wrong.
    WrongPassword,
    /// The second factor is wrong or used up.
    WrongCode,
    /// The account needs something this portal cannot do (single sign-on, other second factors, new encryption).
    NotSupported(Unsupported),
    /// The portal is locked.
    Locked,
    /// Nobody is signed in.
    SignedOut,
    /// The role does not allow it.
    NotAllowed,
    /// What was asked for does not exist, or not for this person.
    NotFound,
    /// A field's content was refused, by the portal or by the server.
    Invalid(Vec<FieldProblem>),
    /// The server refused, with a reason of its own in `detail`.
    Refused,
    /// The link has expired.
    TokenExpired,
    /// The link was used already.
    TokenUsed,
    /// The link is for another person.
    TokenForSomeoneElse,
    /// The link is damaged or not ours.
    TokenInvalid,
    /// The change would leave the provider without a confirmed Provider Admin.
    LastAdmin,
    /// The change would leave the client without a confirmed owner of its own.
    LastOwner,
    /// Too many requests; try again after so many seconds.
    Busy {
        /// Seconds to wait.
        seconds: u32,
    },
    /// The server cannot be reached.
    Offline,
    /// The server failed.
    ServerFailed,
    /// The answer cannot be understood.
    BadAnswer,
    /// The answer belongs to another provider or organization than asked for; it was discarded.
    Mismatch,
    /// A key could not be opened; the data may be damaged or another's.
    CannotDecrypt,
    /// The page was not served over https or from localhost, so the browser offers no encryption.
    InsecureContext,
    /// It is not known whether the change was made; look before you try again.
    Uncertain,
    /// Somebody changed it since it was opened; nothing was saved.
    ChangedMeanwhile,
    /// Something is wrong with the books, or with where they are kept.
    Books(crate::BooksFault),
    /// Cancelled by the user.
    Cancelled,
}

/// Something the portal cannot do for an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unsupported {
    /// Sign-in through single sign-on.
    SingleSignOn,
    /// None of the account's second factors.
    SecondFactor,
    /// A new-device code by e-mail.
    NewDevice,
    /// The account's encryption version.
    Encryption,
    /// The key derivation settings are outside the safe bounds.
    KeyDerivation,
}

/// A refused field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// Which field.
    pub field: Field,
    /// What is wrong with it.
    pub fault: Fault,
    /// The part of the input that is wrong, where it is only a part (one address of many).
    pub part: Option<String>,
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// E-mail address.
    Email,
    /// Several e-mail addresses.
    Emails,
    /// Name of a person, provider or client.
    Name,
    /// Legal name of a business.
    BusinessName,
    /// Address for bills.
    BillingEmail,
    /// Two letters of a country.
    Country,
    /// Post code.
    PostalCode,
    /// The number by which a tax office knows somebody.
    TaxId,
    /// The kind of such a number.
    TaxIdKind,
    /// Address of a client's owner.
    OwnerEmail,
    /// Number of seats.
    Seats,
    /// Plan.
    Plan,
    /// Master password.
    Password,
    /// Password hint.
    Hint,
    /// Code of a second factor.
    Code,
    /// Range of dates.
    Range,
    /// An id in a directory.
    ExternalId,
    /// Who may do what in a collection.
    Access,
    /// Domain of e-mail addresses.
    Domain,
    /// A file that was chosen.
    File,
    /// The server to sign in to.
    Server,
    /// Another one, named in `detail`.
    Other,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// Nothing was entered.
    Missing,
    /// Too long.
    TooLong {
        /// Characters allowed.
        limit: u32,
    },
    /// Too short.
    TooShort {
        /// Characters needed.
        limit: u32,
    },
    /// More entries than allowed at once.
    TooMany {
        /// Entries allowed.
        limit: u32,
    },
    /// Below the smallest number allowed.
    TooSmall {
        /// The smallest number allowed.
        limit: u32,
    },
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a domain.
    NotADomain,
    /// A domain at which anybody can have an address.
    PublicDomain,
    /// Nobody could manage the collection.
    NobodyManages,
    /// Above the largest number allowed.
    TooLarge {
        /// The largest number allowed.
        limit: u32,
    },
    /// Wrong in a way only billing knows.
    Billing(crate::BillingFault),
    /// Not what the field takes.
    Malformed,
    /// The server's own words.
    Server(String),
}
