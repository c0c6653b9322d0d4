//! The settings as they are given.

mod upstreams;

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf, time::Duration};

use clap::Args;
use serde::Deserialize;

use super::{
    Days, Limits, Mode, ProviderItemAccess, Secret, Settings, SettingsError, Signups, Smtp, Tls,
    rate::RateSetting,
};
use crate::store::Database;

/// Every setting, as a flag, an environment variable and a key of the settings file.
#[derive(Clone, Debug, Default, Args, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// A TOML file with settings named as the flags here: listen = "127.0.0.1:8080".
    #[arg(long, env = "PORTAL_CONFIG", value_name = "FILE", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// The folder for the database file and the signing key; made if missing. [default: data]
    #[arg(long, env = "PORTAL_DATA", value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    /// postgres://name:password@host/database to use PostgreSQL. [default: SQLite in the data folder]
    #[arg(long, env = "PORTAL_DATABASE", value_name = "URL", global = true, hide_env_values = true)]
    #[serde(deserialize_with = "database")]
    pub database: Option<Database>,
    /// The address people open, used in links. [default: http(s):// and the listening address]
    #[arg(long, env = "PORTAL_PUBLIC_URL", value_name = "URL", global = true)]
    pub public_url: Option<String>,
    /// Whether providers manage clients here, or people own their organizations themselves. [default: provider]
    #[arg(long, env = "PORTAL_MODE", value_enum, global = true)]
    pub mode: Option<Mode>,
    /// 32 bytes in base64, the same for every process behind one address. [default: a file in the data folder]
    #[arg(long, env = "PORTAL_SIGNING_KEY", value_name = "BASE64", global = true, hide_env_values = true)]
    pub signing_key: Option<Secret>,
    /// Where to listen. [default: 127.0.0.1:8080]
    #[arg(long, env = "PORTAL_LISTEN", value_name = "ADDRESS", global = true)]
    pub listen: Option<SocketAddr>,
    /// A certificate chain (PEM), to serve https without a proxy.
    #[arg(long, env = "PORTAL_TLS_CERT", value_name = "FILE", global = true)]
    pub tls_cert: Option<PathBuf>,
    /// The private key of the certificate (PEM).
    #[arg(long, env = "PORTAL_TLS_KEY", value_name = "FILE", global = true)]
    pub tls_key: Option<PathBuf>,
    /// smtps://name:password@host to send mail. Without it, invitation links are shown in the portal.
    #[arg(long, env = "PORTAL_SMTP_URL", value_name = "URL", global = true, hide_env_values = true)]
    pub smtp_url: Option<Secret>,
    /// The sender of mail: "Portal <portal@example.test>".
    #[arg(long, env = "PORTAL_SMTP_FROM", value_name = "ADDRESS", global = true)]
    pub smtp_from: Option<String>,
    /// Who may register. [default: open]
    #[arg(long, env = "PORTAL_SIGNUPS", value_enum, global = true)]
    pub signups: Option<Signups>,
    /// Whether the provider's staff may change and export the items of clients. [default: allow]
    #[arg(long, env = "PORTAL_PROVIDER_ITEM_ACCESS", value_enum, global = true)]
    pub provider_item_access: Option<ProviderItemAccess>,
    /// The header in which a trusted proxy passes on the caller's address, such as x-forwarded-for.
    #[arg(long, env = "PORTAL_TRUSTED_PROXY_HEADER", value_name = "HEADER", global = true)]
    pub trusted_proxy_header: Option<String>,
    /// Whether a sign-in from an unknown device needs a code from a mail. [default: true with SMTP, else false]
    #[arg(long, env = "PORTAL_NEW_DEVICE_CHECK", value_name = "BOOL", global = true)]
    pub new_device_check: Option<bool>,
    /// The largest request body in bytes. [default: 2097152]
    #[arg(long, env = "PORTAL_BODY_LIMIT", value_name = "BYTES", global = true)]
    pub body_limit: Option<usize>,
    /// How many seconds a caller may take for the head of a request, or between two pieces. [default: 30]
    #[arg(long, env = "PORTAL_CALLER_TIMEOUT", value_name = "SECONDS", global = true)]
    pub caller_timeout: Option<NonZeroU32>,
    /// Stand as a gateway before this Bitwarden-compatible server, instead of being one: us or eu for Bitwarden's cloud, an
    /// address, or Name=address. Given several times, or with commas between, people choose one when they sign in.
    #[arg(long, env = "PORTAL_UPSTREAM", value_name = "SERVER", value_delimiter = ',', global = true)]
    #[serde(deserialize_with = "upstreams::one_or_several")]
    pub upstream: Vec<String>,
    /// Certificates (PEM) to trust beside the system's, for an upstream with one of its own.
    #[arg(long, env = "PORTAL_UPSTREAM_CA", value_name = "FILE", global = true)]
    pub upstream_ca: Option<PathBuf>,
    /// Allow an upstream without TLS on another machine, where the network between is trusted. [default: false]
    #[arg(long, env = "PORTAL_UPSTREAM_ALLOW_HTTP", value_name = "BOOL", global = true)]
    pub upstream_allow_http: Option<bool>,
    /// How many seconds a connection to the upstream may take. [default: 10]
    #[arg(long, env = "PORTAL_UPSTREAM_CONNECT_TIMEOUT", value_name = "SECONDS", global = true)]
    pub upstream_connect_timeout: Option<NonZeroU32>,
    /// How many seconds the upstream may take to begin its answer. [default: 60]
    #[arg(long, env = "PORTAL_UPSTREAM_ANSWER_TIMEOUT", value_name = "SECONDS", global = true)]
    pub upstream_answer_timeout: Option<NonZeroU32>,
    /// How many seconds the upstream may pause between two pieces of an answer. [default: 30]
    #[arg(long, env = "PORTAL_UPSTREAM_IDLE_TIMEOUT", value_name = "SECONDS", global = true)]
    pub upstream_idle_timeout: Option<NonZeroU32>,
    /// How long a wrong password or code is made to wait, in milliseconds. [default: 2000]
    #[arg(long, env = "PORTAL_FAILURE_DELAY", value_name = "MS", global = true)]
    pub failure_delay: Option<u64>,
    /// After how many days events are deleted. [default: never]
    #[arg(
        long,
        env = "PORTAL_EVENT_RETENTION",
        value_name = "DAYS",
        global = true,
        allow_hyphen_values = true
    )]
    pub event_retention: Option<Days>,
    /// Sign-ins per address and account, such as 20/m, or off. [default: 20/m]
    #[arg(long, env = "PORTAL_LIMIT_SIGN_IN", value_name = "RATE", global = true)]
    pub limit_sign_in: Option<RateSetting>,
    /// Token requests per address. [default: 300/m]
    #[arg(long, env = "PORTAL_LIMIT_TOKEN", value_name = "RATE", global = true)]
    pub limit_token: Option<RateSetting>,
    /// Registrations per address. [default: 60/m]
    #[arg(long, env = "PORTAL_LIMIT_REGISTRATION", value_name = "RATE", global = true)]
    pub limit_registration: Option<RateSetting>,
    /// Invitations per inviting person. [default: 120/m]
    #[arg(long, env = "PORTAL_LIMIT_INVITATION", value_name = "RATE", global = true)]
    pub limit_invitation: Option<RateSetting>,
}

impl Options {
    /// Reads the settings file, if one is named, and checks everything together.
    pub fn resolve(self) -> Result<Settings, SettingsError> {
        let options = match &self.config {
            Some(file) => {
                let unreadable = |cause: String| SettingsError::File { file: file.clone(), cause };
                let text = std::fs::read_to_string(file).map_err(|error| unreadable(error.to_string()))?;
                self.clone().or(toml::from_str(&text).map_err(|error| unreadable(error.to_string()))?)
            }
            None => self,
        };
        options.check()
    }

    fn or(self, file: Self) -> Self {
        Self {
            config: self.config,
            data: self.data.or(file.data),
            database: self.database.or(file.database),
            public_url: self.public_url.or(file.public_url),
            mode: self.mode.or(file.mode),
            signing_key: self.signing_key.or(file.signing_key),
            listen: self.listen.or(file.listen),
            tls_cert: self.tls_cert.or(file.tls_cert),
            tls_key: self.tls_key.or(file.tls_key),
            smtp_url: self.smtp_url.or(file.smtp_url),
            smtp_from: self.smtp_from.or(file.smtp_from),
            signups: self.signups.or(file.signups),
            provider_item_access: self.provider_item_access.or(file.provider_item_access),
            trusted_proxy_header: self.trusted_proxy_header.or(file.trusted_proxy_header),
            new_device_check: self.new_device_check.or(file.new_device_check),
            body_limit: self.body_limit.or(file.body_limit),
            caller_timeout: self.caller_timeout.or(file.caller_timeout),
            upstream: if self.upstream.is_empty() { file.upstream } else { self.upstream },
            upstream_ca: self.upstream_ca.or(file.upstream_ca),
            upstream_allow_http: self.upstream_allow_http.or(file.upstream_allow_http),
            upstream_connect_timeout: self.upstream_connect_timeout.or(file.upstream_connect_timeout),
            upstream_answer_timeout: self.upstream_answer_timeout.or(file.upstream_answer_timeout),
            upstream_idle_timeout: self.upstream_idle_timeout.or(file.upstream_idle_timeout),
            failure_delay: self.failure_delay.or(file.failure_delay),
            event_retention: self.event_retention.or(file.event_retention),
            limit_sign_in: self.limit_sign_in.or(file.limit_sign_in),
            limit_token: self.limit_token.or(file.limit_token),
            limit_registration: self.limit_registration.or(file.limit_registration),
            limit_invitation: self.limit_invitation.or(file.limit_invitation),
        }
    }

    fn check(self) -> Result<Settings, SettingsError> {
        let upstreams = self.check_upstreams()?;
        let mut settings = Settings::in_folder(self.data.unwrap_or_else(|| PathBuf::from("data")));
        settings.upstreams = upstreams;
        if let Some(database) = self.database {
            settings.database = database;
        }
        if let Some(listen) = self.listen {
            settings.listen = listen;
        }
        settings.tls = match (self.tls_cert, self.tls_key) {
            (Some(certificate), Some(key)) => Some(Tls { certificate, key }),
            (None, None) => None,
            _ => return Err(value("tls-cert, tls-key", "give both or neither")),
        };
        let scheme = if settings.tls.is_some() { "https" } else { "http" };
        settings.public_url = match self.public_url {
            Some(url) if url.starts_with("http://") || url.starts_with("https://") => {
                url.trim_end_matches('/').to_owned()
            }
            Some(_) => return Err(value("public-url", "an address starts with http:// or https://")),
            None => format!("{scheme}://{}", settings.listen),
        };
        settings.mode = self.mode.unwrap_or_default();
        settings.signing_key = self.signing_key;
        settings.smtp = match (self.smtp_url, self.smtp_from) {
            (Some(url), Some(from)) => Some(Smtp { url, from }),
            (None, None) => None,
            _ => return Err(value("smtp-url, smtp-from", "give both or neither")),
        };
        settings.new_device_check = self.new_device_check.unwrap_or(settings.smtp.is_some());
        settings.signups = self.signups.unwrap_or_default();
        settings.provider_item_access = self.provider_item_access.unwrap_or_default();
        settings.trusted_proxy_header = match self.trusted_proxy_header {
            Some(name) => Some(
                name.parse()
                    .map_err(|_| value("trusted-proxy-header", "that is not the name of a header"))?,
            ),
            None => None,
        };
        if let Some(limit) = self.body_limit {
            settings.body_limit = limit;
        }
        settings.caller_patience = seconds(self.caller_timeout, settings.caller_patience);
        if let Some(milliseconds) = self.failure_delay {
            settings.failure_delay = Duration::from_millis(milliseconds);
        }
        settings.event_retention = self.event_retention;
        let limits = settings.limits;
        settings.limits = Limits {
            sign_in: self.limit_sign_in.map_or(limits.sign_in, |rate| rate.0),
            token: self.limit_token.map_or(limits.token, |rate| rate.0),
            registration: self.limit_registration.map_or(limits.registration, |rate| rate.0),
            invitation: self.limit_invitation.map_or(limits.invitation, |rate| rate.0),
        };
        Ok(settings)
    }
}

fn value(name: &'static str, reason: &str) -> SettingsError {
    SettingsError::Value { name, reason: reason.to_owned() }
}

fn seconds(setting: Option<NonZeroU32>, otherwise: Duration) -> Duration {
    setting.map_or(otherwise, |seconds| Duration::from_secs(seconds.get().into()))
}

fn database<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Database>, D::Error> {
    let url = String::deserialize(deserializer)?;
    url.parse().map(Some).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_goes_before_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portal.toml");
        std::fs::write(
            &file,
            "listen = \"127.0.0.1:1\"\nsignups = \"invited\"\nlimit-sign-in = \"off\"\nmode = \"owner\"\n",
        )
        .unwrap();
        let flags = Options { config: Some(file), listen: "127.0.0.1:2".parse().ok(), ..Options::default() };
        let settings = flags.resolve().unwrap();
        assert_eq!(settings.public_url, "http://127.0.0.1:2");
        assert_eq!(settings.signups, Signups::Invited);
        assert_eq!(settings.mode, Mode::Owner);
        assert_eq!(settings.limits.sign_in, None);
    }

    #[test]
    fn events_are_kept_for_ever_unless_days_are_set_that_make_sense() {
        assert_eq!(Options::default().resolve().unwrap().event_retention, None);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portal.toml");
        let resolve = |value: &str| {
            std::fs::write(&file, format!("event-retention = {value}\n")).unwrap();
            Options { config: Some(file.clone()), ..Options::default() }.resolve()
        };
        assert_eq!(resolve("400").unwrap().event_retention, "400".parse().ok());
        for bad in ["0", "-30", "\"soon\"", "1.5"] {
            let error = resolve(bad).unwrap_err().to_string();
            assert!(error.contains("event-retention"), "{error}");
        }
    }

    #[test]
    fn an_unknown_setting_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portal.toml");
        std::fs::write(&file, "lisen = \"127.0.0.1:1\"\n").unwrap();
        let error = Options { config: Some(file), ..Options::default() }.resolve().unwrap_err();
        assert!(error.to_string().contains("lisen"), "{error}");
    }
}
