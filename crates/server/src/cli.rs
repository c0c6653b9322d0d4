//! The command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::{
    Clock, app,
    settings::{Options, SettingsError},
};

const EXAMPLES: &str = "\
Examples:
  Try it on this machine, with everything kept in the folder data:
      portal-server serve
      portal-server provider create --name \"Acme IT\" --admin-email ann@example.test

  Serve https and PostgreSQL (every flag is also a variable and a line in --config):
      PORTAL_DATABASE=postgres://portal:secret@db.example/portal \\
      portal-server serve --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem \\
          --public-url https://portal.example

  Several processes behind one address share a database and a signing key:
      export PORTAL_SIGNING_KEY=$(head -c 32 /dev/urandom | base64)";

#[derive(Parser)]
#[command(
    name = "portal-server",
    version,
    about = "A Bitwarden-compatible server with the Provider Portal inside."
)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

#[derive(Subcommand)]
enum Command {
    /// Start the server.
    Serve,
}

/// Why the program ends with an error.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    App(#[from] app::Error),
    #[error("{address} cannot be listened on: {cause}")]
    Listen { address: std::net::SocketAddr, cause: std::io::Error },
    #[error("the program cannot start: {0}")]
    Start(std::io::Error),
}

/// Runs the program.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("PORTAL_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    let outcome = tokio::runtime::Runtime::new()
        .map_err(Failure::Start)
        .and_then(|runtime| runtime.block_on(execute(cli)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("portal-server: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn execute(cli: Cli) -> Result<(), Failure> {
    let settings = cli.options.resolve()?;
    match cli.command {
        Command::Serve => {
            let (address, url) = (settings.listen, settings.public_url.clone());
            let app = app::build(settings, Clock::system()).await?;
            let listener =
                TcpListener::bind(address).await.map_err(|cause| Failure::Listen { address, cause })?;
            tracing::info!(listening = %address, %url, "ready");
            app.serve(listener, stop_signal()).await?;
            tracing::info!("stopped");
            Ok(())
        }
    }
}

/// Ready when the program is asked to stop.
async fn stop_signal() {
    let interrupt = async { drop(tokio::signal::ctrl_c().await) };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
