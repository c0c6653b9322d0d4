//! The command line.

mod billing;

use std::{future::Future, process::ExitCode};

use clap::{Parser, Subcommand};
use portal_wire::ProviderId;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::{
    Clock, Settings, app,
    gateway::{self, Gateway},
    operator::{self, OperatorError, ProviderOrder},
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

  Stand as a gateway before a Bitwarden-compatible server, and keep nothing:
      portal-server serve --upstream https://vault.example.com --public-url https://portal.example

  The same before several, from which people choose when they sign in:
      portal-server serve --upstream us --upstream eu --upstream \"Our own=https://vault.example.com\"

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
    /// Make, suspend and resume providers. Works beside a running server.
    #[command(subcommand)]
    Provider(Provider),
    /// List invoices and mark them as paid; agree on prices and discounts. Works beside a running server.
    #[command(subcommand)]
    Billing(billing::Billing),
}

#[derive(Subcommand)]
enum Provider {
    /// Make a provider and print the link at which its first admin sets it up, good for 120 hours.
    Create {
        /// What it is called.
        #[arg(long, value_name = "NAME")]
        name: String,
        /// The address of its first admin, who may not have an account yet.
        #[arg(long, value_name = "E-MAIL")]
        admin_email: String,
        /// Teams seats that are paid for in any case.
        #[arg(long, value_name = "SEATS", default_value_t = 0)]
        teams_minimum: u32,
        /// Enterprise seats that are paid for in any case.
        #[arg(long, value_name = "SEATS", default_value_t = 0)]
        enterprise_minimum: u32,
    },
    /// Disable a provider and all its clients.
    Suspend {
        /// The provider's id, as create printed it.
        provider: ProviderId,
    },
    /// Enable a provider and all its clients again.
    Resume {
        /// The provider's id.
        provider: ProviderId,
    },
}

/// Why the program ends with an error.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    App(#[from] app::Error),
    #[error(transparent)]
    Gateway(#[from] gateway::Error),
    #[error("upstream: a gateway has no providers of its own; make them where the data is")]
    NotHere,
    #[error("{address} cannot be listened on: {cause}")]
    Listen { address: std::net::SocketAddr, cause: std::io::Error },
    #[error("the program cannot start: {0}")]
    Start(std::io::Error),
    #[error(transparent)]
    Operator(#[from] OperatorError),
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
        Command::Serve if settings.upstreams.is_empty() => {
            let app = app::build(settings.clone(), Clock::system()).await?;
            let (listener, stop) = listen(&settings).await?;
            app.serve(listener, stop).await?;
            tracing::info!("stopped");
        }
        Command::Serve => {
            let gateway = Gateway::new(settings.clone())?;
            let (listener, stop) = listen(&settings).await?;
            gateway.serve(listener, stop).await?;
            tracing::info!("stopped");
        }
        Command::Provider(_) | Command::Billing(_) if !settings.upstreams.is_empty() => {
            return Err(Failure::NotHere);
        }
        Command::Provider(command) => {
            let app = app::build(settings, Clock::system()).await?;
            run_provider(app.context(), command).await?;
        }
        Command::Billing(command) => {
            let app = app::build(settings, Clock::system()).await?;
            billing::run(app.context(), command).await?;
        }
    }
    Ok(())
}

/// Listens, and says so. With it comes what is ready once the program shall stop.
async fn listen(settings: &Settings) -> Result<(TcpListener, impl Future<Output = ()>), Failure> {
    let address = settings.listen;
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    let failed = |cause| Failure::Listen { address, cause };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let stop = stop_signal();
    println!("listening: {scheme}://{}", listener.local_addr().map_err(failed)?);
    Ok((listener, stop))
}

async fn run_provider(context: &app::Context, command: Provider) -> Result<(), OperatorError> {
    match command {
        Provider::Create { name, admin_email, teams_minimum, enterprise_minimum } => {
            let order = ProviderOrder { name, admin_email, teams_minimum, enterprise_minimum };
            let made = operator::create_provider(context, &order).await?;
            println!("provider: {}", made.provider_id);
            println!("set-up link: {}", made.link);
        }
        Provider::Suspend { provider } => operator::set_provider_enabled(context, provider, false).await?,
        Provider::Resume { provider } => operator::set_provider_enabled(context, provider, true).await?,
    }
    Ok(())
}

/// Begins to wait for the request to stop, and gives what is ready once it came. Whoever reads that the program listens may ask
/// it at once, so this is called before it says so.
#[cfg(unix)]
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{Signal, SignalKind, signal};
    async fn came(signal: std::io::Result<Signal>) {
        match signal {
            Ok(mut signal) => signal.recv().await.unwrap_or_default(),
            Err(_) => std::future::pending().await,
        }
    }
    let (interrupt, terminate) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        tokio::select! {
            () = came(interrupt) => {}
            () = came(terminate) => {}
        }
    }
}

#[cfg(not(unix))]
async fn stop_signal() {
    drop(tokio::signal::ctrl_c().await);
}
