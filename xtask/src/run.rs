//! Child processes: shown, timed, and told when we are told to stop.

use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::failure::{Failure, Result};

static CURRENT: Mutex<Option<Pid>> = Mutex::new(None);
static STOPPING: AtomicBool = AtomicBool::new(false);

/// Passes Ctrl-C and SIGTERM on to the child that runs, or ends the program where none does.
pub(crate) fn forward_signals() {
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    thread::spawn(move || {
        for _ in signals.forever() {
            STOPPING.store(true, Ordering::SeqCst);
            let current = CURRENT.lock().ok().and_then(|current| *current);
            match current {
                // A child that has just ended is no longer there to be told.
                Some(child) => drop(kill_process(child, Signal::TERM)),
                None => std::process::exit(130),
            }
        }
    });
}

/// Runs a program with its output on our standard error, where progress belongs.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    finish(command.stdout(Stdio::from(io::stderr())))
}

/// Runs a test runner, its output on our standard output.
pub(crate) fn run_shown(command: &mut Command) -> Result<()> {
    finish(command)
}

/// Runs a program and returns what it wrote to standard output; its standard error is shown.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let child = start(command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
    let output = child.wait_with_output().map_err(|error| failed(&shown, &error));
    forget();
    let output = output?;
    check(shown, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Asks a program quietly: its output, or nothing where it is missing or says no.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Starts a program that goes on running; signals are passed to it until [`wait`] returns.
pub(crate) fn start(command: &mut Command) -> Result<Child> {
    let shown = show(command);
    let child = command.spawn().map_err(|error| failed(&shown, &error))?;
    if let Ok(mut current) = CURRENT.lock() {
        *current = Some(Pid::from_child(&child));
    }
    Ok(child)
}

/// Waits for a program to end.
pub(crate) fn wait(child: &mut Child) -> io::Result<ExitStatus> {
    let status = child.wait();
    forget();
    status
}

/// Tells a running program to end, and waits until it has.
pub(crate) fn stop(child: &mut Child) -> io::Result<ExitStatus> {
    if child.try_wait()?.is_none() {
        kill_process(Pid::from_child(child), Signal::TERM)?;
    }
    wait(child)
}

/// Whether we have been told to stop.
pub(crate) fn stopping() -> bool {
    STOPPING.load(Ordering::SeqCst)
}

/// Says what is being done and, afterwards, how long it took.
pub(crate) fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("▸ {what}");
    let started = Instant::now();
    let result = work()?;
    eprintln!("  done in {}", seconds(started.elapsed()));
    Ok(result)
}

/// A duration in words.
pub(crate) fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}

/// A command as one would type it.
pub(crate) fn show(command: &Command) -> String {
    let mut shown = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}

fn finish(command: &mut Command) -> Result<()> {
    let shown = show(command);
    eprintln!("  $ {shown}");
    let mut child = start(command.stdin(Stdio::null()))?;
    let status = wait(&mut child).map_err(|error| failed(&shown, &error))?;
    check(shown, status)
}

fn check(shown: String, status: ExitStatus) -> Result<()> {
    if stopping() {
        return Err(Failure::Stopped);
    }
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => Err(Failure::Program { shown, reason: format!("ended with exit code {code}") }),
        None => Err(Failure::Program { shown, reason: "was ended by a signal".into() }),
    }
}

fn failed(shown: &str, error: &io::Error) -> Failure {
    Failure::Program { shown: shown.to_owned(), reason: format!("could not run: {error}") }
}

fn forget() {
    if let Ok(mut current) = CURRENT.lock() {
        *current = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_says_no_is_named_with_its_exit_code() {
        let failure = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err();
        assert_eq!(failure.to_string(), "`sh -c exit 3` ended with exit code 3");
    }

    #[test]
    fn a_program_that_is_not_there_is_asked_without_harm() {
        assert_eq!(ask(&mut Command::new("no-such-program-here")), None);
    }

    #[test]
    fn long_times_are_told_in_minutes() {
        assert_eq!(seconds(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}
