//! Names for more clients than anybody could think of: three lists, combined.

const PLACES: [&str; 50] = [
    "Alderwick",
    "Åsgård",
    "Bellhaven",
    "Birchfield",
    "Bramley",
    "Briarstone",
    "Caldmoor",
    "Cedarholm",
    "Châtelard",
    "Clearbrook",
    "Cobblegate",
    "Dunmere",
    "Eastlake",
    "Elmsworth",
    "Fairwater",
    "Fernhill",
    "Foxglove",
    "Glenrock",
    "Grünwald",
    "Hallowell",
    "Hawthorn",
    "Hazelmere",
    "Holmgren",
    "Ironbridge Lane",
    "Juniper",
    "Kingsmoor",
    "Larkspur",
    "Linden",
    "Łąkowa",
    "Maplewood",
    "Marlow Cross",
    "Millbrook",
    "Moorgate",
    "Norrby",
    "Oakhurst",
    "Penhallow",
    "Pinehurst",
    "Ravensworth",
    "Redcliff",
    "Rosedale",
    "São Bento",
    "Silverdale",
    "Stonebridge",
    "Summerfield",
    "Thornbury",
    "Umbria",
    "Valmont",
    "Westerly",
    "Willowbank",
    "Yarrow",
];
const TRADES: [&str; 50] = [
    "Accounting",
    "Architects",
    "Audio",
    "Automation",
    "Bakery",
    "Books",
    "Brewing",
    "Builders",
    "Carpentry",
    "Catering",
    "Ceramics",
    "Chemists",
    "Clinics",
    "Coffee",
    "Cycles",
    "Dairy",
    "Dental",
    "Design",
    "Electrical",
    "Engineering",
    "Events",
    "Farms",
    "Fencing",
    "Ferries",
    "Fitness",
    "Florists",
    "Foods",
    "Freight",
    "Furniture",
    "Gardens",
    "Glazing",
    "Heating",
    "Hotels",
    "Insurance",
    "Joinery",
    "Labs",
    "Law",
    "Logistics",
    "Marine",
    "Media",
    "Optics",
    "Packaging",
    "Plumbing",
    "Print",
    "Roofing",
    "Schools",
    "Surveyors",
    "Textiles",
    "Travel",
    "Veterinary",
];
const FORMS: [&str; 40] = [
    "",
    "& Co.",
    "& Daughters",
    "& Partners",
    "& Sons",
    "AB",
    "Alliance",
    "Associates",
    "BV",
    "Collective",
    "Company",
    "Cooperative",
    "Group",
    "GmbH",
    "Holdings",
    "House",
    "Inc.",
    "International",
    "Labs",
    "Limited",
    "LLC",
    "LLP",
    "Ltd",
    "Network",
    "North",
    "Oy",
    "Partners",
    "plc",
    "SA",
    "Service",
    "Services",
    "Solutions",
    "South",
    "Studio",
    "Supplies",
    "Systems",
    "Trust",
    "Union",
    "Works",
    "Workshop",
];
/// How many names there are; after that they are numbered.
const COMBINATIONS: usize = PLACES.len() * TRADES.len() * FORMS.len();
/// Spreads neighbours apart: no factor in common with the number of combinations.
const STRIDE: usize = 61_803;

/// The name with this number; no two are alike.
pub(crate) fn name(number: usize) -> String {
    let (round, index) = (number / COMBINATIONS, number % COMBINATIONS * STRIDE % COMBINATIONS);
    let place = pick(&PLACES, index);
    let trade = pick(&TRADES, index / PLACES.len());
    let form = pick(&FORMS, index / PLACES.len() / TRADES.len());
    let name = format!("{place} {trade} {form}");
    match round {
        0 => name.trim_end().to_owned(),
        round => format!("{} {}", name.trim_end(), round + 1),
    }
}

/// An address at a domain that sounds like the name.
pub(crate) fn email(name: &str, number: usize) -> String {
    let plain: String =
        name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<_> = plain.split('-').filter(|word| !word.is_empty()).collect();
    format!("office{number}@{}.example", words.join("-"))
}

fn pick<'a>(list: &[&'a str], index: usize) -> &'a str {
    list.get(index % list.len()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use portal_domain::limits::{NAME_LENGTH, Stored, parse_email, parse_name};

    use super::*;

    #[test]
    fn no_two_names_are_alike_and_all_are_allowed() {
        let names: HashSet<String> = (0..COMBINATIONS + 500).map(name).collect();
        assert_eq!(names.len(), COMBINATIONS + 500);
        assert!(names.iter().all(|name| parse_name(name, Stored::Encoded).is_ok()), "at most {NAME_LENGTH}");
    }

    #[test]
    fn every_address_is_one() {
        for number in (0..COMBINATIONS).step_by(97) {
            let email = email(&name(number), number);
            assert!(parse_email(&email).is_ok(), "{email}");
        }
    }
}
