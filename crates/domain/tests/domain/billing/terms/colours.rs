use portal_domain::billing::{Colour, ColourError};
use proptest::prelude::*;

/// The contrast with white as WCAG 2.2 writes it down.
fn contrast(red: u8, green: u8, blue: u8) -> f64 {
    let linear = |channel: u8| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    };
    1.05 / (0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05)
}

#[test]
fn known_colours_have_the_contrast_that_is_written_of_them() {
    let of = |text: &str| Colour::parse(text).map(Colour::contrast);
    assert_eq!(of("#000000"), Ok(2_100));
    assert_eq!(of("#767676"), Ok(454), "the lightest readable grey");
    assert_eq!(of("0000FF"), Ok(859));
    let pale = |text: &str| match Colour::parse(text).unwrap_err() {
        ColourError::TooPale { contrast, darker } => (contrast, darker.to_string()),
        other @ ColourError::NotAColour => panic!("{other}"),
    };
    assert_eq!(pale("#777777"), (447, "#767676".to_owned()));
    assert_eq!(pale("#ffffff").0, 100);
    assert_eq!(pale("#ff0000").0, 399);
}

#[test]
fn what_names_no_colour_is_refused() {
    for text in ["", "#", "#fff", "red", "#12345g", "#1234567", "+12345", "#é1234", "rgb(0,0,0)"] {
        assert_eq!(Colour::parse(text), Err(ColourError::NotAColour), "{text}");
    }
    assert!(serde_json::from_str::<Colour>("\"#ffffff\"").is_err(), "a pale one that was kept");
    let colour = Colour::parse(" 1A5FB4 ").unwrap();
    assert_eq!(serde_json::to_string(&colour).unwrap(), "\"#1a5fb4\"");
}

proptest! {
    #[test]
    fn a_colour_is_taken_exactly_if_its_contrast_with_white_is_enough(red: u8, green: u8, blue: u8) {
        let contrast = contrast(red, green, blue);
        match Colour::new(red, green, blue) {
            Ok(colour) => {
                prop_assert!(contrast >= 4.5, "{contrast}");
                prop_assert!((f64::from(colour.contrast()) / 100.0 - contrast).abs() < 0.0101);
                prop_assert_eq!(Colour::parse(&colour.to_string()), Ok(colour));
            }
            Err(ColourError::TooPale { darker, .. }) => {
                prop_assert!(contrast < 4.5, "{contrast}");
                let [dark_red, dark_green, dark_blue] = darker.rgb();
                prop_assert!(dark_red <= red && dark_green <= green && dark_blue <= blue);
                prop_assert!(darker.contrast() >= Colour::LEAST_CONTRAST);
                prop_assert!(darker.contrast() < 480, "no darker than it has to be: {}", darker.contrast());
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn no_text_breaks_the_reader_of_colours(text in ".*") {
        let _ = Colour::parse(&text);
    }
}
