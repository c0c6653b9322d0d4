//! The invoices, and the table of clients in each.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use portal_domain::{
    access::Action,
    billing::{ClientInvoiceRow, client_invoice},
};
use portal_wire::{ProviderId, billing};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::billable;
use crate::{
    app::Context,
    auth::{Caller, ProviderAdmin},
    http::{ApiError, Ids, document::documents, money::dollars},
    store::billing::{
        invoices::{self, Invoice},
        issue::{InvoicedClient, numbering},
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(invoices)).routes(routes!(invoice))
}

/// The invoices, newest first. There is no page to pay one at, so none has an address.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/billing/invoices",
    tag = "billing",
    responses((status = 200, description = "The invoices.", body = documents::Invoices), (status = 401), (status = 404))
)]
async fn invoices(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<billing::Invoices>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::ViewProviderBilling)?;
    let mut db = context.store.read().await?;
    billable(&mut db, id).await?;
    let numbering = numbering()?;
    let travels = |invoice: Invoice| billing::Invoice {
        date: invoice.issued_at,
        number: Some(numbering.written(invoice.number)),
        status: Some(invoice.status().to_owned()),
        total: dollars(invoice.total),
        due_date: Some(invoice.due.midnight()),
        url: None,
        id: invoice.id,
    };
    let found = invoices::of_provider(&mut db, &admin).await?;
    Ok(Json(billing::Invoices { invoices: found.into_iter().map(travels).collect() }))
}

/// The clients of one invoice, as they were when it was made, as CSV.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/billing/invoices/{invoiceId}",
    tag = "billing",
    responses((status = 200, description = "The table.", body = String, content_type = "text/csv"), (status = 401), (status = 404))
)]
async fn invoice(
    State(context): State<Context>,
    caller: Caller,
    Ids((id, of)): Ids<(ProviderId, String)>,
) -> Result<Response, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::ViewProviderBilling)?;
    let mut db = context.store.read().await?;
    billable(&mut db, id).await?;
    let (currency, rows) = invoices::clients(&mut db, &admin, &of).await?.ok_or(ApiError::NotFound)?;
    let ids: Vec<String> =
        rows.iter().map(|row| row.organization.map(|id| id.to_string()).unwrap_or_default()).collect();
    let table = client_invoice(currency, rows.iter().zip(&ids).map(|(row, id)| line(row, id)));
    let table = table.map_err(ApiError::internal)?;
    Ok(([(header::CONTENT_TYPE, "text/csv")], table).into_response())
}

fn line<'a>(row: &'a InvoicedClient, id: &'a str) -> ClientInvoiceRow<'a> {
    ClientInvoiceRow {
        client: &row.name,
        id,
        assigned: row.assigned,
        used: row.used,
        plan: &row.plan_name,
        total: row.total,
    }
}
