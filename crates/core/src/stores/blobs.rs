/// Many pieces of binary data in pages that never move, so that growing needs no second copy of everything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blobs {
    pages: Vec<Vec<u8>>,
    /// Of each piece: page, start and length.
    places: Vec<(u16, u32, u16)>,
}

const PAGE: usize = 256 << 10;

impl Blobs {
    /// Adds a piece. One too large to be a key is kept as nothing.
    pub(crate) fn push(&mut self, piece: &[u8]) {
        let (piece, length) = u16::try_from(piece.len()).map_or((&[][..], 0), |length| (piece, length));
        if self.pages.last().is_none_or(|page| page.len() + piece.len() > PAGE) {
            self.pages.push(Vec::with_capacity(PAGE));
        }
        let number = u16::try_from(self.pages.len() - 1).unwrap_or(u16::MAX);
        if let Some(page) = self.pages.last_mut() {
            let start = u32::try_from(page.len()).unwrap_or(u32::MAX);
            page.extend_from_slice(piece);
            self.places.push((number, start, length));
        }
    }

    /// The piece with this index; nothing beyond the end.
    pub(crate) fn get(&self, index: usize) -> &[u8] {
        let Some(&(page, start, length)) = self.places.get(index) else { return &[] };
        let start = start as usize;
        self.pages
            .get(page as usize)
            .and_then(|page| page.get(start..start + length as usize))
            .unwrap_or_default()
    }

    /// Gives back memory that no piece needs.
    pub(crate) fn shrink(&mut self) {
        if let Some(page) = self.pages.last_mut() {
            page.shrink_to_fit();
        }
        self.places.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_back_as_they_went_in_across_pages() {
        let mut blobs = Blobs::default();
        let piece = |number: usize| vec![number as u8; number % 700];
        (0..3_000).for_each(|number| blobs.push(&piece(number)));
        assert!(blobs.pages.len() > 1);
        assert!((0..3_000).all(|number| blobs.get(number) == piece(number)));
        assert_eq!(blobs.get(3_000), b"");
    }

    #[test]
    fn a_piece_larger_than_any_key_is_kept_as_nothing() {
        let mut blobs = Blobs::default();
        blobs.push(&[1; 70_000]);
        blobs.push(&[2; 3]);
        assert_eq!((blobs.get(0), blobs.get(1)), (&[][..], &[2; 3][..]));
    }
}
