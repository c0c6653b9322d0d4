//! `test`: everything that must hold before a change lands, step by step, with a summary at the end.

pub(crate) mod browser;
mod dependencies;
mod end_to_end;
mod native;

use std::time::{Duration, Instant};

use crate::app::{self, Flavour};
use crate::command_line::TestOptions;
use crate::failure::{Failure, Result};
use crate::invariants;
use crate::run;
use crate::size;
use crate::tools::Tools;

/// How a step ended well.
pub(crate) enum Outcome {
    Passed,
    /// Could not be looked at, for a reason that lies outside this machine.
    NotChecked(&'static str),
}

type Step = (&'static str, fn(&mut Tools) -> Result<Outcome>);

/// In this order the quick ones speak first, and the app stands before the server that embeds it is built.
const STEPS: &[Step] = &[
    ("formatting", native::formatting),
    ("invariants", |tools| invariants::check_sources(tools).map(passed)),
    ("dependencies", dependencies::kept),
    ("advisories", dependencies::advisories),
    ("lints, native", native::lints),
    ("lints, browser", browser::lints),
    ("release app", |tools| app::build(tools, Flavour::Release).map(passed)),
    ("size budget", |_| size::check().map(passed)),
    ("tab without secrets", |_| invariants::check_tab().map(passed)),
    ("native tests", native::tests),
    ("browser tests", browser::tests),
    ("end-to-end tests", end_to_end::tests),
];

struct Report {
    name: &'static str,
    result: Result<Outcome>,
    took: Duration,
}

/// Runs the steps; fails where one did.
pub(crate) fn test(options: &TestOptions) -> Result<()> {
    let wanted =
        |name: &str| options.only.is_empty() || options.only.iter().any(|only| name.contains(only.as_str()));
    let steps: Vec<&Step> = STEPS.iter().filter(|(name, _)| wanted(name)).collect();
    if steps.is_empty() {
        let names: Vec<_> = STEPS.iter().map(|(name, _)| *name).collect();
        return Err(Failure::Usage(format!("no step has such a name; there are: {}", names.join(", "))));
    }
    let mut tools = run::timed("Looking for the tools", Tools::to_build)?;
    let mut reports = Vec::new();
    for (name, work) in steps {
        println!("\n── {name}");
        let started = Instant::now();
        let result = work(&mut tools);
        let took = started.elapsed();
        if let Err(Failure::Stopped) = result {
            return Err(Failure::Stopped);
        }
        if let Err(failure) = &result {
            println!("{failure}");
        }
        println!("── {name}: {} in {}", word(&result), run::seconds(took));
        reports.push(Report { name, result, took });
    }
    summary(&reports)
}

fn passed((): ()) -> Outcome {
    Outcome::Passed
}

fn word(result: &Result<Outcome>) -> &'static str {
    match result {
        Ok(Outcome::Passed) => "passed",
        Ok(Outcome::NotChecked(_)) => "not checked",
        Err(_) => "failed",
    }
}

fn summary(reports: &[Report]) -> Result<()> {
    println!("\n  {:<22} {:<12} {:>12}", "step", "result", "time");
    for report in reports {
        let reason = match &report.result {
            Ok(Outcome::NotChecked(reason)) => *reason,
            _ => "",
        };
        println!(
            "  {:<22} {:<12} {:>12}  {reason}",
            report.name,
            word(&report.result),
            run::seconds(report.took)
        );
    }
    let count = |wanted: &str| reports.iter().filter(|report| word(&report.result) == wanted).count();
    let (failed, skipped) = (count("failed"), count("not checked"));
    let skipped = if skipped == 0 { String::new() } else { format!(", {skipped} skipped") };
    println!("\n{} passed, {failed} failed{skipped}", count("passed"));
    if failed == 0 {
        Ok(())
    } else {
        Err(Failure::Check(format!("{failed} of {} steps failed", reports.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(result: Result<Outcome>) -> Report {
        Report { name: "a step", result, took: Duration::ZERO }
    }

    #[test]
    fn one_failed_step_fails_the_run() {
        assert!(
            summary(&[report(Ok(Outcome::Passed)), report(Ok(Outcome::NotChecked("no network")))]).is_ok()
        );
        assert!(summary(&[report(Ok(Outcome::Passed)), report(Err(Failure::Check("no".into())))]).is_err());
    }

    #[test]
    fn a_step_nobody_knows_is_refused() {
        let options = TestOptions { only: vec!["flying".into()] };
        assert!(matches!(test(&options), Err(Failure::Usage(_))));
    }
}
