//! Bitwarden's CSV: of an organization with a column for collections, or of a person with one for the folder. It holds logins
//! and notes only.

use super::{FaultKind, Form, PlainItem, Unreadable, Vault};
use crate::{
    csv,
    items::{ItemPart, LOGIN, SECURE_NOTE},
};

/// A column without which this is no export.
const NEEDED: [&str; 3] = ["type", "name", "login_password"];

pub(super) fn read(text: &str) -> Result<Vault, Unreadable> {
    let mut rows = csv::rows(text);
    let (_, head) = rows.next().ok_or(Unreadable::Nothing)?;
    let column = |name: &str| head.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    if NEEDED.iter().any(|name| column(name).is_none()) {
        return Err(Unreadable::NotAnExport);
    }
    let mut vault = Vault { form: Form::Csv, ..Vault::default() };
    for (line, cells) in rows {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        // A row of another length has slipped, and what stands where nobody knows.
        if cells.len() != head.len() {
            vault.refuse(line, FaultKind::Malformed);
            continue;
        }
        let cell = |name: &str| column(name).and_then(|at| cells.get(at)).map_or("", String::as_str);
        let kind = match cell("type").trim().to_ascii_lowercase().as_str() {
            "login" => LOGIN,
            "note" => SECURE_NOTE,
            _ => {
                vault.refuse(line, FaultKind::UnknownType);
                continue;
            }
        };
        let mut item = PlainItem { line, kind, name: cell("name").to_owned(), ..PlainItem::default() };
        if kind == LOGIN {
            item.put(ItemPart::Username, cell("login_username"));
            item.put(ItemPart::Password, cell("login_password"));
            item.put(ItemPart::AuthenticatorKey, cell("login_totp"));
            item.uris = addresses(cell("login_uri")).map(|uri| (uri, None)).collect();
        }
        item.put(ItemPart::Notes, cell("notes"));
        item.fields = fields(cell("fields"));
        let places = cell("collections").split(',').chain(std::iter::once(cell("folder")));
        let names: Vec<&str> = places.map(str::trim).filter(|name| !name.is_empty()).collect();
        item.collections = names.into_iter().map(|name| vault.collection(name)).collect();
        vault.items.push(item);
    }
    Ok(vault)
}

/// The addresses of a cell: a comma ends one only where another begins with its scheme, for addresses may hold commas.
fn addresses(cell: &str) -> impl Iterator<Item = String> {
    let mut all: Vec<String> = Vec::new();
    for piece in cell.split(',') {
        match all
            .last_mut()
            .filter(|_| !piece.trim_start().split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme)))
        {
            Some(before) => {
                before.push(',');
                before.push_str(piece);
            }
            None => all.push(piece.to_owned()),
        }
    }
    all.into_iter().map(|uri| uri.trim().to_owned()).filter(|uri| !uri.is_empty())
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
}

/// Lines of a name and a value. One without a colon goes on with the value before it.
fn fields(cell: &str) -> Vec<(i64, String, String)> {
    let mut all: Vec<(i64, String, String)> = Vec::new();
    for line in cell.lines() {
        match (line.split_once(": "), all.last_mut()) {
            (Some((name, value)), _) => all.push((0, name.to_owned(), value.to_owned())),
            (None, Some((_, _, value))) => {
                value.push('\n');
                value.push_str(line);
            }
            (None, None) if line.trim().is_empty() => {}
            (None, None) => all.push((0, line.trim_end_matches(':').to_owned(), String::new())),
        }
    }
    all
}
