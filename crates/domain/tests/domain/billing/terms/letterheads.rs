use portal_domain::billing::{
    Agreement, Colour, Letterhead, Logo, LogoError, LogoKind, PriceTable, TermsError, Text, Tiers,
};
use proptest::{collection::vec, prelude::*};

/// A picture of so many pixels, with so many bytes of what would be its data.
pub(super) fn png(width: u32, height: u32, data: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(vec![0; data]);
    bytes.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
    bytes
}

/// The same with a segment of an application before the frame, as cameras write it, and fill bytes before its marker.
fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0\0\x04JF\xff\xff\xff\xc2\0\x11\x08".to_vec();
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend(b"\x03\xff\xda\0\x02scan\xff\xd9");
    bytes
}

#[test]
fn pictures_say_what_they_are_and_how_large() {
    let logo = Logo::new(png(320, 80, 10)).unwrap();
    assert_eq!((logo.kind(), logo.size()), (LogoKind::Png, (320, 80)));
    let logo = Logo::new(jpeg(64, 48)).unwrap();
    assert_eq!((logo.kind(), logo.size(), logo.kind().mime()), (LogoKind::Jpeg, (64, 48), "image/jpeg"));
}

#[test]
fn a_broken_or_oversize_picture_is_refused() {
    assert_eq!(Logo::new(png(1, 1, Logo::MOST_BYTES)), Err(LogoError::TooLarge));
    let room = Logo::MOST_BYTES - png(1, 1, 0).len();
    assert!(Logo::new(png(1, 1, room)).is_ok());
    assert_eq!(Logo::new(png(1, 1, room + 1)), Err(LogoError::TooLarge));
    for other in [&b""[..], b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"PNG", b"\xff\xd8"] {
        assert_eq!(Logo::new(other.to_vec()), Err(LogoError::NotAPicture));
    }
    assert_eq!(Logo::new(png(0, 9, 0)), Err(LogoError::Broken));
    assert_eq!(Logo::new(png(30_000, 2, 0)), Err(LogoError::TooWide { width: 30_000, height: 2 }));
    for whole in [png(9, 9, 40), jpeg(9, 9)] {
        for length in 8..whole.len() {
            assert_eq!(
                Logo::new(whole[..length].to_vec()),
                Err(LogoError::Broken),
                "{length} of {}",
                whole.len()
            );
        }
    }
}

#[test]
fn a_letterhead_is_checked_again_when_it_is_read() {
    let colour = Colour::parse("#1a5fb4").ok();
    let kept = Letterhead {
        name: "  Nordlicht IT  ".to_owned(),
        address: "Deichstraße 1\r\n20459 Hamburg  \n".to_owned(),
        logo: Logo::new(png(4, 4, 7)).ok(),
        colour,
        ..Letterhead::default()
    }
    .checked()
    .unwrap();
    assert_eq!((kept.name.as_str(), kept.address.as_str()), ("Nordlicht IT", "Deichstraße 1\n20459 Hamburg"));
    let json = serde_json::to_string(&kept).unwrap();
    assert_eq!(serde_json::from_str::<Letterhead>(&json).unwrap(), kept);
    assert!(serde_json::from_str::<Letterhead>(&json.replace("#1a5fb4", "#ffff00")).is_err(), "too pale");
    assert!(serde_json::from_str::<Letterhead>(&json.replace("iVBORw", "AAAAAA")).is_err(), "no picture");
    let later = r##"{"name":"A","fonts":["none"],"colour":null}"##;
    assert_eq!(serde_json::from_str::<Letterhead>(later).unwrap().name, "A");
    assert_eq!(serde_json::from_str::<Letterhead>("{}").unwrap(), Letterhead::default());
}

#[test]
fn texts_that_would_fill_the_page_are_refused() {
    let refused = |what: Text, text: &str| what.parse(text).unwrap_err();
    let (what, limit) = (Text::Name, 100);
    assert!(Text::Name.parse(&"é".repeat(100)).is_ok());
    assert_eq!(refused(Text::Name, &"é".repeat(101)), TermsError::TooLong { what, limit });
    assert_eq!(refused(Text::Name, "one\ntwo"), TermsError::TooManyLines { what, limit: 1 });
    assert_eq!(
        refused(Text::BillTo, &"a\n".repeat(9)),
        TermsError::TooManyLines { what: Text::BillTo, limit: 8 }
    );
    assert_eq!(refused(Text::Reference, "a\u{7}b"), TermsError::Unprintable(Text::Reference));
}

#[test]
fn what_was_agreed_is_what_ships_until_it_is_entered() {
    let empty: Agreement = serde_json::from_str("{}").unwrap();
    assert_eq!((empty.tiers(), empty.prices.as_ref()), (Tiers::shipped(), None));
    let agreed = Agreement {
        tiers: serde_json::from_str(r#"[{"fromSeats":500,"discount":100000}]"#).ok(),
        prices: Some(PriceTable::shipped()),
    };
    let json = serde_json::to_string(&agreed).unwrap();
    assert_eq!(serde_json::from_str::<Agreement>(&json).unwrap(), agreed);
    assert!(serde_json::from_str::<Agreement>(&json.replace("400", "-400")).is_err(), "a negative price");
}

proptest! {
    #[test]
    fn every_logo_survives_being_kept(data in 0..5_000_usize, width in 1..=Logo::MOST_PIXELS, height in 1..=Logo::MOST_PIXELS) {
        let logo = Logo::new(png(width, height, data)).unwrap();
        let json = serde_json::to_string(&logo).unwrap();
        prop_assert_eq!(serde_json::from_str::<Logo>(&json).unwrap(), logo);
    }

    #[test]
    fn no_bytes_break_the_reader_of_pictures(bytes in vec(any::<u8>(), 0..200), kind in 0..3) {
        let head: &[u8] = match kind { 0 => b"\x89PNG\r\n\x1a\n", 1 => b"\xff\xd8\xff", _ => b"" };
        let _ = Logo::new([head, &bytes, b"\xff\xd9"].concat());
    }

    #[test]
    fn no_text_breaks_the_reader_of_logos(text in ".*") {
        let _ = Logo::try_from(text);
    }
}
