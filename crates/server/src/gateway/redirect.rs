//! Where an answer may send somebody: to the portal's own origin, or nowhere.

use axum::http::{HeaderValue, Uri};

use crate::settings::upstream::{Address, is_plain_segment};

/// Where a redirect of the upstream leads on the portal's origin, where `before` stands before what is the upstream's; `None`
/// where it leads to another origin, or nowhere sensible.
pub(super) fn within(location: &HeaderValue, upstream: &Address, before: &str) -> Option<HeaderValue> {
    let uri: Uri = location.to_str().ok()?.parse().ok()?;
    if uri.authority().is_some() && !is_upstream(&uri, upstream) {
        return None;
    }
    let path = uri.path().strip_prefix(upstream.path())?.strip_prefix('/')?;
    if !path.is_empty() && !path.split('/').all(is_plain_segment) {
        return None;
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{before}/{path}{query}")).ok()
}

fn is_upstream(uri: &Uri, upstream: &Address) -> bool {
    let port = match (uri.port_u16(), uri.scheme_str()) {
        (Some(port), _) => port,
        (None, Some("https")) => 443,
        (None, _) => 80,
    };
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    uri.scheme_str() == Some(upstream.scheme())
        && host.eq_ignore_ascii_case(upstream.host())
        && port == upstream.port()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(location: &str, upstream: &str) -> Option<String> {
        let within = within(&HeaderValue::from_str(location).unwrap(), &upstream.parse().unwrap(), "")?;
        Some(within.to_str().unwrap().to_owned())
    }

    #[test]
    fn a_redirect_stays_on_the_origin_of_the_portal() {
        let vault = "https://vault.example.com";
        assert_eq!(led("/api/config?a=1", vault).as_deref(), Some("/api/config?a=1"));
        assert_eq!(led("https://VAULT.example.com:443/api/x", vault).as_deref(), Some("/api/x"));
        assert_eq!(
            led("https://example.com/vault/api/x", "https://example.com/vault").as_deref(),
            Some("/api/x")
        );
    }

    #[test]
    fn a_redirect_elsewhere_leads_nowhere() {
        let vault = "https://vault.example.com";
        for location in [
            "https://evil.example/api/config",
            "http://vault.example.com/api/config",
            "https://vault.example.com:8443/api",
            "//evil.example/api",
            "/\\evil.example/",
            "/..//evil.example/",
            "javascript:alert(1)",
            "relative",
            "https://ann@evil.example/",
        ] {
            assert_eq!(led(location, vault), None, "{location}");
        }
        assert_eq!(led("/elsewhere", "https://example.com/vault"), None);
        assert_eq!(led("/vaulted/x", "https://example.com/vault"), None);
    }
}
