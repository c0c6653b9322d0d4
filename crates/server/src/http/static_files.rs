//! The portal itself: the files `trunk` built, inside this program.

use std::borrow::Cow;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use rust_embed::RustEmbed;

use super::{
    ApiError,
    compression::{accepts_brotli, list},
};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../dist"]
#[allow_missing = true]
struct Dist;

/// One file.
struct Asset {
    data: Cow<'static, [u8]>,
    hash: [u8; 32],
}

/// Finds a file by its path.
type Source = fn(&str) -> Option<Asset>;

/// Answers what no route answered: a file of the portal, or for a navigation the page itself.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let built_in: Source =
        |path| Dist::get(path).map(|file| Asset { data: file.data, hash: file.metadata.sha256_hash() });
    serve_from(built_in, &method, uri.path(), &headers)
}

fn serve_from(source: Source, method: &Method, path: &str, headers: &HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return ApiError::NotFound.into_response();
    }
    let path = path.trim_start_matches('/');
    match find(source, path, headers) {
        Some(file) => file.answer(headers),
        None if is_navigation(path, headers) => match find(source, "index.html", headers) {
            Some(page) => page.answer(headers),
            None => (StatusCode::NOT_FOUND, "The portal was not built into this server.").into_response(),
        },
        None => ApiError::NotFound.into_response(),
    }
}

struct Found {
    asset: Asset,
    content_type: &'static str,
    caching: &'static str,
    brotli: bool,
}

fn find(source: Source, path: &str, headers: &HeaderMap) -> Option<Found> {
    // Compressed files are another form of the plain ones, not files of their own.
    if path.ends_with(".br") {
        return None;
    }
    let plain = source(path)?;
    let compressed = if accepts_brotli(headers) { source(&format!("{path}.br")) } else { None };
    let brotli = compressed.is_some();
    let asset = compressed.unwrap_or(plain);
    Some(Found { asset, content_type: content_type(path), caching: caching(path), brotli })
}

impl Found {
    fn answer(self, headers: &HeaderMap) -> Response {
        let hash = HEXLOWER.encode(self.asset.hash.get(..16).unwrap_or_default());
        let tag = format!("\"{hash}\"");
        let same = list(headers, header::IF_NONE_MATCH).any(|known| known.trim_start_matches("W/") == tag);
        let mut response = if same {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(match self.asset.data {
                Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                Cow::Owned(bytes) => bytes.into(),
            })
            .into_response()
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

/// A file whose name carries a hash of its content never changes; all others are asked for anew each time. But for the
/// outlines: a browser asks for them with each one it draws, also when the network is gone, and would draw none then.
fn caching(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name == "icons.svg" {
        return "public, max-age=60, stale-while-revalidate=31536000";
    }
    let hashed = name.split(['-', '.', '_']).any(|part| {
        part.len() >= 12
            && part.bytes().all(|b| b.is_ascii_hexdigit())
            && part.bytes().any(|b| b.is_ascii_digit())
    });
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// A person opening an address, as opposed to the page asking for one of its files. The first page is there for programs as
/// well, such as one that looks whether the portal is up.
fn is_navigation(path: &str, headers: &HeaderMap) -> bool {
    let accepts_html = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"));
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let is_service =
        ["api/", "identity/", "events/", "icons/"].iter().any(|service| path.starts_with(service));
    path.is_empty() || (accepts_html && !is_file && !is_service)
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
    use axum::http::HeaderName;

    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_good() {
        assert!(caching("portal-3b8cc7d5ed3e5fcb.js").contains("immutable"));
        assert!(caching("portal-3b8cc7d5ed3e5fcb_bg.wasm").contains("immutable"));
        for name in ["index.html", "core.js", "core_bg.wasm", "boot.js", "snippets/a/inline0.js"] {
            assert_eq!(caching(name), "no-cache", "{name}");
        }
        assert!(caching("icons.svg").contains("stale-while-revalidate"), "drawn without a network too");
    }

    fn assets(path: &str) -> Option<Asset> {
        let data: &'static [u8] = match path {
            "index.html" => b"page",
            "portal-3b8cc7d5ed3e5fcb_bg.wasm" => b"program",
            "portal-3b8cc7d5ed3e5fcb_bg.wasm.br" => b"small program",
            "core.js" => b"worker",
            _ => return None,
        };
        let mut hash = [0; 32];
        hash.iter_mut().zip(data).for_each(|(to, from)| *to = *from);
        Some(Asset { data: Cow::Borrowed(data), hash })
    }

    async fn get(path: &str, headers: &[(HeaderName, &'static str)]) -> (u16, HeaderMap, Vec<u8>) {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        let response = serve_from(assets, &Method::GET, path, &headers);
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        (status, headers, axum::body::to_bytes(response.into_body(), 1_000_000).await.unwrap().to_vec())
    }

    const HTML: (HeaderName, &str) = (header::ACCEPT, "text/html,*/*;q=0.8");

    #[tokio::test]
    async fn a_navigation_gets_the_page_and_a_missing_file_does_not() {
        for path in ["/", "/providers/1/clients"] {
            let (status, headers, body) = get(path, &[HTML]).await;
            assert_eq!((status, body.as_slice()), (200, b"page".as_slice()), "{path}");
            assert_eq!(headers[header::CACHE_CONTROL], "no-cache");
        }
        for path in ["/portal-0000000000000000.js", "/api/nowhere", "/core.js.br"] {
            let (status, headers, _) = get(path, &[HTML]).await;
            assert_eq!(status, 404, "{path}");
            assert!(!headers.contains_key(header::CACHE_CONTROL), "{path}");
        }
        assert_eq!(get("/providers/1/clients", &[]).await.0, 404);
        assert_eq!(get("/", &[(header::ACCEPT, "*/*")]).await.0, 200);
        assert_eq!(serve_from(assets, &Method::POST, "/", &HeaderMap::new()).status(), 404);
    }

    #[tokio::test]
    async fn a_compressed_form_goes_to_those_who_take_it() {
        let wasm = "/portal-3b8cc7d5ed3e5fcb_bg.wasm";
        let (_, headers, body) = get(wasm, &[(header::ACCEPT_ENCODING, "gzip, br;q=0.9")]).await;
        assert_eq!(
            (body.as_slice(), &headers[header::CONTENT_ENCODING]),
            (b"small program".as_slice(), &"br".parse().unwrap())
        );
        assert_eq!(headers[header::CONTENT_TYPE], "application/wasm");
        assert!(headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        for refused in ["gzip", "br;q=0", "br;q=0.0, gzip"] {
            let (_, headers, body) = get(wasm, &[(header::ACCEPT_ENCODING, refused)]).await;
            assert_eq!(body, b"program", "{refused}");
            assert!(!headers.contains_key(header::CONTENT_ENCODING));
        }
        let (_, headers, body) = get("/core.js", &[(header::ACCEPT_ENCODING, "br")]).await;
        assert_eq!(
            (body.as_slice(), &headers[header::CACHE_CONTROL]),
            (b"worker".as_slice(), &"no-cache".parse().unwrap())
        );
    }

    #[tokio::test]
    async fn a_file_that_is_known_already_is_not_sent_again() {
        let tag = get("/core.js", &[]).await.1[header::ETAG].to_str().unwrap().to_owned();
        let known: &'static str = String::leak(format!("\"other\", W/{tag}"));
        let (status, _, body) = get("/core.js", &[(header::IF_NONE_MATCH, known)]).await;
        assert_eq!((status, body.len()), (304, 0));
        assert_eq!(get("/core.js", &[(header::IF_NONE_MATCH, "\"other\"")]).await.0, 200);
    }
}
