//! Whose certificate an upstream may show.

use crate::support::{Program, client};

use super::stage::Gateway;

#[tokio::test]
async fn an_upstream_is_believed_by_its_certificate_only() {
    // Only the first call installs it; the gateway itself needs none installed.
    drop(client());
    let folder = tempfile::tempdir().unwrap();
    let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    std::fs::write(&chain, certificate.cert.pem()).unwrap();
    std::fs::write(&key, certificate.signing_key.serialize_pem()).unwrap();
    let upstream = Program::serve(
        folder.path(),
        &["--tls-cert", chain.to_str().unwrap(), "--tls-key", key.to_str().unwrap()],
    );
    let by_number = upstream.url.clone();
    let by_name = by_number.replace("127.0.0.1", "localhost");

    let trusting = Gateway::with(&by_name, |_, upstream| upstream.ca = Some(chain.clone())).await;
    assert_eq!(trusting.get("/api/config").await.ok()["object"], "config");
    let system_only = Gateway::with(&by_name, |_, upstream| upstream.ca = Some(other(folder.path()))).await;
    let of_another_name = Gateway::with(&by_number, |_, upstream| upstream.ca = Some(chain.clone())).await;
    for gateway in [system_only, of_another_name] {
        let told = gateway.get("/api/config").await.refused(502);
        assert!(told["message"].as_str().unwrap().contains("could not prove who it is"), "{told}");
    }
}

/// Somebody else's certificate.
fn other(folder: &std::path::Path) -> std::path::PathBuf {
    let file = folder.join("other.pem");
    std::fs::write(&file, rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap().cert.pem())
        .unwrap();
    file
}

#[test]
fn a_file_without_a_certificate_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    for text in ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        std::fs::write(&file, text).unwrap();
        let flags = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--upstream",
            "https://localhost:1",
            "--upstream-ca",
            file.to_str().unwrap(),
        ];
        let output = crate::support::program::command(folder.path(), &flags).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains("ca.pem"), "{said}");
    }
}
