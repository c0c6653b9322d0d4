//! The servers behind a gateway as they are given: one, or several that people choose from when they sign in.

use std::str::FromStr;

use super::upstream::{Address, NoAddress, Upstream};

/// A server behind a gateway, and what people know it by.
#[derive(Clone, Debug)]
pub struct Offered {
    /// What names it in addresses: small letters, digits and hyphens.
    pub key: String,
    /// What people read.
    pub name: String,
    /// Which of Bitwarden's clouds it is.
    pub region: Option<&'static str>,
    /// The server.
    pub upstream: Upstream,
}

/// A text that says no server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoServer {
    /// Its address is none.
    #[error(transparent)]
    Address(#[from] NoAddress),
    /// Its name is none.
    #[error("the name before = has 1 to 50 characters, and no comma among them")]
    Name,
}

/// Servers that cannot stand side by side.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoChoice {
    /// One of them was given twice.
    #[error("{0} is given twice; leave one of them out")]
    Same(String),
    /// Nobody could tell them apart.
    #[error(
        "{0} and {1} would be one and the same in addresses; give one of them another name: Name=https://vault.example.com"
    )]
    Alike(String, String),
}

/// Bitwarden's own: key, name, region and address.
const PRESETS: [(&str, &str, &str, &str); 2] = [
    ("us", "Bitwarden US", "US", "https://vault.bitwarden.com"),
    ("eu", "Bitwarden EU", "EU", "https://vault.bitwarden.eu"),
];

impl FromStr for Offered {
    type Err = NoServer;

    /// Reads `us`, `eu`, an address, or `Name=address`.
    fn from_str(text: &str) -> Result<Self, NoServer> {
        let text = text.trim();
        if let Some((key, name, region, address)) = PRESETS.iter().find(|(key, ..)| *key == text) {
            let upstream = Upstream::at(address.parse()?);
            return Ok(Self {
                key: (*key).to_owned(),
                name: (*name).to_owned(),
                region: Some(region),
                upstream,
            });
        }
        // What stands before the first = of a bare address is part of the address, which holds none.
        let (name, address) = match text.split_once('=') {
            Some((name, address)) if !name.contains("://") => (Some(name.trim()), address.trim()),
            _ => (None, text),
        };
        let address: Address = address.parse()?;
        let place = format!("{}{}", address.authority(), address.path());
        let name = match name {
            Some(name) if is_name(name) => name.to_owned(),
            Some(_) => return Err(NoServer::Name),
            None => place.clone(),
        };
        let key = Some(plain(&name)).filter(|key| !key.is_empty()).unwrap_or_else(|| plain(&place));
        Ok(Self { key, name, region: None, upstream: Upstream::at(address) })
    }
}

/// Whether people can tell each of these servers from every other.
///
/// None of them is given a number to tell it by: the number would be another's once the order changes, and so would what
/// browsers remember of the server.
pub fn differ(servers: &[Offered]) -> Result<(), NoChoice> {
    for (index, one) in servers.iter().enumerate() {
        for other in servers.iter().skip(index + 1) {
            if one.upstream.address.is_same_as(&other.upstream.address) {
                return Err(NoChoice::Same(other.name.clone()));
            }
            if one.key == other.key || one.name == other.name {
                return Err(NoChoice::Alike(one.name.clone(), other.name.clone()));
            }
        }
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().count() <= 50 && !name.chars().any(char::is_control)
}

/// A text in small letters, digits and single hyphens.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            plain.push(character.to_ascii_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    plain.truncate(plain.trim_end_matches('-').len());
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(text: &str) -> Offered {
        text.parse().unwrap()
    }

    fn together(texts: &[&str]) -> Result<(), NoChoice> {
        differ(&texts.iter().map(|text| offered(text)).collect::<Vec<_>>())
    }

    #[test]
    fn a_region_an_address_and_a_name_with_one_say_a_server() {
        for (text, key, name, region, host) in [
            ("us", "us", "Bitwarden US", Some("US"), "vault.bitwarden.com"),
            (" eu ", "eu", "Bitwarden EU", Some("EU"), "vault.bitwarden.eu"),
            (
                "https://vault.example.com:8443/a",
                "vault-example-com-8443-a",
                "vault.example.com:8443/a",
                None,
                "vault.example.com",
            ),
            (
                "Our own (Berlin) = https://vault.example.com",
                "our-own-berlin",
                "Our own (Berlin)",
                None,
                "vault.example.com",
            ),
            ("東京=https://vault.example.com", "vault-example-com", "東京", None, "vault.example.com"),
        ] {
            let server = offered(text);
            let told = (server.key.as_str(), server.name.as_str(), server.region);
            assert_eq!(told, (key, name, region));
            assert_eq!(server.upstream.address.host(), host);
            assert!(server.upstream.address.is_https());
        }
    }

    #[test]
    fn what_says_no_server_is_refused() {
        for (text, error) in [
            ("asia", NoServer::Address(NoAddress::NotHttp)),
            ("", NoServer::Address(NoAddress::NotHttp)),
            ("Acme=us", NoServer::Address(NoAddress::NotHttp)),
            ("https://vault.example.com?a=b", NoServer::Address(NoAddress::Path)),
            ("Acme=https://a:b@vault.example.com", NoServer::Address(NoAddress::Credentials)),
            (" =https://vault.example.com", NoServer::Name),
            ("a\tb=https://vault.example.com", NoServer::Name),
        ] {
            assert_eq!(text.parse::<Offered>().err(), Some(error), "{text}");
        }
        let long = format!("{}=https://vault.example.com", "x".repeat(51));
        assert_eq!(long.parse::<Offered>().err(), Some(NoServer::Name));
    }

    #[test]
    fn servers_nobody_could_tell_apart_are_refused() {
        assert_eq!(together(&["us", "eu", "Acme=https://vault.example.com"]), Ok(()));
        let twice = ["https://vault.example.com", "Acme=https://VAULT.example.com:443/"];
        assert_eq!(together(&twice), Err(NoChoice::Same("Acme".into())));
        assert_eq!(together(&["eu", "eu"]), Err(NoChoice::Same("Bitwarden EU".into())));
        for alike in [
            ["us", "US=https://vault.example.com"],
            ["Müller=https://a.example.com", "Möller=https://b.example.com"],
            ["東京=https://a.example.com", "東京=https://b.example.com"],
        ] {
            assert!(matches!(together(&alike), Err(NoChoice::Alike(..))), "{alike:?}");
        }
    }
}
