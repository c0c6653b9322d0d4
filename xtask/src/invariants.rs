//! What must hold in every file, whoever writes it: each rule a place, what may not stand there, and why.

use std::path::Path;

use crate::failure::{Failure, Result};
use crate::files;
use crate::floors;
use crate::project;
use crate::tools::Tools;

/// Words that may stand only in some files.
struct Rule {
    /// Folders or files the rule is about, from the root.
    within: &'static [&'static str],
    /// Where the words have their place.
    except: &'static [&'static str],
    words: &'static [&'static str],
    why: &'static str,
}

const PRODUCT: &[&str] = &["src", "crates", "xtask/demo"];

const RULES: &[Rule] = &[
    Rule {
        within: PRODUCT,
        except: &["crates/server/src/store", "crates/server/src/store.rs", "crates/server/migrations"],
        words: &["sqlx::", "\"SELECT ", "\"INSERT INTO ", "\"DELETE FROM ", "\"UPDATE ", "CREATE TABLE"],
        why: "only server::store contains SQL",
    },
    Rule {
        within: &["src"],
        except: &["src/format.rs"],
        words: &[
            "Intl::",
            "DateTimeFormat",
            "RelativeTimeFormat",
            "to_locale_date_string",
            "to_locale_time_string",
            "to_locale_string",
            "to_utc_string",
            "to_date_string",
        ],
        why: "only src/format.rs formats a date or a number",
    },
    Rule {
        within: &["src", "web"],
        except: &["src/core_link.rs", "src/core_link", "src/bin"],
        words: &["post_message", "postMessage"],
        why: "only src/core_link.rs speaks to the worker",
    },
    Rule {
        within: &["src"],
        except: &["src/bin"],
        words: &["portal_core", "portal_keys", "portal_wire", "portal_domain"],
        why: "the tab knows the bridge only; the core, its keys and the wire stay in the worker",
    },
    Rule {
        within: &[
            "src",
            "web",
            "crates/keys/src",
            "crates/domain/src",
            "crates/bridge/src",
            "crates/wire/src",
        ],
        except: &[],
        words: &[
            "gloo_net",
            "fetch_with",
            "fetch(",
            "XmlHttpRequest",
            "send_beacon",
            "EventSource",
            "WebSocket",
            "reqwest",
        ],
        why: "only the core makes a request",
    },
    Rule {
        within: &["src", "web"],
        except: &[],
        words: &[
            "inner_html",
            "innerHTML",
            "outer_html",
            "outerHTML",
            "insert_adjacent_html",
            "insertAdjacentHTML",
            "document.write",
        ],
        why: "text is text, never markup",
    },
    Rule {
        within: &["index.html"],
        except: &[],
        words: &["<style", "style=\"", "onclick", "onload", "<script>", "javascript:", "http://", "https://"],
        why: "nothing inline and nothing from another origin: the Content-Security-Policy forbids it",
    },
];

/// What the tab's program can only hold if it makes requests or keys itself.
const SECRETS_OF_THE_CORE: &[&str] = &[
    "connect/token",
    "masterPasswordHash",
    "refresh_token",
    "grant_type",
    "HKDF",
    "PBKDF2",
    "RSA-OAEP",
    "argon2",
];

/// Reads the sources and what cargo says of them; fails with every line that breaks a rule.
pub(crate) fn check_sources(tools: &Tools) -> Result<()> {
    let mut findings = floors::findings(tools)?;
    for rule in RULES {
        findings.extend(broken(rule)?);
    }
    findings.extend(unsafe_is_forbidden()?);
    findings.extend(lock_names_no_registry()?);
    println!("  {} rules of words, the floors, unsafe code, npm's lock file", RULES.len());
    end(findings)
}

/// Reads the release app's tab and fails where it holds what belongs to the core.
pub(crate) fn check_tab() -> Result<()> {
    let mut findings = Vec::new();
    let mut programs = 0;
    for file in files::under(&project::dist())? {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("portal") && name.ends_with(".wasm") {
            programs += 1;
            let program = files::read(&file)?;
            for secret in SECRETS_OF_THE_CORE.iter().filter(|secret| holds(&program, secret)) {
                findings.push(format!("{name} holds `{secret}`: the tab must hold no token and no key"));
            }
        }
    }
    if programs != 1 {
        findings.push(format!("dist/ holds {programs} programs of the tab, not one"));
    }
    end(findings)
}

fn broken(rule: &Rule) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for place in rule.within {
        let place = project::root().join(place);
        let files = if place.is_file() { vec![place] } else { files::under(&place)? };
        for file in files {
            let Some(name) = file.strip_prefix(project::root()).ok().and_then(Path::to_str) else { continue };
            let known = [".rs", ".js", ".html", ".sql"].iter().any(|ending| name.ends_with(ending));
            let excepted = rule.except.iter().any(|except| Path::new(name).starts_with(except));
            if known && !excepted && !is_test(name) {
                findings.extend(lines_against(rule, name, &files::read_text(&file)?));
            }
        }
    }
    Ok(findings)
}

/// A crate's own tests may look at what its product code may not.
fn is_test(name: &str) -> bool {
    name.starts_with("crates/") && name.contains("/tests/")
}

fn lines_against(rule: &Rule, name: &str, text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start();
        if line.starts_with("//") {
            continue;
        }
        if let Some(word) = rule.words.iter().find(|word| line.contains(*word)) {
            findings.push(format!("{name}:{}: `{}`: {}", number + 1, word.trim_matches('"'), rule.why));
        }
    }
    findings
}

fn unsafe_is_forbidden() -> Result<Vec<String>> {
    let root = project::root();
    let mut findings = Vec::new();
    if !files::read_text(&root.join("Cargo.toml"))?.contains("unsafe_code = \"forbid\"") {
        findings.push("Cargo.toml: unsafe_code is not forbidden".to_owned());
    }
    for place in ["crates", "xtask", "."] {
        let manifests = match place {
            "." => vec![root.join("Cargo.toml")],
            folder => files::under(&root.join(folder))?,
        };
        for manifest in manifests.iter().filter(|file| file.ends_with("Cargo.toml")) {
            if !files::read_text(manifest)?.contains("[lints]\nworkspace = true") {
                findings.push(format!("{}: does not take the workspace's lints", manifest.display()));
            }
        }
    }
    Ok(findings)
}

fn lock_names_no_registry() -> Result<Vec<String>> {
    let text = files::read_text(&project::root().join("e2e/package-lock.json"))?;
    Ok(if text.contains("\"resolved\"") {
        vec!["e2e/package-lock.json names addresses of a registry: npm's --omit-lockfile-registry-resolved leaves them out".into()]
    } else {
        Vec::new()
    })
}

fn holds(program: &[u8], word: &str) -> bool {
    program.windows(word.len()).any(|window| window == word.as_bytes())
}

fn end(findings: Vec<String>) -> Result<()> {
    if findings.is_empty() { Ok(()) } else { Err(Failure::Check(findings.join("\n"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(why: &str) -> &'static Rule {
        RULES.iter().find(|rule| rule.why.contains(why)).unwrap()
    }

    #[test]
    fn a_line_against_a_rule_is_found_with_its_place() {
        let text = "fn a() {}\nlet rows = query(\"SELECT 1\");\n";
        let findings = lines_against(rule("SQL"), "crates/core/src/a.rs", text);
        assert_eq!(findings, ["crates/core/src/a.rs:2: `SELECT `: only server::store contains SQL"]);
    }

    #[test]
    fn a_comment_may_name_what_the_code_may_not() {
        assert!(lines_against(rule("markup"), "src/a.rs", "// never inner_html\n").is_empty());
        assert_eq!(lines_against(rule("markup"), "src/a.rs", "view! { <p inner_html=x /> }\n").len(), 1);
    }

    #[test]
    fn the_tab_names_no_room_below_the_bridge() {
        assert_eq!(lines_against(rule("bridge only"), "src/app.rs", "use portal_keys::UserKey;").len(), 1);
        assert!(lines_against(rule("bridge only"), "src/app.rs", "use portal_bridge::View;").is_empty());
    }

    #[test]
    fn a_secret_inside_a_program_is_seen() {
        assert!(holds(b"\0asm..connect/token..", "connect/token"));
        assert!(!holds(b"\0asm", "connect/token"));
    }
}
