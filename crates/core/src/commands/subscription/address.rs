//! Where a provider is billed.

use std::rc::Rc;

use portal_bridge::{Action, BillingAddress, Fault, Field, GetBillingAddress, Problem, SaveBillingAddress};
use portal_domain::billing::tax_id_kind;
use portal_wire::provider::{BillingAddress as WireAddress, TaxId};

use super::super::Handle;
use crate::{Core, api::Call, fields::Fields};

/// Characters of each part, by the embedded server's rule.
const LONGEST: usize = 200;

impl Handle for GetBillingAddress {
    async fn handle(self, core: &Rc<Core>) -> Result<Option<BillingAddress>, Problem> {
        core.require(self.0, Action::ViewProviderBilling).await?;
        let known: Option<WireAddress> = core.api.json(&Call::get(path(self.0))).await?;
        Ok(known.map(shown))
    }
}

impl Handle for SaveBillingAddress {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.require(self.provider, Action::ViewProviderBilling).await?;
        let address = checked(&self.address)?;
        // The same address twice is the same as once.
        core.api.done(&Call::put(path(self.provider)).repeatable().json(&address)).await?;
        Ok(())
    }
}

fn path(provider: portal_bridge::ProviderId) -> String {
    format!("/api/providers/{provider}/billing/vnext/address")
}

fn shown(address: WireAddress) -> BillingAddress {
    let (kind, tax_id) = address.tax_id.map(|id| (id.code, id.value)).unwrap_or_default();
    // What the country says follows it when that is changed.
    let follows = tax_id_kind(&address.country) == Some(kind.as_str());
    BillingAddress {
        country: address.country,
        postal_code: address.postal_code,
        line1: address.line1.unwrap_or_default(),
        line2: address.line2.unwrap_or_default(),
        city: address.city.unwrap_or_default(),
        state: address.state.unwrap_or_default(),
        tax_id,
        tax_id_kind: if follows { String::new() } else { kind },
    }
}

fn checked(address: &BillingAddress) -> Result<WireAddress, Problem> {
    let mut fields = Fields::default();
    let mut part = |field: Field, text: &str| {
        let text = text.trim().to_owned();
        if text.chars().count() > LONGEST {
            fields.refuse(field, Fault::TooLong { limit: 200 });
        }
        text
    };
    let country = part(Field::Country, &address.country).to_ascii_uppercase();
    let postal_code = part(Field::PostalCode, &address.postal_code);
    let [line1, line2, city, state] =
        [&address.line1, &address.line2, &address.city, &address.state].map(|text| part(Field::Other, text));
    let tax_id = part(Field::TaxId, &address.tax_id);
    let given_kind = part(Field::TaxIdKind, &address.tax_id_kind);
    if country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase()) {
        fields.refuse(Field::Country, Fault::Malformed);
    }
    if postal_code.is_empty() {
        fields.refuse(Field::PostalCode, Fault::Missing);
    }
    let kind = if given_kind.is_empty() { tax_id_kind(&country).unwrap_or_default() } else { &given_kind };
    if !tax_id.is_empty() && kind.is_empty() {
        fields.refuse(Field::TaxIdKind, Fault::Missing);
    }
    let tax_id = (!tax_id.is_empty()).then(|| TaxId { code: kind.to_owned(), value: tax_id });
    fields.finish()?;
    let some = |text: String| (!text.is_empty()).then_some(text);
    Ok(WireAddress {
        country,
        postal_code,
        line1: some(line1),
        line2: some(line2),
        city: some(city),
        state: some(state),
        tax_id,
    })
}
