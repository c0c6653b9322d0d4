//! Sending what is in the outbox, where a mail server is set.

pub mod invitations;
pub mod letters;

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use tokio::{sync::watch, time::interval};

use crate::{
    app::Context,
    settings::Smtp,
    store::outbox::{self, DueMail},
};

/// How often the outbox is looked at.
const PAUSE: Duration = Duration::from_secs(5);
/// After how many tries a mail is given up.
const MOST_ATTEMPTS: i64 = 10;
/// How long a failed mail waits for its next try, and how long another process leaves it alone.
const RETRY_AFTER: i64 = 5 * 60_000;

/// Why mail cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address of the mail server makes no sense.
    #[error("smtp-url: {0}; write it as smtps://name:password@host")]
    Url(lettre::transport::smtp::Error),
    /// The sender is no address.
    #[error("smtp-from: {0}; write it as \"Portal <portal@example.test>\"")]
    From(lettre::address::AddressError),
}

/// Sends mail.
pub(crate) struct Sender {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Sender {
    /// Ready to send.
    pub(crate) fn new(smtp: &Smtp) -> Result<Self, MailError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(smtp.url.reveal())
            .map_err(MailError::Url)?
            .timeout(Some(Duration::from_secs(30)))
            .build();
        Ok(Self { transport, from: smtp.from.parse().map_err(MailError::From)? })
    }

    /// Sends what is due until told to stop, never stopping in the middle of a mail.
    pub(crate) async fn run(self, context: Context, mut stopped: watch::Receiver<bool>) {
        let mut tick = interval(PAUSE);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                _ = stopped.wait_for(|stopped| *stopped) => return,
            }
            if let Err(error) = self.send_due(&context).await {
                tracing::warn!(%error, "the outbox could not be read");
            }
        }
    }

    async fn send_due(&self, context: &Context) -> Result<(), crate::store::StoreError> {
        let now = context.clock.now();
        let mut tx = context.store.write().await?;
        let due = outbox::take_due(&mut tx, now, now.saturating_add(RETRY_AFTER), MOST_ATTEMPTS).await?;
        tx.commit().await?;
        for mail in due {
            match self.send(&mail).await {
                Ok(()) => {
                    let mut tx = context.store.write().await?;
                    outbox::sent(&mut tx, mail.id, context.clock.now()).await?;
                    tx.commit().await?;
                }
                Err(error) => {
                    tracing::warn!(mail = %mail.id, attempt = mail.attempts + 1, %error, "a mail could not be sent");
                }
            }
        }
        Ok(())
    }

    async fn send(&self, mail: &DueMail) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(mail.recipient.parse()?)
            .subject(&mail.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())?;
        self.transport.send(message).await?;
        Ok(())
    }
}
