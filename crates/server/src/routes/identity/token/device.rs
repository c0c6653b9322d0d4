//! The installation somebody signs in from.

use portal_wire::DeviceType;

use super::{Attempt, Refusal};
use crate::{
    auth::{read_device_type, secrets},
    limits::{self, Limit},
    mail::letters,
    store::{
        devices::{self, Device},
        outbox,
        users::User,
    },
};

/// Accounts younger than this are not checked: their first devices all are new.
const TRUSTED_AGE: i64 = 24 * 3_600_000;
/// How long a mailed code is good.
const CODE_LIFE: i64 = 10 * 60_000;

/// The installation, as the form describes it.
pub(super) fn described(attempt: &Attempt<'_>) -> Result<Device, Refusal> {
    let form = attempt.form;
    match (form.get("deviceidentifier"), form.get("devicename"), kind(attempt)) {
        (Some(identifier), Some(name), Some(kind)) if identifier.len() <= 50 && name.len() <= 200 => {
            Ok(Device { identifier: identifier.to_owned(), name: name.to_owned(), kind })
        }
        _ => {
            let description = "No device information provided";
            Err(Refusal::with_model("device_error", description, "no device information provided"))
        }
    }
}

/// The kind of installation, if the form tells.
pub(super) fn kind(attempt: &Attempt<'_>) -> Option<DeviceType> {
    attempt.form.get("devicetype").and_then(read_device_type)
}

/// Whether a sign-in must be confirmed by a mailed code.
pub(super) enum NewDevice {
    /// It need not, or has been.
    No,
    /// It must.
    Refused(Refusal),
}

/// Checks a device an account was never used from, where there are others it was.
pub(super) async fn is_new(
    attempt: &Attempt<'_>,
    user: &User,
    device: &Device,
) -> Result<NewDevice, Refusal> {
    let context = attempt.context;
    let now = context.clock.now();
    let (count, known) =
        devices::known(&mut *context.store.read().await?, user.id, &device.identifier).await?;
    let young = now.0 - user.created_at.0 < TRUSTED_AGE;
    if !user.verify_devices || young || known || count == 0 {
        return Ok(NewDevice::No);
    }
    let hash = |code: &str| {
        data_encoding::HEXLOWER
            .encode(&context.secrets.keyed_hash("device code", format!("{} {code}", user.id).as_bytes()))
    };
    if let Some(code) = attempt.form.get("newdeviceotp") {
        limits::check(context, Limit::Proof, user.id).await?;
        let mut tx = context.store.write().await?;
        if devices::use_code(&mut tx, user.id, &hash(code.trim()), now).await? {
            tx.commit().await?;
            return Ok(NewDevice::No);
        }
        drop(tx);
        let refusal = Refusal::with_model("device_error", "Invalid New Device OTP", "invalid new device otp");
        return Ok(NewDevice::Refused(attempt.fail(refusal).await));
    }
    let code = format!("{:06}", u32::from_be_bytes(secrets::random::<4>()) % 1_000_000);
    let mut tx = context.store.write().await?;
    devices::keep_code(&mut tx, user.id, &hash(&code), now.saturating_add(CODE_LIFE)).await?;
    outbox::add(&mut tx, letters::new_device(&user.email, &code), now).await?;
    tx.commit().await?;
    let description = "New device verification required";
    Ok(NewDevice::Refused(Refusal::with_model(
        "device_error",
        description,
        "new device verification required",
    )))
}
