//! Mail that waits to be sent. It is written in the transaction of what it tells, so neither goes without the other.

use portal_wire::{OrganizationUserId, ProviderId, ProviderUserId, Timestamp};
use uuid::Uuid;

use super::{Db, StoreError, Tx, row::Columns};

/// A mail to be sent.
#[derive(Clone, Debug, Default)]
pub struct NewMail {
    /// What it is about, in one word.
    pub kind: &'static str,
    /// To whom.
    pub recipient: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// The link in it, if that is what it is for.
    pub link: Option<String>,
    /// The provider it is about.
    pub provider_id: Option<ProviderId>,
    /// The invitation to staff it carries.
    pub provider_user_id: Option<ProviderUserId>,
    /// The invitation to an organization it carries.
    pub organization_user_id: Option<OrganizationUserId>,
}

/// A mail due to be sent.
#[derive(Clone, Debug)]
pub struct DueMail {
    /// Its id.
    pub id: Uuid,
    /// To whom.
    pub recipient: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// How often sending it was tried.
    pub attempts: i64,
}

/// Puts a mail into the outbox.
pub async fn add(tx: &mut Tx, mail: NewMail, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO outbox (id, kind, recipient, subject, body, link, provider_id, provider_user_id, \
         organization_user_id, created_at, attempts, next_attempt_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $10)",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(mail.kind)
    .bind(mail.recipient)
    .bind(mail.subject)
    .bind(mail.body)
    .bind(mail.link)
    .bind(mail.provider_id.map(|id| id.to_string()))
    .bind(mail.provider_user_id.map(|id| id.to_string()))
    .bind(mail.organization_user_id.map(|id| id.to_string()))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes the mails that are due, and puts them off until `retry_at`, so that no other process sends them meanwhile.
pub async fn take_due(
    tx: &mut Tx,
    now: Timestamp,
    retry_at: Timestamp,
    most_attempts: i64,
) -> Result<Vec<DueMail>, StoreError> {
    tx.lock("outbox").await?;
    let rows = sqlx::query(
        "SELECT id, recipient, subject, body, attempts FROM outbox \
         WHERE sent_at IS NULL AND next_attempt_at <= $1 AND attempts < $2 ORDER BY next_attempt_at LIMIT 20",
    )
    .bind(now.0)
    .bind(most_attempts)
    .fetch_all(&mut **tx)
    .await?;
    let mut due = Vec::with_capacity(rows.len());
    for row in rows {
        let mail = DueMail {
            id: row.id("id")?,
            recipient: row.text("recipient")?,
            subject: row.text("subject")?,
            body: row.text("body")?,
            attempts: row.number("attempts")?,
        };
        sqlx::query("UPDATE outbox SET attempts = attempts + 1, next_attempt_at = $1 WHERE id = $2")
            .bind(retry_at.0)
            .bind(mail.id.to_string())
            .execute(&mut **tx)
            .await?;
        due.push(mail);
    }
    Ok(due)
}

/// Notes that a mail was sent, and forgets its text and link, which may carry a token.
pub async fn sent(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE outbox SET sent_at = $1, body = '', link = NULL WHERE id = $2")
        .bind(now.0)
        .bind(id.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The newest unsent link of an invitation to staff.
pub async fn staff_invitation_link(
    db: &mut Db,
    invitation: ProviderUserId,
) -> Result<Option<String>, StoreError> {
    sqlx::query(
        "SELECT link FROM outbox WHERE provider_user_id = $1 AND link IS NOT NULL AND sent_at IS NULL \
         ORDER BY created_at DESC, id DESC LIMIT 1",
    )
    .bind(invitation.to_string())
    .fetch_optional(db)
    .await?
    .map(|row| row.text("link"))
    .transpose()
}
