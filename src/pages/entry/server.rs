use leptos::prelude::*;
use portal_bridge::{ChooseServer, Fault, Field, FieldProblem, GetServers, ServersView, SessionView, Topic};

use crate::core_link::use_link;
use crate::form::{ProblemNotice, Sending, fault};
use crate::live::{live, memo};
use crate::messages::entry as text;
use crate::ui::{Choice, SelectField};
use crate::view::{View, use_view};

/// Which server a form is for, where there are several. A handle that copies.
#[derive(Clone, Copy)]
pub struct Servers {
    view: View<GetServers>,
    choosing: Sending,
}

/// The servers that the form of this page may be for.
pub fn use_servers() -> Servers {
    let link = use_link();
    let out = memo(move || matches!(link.session(), Some(SessionView::SignedOut { .. })));
    let view = use_view(move || out.get().then_some(GetServers), || vec![Topic::Server]);
    Servers { view, choosing: Sending::new(&[]) }
}

impl Servers {
    /// Says that a server has to be chosen, where none is.
    pub fn check(self, faults: &mut Vec<FieldProblem>) {
        if self.view.map_untracked(undecided).unwrap_or(false) {
            faults.push(fault(Field::Server, Fault::Missing));
        }
    }

    /// The field of a form to choose one by; nothing where there is no choice.
    pub fn field(self, sending: Sending) -> impl IntoView {
        let Self { view, choosing } = self;
        let link = use_link();
        let problem = Signal::derive(move || view.problem().or_else(|| choosing.problem().get()));
        let again = move || {
            choosing.clear();
            view.again();
        };
        let some = memo(move || view.map(|servers| !servers.servers.is_empty()).unwrap_or(false));
        let choices = Signal::derive(move || view.map(choices).unwrap_or_default());
        let value =
            Signal::derive(move || view.map(|servers| servers.chosen.clone()).flatten().unwrap_or_default());
        let choose = move |key| choosing.send(link, ChooseServer { key }, |()| ());
        view! {
            <ProblemNotice problem again />
            {live(move || {
                some.get().then(|| view! {
                    <SelectField label=text::server().to_owned() choices value on_choose=choose fault=sending.fault(Field::Server) />
                }.into_any())
            })}
        }
    }
}

fn undecided(view: &ServersView) -> bool {
    view.chosen.is_none() && !view.servers.is_empty()
}

/// The servers, and before them the request to choose one while none is.
fn choices(view: &ServersView) -> Vec<Choice> {
    let none = undecided(view).then(|| Choice::new("", text::choose_server()));
    let servers = view.servers.iter().map(|server| Choice::new(&server.key, &server.name));
    none.into_iter().chain(servers).collect()
}
