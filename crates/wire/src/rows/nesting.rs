//! Brackets that are open.

/// As deep as the parser goes.
const DEEPEST: u32 = 127;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Curly,
    Square,
}

/// The open brackets, one bit each: set for square ones, the innermost lowest.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    depth: u32,
    squares: u128,
}

impl Nesting {
    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    /// Exactly one bracket is open, and it is an object's.
    pub(super) fn is_top_object(&self) -> bool {
        self.depth == 1 && self.squares & 1 == 0
    }

    /// `None` if that is too deep.
    pub(super) fn open(&mut self, bracket: Bracket) -> Option<()> {
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        self.squares = self.squares << 1 | u128::from(bracket == Bracket::Square);
        Some(())
    }

    /// `None` if another bracket, or none, is open.
    pub(super) fn close(&mut self, bracket: Bracket) -> Option<()> {
        let innermost = if self.squares & 1 == 1 { Bracket::Square } else { Bracket::Curly };
        if self.depth == 0 || innermost != bracket {
            return None;
        }
        self.depth -= 1;
        self.squares >>= 1;
        Some(())
    }
}
