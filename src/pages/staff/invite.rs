use leptos::prelude::*;
use portal_bridge::{Action, Field, InviteStaff, JobId, StaffRole, Verdict};

use super::filters;
use crate::core_link::use_link;
use crate::form::{DialogForm, Sending};
use crate::live::{live, memo};
use crate::messages::staff as text;
use crate::pages::invited;
use crate::router::Router;
use crate::session::Provider;
use crate::shell::waits;
use crate::ui::{Choice, Dialog, Press, RadioCards};

const ADMIN: &str = "admin";
const SERVICE: &str = "service";

/// The dialog has an address of its own, so that a button anywhere can lead here.
pub(super) fn routed(provider: Provider, router: Router) -> impl IntoView {
    let here = memo(move || router.path().ends_with("/staff/invite"));
    let waits = waits();
    let may = memo(move || provider.verdict(Action::InviteStaff) == Verdict::Allowed && !waits.get());
    let close = move || {
        let mut address = router.address_untracked();
        address.path = untrack(|| provider.path("staff"));
        address.set("role", None);
        router.replace(&address.text());
    };
    live(move || {
        (here.get() && may.get()).then(|| {
            let role = if filters::wants_admins(router) { ADMIN } else { SERVICE };
            view! { <InviteDialog provider role on_close=close /> }.into_any()
        })
    })
}

#[component]
fn InviteDialog(provider: Provider, role: &'static str, #[prop(into)] on_close: Press) -> impl IntoView {
    let link = use_link();
    let typed = RwSignal::new(String::new());
    let role = RwSignal::new(role.to_owned());
    let sending = Sending::new(&[Field::Emails]);
    let begun = RwSignal::new(None::<JobId>);
    let parsed = invited::parsed(typed);

    let submit = move || {
        let emails = parsed.get_untracked();
        let faults = invited::faults(&emails);
        if sending.check(faults) {
            let role = if role.with_untracked(|role| role == ADMIN) {
                StaffRole::ProviderAdmin
            } else {
                StaffRole::ServiceUser
            };
            let question = InviteStaff { provider: provider.id_untracked(), emails, role };
            sending.send(link, question, move |job| begun.set(Some(job)));
        }
    };
    let roles = vec![
        Choice::new(SERVICE, text::service_user()).note(text::service_user_note()),
        Choice::new(ADMIN, text::provider_admin()).note(text::provider_admin_note()),
    ];
    let verb = Signal::derive(move || match parsed.with(Vec::len) {
        0 => text::invite_nobody().to_owned(),
        some => text::invite_go(some as u32),
    });
    view! {
        <Dialog title=text::invite_title().to_owned() wide=true held=sending.busy() on_close>
            {
                let roles = roles.clone();
                live(move || match begun.get() {
                    Some(job) => view! { <invited::Invited job on_close /> }.into_any(),
                    None => {
                        let roles = roles.clone();
                        view! {
                            <DialogForm sending verb on_submit=submit on_close>
                                <invited::Addresses typed sending />
                                <RadioCards legend=text::invite_role().to_owned() choices=roles.clone() value=role on_choose=move |chosen| role.set(chosen) />
                            </DialogForm>
                        }
                        .into_any()
                    }
                })
            }
        </Dialog>
    }
}
