//! `bench`: named figures, each measured on this machine, now.

use crate::command_line::BenchOptions;
use crate::failure::{Failure, Result};

/// Measures and prints.
pub(crate) fn bench(options: &BenchOptions) -> Result<()> {
    let _ = (&options.only, options.json);
    Err(Failure::Usage("no figure can be measured yet".into()))
}
