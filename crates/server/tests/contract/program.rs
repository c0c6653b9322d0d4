//! The program itself: its commands, its signals, TLS.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};

use crate::support::{
    Answer, client,
    person::{public_key, registration, sign_in_form},
};

const ANN: &str = "ann@example.test";

/// A running `portal-server serve`, killed when dropped.
struct Program {
    process: Child,
    url: String,
}

impl Program {
    fn serve(data: &Path, flags: &[&str]) -> Self {
        let mut process = command(data, &["serve", "--listen", "127.0.0.1:0"])
            .args(flags)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let url =
            said.trim().strip_prefix("listening: ").unwrap_or_else(|| panic!("it said {said:?}")).to_owned();
        Self { process, url }
    }

    /// Asks it to stop, and waits until it has.
    fn terminate(mut self) -> Option<i32> {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.process.wait().unwrap().code()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portal-server"));
    command.args(arguments).arg("--data").arg(data).env("PORTAL_LOG", "warn");
    command
}

fn output(data: &Path, arguments: &[&str]) -> (bool, String, String) {
    let output = command(data, arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

#[tokio::test]
async fn the_set_up_link_leads_to_a_confirmed_admin_and_suspending_takes_the_provider_away() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::serve(folder.path(), &[]);
    let create = [
        "provider",
        "create",
        "--name",
        "Acme <IT>",
        "--admin-email",
        "Ann@Example.test",
        "--teams-minimum",
        "5",
    ];
    let (ok, out, err) = output(folder.path(), &create);
    assert!(ok, "{err}");
    let line = |name: &str| out.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
    let link = line("set-up link:");
    let parameter = |name: &str| {
        let value = link.split(['?', '&']).find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap();
        value.replace("%40", "@")
    };
    assert!(link.contains("/#/providers/setup-provider?"), "{link}");
    assert_eq!((parameter("providerId"), parameter("email")), (line("provider:"), ANN.to_owned()));

    let http = client().build().unwrap();
    let mut body = registration(ANN);
    body["providerInviteToken"] = json!(parameter("token"));
    body["providerUserId"] = json!(parameter("providerUserId"));
    let finish = format!("{}/identity/accounts/register/finish", program.url);
    Answer::of(http.post(finish).json(&body)).await.ok();
    let token = http.post(format!("{}/identity/connect/token", program.url)).form(&sign_in_form(ANN));
    let tokens = Answer::of(token.header("bitwarden-client-version", "2026.8.0")).await.ok();
    let profile = async || -> Value {
        let request = http.get(format!("{}/api/accounts/profile", program.url));
        Answer::of(request.bearer_auth(tokens["access_token"].as_str().unwrap())).await.ok()
    };
    let provider = profile().await["providers"][0].clone();
    assert_eq!((&provider["id"], &provider["enabled"]), (&json!(line("provider:")), &json!(true)));
    assert_eq!(profile().await["accountKeys"]["publicKeyEncryptionKeyPair"]["publicKey"], public_key(ANN));

    let (ok, _, err) = output(folder.path(), &["provider", "suspend", &line("provider:")]);
    assert!(ok, "{err}");
    assert_eq!(profile().await["providers"][0]["enabled"], false);
    let (ok, _, err) = output(folder.path(), &["provider", "resume", &line("provider:")]);
    assert!(ok, "{err}");
    assert_eq!(profile().await["providers"][0]["enabled"], true);
    let (ok, _, err) = output(folder.path(), &["provider", "resume", "00000000-0000-0000-0000-000000000000"]);
    assert!(!ok && err.contains("there is no provider"), "{err}");
}

#[test]
fn orders_that_make_no_sense_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let refuse = |arguments: &[&str], word: &str| {
        let (ok, _, err) = output(folder.path(), arguments);
        assert!(!ok && err.contains(word), "{err}");
    };
    refuse(&["provider", "create", "--name", " ", "--admin-email", ANN], "the name");
    refuse(&["provider", "create", "--name", "Acme", "--admin-email", "ann"], "e-mail");
    refuse(&["provider", "suspend", "acme"], "invalid value");
    refuse(&["serve", "--tls-cert", "chain.pem"], "both or neither");
    refuse(&["serve", "--signing-key", "c2hvcnQ="], "32 bytes");
    refuse(&["serve", "--database", "mysql://ann:hunter2@db.example/portal"], "sqlite://");
    refuse(&["serve", "--config", "/nowhere/portal.toml"], "/nowhere/portal.toml");
    refuse(&["serve", "--limit-sign-in", "often"], "20/m");
}

#[test]
fn help_teaches_with_examples_and_prints_no_secret() {
    let output = Command::new(env!("CARGO_BIN_EXE_portal-server"))
        .arg("--help")
        .env("PORTAL_DATABASE", "postgres://portal:hunter2@db.example/portal")
        .env("PORTAL_SMTP_URL", "smtps://portal:hunter2@mail.example")
        .output()
        .unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(help.contains("portal-server provider create --name"), "{help}");
    assert!(help.contains("PORTAL_LISTEN"), "{help}");
    assert!(!help.contains("hunter2"), "{help}");
}

#[tokio::test]
async fn sigterm_lets_a_request_finish_and_ends_clean() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::serve(folder.path(), &["--failure-delay", "1500"]);
    let http = client().build().unwrap();
    let (ok, _, err) = output(folder.path(), &["provider", "create", "--name", "Acme", "--admin-email", ANN]);
    assert!(ok, "{err}");
    let request = http.post(format!("{}/identity/connect/token", program.url)).form(&sign_in_form(ANN));
    let answer = tokio::spawn(Answer::of(request));
    // The try is counted before the answer is held back; once it is, the request is under way.
    let database = folder.path().join("portal.sqlite");
    let mut db =
        <sqlx::SqliteConnection as sqlx::Connection>::connect(&format!("sqlite://{}", database.display()))
            .await
            .unwrap();
    loop {
        let counted: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM rate_limits").fetch_one(&mut db).await.unwrap();
        if counted >= 2 {
            break;
        }
        tokio::task::yield_now().await;
    }
    let code = tokio::task::spawn_blocking(move || program.terminate()).await.unwrap();
    assert_eq!(code, Some(0));
    assert_eq!(answer.await.unwrap().json()["error"], "invalid_grant");
    let again = Program::serve(folder.path(), &[]);
    Answer::of(http.get(format!("{}/api/config", again.url))).await.ok();
}

#[tokio::test]
async fn https_is_served_with_a_certificate_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    std::fs::write(&chain, certificate.cert.pem()).unwrap();
    std::fs::write(&key, certificate.signing_key.serialize_pem()).unwrap();
    let flags = ["--tls-cert", chain.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let program = Program::serve(folder.path(), &flags);
    let trusted = reqwest::Certificate::from_pem(certificate.cert.pem().as_bytes()).unwrap();
    let http = client().tls_certs_only([trusted]).build().unwrap();
    let url = program.url.replace("127.0.0.1", "localhost");
    assert!(url.starts_with("https://"));
    // Somebody who connects and says nothing holds up nobody.
    let _silent = tokio::net::TcpStream::connect(url.trim_start_matches("https://")).await.unwrap();
    assert_eq!(Answer::of(http.get(format!("{url}/alive"))).await.text, "ok");
    let config = Answer::of(http.get(format!("{url}/api/config"))).await.ok();
    assert!(config["environment"]["api"].as_str().unwrap().starts_with("https://"));
}
