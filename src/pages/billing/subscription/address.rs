//! Where the provider is billed.

use leptos::prelude::*;
use portal_bridge::{BillingAddress, Field, GetBillingAddress, GetSubscription, SaveBillingAddress};

use crate::core_link::use_link;
use crate::form::{DialogForm, ProblemNotice, Sending};
use crate::live::{live, memo};
use crate::messages::{entry, settings, subscription as text, ui as words};
use crate::session::{Provider, use_provider};
use crate::ui::{Button, Dialog, Press, Skeleton, TextField, Toasts};
use crate::view::{View, use_view};

/// The address as it is known. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Place {
    view: View<GetBillingAddress>,
    /// What is said about its tax id.
    subscription: View<GetSubscription>,
    provider: Provider,
}

impl Place {
    /// Opens the form with what is known.
    pub(super) fn edit(self, editing: RwSignal<Option<BillingAddress>>) {
        if let Some(known) = self.view.map_untracked(Option::clone) {
            editing.set(Some(known.unwrap_or_default()));
        }
    }
}

/// Asks for the address where the person may see it.
pub(super) fn use_place(pays: Memo<bool>, subscription: View<GetSubscription>) -> Place {
    let provider = use_provider();
    let view = use_view(move || pays.get().then(|| GetBillingAddress(provider.id())), Vec::new);
    Place { view, subscription, provider }
}

pub(super) fn section(place: Place, editing: RwSignal<Option<BillingAddress>>) -> AnyView {
    let view = place.view;
    let known = memo(move || view.get());
    view! {
        <section aria-labelledby="address">
            <h2 id="address">{text::address()}</h2>
            <ProblemNotice problem=Signal::derive(move || view.problem()) again=move || view.again() />
            {move || match known.get() {
                Some(address) => view! {
                    {lines(address)}
                    <div class="across"><Button label=text::change().to_owned() on_press=move || place.edit(editing) /></div>
                }.into_any(),
                None if view.problem().is_some() => ().into_any(),
                None => view! { <Skeleton /> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

fn lines(address: Option<BillingAddress>) -> AnyView {
    let Some(address) = address else {
        return view! { <p class="quiet">{text::no_address()}</p> }.into_any();
    };
    let town = format!("{} {}", address.postal_code, address.city);
    let tax_id = (!address.tax_id.is_empty()).then(|| format!("{} {}", text::tax_id(), address.tax_id));
    let all = [address.line1, address.line2, town, address.state, address.country];
    let all = all.into_iter().chain(tax_id).filter(|line| !line.trim().is_empty());
    view! { <address>{all.map(|line| view! { <bdi class="block">{line}</bdi> }.into_any()).collect_view()}</address> }.into_any()
}

/// The form, while it is open.
pub(super) fn dialog(place: Place, editing: RwSignal<Option<BillingAddress>>) -> AnyView {
    live(move || {
        editing.get().map(|address| {
            view! { <AddressDialog place address on_close=move || editing.set(None) /> }.into_any()
        })
    })
}

#[component]
fn AddressDialog(place: Place, address: BillingAddress, #[prop(into)] on_close: Press) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let sending = Sending::new(&[Field::Country, Field::PostalCode, Field::TaxId, Field::TaxIdKind]);
    let BillingAddress { country, postal_code, line1, line2, city, state, tax_id, tax_id_kind } = address;
    let [country, postal_code, line1, line2, city, state, tax_id, tax_id_kind] =
        [country, postal_code, line1, line2, city, state, tax_id, tax_id_kind].map(RwSignal::new);
    let submit = move || {
        let address = BillingAddress {
            country: country.get_untracked(),
            postal_code: postal_code.get_untracked(),
            line1: line1.get_untracked(),
            line2: line2.get_untracked(),
            city: city.get_untracked(),
            state: state.get_untracked(),
            tax_id: tax_id.get_untracked(),
            tax_id_kind: tax_id_kind.get_untracked(),
        };
        let question = SaveBillingAddress { provider: place.provider.id_untracked(), address };
        sending.send(link, question, move |()| {
            toasts.say(settings::saved());
            place.view.again();
            place.subscription.again();
            on_close.run(());
        });
    };
    view! {
        <Dialog title=text::change_address().to_owned() held=sending.busy() on_close>
            <DialogForm sending verb=text::save().to_owned() on_submit=submit on_close>
                <TextField label=text::line1().to_owned() value=line1 autocomplete="address-line1" name="line1" limit=200 optional=words::optional() first=true />
                <TextField label=text::line2().to_owned() value=line2 autocomplete="address-line2" name="line2" limit=200 optional=words::optional() />
                <div class="pair">
                    <TextField label=entry::postal_code().to_owned() value=postal_code autocomplete="postal-code" name="postal-code" limit=200 fault=sending.fault(Field::PostalCode) />
                    <TextField label=text::city().to_owned() value=city autocomplete="address-level2" name="city" limit=200 optional=words::optional() />
                </div>
                <div class="pair">
                    <TextField label=entry::country().to_owned() value=country autocomplete="country" name="country" limit=2 hint=entry::country_hint() fault=sending.fault(Field::Country) />
                    <TextField label=text::state().to_owned() value=state autocomplete="address-level1" name="state" limit=200 optional=words::optional() />
                </div>
                <TextField label=text::tax_id().to_owned() value=tax_id name="tax-id" limit=200 optional=words::optional() hint=text::tax_id_hint() fault=sending.fault(Field::TaxId) />
                <TextField label=text::tax_id_kind().to_owned() value=tax_id_kind name="tax-id-kind" limit=200 optional=words::optional() hint=text::tax_id_kind_hint() fault=sending.fault(Field::TaxIdKind) />
            </DialogForm>
        </Dialog>
    }
}
