use std::io::{IsTerminal, Write};

/// Tells how far the play is.
pub struct Narrator {
    manner: Manner,
    done: usize,
    total: usize,
    /// A line on the terminal that is to be written over.
    unfinished: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// One line that is written over.
    Terminal,
    /// A line for each act of note.
    Log,
    Silent,
}

impl Narrator {
    /// On a terminal one line that moves on, in a file a line for each act of note.
    pub fn on_standard_output() -> Self {
        let terminal = std::io::stdout().is_terminal();
        Self {
            manner: if terminal { Manner::Terminal } else { Manner::Log },
            done: 0,
            total: 0,
            unfinished: false,
        }
    }

    /// Says nothing.
    pub fn silent() -> Self {
        Self { manner: Manner::Silent, done: 0, total: 0, unfinished: false }
    }

    /// So many acts will follow.
    pub(crate) fn begin(&mut self, total: usize) {
        (self.done, self.total) = (0, total);
    }

    /// The next act begins. Only acts of note get a line of their own in a file.
    pub(crate) fn act(&mut self, date: &str, act: &str, of_note: bool) {
        self.done += 1;
        let line = format!("  {}/{} {date} {act}", self.done, self.total);
        match self.manner {
            Manner::Terminal => self.write_over(&line),
            Manner::Log if of_note => write(&format!("{line}\n")),
            Manner::Log | Manner::Silent => {}
        }
    }

    /// So many more of a large number are done.
    pub(crate) fn advance(&mut self, by: usize, what: &str) {
        self.done += by;
        let line = format!("  {}/{} {what}", self.done, self.total);
        match self.manner {
            Manner::Terminal => self.write_over(&line),
            Manner::Log => write(&format!("{line}\n")),
            Manner::Silent => {}
        }
    }

    fn write_over(&mut self, line: &str) {
        write(&format!("\r\x1b[2K{line}"));
        self.unfinished = true;
    }

    /// The play is over.
    pub(crate) fn end(&mut self, summary: &str) {
        match self.manner {
            Manner::Terminal => {
                self.write_over(&format!("  {summary}\n"));
                self.unfinished = false;
            }
            Manner::Log => write(&format!("  {summary}\n")),
            Manner::Silent => {}
        }
    }
}

impl Drop for Narrator {
    /// What is said next, such as why it failed, begins a line of its own.
    fn drop(&mut self) {
        if self.unfinished {
            write("\n");
        }
    }
}

/// Whoever closed our output does not want to know more; the play goes on.
fn write(text: &str) {
    let mut output = std::io::stdout().lock();
    let _ = output.write_all(text.as_bytes()).and_then(|()| output.flush());
}
