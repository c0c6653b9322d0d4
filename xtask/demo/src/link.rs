//! The links of invitations, which people receive and open.

use std::str::FromStr;

use crate::Failure;

/// The parameters of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link(Vec<(String, String)>);

impl Link {
    /// Reads a link such as `https://portal.example/#/accept-provider?token=…`.
    pub(crate) fn parse(link: &str) -> Self {
        let (_, query) = link.split_once('?').unwrap_or_default();
        let parameters = query.split('&').filter_map(|part| part.split_once('='));
        Self(parameters.map(|(name, value)| (name.to_owned(), decoded(value))).collect())
    }

    /// A parameter as text.
    pub(crate) fn text(&self, name: &str) -> Result<String, Failure> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.clone())
            .ok_or_else(|| Failure::missing(format!("`{name}` in an invitation's link")))
    }

    /// A parameter as an id.
    pub(crate) fn id<T: FromStr>(&self, name: &str) -> Result<T, Failure> {
        self.text(name)?
            .parse()
            .map_err(|_| Failure::missing(format!("an id as `{name}` in an invitation's link")))
    }
}

/// The text behind percent signs.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = after.split_at_checked(2).filter(|_| first == b'%').and_then(|(digits, after)| {
            let digits = std::str::from_utf8(digits).ok()?;
            Some((u8::from_str_radix(digits, 16).ok()?, after))
        });
        let (byte, after) = escaped.unwrap_or((first, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_gives_back_what_was_put_into_it() {
        let link = Link::parse(
            "http://127.0.0.1:8080/#/accept-provider?email=a%2Bb%40c.example&providerName=%C3%84%20%26&n=5%",
        );
        assert_eq!(link.text("email").unwrap(), "a+b@c.example");
        assert_eq!(link.text("providerName").unwrap(), "Ä &");
        assert_eq!(link.text("n").unwrap(), "5%");
        assert!(link.text("token").is_err());
        assert!(link.id::<u32>("email").is_err());
    }
}
