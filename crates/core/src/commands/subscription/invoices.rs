//! What a provider was billed.

use std::rc::Rc;

use portal_bridge::{
    Action, CsvFile, Day, DownloadInvoice, GetInvoiceLines, GetProviderInvoices, InvoiceLines, Money,
    Problem, ProblemKind, ProviderInvoice,
};
use portal_wire::{
    Timestamp,
    json::{Digits, Lenient},
};
use serde::Deserialize;

use super::super::Handle;
use crate::{
    Core,
    api::{Call, encode},
    stores::subscription::Subscription,
};

impl Handle for GetProviderInvoices {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<ProviderInvoice>, Problem> {
        core.require(self.0, Action::ViewProviderBilling).await?;
        let call = Call::get(format!("/api/providers/{}/billing/invoices", self.0));
        let told: Invoices = core.api.json(&call).await?;
        let today = Day::of(Timestamp(core.platform.now_ms()));
        Ok(told.invoices.into_iter().map(|invoice| invoice.shown(today)).collect())
    }
}

impl Handle for DownloadInvoice {
    async fn handle(self, core: &Rc<Core>) -> Result<CsvFile, Problem> {
        core.require(self.provider, Action::ViewProviderBilling).await?;
        let mut id = String::new();
        encode(&self.invoice, &mut id);
        let path = format!("/api/providers/{}/billing/invoices/{id}", self.provider);
        let bytes = core.api.bytes(&Call::get(path)).await?;
        let text = String::from_utf8(bytes).map_err(|_| Problem::from(ProblemKind::BadAnswer))?;
        let plain =
            |letter: char| if letter.is_ascii_alphanumeric() || "-_".contains(letter) { letter } else { '-' };
        let name: String = self.number.chars().map(plain).collect();
        // The server's table has quoted line breaks at most in names.
        let rows = u32::try_from(text.lines().count().saturating_sub(1)).unwrap_or(u32::MAX);
        Ok(CsvFile { name: format!("{name}.csv"), text, rows, unnamed: 0 })
    }
}

impl Handle for GetInvoiceLines {
    async fn handle(self, core: &Rc<Core>) -> Result<Box<InvoiceLines>, Problem> {
        core.require(self.provider, Action::ViewProviderBilling).await?;
        let whole = core.whole_invoice(self.provider, &self.invoice).await?;
        let clients = core.clients_so_far(self.provider).await;
        Ok(Box::new(InvoiceLines {
            id: self.invoice,
            number: whole.number.clone(),
            currency: whole.currency,
            paid: whole.paid_date.map(Day::of),
            credit_used: whole.credit_used,
            charge: whole.into_charged().shown(Some(&clients.table())),
        }))
    }
}

#[derive(Deserialize)]
struct Invoices {
    #[serde(default)]
    invoices: Vec<Invoice>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Invoice {
    id: String,
    #[serde(default)]
    date: Timestamp,
    number: Option<String>,
    status: Option<String>,
    total: Lenient<Digits>,
    due_date: Option<Timestamp>,
    url: Option<String>,
}

impl Invoice {
    fn shown(self, today: Day) -> ProviderInvoice {
        let status = self.status.unwrap_or_default();
        let due = self.due_date.map(Day::of);
        let total = self.total.0.and_then(|digits| Subscription::CURRENCY.read_amount(&digits.0));
        ProviderInvoice {
            number: self.number.filter(|number| !number.is_empty()).unwrap_or_else(|| self.id.clone()),
            id: self.id,
            date: Day::of(self.date),
            total: total.map(|amount| Money { amount, currency: Subscription::CURRENCY }),
            overdue: status == "open" && due.is_some_and(|due| due < today),
            status,
            due,
            // Whatever else stands there is no page to pay at.
            link: self.url.filter(|url| url.starts_with("https://")),
        }
    }
}
