//! A provider's own bookkeeping, which its Provider Admins share and this server cannot read: encrypted pages. All of them have one
//! revision, so that whoever writes has seen everything that was written before.

use axum::{
    Json,
    extract::{DefaultBodyLimit, State},
};
use portal_domain::{
    access::Action,
    limits::books::{MOST_PAGES, PAGE_LENGTH, PAGE_NAME, is_page_name},
};
use portal_wire::ProviderId;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, ProviderAdmin},
    http::{ApiError, Body, Ids, Validation},
    store::books::{self, BooksRefusal},
};

/// The largest request in bytes: a page and what stands around it.
const LARGEST: usize = PAGE_LENGTH + (1 << 10);

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(pages))
        .routes(routes!(page, write))
        .layer(DefaultBodyLimit::max(LARGEST))
}

/// What pages there are.
#[derive(Serialize)]
#[serde(tag = "object", rename = "providerBooks", rename_all = "camelCase")]
struct Books {
    /// Of all pages, to be said by whoever writes.
    revision: i64,
    pages: Vec<PageName>,
}

#[derive(Serialize)]
struct PageName {
    name: String,
    /// That of all pages when this one was written.
    revision: i64,
}

/// What pages a provider's books have.
#[utoipa::path(
    get,
    path = "/api/portal/providers/{providerId}/books",
    tag = "portal",
    responses((status = 200, description = "The pages."), (status = 401))
)]
async fn pages(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<Books>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::ViewProviderBilling)?;
    let books = books::pages(&mut *context.store.read().await?, &admin).await?;
    let pages = books.pages.into_iter().map(|(name, revision)| PageName { name, revision }).collect();
    Ok(Json(Books { revision: books.revision, pages }))
}

#[derive(Serialize)]
#[serde(tag = "object", rename = "providerBook", rename_all = "camelCase")]
struct Page {
    name: String,
    revision: i64,
    content: String,
}

/// A page.
#[utoipa::path(
    get,
    path = "/api/portal/providers/{providerId}/books/{name}",
    tag = "portal",
    responses((status = 200, description = "The page."), (status = 401), (status = 404))
)]
async fn page(
    State(context): State<Context>,
    caller: Caller,
    Ids((id, name)): Ids<(ProviderId, String)>,
) -> Result<Json<Page>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::ViewProviderBilling)?;
    let found = books::page(&mut *context.store.read().await?, &admin, &name).await?;
    let books::Page { revision, content } = found.ok_or(ApiError::NotFound)?;
    Ok(Json(Page { name, revision, content }))
}

#[derive(Deserialize)]
struct NewPage {
    /// That of all pages, as the writer knows it.
    revision: i64,
    content: String,
}

#[derive(Serialize)]
struct Written {
    revision: i64,
}

/// Writes a page, unless somebody wrote one meanwhile.
#[utoipa::path(
    put,
    path = "/api/portal/providers/{providerId}/books/{name}",
    tag = "portal",
    responses((status = 200, description = "The new revision."), (status = 400), (status = 401), (status = 409), (status = 413))
)]
async fn write(
    State(context): State<Context>,
    caller: Caller,
    Ids((id, name)): Ids<(ProviderId, String)>,
    Body(NewPage { revision, content }): Body<NewPage>,
) -> Result<Json<Written>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::ViewProviderBilling)?;
    check(&name, revision, &content)?;
    let mut tx = context.store.write().await?;
    let written = books::write(&mut tx, &admin, revision, &name, &content).await?;
    let revision = written.map_err(|refusal| match refusal {
        BooksRefusal::Changed => ApiError::Conflict(
            "Somebody else has written in these books since they were read. Nothing was changed.".to_owned(),
        ),
        BooksRefusal::Full => ApiError::refused(format!("There can be at most {MOST_PAGES} pages.")),
    })?;
    tx.commit().await?;
    Ok(Json(Written { revision }))
}

fn check(name: &str, revision: i64, content: &str) -> Result<(), ApiError> {
    let mut validation = Validation::new();
    if !is_page_name(name) {
        let rule = format!("A page has a name of up to {PAGE_NAME} small letters, digits and hyphens.");
        validation.error("Name", rule);
    }
    if revision < 0 {
        validation.error("Revision", "A revision is not negative.");
    }
    validation.at_most("Content", content, PAGE_LENGTH).enc_string("Content", content);
    if !content.starts_with("2.") {
        validation.error("Content", "A page is encrypted with a key of both halves (type 2).");
    }
    validation.finish()
}
