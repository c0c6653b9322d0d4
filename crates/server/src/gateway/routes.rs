//! What is passed on: the requests the portal makes, and no others.

use axum::http::{Method, Uri};

use crate::{http::ApiError, settings::upstream::is_plain_segment};

/// The services of a Bitwarden-compatible server that stand behind a gateway.
const SERVICES: &[&str] = &["api", "identity", "events", "icons"];

/// What the body of a request may measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// What `--body-limit` says.
    Usual,
    /// A file with a whole directory or vault in it, or a page of a provider's books: 40 MB, or more where `--body-limit` says more.
    File,
}

impl Size {
    /// The limit in bytes, given the usual one.
    pub(super) fn limit(self, usual: usize) -> u64 {
        const FILE: usize = 40 * 1_024 * 1_024;
        let limit = match self {
            Self::Usual => usual,
            Self::File => usual.max(FILE),
        };
        u64::try_from(limit).unwrap_or(u64::MAX)
    }
}

/// One line of the table.
struct Route {
    methods: &'static [Method],
    /// `{}` is any one piece of the path, `**` at the end one or more.
    path: &'static str,
    size: Size,
}

const fn route(methods: &'static [Method], path: &'static str) -> Route {
    Route { methods, path, size: Size::Usual }
}

const fn file(methods: &'static [Method], path: &'static str) -> Route {
    Route { methods, path, size: Size::File }
}

const GET: &[Method] = &[Method::GET];
const POST: &[Method] = &[Method::POST];
const PUT: &[Method] = &[Method::PUT];
const DELETE: &[Method] = &[Method::DELETE];
const GET_PUT: &[Method] = &[Method::GET, Method::PUT];
const ALL: &[Method] = &[Method::GET, Method::POST, Method::PUT, Method::DELETE];

/// Everything that is passed on. Nothing of a personal vault is here (`/api/sync`, `/api/ciphers`, `/api/folders`,
/// `/api/sends`), and nothing of an administrator of the server (`/admin`).
const ROUTES: &[Route] = &[
    // What the server is.
    route(GET, "/api/config"),
    route(GET, "/api/plans"),
    // Signing in and registering.
    route(POST, "/identity/accounts/prelogin"),
    route(POST, "/identity/accounts/prelogin/password"),
    route(POST, "/identity/accounts/register/send-verification-email"),
    route(POST, "/identity/accounts/register/finish"),
    route(POST, "/identity/connect/token"),
    route(POST, "/api/two-factor/send-email-login"),
    // One's own account.
    route(GET_PUT, "/api/accounts/profile"),
    route(GET, "/api/accounts/revision-date"),
    route(POST, "/api/two-factor/get-authenticator"),
    route(PUT, "/api/two-factor/authenticator"),
    route(PUT, "/api/two-factor/disable"),
    route(GET, "/api/users/{}/public-key"),
    // Providers and organizations.
    route(GET_PUT, "/api/providers/{}"),
    route(DELETE, "/api/providers/{}"),
    route(ALL, "/api/providers/{}/**"),
    route(POST, "/api/organizations"),
    route(ALL, "/api/organizations/{}"),
    route(ALL, "/api/organizations/{}/**"),
    route(GET, "/api/portal/**"),
    file(PUT, "/api/portal/providers/{}/books/{}"),
    file(POST, "/api/public/organization/import"),
    // Items of organizations.
    route(GET, "/api/ciphers/organization-details"),
    route(GET, "/api/ciphers/organization-details/assigned"),
    route(POST, "/api/ciphers/admin"),
    route(POST, "/api/ciphers/create"),
    route(POST, "/api/ciphers/bulk-collections"),
    file(POST, "/api/ciphers/import-organization"),
    route(PUT, "/api/ciphers/{}"),
    route(DELETE, "/api/ciphers/{}"),
    route(ALL, "/api/ciphers/{}/{}"),
    // Events and icons.
    route(POST, "/events/collect"),
    route(GET, "/icons/{}/icon.png"),
];

/// Whether a path belongs to a service, and not to the portal's files.
pub(super) fn is_service(path: &str) -> bool {
    path.strip_prefix('/')
        .and_then(|path| path.split('/').next())
        .is_some_and(|first| SERVICES.contains(&first))
}

/// What the body may measure, if the request is one that is passed on.
pub(super) fn find(method: &Method, uri: &Uri) -> Result<Size, ApiError> {
    let path = uri.path().strip_prefix('/').unwrap_or_default();
    // No two readers may understand a path differently: nothing encoded, nothing empty, nothing that leads up.
    if !path.split('/').all(is_plain_segment) {
        return Err(ApiError::refused("The path holds what no path of the portal holds."));
    }
    ROUTES
        .iter()
        .find(|route| route.methods.contains(method) && fits(route.path, path))
        .map(|route| route.size)
        .ok_or(ApiError::NotFound)
}

fn fits(pattern: &str, path: &str) -> bool {
    let mut pieces = path.split('/');
    for wanted in pattern.trim_start_matches('/').split('/') {
        let Some(piece) = pieces.next() else { return false };
        match wanted {
            "**" => return true,
            "{}" => {}
            wanted if wanted == piece => {}
            _ => return false,
        }
    }
    pieces.next().is_none()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn found(method: &Method, path: &str) -> bool {
        find(method, &path.parse().unwrap()).is_ok()
    }

    #[test]
    fn the_portals_requests_are_passed_on_and_a_personal_vault_is_not() {
        for (method, path) in [
            (Method::GET, "/api/config"),
            (Method::POST, "/identity/connect/token"),
            (Method::DELETE, "/api/organizations/1/users/2"),
            (Method::PUT, "/api/ciphers/1/collections-admin"),
            (Method::GET, "/icons/acme.example/icon.png?x=1"),
        ] {
            assert!(found(&method, path), "{method} {path}");
        }
        for (method, path) in [
            (Method::POST, "/api/config"),
            (Method::OPTIONS, "/api/config"),
            (Method::HEAD, "/api/config"),
            (Method::PATCH, "/api/organizations/1/users/2"),
            (Method::GET, "/api/sync"),
            (Method::GET, "/api/ciphers"),
            (Method::POST, "/api/ciphers"),
            (Method::GET, "/api/ciphers/1"),
            (Method::GET, "/api/folders"),
            (Method::GET, "/api/portal"),
            (Method::GET, "/api/providers"),
            (Method::POST, "/identity/account/login"),
            (Method::GET, "/notifications/hub"),
            (Method::GET, "/icons/acme.example/icon.svg"),
        ] {
            assert!(!found(&method, path), "{method} {path}");
        }
    }

    #[test]
    fn no_path_that_can_be_read_in_two_ways_is_passed_on() {
        for path in [
            "/api/../admin",
            "/api/organizations/../../admin",
            "/api/organizations/./1",
            "/api/organizations/%2e%2e/admin",
            "/api/organizations/1%2fusers",
            "/api/organizations/1/%75sers",
            "/api//config",
            "/api/config/",
            "/api/organizations/1;a/users",
            "/api/organizations/1:2",
            "/api/organizations/1/...",
        ] {
            assert!(!found(&Method::GET, path), "{path}");
        }
    }

    /// The paths in the sources of the core, each with its method where it stands on the same line.
    #[test]
    fn whatever_the_core_asks_for_is_in_the_table() {
        let mut seen = 0;
        let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src");
        for (file, text) in sources(&core) {
            for line in text.lines().take_while(|line| !line.contains("#[cfg(test)]")) {
                for literal in line.split('"').skip(1).step_by(2) {
                    if !SERVICES.iter().any(|service| literal.starts_with(&format!("/{service}/"))) {
                        continue;
                    }
                    let path = example(literal);
                    let methods: Vec<&Method> = ALL
                        .iter()
                        .filter(|method| line.contains(&format!("Call::{}(", method.as_str().to_lowercase())))
                        .collect();
                    let methods = if methods.is_empty() { ALL.iter().collect() } else { methods };
                    seen += 1;
                    assert!(
                        methods.iter().any(|method| found(method, &path)),
                        "{}: {literal} is not passed on by a gateway",
                        file.display()
                    );
                }
            }
        }
        assert!(seen > 60, "only {seen} paths were found, so the test has shown nothing");
    }

    fn sources(folder: &Path) -> Vec<(std::path::PathBuf, String)> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(sources(&path));
            } else if !path.ends_with("tests.rs") {
                found.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
            }
        }
        found
    }

    /// A format text as a path: something in every gap, and what follows the path cut off.
    fn example(literal: &str) -> String {
        let mut path = String::new();
        // A log is that of a provider or of an organization, and an item is made by an admin or by a member.
        let literal = literal.replace("/api/{}/", "/api/organizations/1/");
        let literal = literal.replace("/api/ciphers/{route}", "/api/ciphers/create");
        let mut rest = literal.split('?').next().unwrap_or_default();
        while let Some((before, after)) = rest.split_once('{') {
            path.push_str(before);
            let (_, after) = after.split_once('}').unwrap_or_default();
            // What is added to a piece of the path may be nothing.
            if path.ends_with('/') {
                path.push('1');
            }
            rest = after;
        }
        path + rest
    }
}
