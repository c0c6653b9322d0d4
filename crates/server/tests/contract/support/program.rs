//! The real program, as a process of its own.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// A running `portal-server serve`, killed when dropped.
pub struct Program {
    process: Child,
    pub url: String,
}

impl Program {
    /// Started on a data folder, with more flags.
    pub fn serve(data: &Path, flags: &[&str]) -> Self {
        Self::start(command(data, &["serve", "--listen", "127.0.0.1:0"]).args(flags))
    }

    /// Started by a command that serves on a free port.
    pub fn start(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let url =
            said.trim().strip_prefix("listening: ").unwrap_or_else(|| panic!("it said {said:?}")).to_owned();
        Self { process, url }
    }

    /// Asks it to stop, and waits until it has.
    pub fn terminate(mut self) -> Option<i32> {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.process.wait().unwrap().code()
    }

    /// Kills it in the middle of whatever it does, and waits until it is gone.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// The memory it holds, in megabytes.
    #[cfg(target_os = "linux")]
    pub fn resident_megabytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1_024
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A command of the program on a data folder, which says only what goes wrong.
pub fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portal-server"));
    command.args(arguments).arg("--data").arg(data).env("PORTAL_LOG", "warn");
    command
}
