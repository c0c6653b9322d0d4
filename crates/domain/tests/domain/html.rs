use portal_domain::html::{decode, encode, encoded_length};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_name_comes_back_as_it_was(text in any::<String>()) {
        prop_assert_eq!(decode(&encode(&text)), text);
    }

    #[test]
    fn no_text_can_break_it(text in "[&#x;a-f0-9 ]{0,20}") {
        let _ = decode(&text);
    }
}

#[test]
fn what_the_server_encodes_is_encoded() {
    assert_eq!(encode("<b>&\"'"), "&lt;b&gt;&amp;&quot;&#39;");
    assert_eq!(encode("Müller 😀 Ωμέγα"), "M&#252;ller &#128512; Ωμέγα");
    assert_eq!(encoded_length("&"), 5);
    assert_eq!(encoded_length("Ωμ"), 2);
}

#[test]
fn references_are_decoded_once_and_everything_else_stays() {
    assert_eq!(decode("&amp;lt; &#x41;&#65;&apos;"), "&lt; AA'");
    for text in
        ["&", "&;", "&unknown;", "&#;", "&#x;", "&#+65;", "&#1114112;", "&#xd800;", "a & b; c", "&amp"]
    {
        assert_eq!(decode(text), text);
    }
}
