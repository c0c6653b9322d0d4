//! Which businesses have a number for the value added tax.

/// The European Union, where all numbers are of one kind.
const UNION: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// The kind of number a business in this country has for the value added tax, in the payment service's word (`eu_vat`). Only the
/// countries around the European Union are looked at: elsewhere a business may well have none.
pub fn tax_id_kind(country: &str) -> Option<&'static str> {
    match country.trim().to_ascii_uppercase().as_str() {
        "CH" => Some("ch_vat"),
        "GB" => Some("gb_vat"),
        "IS" => Some("is_vat"),
        "LI" => Some("li_vat"),
        "NO" => Some("no_vat"),
        country => UNION.split(' ').any(|member| member == country).then_some("eu_vat"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_has_one_kind_of_number_or_none_that_is_asked_for() {
        assert_eq!(
            ["DE", "gr", " ch ", "GB"].map(tax_id_kind),
            ["eu_vat", "eu_vat", "ch_vat", "gb_vat"].map(Some)
        );
        assert_eq!(["US", "", "D", "DE AT", "ZZ"].map(tax_id_kind), [None; 5]);
    }
}
