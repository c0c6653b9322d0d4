//! How large a picture is, by its first bytes, and whether its last are there. What lies between them is the browser's to judge.

/// How every PNG begins.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// How every JPEG begins.
pub(super) const JPEG: &[u8] = b"\xff\xd8\xff";

/// Width and height of a complete PNG (ISO/IEC 15948): its first chunk is the header, its last the end.
pub(super) fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(PNG)?.strip_prefix(b"\0\0\0\x0dIHDR")?;
    let (width, header) = number(header)?;
    let (height, _) = number(header)?;
    bytes.ends_with(b"\0\0\0\0IEND\xae\x42\x60\x82").then_some((width, height))
}

/// Width and height of a complete JPEG (ITU-T T.81): in the segment where its frame starts; its last two bytes are the end.
pub(super) fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.get(2..)?;
    if !bytes.ends_with(b"\xff\xd9") {
        return None;
    }
    loop {
        let (marker, after) = match rest {
            // Before a marker there may be any number of these.
            [0xff, after @ ..] if after.first() == Some(&0xff) => {
                rest = after;
                continue;
            }
            [0xff, marker, after @ ..] => (*marker, after),
            _ => return None,
        };
        let (length, segment) = short(after)?;
        // Frames of every coding; C4, C8 and CC are tables.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let (height, segment) = short(segment.get(1..)?)?;
            let (width, _) = short(segment)?;
            return Some((width.into(), height.into()));
        }
        // The scan before any frame, or the end.
        if matches!(marker, 0xd8..=0xda) {
            return None;
        }
        // The length counts its own two bytes.
        rest = segment.get(usize::from(length).checked_sub(2)?..)?;
    }
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*number), rest))
}

fn short(bytes: &[u8]) -> Option<(u16, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<2>()?;
    Some((u16::from_be_bytes(*number), rest))
}
