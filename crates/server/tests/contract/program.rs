//! The program itself: its commands, its signals, TLS.

use std::{path::Path, process::Command};

use serde_json::{Value, json};

use crate::support::{
    Answer, Program, client,
    person::{PASSWORD, public_key, registration, sign_in_form, with},
    program::command,
};

const ANN: &str = "ann@example.test";

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
    refuse(&["provider", "create", "--name", "A", "--admin-email", ANN, "--mode", "owner"], "no providers");
    refuse(&["billing", "invoices", "--mode", "owner"], "no providers");
    refuse(&["billing", "paid", "INV-000007"], "there is no invoice INV-000007");
    refuse(&["billing", "price", "17", "1000000000"], "less than a billion");
    refuse(&["serve", "--tls-cert", "chain.pem"], "both or neither");
    refuse(&["serve", "--signing-key", "c2hvcnQ="], "32 bytes");
    refuse(&["serve", "--database", "mysql://ann:hunter2@db.example/portal"], "sqlite://");
    refuse(&["serve", "--config", "/nowhere/portal.toml"], "/nowhere/portal.toml");
    refuse(&["serve", "--limit-sign-in", "often"], "20/m");
    refuse(&["serve", "--upstream", "http://vault.internal"], "--upstream-allow-http");
    refuse(&["serve", "--upstream", "us,eu", "--upstream", "us"], "given twice");
    let nobody = "00000000-0000-4000-8000-000000000000";
    let gateway = ["--upstream", "https://vault.example.com"];
    refuse(&["provider", "suspend", nobody, gateway[0], gateway[1]], "where the data is");
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

#[test]
fn a_program_that_says_it_listens_can_be_asked_to_stop_at_once() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..20 {
        assert_eq!(Program::serve(folder.path(), &[]).terminate(), Some(0));
    }
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

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_what_the_server_keeps() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let _program = Program::serve(&data, &[]);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    let files: Vec<_> = std::fs::read_dir(&data).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.iter().any(|file| file.ends_with("portal.sqlite-wal")), "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[tokio::test]
async fn however_much_is_logged_no_secret_is() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let flags = ["serve", "--listen", "127.0.0.1:0", "--failure-delay", "0"];
    let mut serve = command(folder.path(), &flags);
    let program =
        Program::start(serve.env("PORTAL_LOG", "trace").stderr(std::fs::File::create(&log).unwrap()));
    let http = client().build().unwrap();
    let post = |path: &str, body: Value| http.post(format!("{}{path}", program.url)).json(&body);
    let asked = post("/identity/accounts/register/send-verification-email", json!({ "email": ANN }));
    let registration_token = Answer::of(asked).await.ok().as_str().unwrap().to_owned();
    let mut body = registration(ANN);
    body["emailVerificationToken"] = json!(registration_token);
    Answer::of(post("/identity/accounts/register/finish", body)).await.ok();
    let ask_token = async |form: &[(&'static str, String)]| {
        let request = http.post(format!("{}/identity/connect/token", program.url)).form(form);
        Answer::of(request.header("bitwarden-client-version", "2026.8.0")).await
    };
    let wrong = "d3Jvbmcgb25l";
    ask_token(&with(sign_in_form(ANN), "password", wrong)).await.refused_by_oauth();
    let tokens = ask_token(&sign_in_form(ANN)).await.ok();
    let (access, refresh) =
        (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    let form = [("grant_type", "refresh_token"), ("client_id", "web"), ("refresh_token", refresh)]
        .map(|(name, value)| (name, value.to_owned()));
    ask_token(&form).await.ok();
    Answer::of(http.get(format!("{}/api/accounts/profile", program.url)).bearer_auth(access)).await.ok();
    let url = program.url.clone();
    assert_eq!(program.terminate(), Some(0));
    let said = std::fs::read_to_string(&log).unwrap();
    assert!(said.lines().count() > 20, "{url} logged nothing: {said}");
    let key = std::fs::read_to_string(folder.path().join("signing.key")).unwrap();
    for secret in [PASSWORD, wrong, &registration_token, access, refresh, key.trim()] {
        assert!(!said.contains(secret), "{secret} is in the log");
    }
}
