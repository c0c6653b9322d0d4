//! Role, permissions, groups and collections of a member, to be chosen in one form.

use leptos::prelude::*;
use portal_bridge::{AccessLevel, CollectionChoice, CollectionId, MemberAccess, MemberChoices, MemberRole};

use crate::format::isolate;
use crate::live::{handler, memo};
use crate::messages::{access as levels, members as text};
use crate::ui::{Check, Choice, InputKind, RadioCards, TextField};

/// Rows of a list that are shown at once; the rest is found by name.
const SHOWN: usize = 60;

const LEVELS: [AccessLevel; 5] = [
    AccessLevel::View,
    AccessLevel::ViewExceptPasswords,
    AccessLevel::Edit,
    AccessLevel::EditExceptPasswords,
    AccessLevel::Manage,
];

/// The word of a role among the cards, the role, and what it means.
type RoleCard = (&'static str, MemberRole, fn() -> &'static str);

const ROLES: [RoleCard; 4] = [
    ("user", MemberRole::User, text::user_note),
    ("custom", MemberRole::Custom, text::custom_note),
    ("admin", MemberRole::Admin, text::admin_note),
    ("owner", MemberRole::Owner, text::owner_note),
];

/// What somebody gets who gets nothing yet.
pub(super) fn nothing() -> MemberAccess {
    MemberAccess {
        role: MemberRole::User,
        permissions: Vec::new(),
        groups: Vec::new(),
        collections: Vec::new(),
    }
}

/// The form.
#[component]
pub(super) fn AccessFields(
    /// What is chosen.
    access: RwSignal<MemberAccess>,
    /// From what.
    choices: MemberChoices,
) -> impl IntoView {
    let role = memo(move || access.with(|access| access.role));
    // A role that cannot be given, such as one this version does not know, stays as long as no other is chosen.
    let roles: Vec<Choice> = ROLES
        .iter()
        .filter(|(_, role, _)| choices.roles.contains(role))
        .map(|(word, role, note)| Choice::new(*word, text::role_word(*role)).note(note()))
        .collect();
    let chosen = Signal::derive(move || {
        ROLES
            .iter()
            .find(|(_, known, _)| *known == role.get())
            .map(|(word, ..)| (*word).to_owned())
            .unwrap_or_default()
    });
    let choose = move |word: String| {
        if let Some((_, role, _)) = ROLES.iter().find(|(known, ..)| *known == word) {
            access.update(|access| access.role = *role);
        }
    };
    let permissions = choices.permissions.clone();
    let (groups, collections) = (choices.groups.clone(), choices.collections.clone());
    view! {
        <RadioCards legend=text::becomes().to_owned() choices=roles value=chosen on_choose=choose />
        {move || (role.get() == MemberRole::Custom).then(|| permission_checks(access, &permissions))}
        {group_checks(access, groups)}
        {collection_rows(access, collections)}
    }
}

fn permission_checks(
    access: RwSignal<MemberAccess>,
    permissions: &[portal_bridge::MemberPermission],
) -> AnyView {
    let checks = permissions.iter().copied().map(|permission| {
        let ticked = Signal::derive(move || access.with(|access| access.permissions.contains(&permission)));
        let tick = move |on: bool| access.update(|access| toggle(&mut access.permissions, permission, on));
        view! { <Check label=text::permission_word(permission).to_owned() value=ticked on_change=tick /> }
            .into_any()
    });
    view! {
        <fieldset class="field">
            <legend class="label">{text::permissions()}</legend>
            <div class="picks two">{checks.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn group_checks(access: RwSignal<MemberAccess>, groups: Vec<(portal_bridge::GroupId, String)>) -> AnyView {
    if groups.is_empty() {
        return view! { <p class="quiet">{text::no_groups()}</p> }.into_any();
    }
    let search = RwSignal::new(String::new());
    let many = groups.len() > 8;
    let rows = move || {
        let (shown, left) = shown(&groups, &search.get(), |(_, name)| name);
        let checks = shown.into_iter().map(|(id, name)| {
            let ticked = Signal::derive(move || access.with(|access| access.groups.contains(&id)));
            let tick = move |on: bool| access.update(|access| toggle(&mut access.groups, id, on));
            view! { <Check label=name value=ticked on_change=tick /> }.into_any()
        });
        view! { <div class="picks two">{checks.collect_view()}</div>{more(left)} }.into_any()
    };
    view! {
        <fieldset class="field">
            <legend class="label">{text::groups()}</legend>
            {many.then(|| finder(text::find_group(), search))}
            {rows}
        </fieldset>
    }
    .into_any()
}

fn collection_rows(access: RwSignal<MemberAccess>, collections: Vec<CollectionChoice>) -> AnyView {
    if collections.is_empty() {
        return view! { <p class="quiet">{text::no_collections()}</p> }.into_any();
    }
    let search = RwSignal::new(String::new());
    let many = collections.len() > 8;
    let named: Vec<(CollectionChoice, String)> = collections
        .into_iter()
        .map(|choice| {
            let name =
                choice.name.clone().unwrap_or_else(|| format!("{} ({})", text::locked_name(), choice.id));
            (choice, name)
        })
        .collect();
    let rows = move || {
        let (shown, left) = shown(&named, &search.get(), |(_, name)| name);
        let rows = shown.into_iter().map(|(choice, name)| collection_row(access, &choice, name));
        view! { <div class="picks">{rows.collect_view()}</div>{more(left)} }.into_any()
    };
    view! {
        <fieldset class="field">
            <legend class="label">{text::collections()}</legend>
            {many.then(|| finder(text::find_collection(), search))}
            {rows}
        </fieldset>
    }
    .into_any()
}

fn collection_row(access: RwSignal<MemberAccess>, choice: &CollectionChoice, name: String) -> AnyView {
    let id = choice.id;
    let level = memo(move || access.with(|access| level_in(access, id)));
    if !choice.grantable {
        // What one may not change is shown where the member has it.
        let words = move || level.get().map(|level| text::level_kept(&isolate(&name), levels::level(level)));
        return view! { <span class="quiet">{words}</span> }.into_any();
    }
    let ticked = Signal::derive(move || level.get().is_some());
    let tick = move |on: bool| access.update(|access| set_level(access, id, on.then_some(AccessLevel::View)));
    let label = text::level_in(&isolate(&name));
    view! {
        <div class="pick">
            <Check label=name value=ticked on_change=tick />
            {move || ticked.get().then(|| {
                let label = label.clone();
                let options = LEVELS.iter().enumerate().map(|(place, one)| {
                    let chosen = move || level.get() == Some(*one);
                    view! { <option value=place.to_string() prop:selected=chosen>{levels::level(*one)}</option> }.into_any()
                });
                let choose = handler(move |event: web_sys::Event| {
                    let place = event_target_value(&event).parse::<usize>().ok();
                    if let Some(one) = place.and_then(|place| LEVELS.get(place)) {
                        access.update(|access| set_level(access, id, Some(*one)));
                    }
                });
                view! { <select class="input" aria-label=label on:change=choose>{options.collect_view()}</select> }.into_any()
            })}
        </div>
    }
    .into_any()
}

fn finder(label: &'static str, search: RwSignal<String>) -> AnyView {
    view! { <TextField label=label.to_owned() value=search kind=InputKind::Text /> }.into_any()
}

fn more(left: u32) -> Option<AnyView> {
    (left > 0).then(|| view! { <p class="quiet">{text::more_left(left)}</p> }.into_any())
}

/// The first of those whose name holds what is searched, and how many more there are.
fn shown<T: Clone>(all: &[T], search: &str, name: impl Fn(&T) -> &String) -> (Vec<T>, u32) {
    let search = search.trim().to_lowercase();
    let mut found = all.iter().filter(|one| name(one).to_lowercase().contains(&search));
    let first = found.by_ref().take(SHOWN).cloned().collect();
    (first, found.count() as u32)
}

fn toggle<T: PartialEq>(all: &mut Vec<T>, one: T, on: bool) {
    all.retain(|known| *known != one);
    if on {
        all.push(one);
    }
}

fn level_in(access: &MemberAccess, id: CollectionId) -> Option<AccessLevel> {
    access.collections.iter().find(|(known, _)| *known == id).map(|(_, level)| *level)
}

fn set_level(access: &mut MemberAccess, id: CollectionId, level: Option<AccessLevel>) {
    match (access.collections.iter_mut().find(|(known, _)| *known == id), level) {
        (Some(known), Some(level)) => known.1 = level,
        (None, Some(level)) => access.collections.push((id, level)),
        (_, None) => access.collections.retain(|(known, _)| *known != id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_is_given_at_one_level_and_taken_again() {
        let (one, other) = (CollectionId::default(), "77777777-7777-4777-8777-777777777777".parse().unwrap());
        let mut access = nothing();
        set_level(&mut access, one, Some(AccessLevel::View));
        set_level(&mut access, other, Some(AccessLevel::Edit));
        set_level(&mut access, one, Some(AccessLevel::Manage));
        assert_eq!((level_in(&access, one), access.collections.len()), (Some(AccessLevel::Manage), 2));
        set_level(&mut access, one, None);
        assert_eq!(access.collections, [(other, AccessLevel::Edit)]);
    }

    #[test]
    fn a_long_list_shows_its_first_matches_and_counts_the_rest() {
        let names: Vec<String> = (0..200).map(|number| format!("Group {number}")).collect();
        let (first, left) = shown(&names, " GROUP 1", |name| name);
        assert_eq!((first.len(), left), (60, 51));
        assert_eq!(shown(&names, "199", |name| name), (vec!["Group 199".to_owned()], 0));
    }
}
