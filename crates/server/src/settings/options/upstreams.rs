//! What makes a gateway of this server: the servers to stand before, and what holds for all of them.

use serde::Deserialize;

use super::{
    super::{Offered, SettingsError, Upstream, servers},
    Options, seconds, value,
};

impl Options {
    /// The upstreams, if this is to be a gateway; then nothing may be set that only a server of its own has.
    pub(super) fn check_upstreams(&self) -> Result<Vec<Offered>, SettingsError> {
        if self.upstream.is_empty() {
            let lonely = self.upstream_ca.is_some() || self.upstream_allow_http.is_some();
            return if lonely {
                Err(value("upstream", "name the server these settings are about"))
            } else {
                Ok(Vec::new())
            };
        }
        let refused = |reason| SettingsError::Value { name: "upstream", reason };
        let mut upstreams = Vec::with_capacity(self.upstream.len());
        for (index, text) in self.upstream.iter().enumerate() {
            let mut offered: Offered = text.parse().map_err(|error| {
                // What was given is not repeated: it may hold a password.
                let which =
                    if self.upstream.len() > 1 { format!("number {}: ", index + 1) } else { String::new() };
                refused(format!("{which}{error}"))
            })?;
            offered.upstream = self.check_upstream(offered.upstream)?;
            upstreams.push(offered);
        }
        servers::differ(&upstreams).map_err(|error| refused(error.to_string()))?;
        if self.upstream_ca.is_some() && !upstreams.iter().any(|offered| offered.upstream.address.is_https())
        {
            return Err(value("upstream-ca", "an upstream without https shows no certificate"));
        }
        if let Some(name) = self.of_a_server_of_its_own() {
            return Err(value(
                name,
                "a gateway has no data of its own: set this at the upstream, and leave it out here",
            ));
        }
        Ok(upstreams)
    }

    /// An upstream with what is set for all of them.
    fn check_upstream(&self, upstream: Upstream) -> Result<Upstream, SettingsError> {
        let address = &upstream.address;
        if !address.is_https() && !address.is_loopback() && self.upstream_allow_http != Some(true) {
            let reason = "an upstream on another machine is spoken to by https; where the network between is trusted, \
                          allow http with --upstream-allow-http true";
            return Err(value("upstream", reason));
        }
        Ok(Upstream {
            ca: self.upstream_ca.clone(),
            connect: seconds(self.upstream_connect_timeout, Upstream::CONNECT),
            answer: seconds(self.upstream_answer_timeout, Upstream::ANSWER),
            idle: seconds(self.upstream_idle_timeout, Upstream::IDLE),
            ..upstream
        })
    }

    /// A setting that only means something where this server answers itself.
    fn of_a_server_of_its_own(&self) -> Option<&'static str> {
        [
            ("database", self.database.is_some()),
            ("mode", self.mode.is_some()),
            ("signing-key", self.signing_key.is_some()),
            ("smtp-url", self.smtp_url.is_some()),
            ("smtp-from", self.smtp_from.is_some()),
            ("signups", self.signups.is_some()),
            ("provider-item-access", self.provider_item_access.is_some()),
            ("new-device-check", self.new_device_check.is_some()),
            ("failure-delay", self.failure_delay.is_some()),
            ("event-retention", self.event_retention.is_some()),
            ("limit-sign-in", self.limit_sign_in.is_some()),
            ("limit-token", self.limit_token.is_some()),
            ("limit-registration", self.limit_registration.is_some()),
            ("limit-invitation", self.limit_invitation.is_some()),
        ]
        .into_iter()
        .find_map(|(name, is_set)| is_set.then_some(name))
    }
}

/// One text, or a list of them.
pub(super) fn one_or_several<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a text, or a list of them")]
    enum Given {
        One(String),
        Several(Vec<String>),
    }
    Ok(match Given::deserialize(deserializer)? {
        Given::One(text) => vec![text],
        Given::Several(texts) => texts,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn gateway(upstream: &str) -> Options {
        Options { upstream: vec![upstream.to_owned()], ..Options::default() }
    }

    #[test]
    fn an_upstream_is_spoken_to_in_secret_unless_it_is_this_machine_or_allowed() {
        let [offered] = &gateway("https://vault.example.com").resolve().unwrap().upstreams[..] else {
            panic!()
        };
        assert_eq!((offered.upstream.answer, &offered.upstream.ca), (Upstream::ANSWER, &None));
        gateway("http://127.0.0.1:8000").resolve().unwrap();
        let refused = gateway("http://vault.internal").resolve().unwrap_err().to_string();
        assert!(refused.contains("--upstream-allow-http"), "{refused}");
        let allowed = Options { upstream_allow_http: Some(true), ..gateway("http://vault.internal") };
        assert_eq!(allowed.resolve().unwrap().upstreams.len(), 1);
    }

    #[test]
    fn several_upstreams_are_a_list_with_one_setting_for_all() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portal.toml");
        let list = "upstream = [\"us\", \"Acme=https://vault.example.com\"]\nupstream-answer-timeout = 7\n";
        std::fs::write(&file, list).unwrap();
        let listed = Options { config: Some(file.clone()), ..Options::default() };
        let settings = listed.clone().resolve().unwrap();
        let told: Vec<_> = settings.upstreams.iter().map(|offered| offered.name.as_str()).collect();
        assert_eq!(told, ["Bitwarden US", "Acme"]);
        assert!(
            settings.upstreams.iter().all(|offered| offered.upstream.answer == Duration::from_secs(7)),
            "{settings:?}"
        );
        // The flags take the place of the whole list.
        let flags = Options { upstream: vec!["eu".into()], ..listed }.resolve().unwrap();
        assert_eq!(flags.upstreams.iter().map(|offered| &offered.key).collect::<Vec<_>>(), ["eu"]);
        for bad in ["upstream = 7", "upstream = [7]"] {
            std::fs::write(&file, bad).unwrap();
            let error = Options { config: Some(file.clone()), ..Options::default() }.resolve().unwrap_err();
            assert!(error.to_string().contains("a text, or a list of them"), "{error}");
        }
    }

    #[test]
    fn several_upstreams_of_which_one_is_wrong_are_refused_without_repeating_what_was_given() {
        let several = |texts: &[&str]| {
            let upstream = texts.iter().map(|text| (*text).to_owned()).collect();
            Options { upstream, ..Options::default() }.resolve().unwrap_err().to_string()
        };
        let refused = several(&["us", "https://ann:hunter2@vault.example.com"]);
        assert!(refused.starts_with("upstream: number 2: ") && !refused.contains("hunter2"), "{refused}");
        assert!(several(&["us", "us"]).contains("given twice"));
        assert!(several(&["us", "http://vault.internal"]).contains("--upstream-allow-http"));
    }

    #[test]
    fn a_gateway_takes_no_setting_of_a_server_with_data() {
        let options = Options { limit_token: "off".parse().ok(), ..gateway("https://vault.example.com") };
        let refused = options.resolve().unwrap_err().to_string();
        assert!(refused.contains("limit-token"), "{refused}");
        let options = Options { upstream_ca: Some("ca.pem".into()), ..Options::default() };
        assert!(options.resolve().unwrap_err().to_string().contains("upstream"));
    }
}
