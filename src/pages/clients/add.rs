use leptos::prelude::*;
use portal_bridge::{AddExisting, AddObstacle, AddableRow, GetAddable, Topic};

use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending};
use crate::format;
use crate::messages::{client_forms as text, ui as ui_text};
use crate::session::use_provider;
use crate::ui::{Button, ButtonKind, Dialog, Empty, Press, Skeleton, Toasts};
use crate::view::use_view;

/// Makes an organization one owns a client, in two steps: choosing, and looking at what it means.
#[component]
pub(super) fn AddDialog(#[prop(into)] on_close: Press) -> impl IntoView {
    let provider = use_provider();
    let addable =
        use_view(move || Some(GetAddable(provider.id())), move || vec![Topic::Clients(provider.id())]);
    let chosen = RwSignal::new(None::<AddableRow>);
    let sending = Sending::new(&[]);
    view! {
        <Dialog title=text::add_title().to_owned() wide=true held=sending.busy() on_close>
            {move || match chosen.get() {
                Some(row) => review(row, chosen, sending, on_close).into_any(),
                None => view! {
                    <div class="inner">
                        <div class="body">
                            <p>{text::add_step(1)}". "{text::add_body()}</p>
                            <ProblemNotice problem=Signal::derive(move || addable.problem()) again=move || addable.again() />
                            {move || match addable.get() {
                                Some(rows) if rows.is_empty() => view! {
                                    <Empty title=text::add_none().to_owned() body=text::add_none_body().to_owned() />
                                }
                                .into_any(),
                                Some(rows) => choices(rows, chosen).into_any(),
                                None if addable.loading() => view! { <Skeleton lines=4 /> }.into_any(),
                                None => ().into_any(),
                            }}
                        </div>
                    </div>
                }
                .into_any(),
            }}
        </Dialog>
    }
}

fn choices(mut rows: Vec<AddableRow>, chosen: RwSignal<Option<AddableRow>>) -> impl IntoView {
    // What can be added stands first; the rest follows with its reasons.
    rows.sort_by_key(|row| row.obstacle.is_some());
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let reason = row.obstacle.as_ref().map(why_not);
            let blocked = reason.is_some();
            let (name, plan, seats) = (row.name.clone(), row.plan.clone(), format::number(row.seats));
            let told = reason.clone();
            view! {
                <tr class:quiet=blocked>
                    <td><bdi class="strong">{name}</bdi>{told.map(|why| view! { <span class="small block">{why}</span> }.into_any())}</td>
                    <td>{plan}</td>
                    <td class="num">{seats}</td>
                    <td class="num"><Button label=text::add_next().to_owned() reason on_press=move || chosen.set(Some(row.clone())) /></td>
                </tr>
            }.into_any()
        })
        .collect();
    view! {
        <table class="plain-table">
            <thead>
                <tr>
                    <th scope="col">{text::organization()}</th>
                    <th scope="col">{text::add_plan()}</th>
                    <th scope="col" class="num">{text::add_seats()}</th>
                    <th scope="col"><span class="sr">{text::choose()}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn review(
    row: AddableRow,
    chosen: RwSignal<Option<AddableRow>>,
    sending: Sending,
    on_close: Press,
) -> impl IntoView {
    let (link, provider, toasts) = (use_link(), use_provider(), Toasts::of_page());
    let named = untrack(|| provider.view().map(|view| view.name.clone())).unwrap_or_default();
    let (name, organization) = (row.name.clone(), row.organization);
    let submit = move || {
        let question = AddExisting { provider: provider.id_untracked(), organization };
        sending.send(link, question, move |made| {
            toasts.say(text::added(&format::isolate(&made.client.name)));
            on_close.run(());
        });
    };
    view! {
        <Form sending on_submit=submit class="inner">
            <div class="body">
                <p>{text::add_step(2)}</p>
                <ProblemNotice problem=sending.problem() />
                <p class="strong">{text::add_review(&format::isolate(&name), &format::isolate(&named))}</p>
                <dl class="facts">
                    <dt>{text::add_plan()}</dt><dd>{row.plan}</dd>
                    <dt>{text::add_seats()}</dt><dd class="figures">{format::number(row.seats)}</dd>
                </dl>
                <ul class="plain">
                    <li>{text::add_credit()}</li>
                    <li>{text::add_key()}</li>
                    <li>{text::add_afterwards()}</li>
                </ul>
            </div>
            <footer>
                <Button
                    label=text::add_back().to_owned()
                    on_press=move || if !sending.busy().get_untracked() {
                        sending.clear();
                        chosen.set(None);
                    }
                />
                <Button label=ui_text::cancel().to_owned() on_press=move || if !sending.busy().get_untracked() { on_close.run(()) } />
                <Button label=text::add_go().to_owned() kind=ButtonKind::Go submit=true busy=sending.busy() />
            </footer>
        </Form>
    }
}

fn why_not(obstacle: &AddObstacle) -> String {
    match obstacle {
        AddObstacle::HasProvider(Some(name)) => text::has_provider_named(&format::isolate(name)),
        AddObstacle::HasProvider(None) => text::has_provider().to_owned(),
        AddObstacle::NotOwner => text::not_owner().to_owned(),
        AddObstacle::SwitchedOff => text::switched_off().to_owned(),
        AddObstacle::Plan => text::wrong_plan().to_owned(),
        AddObstacle::NeedsPurchase => text::needs_purchase().to_owned(),
        AddObstacle::NotOffered => text::not_offered().to_owned(),
    }
}
