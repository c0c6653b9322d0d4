//! The list of clients, however long, written while it is read.

use std::error::Error;

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    middleware::from_fn,
    response::{IntoResponse, Response},
};
use futures::{StreamExt, stream};
use portal_domain::access::Action;
use portal_wire::{ProviderId, client::ClientRow};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, ProviderMember},
    http::{ApiError, Ids, compression::compress, document::documents},
    store::clients::{self, Cursor},
};

const HEAD: &[u8] = br#"{"object":"list","continuationToken":null,"data":["#;
const TAIL: &[u8] = b"]}";

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(list)).layer(from_fn(compress))
}

/// The clients.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/organizations",
    tag = "clients",
    responses((status = 200, description = "A list.", body = documents::Clients), (status = 401), (status = 403))
)]
async fn list(
    State(context): State<Context>,
    caller: Caller,
    Ids(provider): Ids<ProviderId>,
) -> Result<Response, ApiError> {
    let staff = ProviderMember::permitted(&caller, provider, Action::ViewClients)?;
    // The first page is read before the status is sent, so that a failure is a 500 and not a list that breaks off.
    let (first, next) = read(&context, &staff, None).await?;
    let body = match next {
        None => Body::from([HEAD, &first, TAIL].concat()),
        Some(next) => {
            let rest = stream::try_unfold(Some(next), move |cursor| {
                let (context, staff) = (context.clone(), staff.clone());
                async move {
                    let Some(cursor) = cursor else { return Ok(None) };
                    let (rows, next) = read(&context, &staff, Some(cursor)).await.inspect_err(|error| {
                        let cause = error.source();
                        tracing::error!(?cause, "a list of clients broke off");
                    })?;
                    let comma: &[u8] = if rows.is_empty() { b"" } else { b"," };
                    let tail = if next.is_none() { TAIL } else { b"" };
                    Ok(Some((Bytes::from([comma, &rows, tail].concat()), next)))
                }
            });
            let first = Bytes::from([HEAD, &first].concat());
            Body::from_stream(stream::iter([Ok::<_, ApiError>(first)]).chain(rest))
        }
    };
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// Reads a page and writes its rows. Between pages no connection is held, so that a slow reader takes none away.
async fn read(
    context: &Context,
    staff: &ProviderMember,
    after: Option<Cursor>,
) -> Result<(Vec<u8>, Option<Cursor>), ApiError> {
    let (rows, next) = clients::page(&mut *context.store.read().await?, staff, after).await?;
    Ok((write(&rows)?, next))
}

/// Rows divided by commas.
fn write(rows: &[ClientRow]) -> Result<Vec<u8>, ApiError> {
    let mut text = Vec::with_capacity(rows.len() * 640);
    for (place, row) in rows.iter().enumerate() {
        if place > 0 {
            text.push(b',');
        }
        serde_json::to_writer(&mut text, row).map_err(ApiError::internal)?;
    }
    Ok(text)
}
