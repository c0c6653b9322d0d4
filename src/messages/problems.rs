//! What went wrong, what was kept, and what to do.

use portal_bridge::{BooksFault, Fault, Field, FieldProblem, Problem, ProblemKind, Unsupported};

texts! {
    wrong_credentials => "E-mail address or master password is wrong.",
    wrong_password => "The master password is wrong.",
    wrong_code => "The code is wrong or was used already. Enter a fresh one.",
    single_sign_on => "This account signs in through single sign-on, which the portal cannot do.",
    second_factor => "The portal can serve none of this account’s second factors. Add an authenticator app in the web vault.",
    new_device => "The server asks for a code because it does not know this device, and the portal cannot answer it. Sign in to the web vault here once.",
    encryption => "This account uses a newer encryption than the portal knows.",
    key_derivation => "This account’s key derivation settings are outside the safe bounds. Change them in the web vault.",
    locked => "The portal is locked. Unlock it to go on.",
    signed_out => "Nobody is signed in. Sign in to go on.",
    not_allowed => "Your role does not allow this.",
    not_found => "This does not exist, or not for you.",
    invalid => "Something in the form is not right.",
    refused => "The server refused.",
    token_expired => "This link has expired. Ask for a new one.",
    token_used => "This link was used already.",
    token_for_someone_else => "This link is for another e-mail address. Sign in with the address it was sent to.",
    token_invalid => "This link is damaged. Open it again from the mail, whole.",
    last_admin => "The provider needs at least one confirmed Provider Admin. Nothing was changed.",
    last_owner => "The client needs at least one confirmed owner of its own. Nothing was changed.",
    busy[n] => { one: "The server asks for a pause. Try again in {n} second.", other: "The server asks for a pause. Try again in {n} seconds." },
    offline => "The server cannot be reached. Nothing was changed; try again when the network is back.",
    offline_unchanged => "Nothing was changed; try again when the network is back.",
    server_failed => "The server failed. Try again in a moment.",
    bad_answer => "The server’s answer cannot be understood. It may be of a newer version than the portal.",
    mismatch => "The server answered for another provider or client than was asked for. The answer was thrown away.",
    cannot_decrypt => "A key could not be opened. It may be damaged, or somebody else’s.",
    insecure_context => "The portal needs https: without it the browser offers no encryption.",
    uncertain => "It is not known whether the change was made. Look before you try again.",
    changed_meanwhile => "Somebody else changed this since you opened it. Nothing was saved; what you entered still stands here.",
    books_unreadable => "A page of the books cannot be opened: it is damaged, or was written with another key. It was left as it is.",
    books_too_new => "The books were written by a newer portal. Reload this one to get the newest. They were left as they are.",
    books_not_kept => "This browser did not keep what was written. Nothing was changed. Make room in it, or use another one.",
    books_too_large => "This page of the books has grown too large. Nothing was changed.",
    cancelled => "Cancelled.",
    missing => "Enter something here.",
    no_file => "Choose a file.",
    no_server => "Choose the server for your account.",
    large_file(limit) => "The file is larger than {limit} MB.",
    too_long(limit) => "At most {limit} characters.",
    too_short(limit) => "At least {limit} characters.",
    too_many(limit) => "At most {limit} at once.",
    too_small(limit) => "At least {limit}.",
    too_large(limit) => "At most {limit}.",
    nobody_manages => "Give at least one person or group Can manage: nobody could administer this collection otherwise.",
    not_an_email => "This is not an e-mail address.",
    not_a_domain => "This is not a domain such as example.com.",
    public_domain => "Anybody can have an address there: strangers would count as yours.",
    malformed => "This is not what belongs here.",
    about(part, fault) => "{part}: {fault}",
    again => "Try again",
    details => "Details",
    copy => "Copy",
}

/// A problem in words.
pub fn problem(problem: &Problem) -> String {
    let words = match &problem.kind {
        ProblemKind::WrongCredentials => wrong_credentials(),
        ProblemKind::WrongPassword => wrong_password(),
        ProblemKind::WrongCode => wrong_code(),
        ProblemKind::NotSupported(what) => unsupported(*what),
        ProblemKind::Locked => locked(),
        ProblemKind::SignedOut => signed_out(),
        ProblemKind::NotAllowed => not_allowed(),
        ProblemKind::NotFound => not_found(),
        ProblemKind::Invalid(fields) => return fields.first().map_or_else(|| invalid().to_owned(), field),
        ProblemKind::Refused => refused(),
        ProblemKind::TokenExpired => token_expired(),
        ProblemKind::TokenUsed => token_used(),
        ProblemKind::TokenForSomeoneElse => token_for_someone_else(),
        ProblemKind::TokenInvalid => token_invalid(),
        ProblemKind::LastAdmin => last_admin(),
        ProblemKind::LastOwner => last_owner(),
        ProblemKind::Busy { seconds } => return busy(*seconds),
        ProblemKind::Offline => offline(),
        ProblemKind::ServerFailed => server_failed(),
        ProblemKind::BadAnswer => bad_answer(),
        ProblemKind::Mismatch => mismatch(),
        ProblemKind::CannotDecrypt => cannot_decrypt(),
        ProblemKind::InsecureContext => insecure_context(),
        ProblemKind::Uncertain => uncertain(),
        ProblemKind::ChangedMeanwhile => changed_meanwhile(),
        ProblemKind::Books(fault) => books(*fault),
        ProblemKind::Cancelled => cancelled(),
    };
    words.to_owned()
}

/// What is wrong with a field, in words.
pub fn field(problem: &FieldProblem) -> String {
    let fault = match (problem.field, &problem.fault) {
        (Field::File, Fault::Missing) => no_file().to_owned(),
        (Field::Server, Fault::Missing) => no_server().to_owned(),
        (Field::File, Fault::TooLong { limit }) => large_file(&crate::format::number(*limit >> 20)),
        (_, found) => fault(found),
    };
    match &problem.part {
        Some(part) => about(&crate::format::isolate(part), &fault),
        None => fault,
    }
}

/// A fault in words.
pub fn fault(fault: &Fault) -> String {
    let number = |limit: &u32| crate::format::number(*limit);
    match fault {
        Fault::Missing => missing().to_owned(),
        Fault::TooLong { limit } => too_long(&number(limit)),
        Fault::TooShort { limit } => too_short(&number(limit)),
        Fault::TooMany { limit } => too_many(&number(limit)),
        Fault::TooSmall { limit } => too_small(&number(limit)),
        Fault::TooLarge { limit } => too_large(&number(limit)),
        Fault::NobodyManages => nobody_manages().to_owned(),
        Fault::NotAnEmail => not_an_email().to_owned(),
        Fault::NotADomain => not_a_domain().to_owned(),
        Fault::PublicDomain => public_domain().to_owned(),
        Fault::Billing(fault) => super::billing_faults::fault(*fault),
        Fault::Malformed => malformed().to_owned(),
        Fault::Server(words) => words.clone(),
    }
}

fn books(fault: BooksFault) -> &'static str {
    match fault {
        BooksFault::Unreadable => books_unreadable(),
        BooksFault::TooNew => books_too_new(),
        BooksFault::NotKept => books_not_kept(),
        BooksFault::KeyMissing => super::reasons::key_missing(),
        BooksFault::TooLarge => books_too_large(),
    }
}

fn unsupported(what: Unsupported) -> &'static str {
    match what {
        Unsupported::SingleSignOn => single_sign_on(),
        Unsupported::SecondFactor => second_factor(),
        Unsupported::NewDevice => new_device(),
        Unsupported::Encryption => encryption(),
        Unsupported::KeyDerivation => key_derivation(),
    }
}
