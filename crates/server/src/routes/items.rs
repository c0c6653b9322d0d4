//! Vault items (contract §4.7): of an organization, and as far as its members need it, of a person.

mod admin;
mod member;
mod transfer;

use axum::{extract::DefaultBodyLimit, middleware::from_fn};
use portal_wire::{CipherType, cipher::CipherRequest};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    app::Context,
    http::{ApiError, Validation, compression::compress},
    store::ciphers::Item,
};

/// The largest import in bytes: some ten thousand items.
const LARGEST_IMPORT: usize = 40 * 1024 * 1024;

/// The routes of this area.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .merge(admin::routes())
        .merge(member::routes())
        .merge(transfer::routes().layer(DefaultBodyLimit::max(LARGEST_IMPORT)))
        .layer(from_fn(compress))
}

/// What every item must be: of a known kind, and named by something encrypted.
fn check(wrong: &mut Validation, prefix: &str, request: &CipherRequest) {
    let field = |name: &str| format!("{prefix}{name}");
    wrong.required(&field("Name"), &request.name).at_most(&field("Name"), &request.name, 1_000);
    if !request.name.trim().is_empty() {
        wrong.enc_string(&field("Name"), &request.name);
    }
    if let Some(notes) = request.notes.as_deref().filter(|notes| !notes.is_empty()) {
        wrong.enc_string(&field("Notes"), notes).at_most(&field("Notes"), notes, 10_000);
    }
    if let CipherType::Unknown(_) = request.kind {
        wrong.error(&field("Type"), "The Type field is not a kind of item.");
    }
}

/// Refuses a change made from something older than what is there.
fn check_revision(item: &Item, request: &CipherRequest) -> Result<(), ApiError> {
    match request.last_known_revision_date {
        Some(known) if known != item.revised_at => Err(out_of_date()),
        _ => Ok(()),
    }
}

fn out_of_date() -> ApiError {
    ApiError::refused(
        "The item was changed by somebody else since you opened it. Load it again, then repeat your change.",
    )
}
