//! What can be set: by flag, by environment (`PORTAL_…`), or in a TOML file, in this order of precedence.

mod days;
mod options;
mod rate;
pub mod servers;
pub mod upstream;

use std::{fmt, net::SocketAddr, path::PathBuf, str::FromStr, time::Duration};

use axum::http::HeaderName;

pub use days::Days;
pub use options::Options;
pub use rate::Rate;
pub use servers::Offered;
pub use upstream::Upstream;

use crate::store::Database;

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file is missing or not readable.
    #[error("the settings file {file} cannot be read: {cause}")]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: String,
    },
    /// One setting makes no sense.
    #[error("{name}: {reason}")]
    Value {
        /// The setting.
        name: &'static str,
        /// What is wrong, and what would be right.
        reason: String,
    },
}

/// Everything the server needs to know to start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The folder of the database file and the signing key.
    pub data: PathBuf,
    /// The database.
    pub database: Database,
    /// The address people open, without a slash at its end: for links and `/api/config`.
    pub public_url: String,
    /// Whether there are providers here.
    pub mode: Mode,
    /// Key material shared by several processes; without it, a file in the data folder.
    pub signing_key: Option<Secret>,
    /// Certificate and key, to serve TLS without a proxy.
    pub tls: Option<Tls>,
    /// Where mail goes; without it, the outbox keeps it.
    pub smtp: Option<Smtp>,
    /// Who may register.
    pub signups: Signups,
    /// Whether the provider's staff may change and export the items of clients.
    pub provider_item_access: ProviderItemAccess,
    /// The header in which a trusted proxy passes on the caller's address.
    pub trusted_proxy_header: Option<HeaderName>,
    /// Whether a sign-in from an unknown device needs a code from a mail.
    pub new_device_check: bool,
    /// The largest request body in bytes.
    pub body_limit: usize,
    /// How long a caller may take: to send the head of a request, between two pieces of its body, and to take a piece of the
    /// answer. A connection on which nothing is asked for that long is closed.
    pub caller_patience: Duration,
    /// The servers to stand before as a gateway; without any, this server answers itself.
    pub upstreams: Vec<Offered>,
    /// How long a wrong password or code is made to wait.
    pub failure_delay: Duration,
    /// How long events are kept; without it, for ever.
    pub event_retention: Option<Days>,
    /// How often things may be tried.
    pub limits: Limits,
}

/// How often things may be tried.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Signing in, per address and account.
    pub sign_in: Option<Rate>,
    /// Tokens of any kind, per address.
    pub token: Option<Rate>,
    /// Registering, per address.
    pub registration: Option<Rate>,
    /// Inviting, per inviting person.
    pub invitation: Option<Rate>,
}

/// A certificate and its key, as PEM files.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The certificate chain.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// A mail server.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// Its address, with name and password: `smtps://name:password@mail.example.test`.
    pub url: Secret,
    /// The sender.
    pub from: String,
}

/// Whether there are providers here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Providers manage their clients.
    #[default]
    Provider,
    /// There is no provider, whatever the database holds: people make organizations of their own, and own them.
    Owner,
}

impl Mode {
    /// What `/api/config` calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Owner => "owner",
        }
    }
}

/// Who may register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signups {
    /// Anybody.
    #[default]
    Open,
    /// Only who was invited.
    Invited,
}

/// Whether the provider's staff may change and export the items of clients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderItemAccess {
    /// They have an owner's rights.
    #[default]
    Allow,
    /// They only list items, as in Bitwarden's cloud.
    Deny,
}

/// A setting that must not be printed.
#[derive(Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The secret itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Settings {
    /// The defaults with everything kept in this folder.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        let data = data.into();
        let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
        Self {
            listen,
            database: Database::in_folder(&data),
            data,
            public_url: format!("http://{listen}"),
            mode: Mode::Provider,
            signing_key: None,
            tls: None,
            smtp: None,
            signups: Signups::Open,
            provider_item_access: ProviderItemAccess::Allow,
            trusted_proxy_header: None,
            new_device_check: false,
            body_limit: 2 * 1024 * 1024,
            caller_patience: Duration::from_secs(30),
            upstreams: Vec::new(),
            failure_delay: Duration::from_secs(2),
            event_retention: None,
            limits: Limits {
                sign_in: Some(Rate::per_minute(20)),
                token: Some(Rate::per_minute(300)),
                registration: Some(Rate::per_minute(60)),
                invitation: Some(Rate::per_minute(120)),
            },
        }
    }
}
