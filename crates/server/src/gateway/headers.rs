//! What is said on: only headers that are known to be needed, in both directions.
//!
//! Lists of what may pass, not of what may not: an upstream can be set to believe any header about who is calling, and
//! whatever a browser will learn to obey tomorrow, an answer must not say in the portal's name.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};

use super::redirect;
use crate::{Settings, http::compression::list, settings::upstream::Address};

/// Said on to the upstream. Cookies are not: the portal has none, and those of its host are somebody else's.
static ASKED: [HeaderName; 15] = [
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::ACCEPT_LANGUAGE,
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    header::USER_AGENT,
    HeaderName::from_static("auth-email"),
    HeaderName::from_static("bitwarden-client-name"),
    HeaderName::from_static("bitwarden-client-version"),
    HeaderName::from_static("device-identifier"),
    HeaderName::from_static("device-type"),
];

/// Said back from the upstream, beside the kind of the content and where a redirect leads. How long the body is, is said
/// anew: where an upstream gives two lengths, only the one that was read by may be passed on. Cookies are not: everybody
/// proves who they are by a token, and a cookie would do so for whatever page makes a request. What the portal's page
/// may do and what may be kept, this server says itself.
static ANSWERED: [HeaderName; 8] = [
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::DATE,
    header::RETRY_AFTER,
    header::VARY,
    HeaderName::from_static("x-rate-limit-limit"),
    HeaderName::from_static("x-rate-limit-remaining"),
    HeaderName::from_static("x-rate-limit-reset"),
];

/// Said back of icons too, which everybody may see and keep.
static ANSWERED_OF_ICONS: [HeaderName; 5] =
    [header::AGE, header::CACHE_CONTROL, header::ETAG, header::EXPIRES, header::LAST_MODIFIED];

/// The kinds of content that pass as what they are. Any other could be read as a page or a program of the portal's.
const KINDS: &[&str] = &["application/json", "application/problem+json", "text/plain"];
/// The same for icons. A drawing (SVG) is not among them, as it may hold a program.
const KINDS_OF_ICONS: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/bmp",
    "image/x-icon",
    "image/vnd.microsoft.icon",
];

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
/// Where Vaultwarden looks for the caller, unless set otherwise.
const REAL_IP: HeaderName = HeaderName::from_static("x-real-ip");

/// Where people come in, as the upstream is told. It is what was set, never what a request says.
pub(super) struct Announced {
    scheme: HeaderValue,
    host: Option<HeaderValue>,
}

impl Announced {
    /// As the address says that people open.
    pub(super) fn of(settings: &Settings) -> Self {
        let url: Uri = settings.public_url.parse().unwrap_or_default();
        let scheme = if url.scheme_str() == Some("https") { "https" } else { "http" };
        let host = url.authority().and_then(|authority| HeaderValue::from_str(authority.as_str()).ok());
        Self { scheme: HeaderValue::from_static(scheme), host }
    }
}

/// The headers of a request, as the upstream gets them.
pub(super) fn asked(from: &HeaderMap, caller: IpAddr, announced: &Announced) -> HeaderMap {
    let mut to = HeaderMap::with_capacity(from.len());
    copy(from, &mut to, &ASKED);
    if let Ok(caller) = HeaderValue::from_str(&caller.to_string()) {
        to.insert(FORWARDED_FOR, caller.clone());
        to.insert(REAL_IP, caller);
    }
    to.insert(FORWARDED_PROTO, announced.scheme.clone());
    if let Some(host) = &announced.host {
        to.insert(FORWARDED_HOST, host.clone());
    }
    to
}

/// The headers of an answer, as the caller gets them; `None` where one of them cannot be said on safely. `before` is where
/// the upstream is found on the portal's origin.
pub(super) fn answered(
    from: &HeaderMap,
    upstream: &Address,
    before: &str,
    is_icon: bool,
) -> Option<HeaderMap> {
    let mut to = HeaderMap::with_capacity(from.len());
    copy(from, &mut to, &ANSWERED);
    if is_icon {
        copy(from, &mut to, &ANSWERED_OF_ICONS);
    }
    if let Some(kind) = from.get(header::CONTENT_TYPE) {
        to.insert(header::CONTENT_TYPE, known_kind(kind, if is_icon { KINDS_OF_ICONS } else { KINDS }));
    }
    if let Some(location) = from.get(header::LOCATION) {
        to.insert(header::LOCATION, redirect::within(location, upstream, before)?);
    }
    // Any other scheme would have the browser ask for a password in a window of its own.
    if from.get_all(header::WWW_AUTHENTICATE).iter().any(|value| value.as_bytes().starts_with(b"Bearer")) {
        to.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    Some(to)
}

/// Copies what may pass, but for what the sender says is meant for the next machine only.
fn copy(from: &HeaderMap, to: &mut HeaderMap, names: &[HeaderName]) {
    for name in names {
        let named = from.contains_key(header::CONNECTION)
            && list(from, header::CONNECTION).any(|named| named.eq_ignore_ascii_case(name.as_str()));
        if named {
            continue;
        }
        for value in from.get_all(name) {
            to.append(name.clone(), value.clone());
        }
    }
}

fn known_kind(kind: &HeaderValue, kinds: &[&str]) -> HeaderValue {
    let name = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if kinds.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        kind.clone()
    } else {
        HeaderValue::from_static("application/octet-stream")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    fn answer(pairs: &[(&'static str, &'static str)], is_icon: bool) -> HeaderMap {
        answered(&headers(pairs), &"https://vault.example.com".parse().unwrap(), "", is_icon).unwrap()
    }

    #[test]
    fn what_could_be_read_as_a_page_or_a_program_passes_as_neither() {
        for kind in ["text/html; charset=utf-8", "text/javascript", "image/svg+xml", "image/png", "nonsense"]
        {
            let passed = answer(&[("content-type", kind)], false);
            assert_eq!(passed["content-type"], "application/octet-stream", "{kind}");
        }
        let json = "Application/JSON; charset=utf-8";
        assert_eq!(answer(&[("content-type", json)], false)["content-type"], json);
        assert_eq!(answer(&[("content-type", "image/png")], true)["content-type"], "image/png");
        assert_eq!(
            answer(&[("content-type", "image/svg+xml")], true)["content-type"],
            "application/octet-stream"
        );
    }

    #[test]
    fn a_browser_is_never_made_to_ask_for_a_password_itself() {
        assert!(answer(&[("www-authenticate", "Basic realm=\"vault\"")], false).is_empty());
        assert_eq!(
            answer(&[("www-authenticate", "Bearer error=\"x\"")], false)["www-authenticate"],
            "Bearer"
        );
    }

    #[test]
    fn only_icons_may_be_kept() {
        let kept = [("cache-control", "public, max-age=60"), ("etag", "\"1\"")];
        assert!(answer(&kept, false).is_empty());
        assert_eq!(answer(&kept, true).len(), 2);
    }
}
