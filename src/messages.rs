//! Every text of the portal, in one table with a file per page.
//!
//! A text is a function. Plain ones give `&'static str`; those with names in braces take them as text; those with a
//! number in square brackets choose their form through `Intl.PluralRules` and write the number as `{n}`. Names that
//! come from people are passed through [`crate::format::isolate`] first, or shown in an element of their own.

/// Writes a file of the table down.
///
/// ```ignore
/// texts! {
///     title => "Clients",
///     matched(some, all) => "{some} of {all}",
///     selected[n] => { one: "{n} client selected", other: "{n} clients selected" },
///     unlink[n](name) => { one: "Unlink {name}", other: "Unlink {name} and others" },
/// }
/// ```
macro_rules! texts {
    () => {};
    ($name:ident => $text:literal, $($rest:tt)*) => {
        #[doc = $text]
        pub fn $name() -> &'static str { $text }
        texts! { $($rest)* }
    };
    ($name:ident($($part:ident),+) => $text:literal, $($rest:tt)*) => {
        #[doc = $text]
        pub fn $name($($part: &str),+) -> String {
            $crate::messages::fill($text, &[$((stringify!($part), $part)),+])
        }
        texts! { $($rest)* }
    };
    ($name:ident[$n:ident] => { one: $one:literal, other: $other:literal $(,)? }, $($rest:tt)*) => {
        #[doc = $other]
        pub fn $name($n: u32) -> String {
            $crate::messages::plural($n, $one, $other, &[])
        }
        texts! { $($rest)* }
    };
    ($name:ident[$n:ident]($($part:ident),+) => { one: $one:literal, other: $other:literal $(,)? }, $($rest:tt)*) => {
        #[doc = $other]
        pub fn $name($n: u32, $($part: &str),+) -> String {
            $crate::messages::plural($n, $one, $other, &[$((stringify!($part), $part)),+])
        }
        texts! { $($rest)* }
    };
}

pub mod access;
pub mod billing;
pub mod billing_faults;
pub mod broken;
pub mod capabilities;
pub mod client;
pub mod client_forms;
pub mod client_settings;
pub mod clients;
pub mod collections;
pub mod directory;
pub mod discounts;
pub mod entry;
pub mod events;
pub mod evidence;
pub mod groups;
pub mod invoices;
pub mod item;
pub mod items;
pub mod jobs;
pub mod ledger;
pub mod letterhead;
pub mod members;
pub mod paper;
pub mod policies;
pub mod portfolio;
pub mod prices;
pub mod problems;
pub mod reasons;
pub mod settings;
pub mod shell;
pub mod space;
pub mod staff;
pub mod subscription;
pub mod table;
pub mod technicians;
pub mod time;
pub mod timeline;
pub mod ui;
pub mod vault_import;

/// Puts the parts into the places that carry their names in braces.
fn fill(template: &str, parts: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        if let Some((_, part)) = parts.iter().find(|(key, _)| *key == name) {
            filled.push_str(part);
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn plural(count: u32, one: &str, other: &str, parts: &[(&str, &str)]) -> String {
    let number = crate::format::number(count);
    let mut all = vec![("n", number.as_str())];
    all.extend_from_slice(parts);
    fill(if crate::format::is_one(count) { one } else { other }, &all)
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn parts_go_where_their_names_stand() {
        assert_eq!(fill("{some} of {all}", &[("all", "248"), ("some", "14")]), "14 of 248");
    }

    #[test]
    fn a_part_with_braces_is_not_filled_again() {
        assert_eq!(fill("Unlink {name} now", &[("name", "{name} {n}"), ("n", "1")]), "Unlink {name} {n} now");
    }
}
