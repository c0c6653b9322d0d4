//! Names of collections: a `/` in a name is a step down in the tree.

/// Longest external id of a collection or group (contract §4.4).
pub const EXTERNAL_ID_LENGTH: usize = 300;
/// Longest name of a group (contract §4.5).
pub const GROUP_NAME_LENGTH: usize = 100;
/// Longest name of a collection in bytes of UTF-8: encrypted and written as text it takes 1,000 characters (contract §4.4).
pub const COLLECTION_NAME_BYTES: usize = 687;

/// The steps of a name, without the empty ones that slashes at its ends or side by side would make.
pub fn steps(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    name.split('/').map(str::trim).filter(|step| !step.is_empty())
}

/// A name below a parent; of one step where the parent is empty.
pub fn below(parent: &str, name: &str) -> String {
    steps(parent).chain(steps(name)).collect::<Vec<_>>().join("/")
}

/// The name above, and the last step.
pub fn split(name: &str) -> (String, String) {
    let mut all: Vec<&str> = steps(name).collect();
    let last = all.pop().unwrap_or_default().to_owned();
    (all.join("/"), last)
}

/// How many characters of a name can be kept, where it is too long for the whole; `None` if it is not.
pub fn too_long(name: &str) -> Option<usize> {
    (name.len() > COLLECTION_NAME_BYTES).then(|| {
        name.char_indices().take_while(|(at, it)| at + it.len_utf8() <= COLLECTION_NAME_BYTES).count()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_step_by_step() {
        assert_eq!(steps("/IT// Servers /Web/").collect::<Vec<_>>(), ["IT", "Servers", "Web"]);
        assert_eq!(split("IT/Servers/Web"), ("IT/Servers".into(), "Web".into()));
        assert_eq!(split("IT"), (String::new(), "IT".into()));
        assert_eq!(split(""), (String::new(), String::new()));
    }

    #[test]
    fn a_name_stands_below_its_parent() {
        assert_eq!(below("IT/Servers", "Web"), "IT/Servers/Web");
        assert_eq!(below("", " Web "), "Web");
        assert_eq!(below("IT", "a/b"), "IT/a/b");
        assert_eq!(below("", " / "), "");
    }

    #[test]
    fn a_name_that_would_not_fit_says_how_much_of_it_would() {
        assert_eq!(too_long(&"x".repeat(COLLECTION_NAME_BYTES)), None);
        assert_eq!(too_long(&"x".repeat(COLLECTION_NAME_BYTES + 1)), Some(687));
        assert_eq!(too_long(&"ü".repeat(400)), Some(343));
    }
}
