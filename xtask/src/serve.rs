//! `serve`: everything built, the server running, the demo sign-ins printed.

use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::{self, Flavour};
use crate::command_line::{Demo, ServeOptions};
use crate::failure::{Failure, Result};
use crate::files;
use crate::project;
use crate::run::{self, run, timed};
use crate::tools::Tools;

/// The file in which the demo leaves who can sign in.
const SIGN_INS: &str = "demo-sign-ins.txt";

/// Builds, fills an empty data folder, starts the server and stays until it ends.
pub(crate) fn serve(options: &ServeOptions) -> Result<()> {
    let started = Instant::now();
    free(options.address)?;
    let tools = Tools::to_build()?;
    app::build(&tools, if options.release { Flavour::Release } else { Flavour::Dev })?;
    build_server(&tools, options.release)?;
    if options.demo != Demo::None && files::is_empty(&options.data) {
        fill(options)?;
    }
    let mut server = run::start(
        Command::new(program("portal-server", options.release))
            .args(["serve", "--listen", &options.address.to_string(), "--mode", options.mode.name()])
            .arg("--data")
            .arg(&options.data),
    )?;
    if let Err(failure) = wait_until_alive(options.address, &mut server) {
        // The reason it did not come up says more than a failure to end it.
        let _ = run::stop(&mut server);
        return Err(failure);
    }
    announce(options, started.elapsed());
    let status = run::wait(&mut server).map_err(Failure::file(&options.data))?;
    if run::stopping() || status.success() {
        return Ok(());
    }
    Err(Failure::Check(format!("the server ended by itself ({status})")))
}

/// The server and the demo player, in one build so that neither rebuilds what the other shares.
pub(crate) fn build_server(tools: &Tools, release: bool) -> Result<()> {
    timed("Building the server", || {
        let mut cargo = tools.cargo();
        cargo.args(["build", "--package", "portal-server", "--package", "portal-demo", "--bins"]);
        run(cargo.args(release.then_some("--release")))
    })
}

/// One of our own programs.
pub(crate) fn program(name: &str, release: bool) -> PathBuf {
    project::target().join(if release { "release" } else { "debug" }).join(name)
}

/// Says so before anything is built when somebody else listens there.
fn free(address: SocketAddr) -> Result<()> {
    match TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(Failure::Usage(format!("cannot listen on {address} ({error}); --port takes another")))
        }
    }
}

/// Plays the demo beside the data folder and moves it there whole, so that a demo cut short leaves nothing half done.
fn fill(options: &ServeOptions) -> Result<()> {
    let size = if options.demo == Demo::Large { "large" } else { "small" };
    let mut unfinished = OsString::from(&options.data);
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(Failure::file(&unfinished))?;
    }
    fs::create_dir_all(&unfinished).map_err(Failure::file(&unfinished))?;
    timed(&format!("Playing the {size} demo in"), || {
        let mut demo = Command::new(program("portal-demo", options.release));
        demo.arg("--data").arg(&unfinished).args(["--size", size, "--mode", options.mode.name()]);
        run(demo.arg("--public-url").arg(format!("http://{}", options.address)))
    })?;
    if let Some(folder) = options.data.parent() {
        fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    }
    fs::rename(&unfinished, &options.data).map_err(Failure::file(&options.data))
}

fn announce(options: &ServeOptions, took: Duration) {
    println!("Provider Portal: http://{}", options.address);
    println!("data: {}", options.data.display());
    print!("{}", sign_ins(&options.data));
    println!("Up in {}. Ctrl-C stops it.", run::seconds(took));
}

fn sign_ins(data: &Path) -> String {
    let text = fs::read_to_string(data.join(SIGN_INS)).unwrap_or_default();
    text.lines().filter(|line| line.starts_with("sign-in: ")).map(|line| format!("{line}\n")).collect()
}

/// Asks `GET /alive` until it answers, for as long as the server lives.
fn wait_until_alive(address: SocketAddr, server: &mut Child) -> Result<()> {
    const PATIENCE: Duration = Duration::from_secs(60);
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if run::stopping() {
            return Err(Failure::Stopped);
        }
        if let Ok(Some(status)) = server.try_wait() {
            return Err(Failure::Check(format!("the server did not start ({status})")));
        }
        if is_alive(address) {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Err(Failure::Check(format!("the server did not answer GET /alive within {}", run::seconds(PATIENCE))))
}

fn is_alive(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /alive HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        Ok(status.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};

    use super::*;

    #[test]
    fn a_taken_port_is_said_before_anything_is_built() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let failure = free(taken.local_addr().unwrap()).unwrap_err();
        assert!(failure.to_string().contains("--port"), "{failure}");
    }

    #[test]
    fn alive_means_an_answer_of_200() {
        for (answer, alive) in [("HTTP/1.1 200 OK\r\n\r\n", true), ("HTTP/1.1 503 Busy\r\n\r\n", false)] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            let server = thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                // What stays unread when the connection closes would reset it.
                let mut request = BufReader::new(&stream).lines().map_while(std::result::Result::ok);
                assert!(request.any(|line| line.is_empty()));
                stream.write_all(answer.as_bytes()).unwrap();
            });
            assert_eq!(is_alive(address), alive);
            server.join().unwrap();
        }
    }

    #[test]
    fn only_sign_in_lines_are_announced() {
        let data = std::env::temp_dir().join(format!("xtask-sign-ins-{}", std::process::id()));
        files::write(&data.join(SIGN_INS), "# demo\nsign-in: ana@north.example pass (Provider Admin)\n")
            .unwrap();
        assert_eq!(sign_ins(&data), "sign-in: ana@north.example pass (Provider Admin)\n");
        fs::remove_dir_all(&data).unwrap();
    }
}
