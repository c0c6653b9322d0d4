//! The floors of the house: which room may use which, read from what cargo itself says.

use serde_json::Value;

use crate::failure::{Failure, Result};
use crate::run::read;
use crate::tools::Tools;

/// A room, what it may use of the other rooms, what else only its tests may, and crates that have no place in it.
struct Room {
    name: &'static str,
    uses: &'static [&'static str],
    tests_use: &'static [&'static str],
    never: &'static [&'static str],
}

const DOM: &[&str] = &["leptos", "web-sys"];
const OUTSIDE: &[&str] =
    &["leptos", "web-sys", "js-sys", "wasm-bindgen", "gloo-net", "tokio", "sqlx", "axum", "reqwest"];
const NETWORK: &[&str] = &["leptos", "gloo-net", "reqwest", "axum", "sqlx", "hyper"];
const BROWSER: &[&str] = &["leptos", "web-sys", "js-sys", "wasm-bindgen", "gloo-net"];

const ROOMS: &[Room] = &[
    Room { name: "portal-wire", uses: &[], tests_use: &[], never: OUTSIDE },
    Room { name: "portal-keys", uses: &[], tests_use: &[], never: NETWORK },
    Room { name: "portal-domain", uses: &["portal-wire"], tests_use: &[], never: OUTSIDE },
    Room { name: "portal-bridge", uses: &["portal-wire", "portal-domain"], tests_use: &[], never: OUTSIDE },
    Room {
        name: "portal-core",
        uses: &["portal-wire", "portal-keys", "portal-domain", "portal-bridge"],
        tests_use: &["portal-server"],
        never: &["leptos", "axum", "sqlx"],
    },
    // The worker is a second program of the portal's package; `invariants` sees to it that only that one names the core.
    Room {
        name: "portal",
        uses: &["portal-bridge", "portal-core"],
        tests_use: &[],
        never: &["sqlx", "axum", "reqwest"],
    },
    Room {
        name: "portal-server",
        uses: &["portal-wire", "portal-domain"],
        tests_use: &["portal-keys", "portal-bridge", "portal-core"],
        never: BROWSER,
    },
    Room {
        name: "portal-demo",
        uses: &[
            "portal-wire",
            "portal-keys",
            "portal-domain",
            "portal-bridge",
            "portal-core",
            "portal-server",
        ],
        tests_use: &[],
        never: DOM,
    },
    Room { name: "xtask", uses: &[], tests_use: &[], never: BROWSER },
];

/// Every arrow between the rooms that the house does not allow.
pub(crate) fn findings(tools: &Tools) -> Result<Vec<String>> {
    let text = read(tools.cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata =
        serde_json::from_str(&text).map_err(|error| Failure::Check(format!("cargo metadata: {error}")))?;
    Ok(crossings(&metadata))
}

fn crossings(metadata: &Value) -> Vec<String> {
    let mut findings = Vec::new();
    for package in list(metadata, "packages") {
        let name = text(package, "name");
        let Some(room) = ROOMS.iter().find(|room| room.name == name) else {
            findings.push(format!("{name} has no place among the floors (xtask/src/floors.rs)"));
            continue;
        };
        for dependency in list(package, "dependencies") {
            let (used, kind) = (text(dependency, "name"), text(dependency, "kind"));
            let is_room = dependency.get("path").is_some_and(Value::is_string);
            let allowed = room.uses.contains(&used) || (kind == "dev" && room.tests_use.contains(&used));
            if is_room && !allowed {
                findings.push(format!("{name} uses {used}, which does not lie below it"));
            }
            if kind != "dev" && room.never.contains(&used) {
                findings.push(format!("{name} uses {used}, which has no place in that room"));
            }
        }
    }
    findings
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn house(package: &str, dependency: Value) -> Vec<String> {
        crossings(&json!({ "packages": [{ "name": package, "dependencies": [dependency] }] }))
    }

    #[test]
    fn an_arrow_that_runs_upward_is_found() {
        assert_eq!(
            house("portal-domain", json!({ "name": "portal-wire", "path": "/x", "kind": null })).len(),
            0
        );
        assert_eq!(
            house("portal-domain", json!({ "name": "portal-core", "path": "/x", "kind": null })).len(),
            1
        );
        assert_eq!(house("portal", json!({ "name": "portal-wire", "path": "/x", "kind": null })).len(), 1);
    }

    #[test]
    fn the_server_never_uses_the_keys_but_its_tests_may() {
        assert_eq!(
            house("portal-server", json!({ "name": "portal-keys", "path": "/x", "kind": null })).len(),
            1
        );
        assert_eq!(
            house("portal-server", json!({ "name": "portal-keys", "path": "/x", "kind": "dev" })).len(),
            0
        );
    }

    #[test]
    fn a_crate_out_of_place_is_found() {
        assert_eq!(house("portal-domain", json!({ "name": "tokio", "path": null, "kind": null })).len(), 1);
        assert_eq!(house("portal-domain", json!({ "name": "tokio", "path": null, "kind": "dev" })).len(), 0);
    }

    #[test]
    fn a_room_nobody_knows_is_found() {
        assert_eq!(
            crossings(&json!({ "packages": [{ "name": "portal-attic", "dependencies": [] }] })).len(),
            1
        );
    }
}
