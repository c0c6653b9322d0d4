//! Who may do what: the part of a form in which people, groups or collections are added, each with its level.

use leptos::prelude::*;
use portal_bridge::{
    Access, AccessLevel, FindParties, Found, Part, Party, Problem, ProblemKind, Reason, Verdict, Within,
};

use crate::form::Sending;
use crate::format::{self, isolate};
use crate::live::{each, live, memo};
use crate::messages::{access as text, problems, reasons};
use crate::session::obstacle;
use crate::space::use_space;
use crate::ui::{Button, Finder, Glyph, Hit, Icon, IconButton, Notice, Press, Tone, small_letters};
use crate::view::use_view;

/// Entries that are drawn at once; the others are found by their names.
const SHOWN: usize = 100;

/// What may be added.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinds {
    /// People and groups.
    Sharing,
    /// People.
    People,
    /// Collections.
    Collections,
    /// Collections that something is put into, without a level.
    Places,
}

impl Kinds {
    fn are_collections(self) -> bool {
        matches!(self, Self::Collections | Self::Places)
    }
}

/// The entries of a form, and a field to add more.
#[component]
pub(super) fn AccessEditor(
    /// What the entries are.
    #[prop(into)]
    legend: String,
    /// The entries.
    access: RwSignal<Vec<Access>>,
    /// What may be added.
    kinds: Kinds,
    /// What the field is called.
    #[prop(into)]
    find: String,
    /// What is said while there is no entry.
    #[prop(into)]
    none: String,
    /// What is wrong with them.
    #[prop(optional, into)]
    fault: MaybeProp<String>,
    /// Whether nothing can be changed.
    #[prop(optional, into)]
    read_only: Signal<bool>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let space = use_space();
    let within = space.within_untracked();
    let (hits, found) = lookup(within, kinds, typed, move |party| access.with(|all| has(all, party)));
    let level = if kinds == Kinds::Collections { AccessLevel::Edit } else { AccessLevel::View };
    let pick = move |index: usize| {
        let picked = found.with_untracked(|found| found.get(index).cloned());
        if let Some(Found { party, label, .. }) = picked {
            access.update(|all| all.insert(0, Access { party, label, level }));
        }
    };
    // While somebody looks for a name, the entries are narrowed to it as well.
    let shown = memo(move || {
        let needle = small_letters(typed.get().trim());
        access.with(|all| {
            let matching = |at: &usize| {
                needle.is_empty()
                    || all.get(*at).is_some_and(|one| small_letters(&one.label).contains(&needle))
            };
            (0..all.len()).filter(matching).map(|at| at as u32).collect::<Vec<u32>>()
        })
    });
    let more = memo(move || shown.with(|shown| shown.len().saturating_sub(SHOWN)) as u32);
    let levels = matches!(kinds, Kinds::Sharing | Kinds::Collections);
    let count = move || format::number(access.with(Vec::len) as u32);
    view! {
        <fieldset class="field access">
            <legend class="label">{legend}" "<span class="quiet figures">{count}</span></legend>
            {move || (!read_only.get()).then(|| view! {
                <Finder label=find.clone() typed hits none=text::nobody_found().to_owned() on_pick=pick />
            }.into_any())}
            <div class="fault" role="alert">{move || fault.get()}</div>
            <ul class="entries">
                {each(
                    move || shown.with(|shown| shown.iter().take(SHOWN).copied().collect()),
                    move |at| entry(access, at as usize, levels, read_only),
                )}
            </ul>
            {live(move || (more.get() > 0).then(|| view! { <p class="quiet small">{text::more(more.get())}</p> }.into_any()))}
            {move || access.with(Vec::is_empty).then(|| view! { <p class="quiet">{none.clone()}</p> }.into_any())}
        </fieldset>
    }
}

/// A field that looks for one collection.
#[component]
pub(super) fn CollectionFinder(
    /// What it is called.
    #[prop(into)]
    label: String,
    /// Called with the name of the collection that was taken.
    #[prop(into)]
    on_pick: UnsyncCallback<String>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let within = use_space().within_untracked();
    let (hits, found) = lookup(within, Kinds::Collections, typed, |_| false);
    let pick = move |index: usize| {
        if let Some(found) = found.with_untracked(|found| found.get(index).cloned()) {
            on_pick.run(found.label);
        }
    };
    view! { <Finder label typed hits none=text::nobody_found().to_owned() on_pick=pick /> }
}

/// What the core finds for what is typed, without what is taken already.
fn lookup(
    within: Within,
    kinds: Kinds,
    typed: RwSignal<String>,
    taken: impl Fn(Party) -> bool + Send + Sync + 'static,
) -> (Signal<Vec<Hit>>, Memo<Vec<Found>>) {
    let space = use_space();
    let view = use_view(
        move || {
            Some(FindParties {
                within,
                people: !kinds.are_collections(),
                groups: kinds == Kinds::Sharing,
                collections: kinds.are_collections(),
                search: typed.get(),
            })
        },
        move || vec![space.topic(Part::Members), space.topic(Part::Groups), space.topic(Part::Collections)],
    );
    let found = memo(move || {
        let found = view.get().unwrap_or_default();
        found.into_iter().filter(|found| !taken(found.party)).collect::<Vec<Found>>()
    });
    let hit = |found: &Found| Hit {
        glyph: glyph(found.party),
        label: found.label.clone(),
        note: found.note.clone(),
    };
    (Signal::derive(move || found.with(|found| found.iter().map(hit).collect())), found)
}

fn entry(access: RwSignal<Vec<Access>>, at: usize, levels: bool, read_only: Signal<bool>) -> AnyView {
    let one = memo(move || access.with(|all| all.get(at).cloned()));
    let label = memo(move || one.with(|one| one.as_ref().map(|one| one.label.clone()).unwrap_or_default()));
    let level = move || one.with(|one| one.as_ref().map(|one| one.level).unwrap_or_default());
    let choose = move |chosen: String| {
        if let Some(level) = level_of(&chosen) {
            access.update(|all| {
                if let Some(one) = all.get_mut(at) {
                    one.level = level;
                }
            });
        }
    };
    let remove = move || {
        access.update(|all| {
            if at < all.len() {
                all.remove(at);
            }
        });
    };
    view! {
        <li>
            {move || one.with(|one| one.as_ref().map(|one| glyph(one.party))).map(|glyph| view! { <Icon glyph /> })}
            <bdi class="cut">{move || label.get()}</bdi>
            {levels.then(|| view! {
                <select
                    class="input"
                    aria-label=move || text::level_of(&isolate(&label.get()))
                    disabled=move || read_only.get()
                    on:change:target=move |event| choose(event.target().value())
                >
                    {AccessLevel::ALL.into_iter().rev().map(|own| view! {
                        <option value=word(own) prop:selected=move || level() == own>{text::level(own)}</option>
                    }.into_any()).collect_view()}
                </select>
            }.into_any())}
            {move || (!read_only.get()).then(|| view! {
                <IconButton icon=Glyph::Close label=Signal::derive(move || text::remove(&isolate(&label.get()))) on_press=remove />
            }.into_any())}
        </li>
    }
    .into_any()
}

fn has(all: &[Access], party: Party) -> bool {
    all.iter().any(|one| one.party == party)
}

fn glyph(party: Party) -> Glyph {
    match party {
        Party::Person(_) => Glyph::User,
        Party::Group(_) => Glyph::Group,
        Party::Collection(_) => Glyph::Folder,
    }
}

/// A level as the value of an option.
fn word(level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::ViewExceptPasswords => "view-except-passwords",
        AccessLevel::View => "view",
        AccessLevel::EditExceptPasswords => "edit-except-passwords",
        AccessLevel::Edit => "edit",
        AccessLevel::Manage => "manage",
    }
}

fn level_of(chosen: &str) -> Option<AccessLevel> {
    AccessLevel::ALL.into_iter().find(|level| word(*level) == chosen)
}

/// What is said when a form cannot be saved because somebody else was faster, and what can be done about it. Nothing that was
/// entered is lost by it.
#[component]
pub(super) fn Meanwhile(
    /// The state of the form.
    sending: Sending,
    /// Fills the form with how things stand now.
    #[prop(into)]
    show: Press,
    /// Saves what was entered over what somebody else saved.
    #[prop(into)]
    mine: Press,
    /// Makes what was deleted anew, from what was entered.
    #[prop(optional, into)]
    again: Option<Press>,
) -> impl IntoView {
    live(move || {
        let problem = sending.problem().get()?;
        let buttons = match problem.kind {
            ProblemKind::ChangedMeanwhile => vec![(text::changed_look(), show), (text::changed_mine(), mine)],
            ProblemKind::NotFound => vec![(text::gone_again(), again?)],
            _ => return None,
        };
        let words = match problem.kind {
            ProblemKind::NotFound => text::gone().to_owned(),
            _ => problems::problem(&problem),
        };
        let action = move || {
            buttons
                .iter()
                .map(|(words, press)| {
                    view! { <Button label=(*words).to_owned() on_press=*press /> }.into_any()
                })
                .collect_view()
        };
        Some(view! { <Notice tone=Tone::Attend urgent=true action>{words}</Notice> })
    })
}

/// What went wrong beside what [`Meanwhile`] says.
pub(super) fn other_problem(sending: Sending, gone: bool) -> Signal<Option<Problem>> {
    Signal::derive(move || {
        sending.problem().get().filter(|problem| {
            problem.kind != ProblemKind::ChangedMeanwhile && !(gone && problem.kind == ProblemKind::NotFound)
        })
    })
}

/// Why something cannot be done at all. What can be done in part is looked at row by row.
pub(super) fn obstacle_to_all(verdict: Verdict) -> Option<String> {
    match verdict {
        Verdict::Disabled(Reason::LimitedBySettings) => None,
        verdict => obstacle(verdict).map(|reason| reasons::reason(reason).to_owned()),
    }
}
