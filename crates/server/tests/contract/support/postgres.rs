//! A throw-away PostgreSQL: one server for all tests of the process, one database for each.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use sqlx::{Connection, Executor};

/// Starts the server, says so, and when this process is gone (its end of the pipe closes) takes everything away.
const SCRIPT: &str = r#"
trap 'rm -rf "$FOLDER"' EXIT
"$BIN/initdb" -D "$FOLDER/data" -U postgres -A trust -E UTF8 --locale=C --no-sync > "$FOLDER/log" 2>&1 &&
"$BIN/pg_ctl" -D "$FOLDER/data" -w -l "$FOLDER/log" -o "-k $FOLDER -c listen_addresses= -c max_connections=400 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start > /dev/null 2>&1 < /dev/null && echo ready || cat "$FOLDER/log"
cat > /dev/null
"$BIN/pg_ctl" -D "$FOLDER/data" -m immediate stop > /dev/null 2>&1
"#;

struct Cluster {
    folder: PathBuf,
    _process: Child,
}

static CLUSTER: LazyLock<Cluster> = LazyLock::new(start);
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a new, empty database.
pub async fn new_database() -> String {
    let cluster = tokio::task::spawn_blocking(|| &*CLUSTER).await.unwrap();
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let mut connection = sqlx::PgConnection::connect(&cluster.url("postgres")).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    connection.close().await.unwrap();
    cluster.url(&name)
}

impl Cluster {
    fn url(&self, database: &str) -> String {
        let folder = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://postgres@{folder}/{database}")
    }
}

fn start() -> Cluster {
    // Under /tmp, because the path of a socket may have a hundred characters only, and another user must reach it.
    let folder = tempfile::Builder::new().prefix("portal-postgres-").tempdir_in("/tmp").unwrap().keep();
    let script = ["sh", "-c", SCRIPT];
    // PostgreSQL refuses to run as root.
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout.trim_ascii() == b"0";
    let mut command = if is_root {
        assert!(Command::new("chown").arg("nobody").arg(&folder).status().unwrap().success());
        let mut command = Command::new("runuser");
        command.args(["-u", "nobody", "--"]).args(script);
        command
    } else {
        let mut command = Command::new(script[0]);
        command.args(&script[1..]);
        command
    };
    let mut process = command
        .env("BIN", binaries())
        .env("FOLDER", &folder)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("PostgreSQL is started through sh, and as root through runuser");
    let mut said = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert_eq!(said.trim(), "ready", "PostgreSQL did not start in {}", folder.display());
    Cluster { folder, _process: process }
}

/// Where PostgreSQL's programs are.
fn binaries() -> PathBuf {
    if let Some(folder) = std::env::var_os("PORTAL_TEST_POSTGRES_BIN") {
        return folder.into();
    }
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").exists())
        .collect();
    found.sort();
    found
        .pop()
        .expect("PostgreSQL is needed: install it, or set PORTAL_TEST_POSTGRES_BIN to the folder of initdb")
}
