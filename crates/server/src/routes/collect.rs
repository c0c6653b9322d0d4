//! What clients saw people do with items and vaults (contract §4.7): events only a client can know of.

use axum::extract::State;
use portal_wire::{EventType, Timestamp, vault::CollectedEvent};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body},
    store::{
        StoreError, Tx, ciphers,
        events::{self, NewEvent},
    },
};

/// How many events one request tells of at most.
const MOST: usize = 1_000;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(collect))
}

/// Takes events in. What only the server knows, and what is about things the caller has nothing to do with, is left out.
#[utoipa::path(
    post,
    path = "/events/collect",
    tag = "events",
    responses((status = 200, description = "Taken in."), (status = 400), (status = 401))
)]
async fn collect(
    State(context): State<Context>,
    caller: Caller,
    Body(collected): Body<Vec<CollectedEvent>>,
) -> Result<(), ApiError> {
    if collected.len() > MOST {
        return Err(ApiError::refused(format!("At most {MOST} events can be sent at once.")));
    }
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    for event in &collected {
        if let Some(event) = seen(&mut tx, &caller, event, now).await? {
            if event.kind == EventType::UserClientExportedVault {
                events::record_personal(&mut tx, event).await?;
            } else {
                events::record(&mut tx, event).await?;
            }
        }
    }
    Ok(tx.commit().await?)
}

/// The event as it is logged, if it is one that a client may tell of.
async fn seen(
    tx: &mut Tx,
    caller: &Caller,
    event: &CollectedEvent,
    now: Timestamp,
) -> Result<Option<NewEvent>, StoreError> {
    // Clients collect for a while before they send; their clocks may be ahead.
    let date = if event.date.0 <= 0 { now } else { event.date.min(now) };
    match event.kind {
        EventType::UserClientExportedVault => {
            Ok(Some(NewEvent { user_id: Some(caller.user_id()), ..NewEvent::by(caller, event.kind, date) }))
        }
        EventType::OrganizationClientExportedVault => {
            let Some(organization) = event.organization_id else { return Ok(None) };
            let access = OrganizationAccess::of(tx, caller, organization).await?;
            Ok(access.map(|access| events::in_organization(&access, event.kind, date)))
        }
        kind if is_use_of_item(kind) => {
            let Some(cipher) = event.cipher_id else { return Ok(None) };
            let about = |event: NewEvent| NewEvent { cipher_id: Some(cipher), ..event };
            match ciphers::organization_of(tx, cipher).await? {
                Some(organization) => {
                    let access = OrganizationAccess::of(tx, caller, organization).await?;
                    Ok(access.map(|access| about(events::in_organization(&access, kind, date))))
                }
                None if ciphers::is_own(tx, caller, cipher).await? => Ok(Some(about(NewEvent {
                    user_id: Some(caller.user_id()),
                    ..NewEvent::by(caller, kind, date)
                }))),
                None => Ok(None),
            }
        }
        _ => Ok(None),
    }
}

/// The events of items that happen in a client: viewed, shown, copied, filled in.
fn is_use_of_item(kind: EventType) -> bool {
    matches!(kind.number(), 1107..=1114 | 1117..=1132) && !matches!(kind, EventType::Unknown(_))
}
