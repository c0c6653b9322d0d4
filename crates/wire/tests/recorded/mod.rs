//! Answers recorded from a live Vaultwarden, as data. `README.md` beside this file says where they come from.

/// One call and its answer, as recorded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recorded {
    /// What was tried.
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    /// With marks in braces where ids stand.
    pub(crate) path: &'static str,
    pub(crate) status: u16,
    /// The content type; `-` where there was none.
    pub(crate) kind: &'static str,
    pub(crate) body: &'static str,
}

macro_rules! areas {
    ($($area:literal),+ $(,)?) => {
        /// The files, by their names.
        const AREAS: &[(&str, &str)] = &[$(($area, include_str!(concat!("vaultwarden/", $area, ".txt")))),+];
    };
}

areas!(
    "anonymous",
    "sign_in",
    "shapes",
    "refusals",
    "members",
    "groups",
    "policies",
    "events",
    "provider",
    "public_api",
    "validation",
    "with_mail",
);

/// What each role is answered: method and path, then a status for owner, admin, custom, user and outsider.
pub(crate) const ROLES: &str = include_str!("vaultwarden/roles.txt");

/// One answer, by its file and its name there.
pub(crate) fn recorded(area: &str, name: &str) -> Recorded {
    let (_, text) = AREAS.iter().find(|(known, _)| *known == area).expect("such a file");
    entries(text).find(|entry| entry.name == name).unwrap_or_else(|| panic!("no {name:?} in {area}"))
}

/// Every answer of every file.
pub(crate) fn all() -> impl Iterator<Item = Recorded> {
    AREAS.iter().flat_map(|(_, text)| entries(text))
}

/// Whether a path is one of those a recorded path, with its marks, stands for.
pub(crate) fn stands_for(recorded: &str, path: &str) -> bool {
    let (mut marked, mut real) = (recorded.split('/'), path.split('/'));
    loop {
        match (marked.next(), real.next()) {
            (None, None) => return true,
            (Some(mark), Some(step)) if mark == step || mark.starts_with('{') => {}
            _ => return false,
        }
    }
}

fn entries(text: &'static str) -> impl Iterator<Item = Recorded> {
    text.split("\n== ").skip(1).map(|entry| {
        let mut lines = entry.splitn(4, '\n');
        let mut next = || lines.next().expect("a name, a request, a status and a body");
        let name = next();
        let (method, path) = next().split_once(' ').expect("a method and a path");
        let (status, kind) = next().split_once(' ').expect("a status and a type");
        let status = status.parse().expect("a status is a number");
        Recorded { name, method, path, status, kind, body: next().trim_end() }
    })
}
