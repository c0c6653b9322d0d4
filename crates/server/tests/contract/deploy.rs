//! The files in `deploy/`, tried with the programs they are for, where those are installed: as they are written, but for the
//! names and places that whoever installs them changes too.

use std::{
    io::Write,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

use crate::support::{Answer, Program, client, program::command};

const PAGE: &str = "<!doctype html><title>Portal</title>";
const HASHED: &str = "portal-3b8cc7d5ed3e5fcb.js";

/// A web server before the embedded one, killed when dropped.
struct WebServer {
    process: Child,
    url: String,
    http: reqwest::Client,
    _upstream: Program,
    _folder: TempDir,
}

impl Drop for WebServer {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Where a web server is to find things.
struct Place {
    folder: PathBuf,
    port: u16,
    upstream: String,
    chain: String,
    key: String,
}

impl WebServer {
    /// Starts one: `configure` writes its files and gives its command.
    async fn start(configure: impl FnOnce(&Place) -> Command) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let chain = file("chain.pem", &certificate.cert.pem());
        let key = file("key.pem", &certificate.signing_key.serialize_pem());
        for (name, text) in [
            ("app/index.html", PAGE),
            ("app/core.js", "core"),
            ("app/core.js.br", "packed"),
            ("app/icons.svg", "<svg/>"),
        ] {
            file(name, text);
        }
        file(&format!("app/{HASHED}"), "tab");
        let data = folder.path().join("data");
        let upstream = Program::start(
            command(&data, &["serve", "--listen", "127.0.0.1:0", "--failure-delay", "0"]).args([
                "--tls-cert",
                &chain,
                "--tls-key",
                &key,
            ]),
        );
        let place = Place {
            folder: folder.path().to_owned(),
            port: TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port(),
            upstream: upstream.url.replace("127.0.0.1", "localhost"),
            chain,
            key,
        };
        let process = configure(&place).stdout(Stdio::null()).spawn().unwrap();
        let trusted = reqwest::Certificate::from_pem(certificate.cert.pem().as_bytes()).unwrap();
        let http = client().tls_certs_only([trusted]).build().unwrap();
        let url = format!("https://localhost:{}", place.port);
        let mut server = Self { process, url, http, _upstream: upstream, _folder: folder };
        while server.http.get(&server.url).send().await.is_err() {
            assert!(server.process.try_wait().unwrap().is_none(), "it ended by itself");
            tokio::task::yield_now().await;
        }
        server
    }

    async fn get(&self, path: &str) -> Answer {
        Answer::of(self.http.get(format!("{}{path}", self.url)).header("accept", "text/html")).await
    }

    /// What the portal needs of whoever serves it.
    async fn serves_the_portal(&self) {
        for path in ["/", "/providers/1/clients", "/sign-in?a=b"] {
            let answer = self.get(path).await;
            assert_eq!((answer.status, answer.text.as_str()), (200, PAGE), "{path}");
            assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
            self.is_protected(&answer);
        }
        for path in ["/nowhere.js", "/core.js.br", "/portal-0000000000000000.js"] {
            assert_eq!(self.get(path).await.status, 404, "{path}");
        }
        let hashed = self.get(&format!("/{HASHED}")).await;
        assert_eq!(
            (hashed.status, hashed.header("cache-control")),
            (200, "public, max-age=31536000, immutable")
        );
        self.is_protected(&hashed);
        assert_eq!(self.get("/core.js").await.header("cache-control"), "no-cache");
        assert!(self.get("/icons.svg").await.header("cache-control").contains("stale-while-revalidate"));

        let config = self.get("/api/config").await;
        assert_eq!(config.header("cache-control"), "no-store");
        self.is_protected(&config);
        assert_eq!(config.ok()["object"], "config");
        let form = [("grant_type", "refresh_token"), ("client_id", "web"), ("refresh_token", "wrong")];
        let token = self.http.post(format!("{}/identity/connect/token", self.url)).form(&form);
        assert_eq!(Answer::of(token).await.refused_by_oauth(), "invalid_grant");
        self.get("/api/nowhere").await.refused(404);
        self.get("/icons/acme.example/icon.png").await.refused(404);
    }

    /// Every header of protection is there, once.
    fn is_protected(&self, answer: &Answer) {
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "strict-transport-security",
            "cache-control",
        ] {
            assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{name} in {:?}", answer.headers);
        }
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(answer.header("set-cookie"), "");
    }
}

/// A file of `deploy/` with the names and places changed, each of which has to be in it.
fn changed(file: &str, changes: &[(&str, &str)]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    changes.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "{file} does not say {from}");
        text.replace(from, to)
    })
}

/// Whether a program is here; otherwise says so where it is read even if all is well.
fn is_installed(program: &str, flag: &str, file: &str) -> bool {
    let found = Command::new(program).arg(flag).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        drop(writeln!(std::io::stderr(), "NOT TRIED: deploy/{file}, as {program} is not installed here"));
    }
    found
}

#[tokio::test]
async fn nginx_serves_the_portal_as_configured() {
    if !is_installed("nginx", "-v", "nginx.conf") {
        return;
    }
    let server = WebServer::start(|place| {
        let file = |name: &str| place.folder.join(name).to_str().unwrap().to_owned();
        let write = |name: &str, text: String| std::fs::write(place.folder.join(name), text).unwrap();
        write("portal-headers.conf", changed("nginx-headers.conf", &[]));
        let own_port = format!("https://localhost:{}/", place.upstream.rsplit(':').next().unwrap());
        write(
            "portal-pass.conf",
            changed(
                "nginx-pass.conf",
                &[
                    ("https://vault.example.com/", &own_port),
                    ("https://vault.example.com", &place.upstream),
                    ("/etc/ssl/certs/ca-certificates.crt", &place.chain),
                    // The name in a certificate has no port.
                    ("proxy_ssl_verify on;", "proxy_ssl_verify on; proxy_ssl_name localhost;"),
                ],
            ),
        );
        write(
            "portal.conf",
            changed(
                "nginx.conf",
                &[
                    ("listen 443 ssl", &format!("listen 127.0.0.1:{} ssl", place.port)),
                    ("portal.example.com;", "localhost;"),
                    ("/etc/ssl/portal/chain.pem", &place.chain),
                    ("/etc/ssl/portal/key.pem", &place.key),
                    ("/var/log/nginx/portal.log", &file("access.log")),
                    ("/srv/portal;", &format!("{};", file("app"))),
                ],
            ),
        );
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|what| format!("{what}_temp_path {};\n", file(what)))
            .concat();
        let around = format!(
            "daemon off; master_process off; pid {}; error_log stderr;\nevents {{}}\nhttp {{\n\
             include /etc/nginx/mime.types; default_type application/octet-stream;\n{temporary}include portal.conf;\n}}\n",
            file("pid"),
        );
        write("nginx.conf", around);
        let mut command = Command::new("nginx");
        command.args(["-e", "stderr", "-p", &file(""), "-c", &file("nginx.conf")]);
        command
    })
    .await;
    server.serves_the_portal().await;
}

#[tokio::test]
async fn caddy_serves_the_portal_as_configured() {
    if !is_installed("caddy", "version", "Caddyfile") {
        return;
    }
    let server = WebServer::start(|place| {
        let site = format!("https://localhost:{} {{\n\ttls {} {}", place.port, place.chain, place.key);
        let app = place.folder.join("app");
        let trust = format!("transport http {{\n tls_trusted_ca_certs {}", place.chain);
        let text = changed(
            "Caddyfile",
            &[
                // Its own certificate and the doors of the system are not for a test.
                ("\n{\n\tservers {", "\n{\n\tadmin off\n\tauto_https disable_redirects\n\tservers {"),
                ("portal.example.com {", &site),
                ("https://vault.example.com", &place.upstream),
                ("/srv/portal", app.to_str().unwrap()),
                ("transport http {", &trust),
            ],
        );
        let file = place.folder.join("Caddyfile");
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new("caddy");
        command.args(["run", "--adapter", "caddyfile", "--config", file.to_str().unwrap()]);
        command.env("HOME", &place.folder).stderr(std::fs::File::create(place.folder.join("log")).unwrap());
        command
    })
    .await;
    server.serves_the_portal().await;
}
