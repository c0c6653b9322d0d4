//! A log that is very long, for measuring how the server reads it.

use portal_bridge::{OrganizationId, ProviderId};
use portal_server::store::bulk::{EventLoad, repeat_event};
use portal_wire::{DeviceType, Event, EventType, Timestamp};

use crate::{Failure, Stage, stage::machine_now};

/// The events lie within the year that a server hands out at once. In milliseconds.
const YEAR_MS: i64 = 360 * 86_400_000;

/// Adds so many events to the logs of a client and of its provider.
pub(crate) async fn load(
    stage: &Stage,
    provider: ProviderId,
    organization: OrganizationId,
    events: usize,
) -> Result<(), Failure> {
    let count = i64::try_from(events).unwrap_or(i64::MAX);
    let like = Event {
        kind: EventType::CipherClientViewed,
        date: Timestamp(machine_now()),
        organization_id: Some(organization),
        provider_id: Some(provider),
        device_type: Some(DeviceType::FirefoxBrowser),
        ip_address: Some("203.0.113.10".to_owned()),
        ..Event::default()
    };
    let app = stage.app().clone();
    stage
        .backstage(async move {
            let store = &app.context().store;
            let indexes = EventLoad::begin(store).await?;
            repeat_event(store, &like, count, YEAR_MS / count.max(1)).await?;
            indexes.end(store).await
        })
        .await??;
    Ok(())
}
