//! The texts of mails. Plain text only: nothing a person typed can become markup.

use portal_wire::{ProviderId, ProviderUserId};

use crate::{settings::Settings, store::outbox::NewMail};

/// A mail that carries a link.
pub(super) fn with_link(
    kind: &'static str,
    recipient: &str,
    subject: String,
    text: &str,
    link: String,
) -> NewMail {
    let body = format!("{text}\n\n{link}\n\nIf you did not expect this mail, you can ignore it.\n");
    NewMail { kind, recipient: recipient.to_owned(), subject, body, link: Some(link), ..NewMail::default() }
}

/// Finishing a registration.
pub fn registration(settings: &Settings, email: &str, token: &str) -> NewMail {
    let link = link(settings, "finish-signup", &[("email", email), ("token", token)]);
    let text = "To open your account, follow this link within an hour.";
    with_link("registration", email, "Finish opening your account".to_owned(), text, link)
}

/// Answering somebody who asks to register an address that has an account.
pub fn already_registered(settings: &Settings, email: &str) -> NewMail {
    let body = format!(
        "Somebody asked to open an account with this address, which has one already. If it was you, sign in at {}\n\n\
         If it was not you, you can ignore this mail.\n",
        settings.public_url
    );
    let subject = "You already have an account".to_owned();
    NewMail { kind: "already-registered", recipient: email.to_owned(), subject, body, ..NewMail::default() }
}

/// Welcoming somebody who registered by an invitation.
pub fn welcome(settings: &Settings, email: &str) -> NewMail {
    let body = format!("Your account is open. Sign in at {}\n", settings.public_url);
    let subject = "Your account is open".to_owned();
    NewMail { kind: "welcome", recipient: email.to_owned(), subject, body, ..NewMail::default() }
}

/// The code for a new device.
pub fn new_device(email: &str, code: &str) -> NewMail {
    let body = format!(
        "Somebody signed in to your account from a new device. If it was you, enter this code there:\n\n{code}\n\n\
         It is good for ten minutes. If it was not you, change your master password.\n"
    );
    let subject = "Your code for a new device".to_owned();
    NewMail { kind: "new-device", recipient: email.to_owned(), subject, body, ..NewMail::default() }
}

/// Setting up a provider.
pub fn provider_setup(email: &str, link: &str, provider: ProviderId) -> NewMail {
    let text = "A provider was made for you. To set it up, follow this link within five days.";
    let mail = with_link("provider-setup", email, "Set up your provider".to_owned(), text, link.to_owned());
    NewMail { provider_id: Some(provider), ..mail }
}

/// The link at which a provider's first admin sets it up. With an invitation, the admin registers with it first.
pub fn provider_setup_link(
    settings: &Settings,
    provider: ProviderId,
    email: &str,
    token: &str,
    invitation: Option<ProviderUserId>,
) -> String {
    let (provider, invitation) = (provider.to_string(), invitation.map(|id| id.to_string()));
    let mut parameters = vec![("providerId", provider.as_str()), ("email", email), ("token", token)];
    parameters.extend(invitation.as_deref().map(|id| ("providerUserId", id)));
    link(settings, "providers/setup-provider", &parameters)
}

/// A page of the portal with parameters, in the form the original's links have.
pub fn link(settings: &Settings, page: &str, parameters: &[(&str, &str)]) -> String {
    let parameters: Vec<_> =
        parameters.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
    format!("{}/#/{page}?{}", settings.public_url, parameters.join("&"))
}

/// A value as it stands in an address.
fn percent(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte))
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_link_breaks_out_of_its_parameter() {
        let settings = Settings::in_folder("data");
        let link = link(
            &settings,
            "accept-provider",
            &[("email", "a+b&c=d@example.test"), ("providerName", "Ä <b>")],
        );
        assert_eq!(
            link,
            "http://127.0.0.1:8080/#/accept-provider?email=a%2Bb%26c%3Dd%40example.test&providerName=%C3%84%20%3Cb%3E"
        );
    }
}
