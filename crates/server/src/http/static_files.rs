//! The portal itself: the files `trunk` built, inside this program.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::ApiError;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../dist"]
#[allow_missing = true]
struct Dist;

/// Answers what no route answered: a file of the portal, or for a navigation the page itself.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return ApiError::NotFound.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    match find(path, &headers) {
        Some(file) => file.answer(&headers),
        None if path.is_empty() || is_navigation(path, &headers) => match find("index.html", &headers) {
            Some(page) => page.answer(&headers),
            None => (StatusCode::NOT_FOUND, "The portal was not built into this server.").into_response(),
        },
        None => ApiError::NotFound.into_response(),
    }
}

struct Found {
    file: EmbeddedFile,
    content_type: &'static str,
    caching: &'static str,
    brotli: bool,
}

fn find(path: &str, headers: &HeaderMap) -> Option<Found> {
    let accepts_brotli = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            coding.split(';').next().is_some_and(|name| name.trim() == "br") && !coding.contains("q=0")
        });
    if path.ends_with(".br") {
        return None;
    }
    let plain = Dist::get(path)?;
    let compressed = if accepts_brotli { Dist::get(&format!("{path}.br")) } else { None };
    let brotli = compressed.is_some();
    let file = compressed.unwrap_or(plain);
    Some(Found { file, content_type: content_type(path), caching: caching(path), brotli })
}

impl Found {
    fn answer(self, headers: &HeaderMap) -> Response {
        let hash = HEXLOWER.encode(self.file.metadata.sha256_hash().get(..16).unwrap_or_default());
        let tag = format!("\"{hash}\"");
        let same = headers
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|known| known.trim().trim_start_matches("W/") == tag);
        let mut response = if same {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(self.file.data.into_owned()).into_response()
        };
        let out = response.headers_mut();
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.caching));
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            out.insert(header::ETAG, tag);
        }
        if !same {
            out.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
            if self.brotli {
                out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            }
        }
        response
    }
}

/// A file whose name carries a hash of its content never changes; all others are asked for anew each time.
fn caching(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let hashed = name.split(['-', '.', '_']).any(|part| {
        part.len() >= 12
            && part.bytes().all(|b| b.is_ascii_hexdigit())
            && part.bytes().any(|b| b.is_ascii_digit())
    });
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// A person opening an address, as opposed to the page asking for one of its files.
fn is_navigation(path: &str, headers: &HeaderMap) -> bool {
    let accepts_html = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"));
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let is_service = ["api/", "identity/", "events/"].iter().any(|service| path.starts_with(service));
    accepts_html && !is_file && !is_service
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_good() {
        assert!(caching("portal-3b8cc7d5ed3e5fcb.js").contains("immutable"));
        assert!(caching("portal-3b8cc7d5ed3e5fcb_bg.wasm").contains("immutable"));
        for name in ["index.html", "core.js", "core_bg.wasm", "boot.js", "snippets/a/inline0.js"] {
            assert_eq!(caching(name), "no-cache", "{name}");
        }
    }

    #[test]
    fn only_a_navigation_gets_the_page() {
        let mut headers = HeaderMap::new();
        assert!(!is_navigation("clients", &headers));
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/html,*/*"));
        assert!(is_navigation("providers/1/clients", &headers));
        assert!(!is_navigation("missing.js", &headers));
        assert!(!is_navigation("api/nowhere", &headers));
    }
}
