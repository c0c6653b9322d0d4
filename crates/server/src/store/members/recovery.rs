//! Recovering members' accounts, and agreeing to it.

use portal_domain::access::MemberDeed;
use portal_wire::{
    EventType, KdfType, OrganizationUserId, ProviderUserType, Timestamp, UserId, membership::RecoveryDetails,
};

use super::{Member, MemberRefusal, among, lock, rules};
use crate::{
    auth::{OrganizationAccess, organization::Membership},
    store::{
        Db, StoreError, Tx,
        events::{self, NewEvent},
        row::Columns,
        users,
    },
};

/// What it takes to recover the accounts of those among `ids` whose account the caller can recover.
pub async fn recovery_details(
    db: &mut Db,
    access: &OrganizationAccess,
    ids: &[OrganizationUserId],
) -> Result<Vec<Result<RecoveryDetails, MemberRefusal>>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for member in among(db, access, ids).await? {
        let Some(user) = member.user_id else {
            found.push(Err(MemberRefusal::WrongState));
            continue;
        };
        found.push(match check(db, access, &member, user).await? {
            Ok(()) => Ok(details(db, access, &member, user).await?),
            Err(refusal) => Err(refusal),
        });
    }
    Ok(found)
}

async fn details(
    db: &mut Db,
    access: &OrganizationAccess,
    member: &Member,
    user: UserId,
) -> Result<RecoveryDetails, StoreError> {
    let row = sqlx::query(
        "SELECT person.kdf, person.kdf_iterations, person.kdf_memory, person.kdf_parallelism, person.salt, \
         member.reset_password_key, (SELECT private_key FROM organization_keys keys \
         WHERE keys.organization_id = $2) AS private_key FROM users person \
         JOIN organization_users member ON member.user_id = person.id AND member.organization_id = $2 \
         WHERE person.id = $1",
    )
    .bind(user.to_string())
    .bind(access.organization_id().to_string())
    .fetch_one(db)
    .await?;
    let small = |column| -> Result<Option<u32>, StoreError> {
        Ok(row.small_maybe(column)?.and_then(|number| u32::try_from(number).ok()))
    };
    Ok(RecoveryDetails {
        organization_user_id: member.id,
        kdf: KdfType::from_number(row.small("kdf")?),
        kdf_iterations: small("kdf_iterations")?.unwrap_or_default(),
        kdf_memory: small("kdf_memory")?,
        kdf_parallelism: small("kdf_parallelism")?,
        master_password_salt: Some(row.text_maybe("salt")?.unwrap_or_else(|| member.email.clone())),
        reset_password_key: row.text_maybe("reset_password_key")?,
        encrypted_private_key: row.text_maybe("private_key")?,
    })
}

/// The rules of the role table, and one more: who recovers somebody of the provider's staff must be no less there.
async fn check(
    db: &mut Db,
    access: &OrganizationAccess,
    member: &Member,
    user: UserId,
) -> Result<Result<(), MemberRefusal>, StoreError> {
    if let Err(refusal) = rules::check(db, access, MemberDeed::Recover, member, &[]).await? {
        return Ok(Err(refusal));
    }
    let roles = sqlx::query("SELECT provider_id, type FROM provider_users WHERE user_id = $1 AND status = 2")
        .bind(user.to_string())
        .fetch_all(db)
        .await?;
    for row in &roles {
        let admin = ProviderUserType::from_number(row.small("type")?) == ProviderUserType::ProviderAdmin;
        let provider = row.id("provider_id")?;
        let equal = access.provider().is_some_and(|mine| {
            mine.provider_id == provider && (mine.role == ProviderUserType::ProviderAdmin || !admin)
        });
        if !equal {
            return Ok(Err(MemberRefusal::AboveYourself));
        }
    }
    Ok(Ok(()))
}

/// What becomes of an account that is recovered.
#[derive(Clone, Debug, Default)]
pub struct Recovery {
    /// The stored hash of the new password, and the user's key under it.
    pub password: Option<(String, String)>,
    /// Two-step login is taken away.
    pub two_step: bool,
}

/// Recovers a member's account; `None` if there is no such member.
pub async fn recover(
    tx: &mut Tx,
    access: &OrganizationAccess,
    id: OrganizationUserId,
    recovery: &Recovery,
    now: Timestamp,
) -> Result<Option<Result<Member, MemberRefusal>>, StoreError> {
    lock(tx, access.organization_id()).await?;
    users::lock_many(tx).await?;
    let Some(member) = among(tx, access, &[id]).await?.pop() else { return Ok(None) };
    let Some(user) = member.user_id else { return Ok(Some(Err(MemberRefusal::WrongState))) };
    if let Err(refusal) = check(tx, access, &member, user).await? {
        return Ok(Some(Err(refusal)));
    }
    let mut kinds = Vec::new();
    if let Some((hash, key)) = &recovery.password {
        users::replace_password(tx, user, hash, key).await?;
        kinds.push(EventType::OrganizationUserAdminResetPassword);
    }
    if recovery.two_step {
        users::take_two_step(tx, user).await?;
        kinds.push(EventType::OrganizationUserAdminResetTwoFactor);
    }
    for kind in kinds {
        let event = NewEvent {
            organization_id: Some(access.organization_id()),
            provider_id: access.provider_for_events(),
            organization_user_id: Some(member.id),
            user_id: Some(user),
            ..NewEvent::by(access.caller(), kind, now)
        };
        events::record(tx, event).await?;
    }
    users::touch(tx, user, now).await?;
    Ok(Some(Ok(member)))
}

/// Agrees to account recovery, or takes that back.
pub async fn enroll(
    tx: &mut Tx,
    access: &OrganizationAccess,
    membership: &Membership,
    key: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE organization_users SET reset_password_key = $1, revised_at = $2 WHERE id = $3")
        .bind(key.map(str::to_owned))
        .bind(now.0)
        .bind(membership.id.to_string())
        .execute(&mut **tx)
        .await?;
    let kind = match key {
        Some(_) => EventType::OrganizationUserResetPasswordEnroll,
        None => EventType::OrganizationUserResetPasswordWithdraw,
    };
    let event = NewEvent {
        organization_id: Some(access.organization_id()),
        organization_user_id: Some(membership.id),
        user_id: Some(access.caller().user_id()),
        ..NewEvent::by(access.caller(), kind, now)
    };
    events::record(tx, event).await?;
    users::touch(tx, access.caller().user_id(), now).await
}
