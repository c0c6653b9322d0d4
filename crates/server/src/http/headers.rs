//! The headers every answer carries.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::Settings;

/// What the portal's page may load and do. The same in development and release.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; \
     connect-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; \
     trusted-types portal default";

const EVERYWHERE: &[(&str, &str)] = &[
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
         microphone=(), midi=(), payment=(), usb=()",
    ),
];

/// For so long a browser comes by https only.
const A_YEAR: &str = "max-age=31536000";

/// Whether people come by https, so that they always shall.
#[derive(Clone, Copy, Debug)]
pub struct ByHttps(bool);

impl ByHttps {
    /// As the address says that people open.
    pub fn of(settings: &Settings) -> Self {
        Self(settings.public_url.starts_with("https://"))
    }
}

/// Adds the security headers, and where people come by https that they always shall; an answer that does not say how long it may be kept must not be kept.
pub async fn protect(State(ByHttps(by_https)): State<ByHttps>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in EVERYWHERE {
        headers.insert(*name, HeaderValue::from_static(value));
    }
    if by_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(A_YEAR));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_for_other_servers_say_the_same_as_this_one() {
        let by_https = [("strict-transport-security", A_YEAR)];
        for (name, value) in EVERYWHERE.iter().chain(&by_https) {
            for (file, line) in [
                (
                    include_str!("../../../../deploy/nginx-headers.conf"),
                    format!("add_header {name} \"{value}\" always;\n"),
                ),
                (include_str!("../../../../deploy/Caddyfile"), format!("\t\t{name} \"{value}\"\n")),
                (include_str!("../../../../deploy/headers.txt"), format!("  {name}: {value}\n")),
            ] {
                assert_eq!(file.matches(&line).count(), 1, "{line}");
            }
        }
        let own = EVERYWHERE.len() + by_https.len();
        assert_eq!(include_str!("../../../../deploy/nginx-headers.conf").matches("add_header").count(), own);
    }
}
