//! The books of a provider: pages encrypted by its Provider Admins, under one revision that every change raises.

use portal_domain::limits::books::MOST_PAGES;

use super::{Db, StoreError, Tx, row::Columns};
use crate::auth::ProviderAdmin;

/// All pages of a provider, without what is in them.
pub struct Books {
    /// That of the newest page; 0 where nothing was written yet.
    pub revision: i64,
    /// Names and revisions, sorted by name.
    pub pages: Vec<(String, i64)>,
}

/// A page of a provider's books.
pub struct Page {
    /// That of all books when it was written.
    pub revision: i64,
    /// As it was sent.
    pub content: String,
}

/// Why a page was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BooksRefusal {
    /// Somebody wrote in these books since.
    Changed,
    /// There are as many pages as there can be.
    Full,
}

/// The pages there are.
pub async fn pages(db: &mut Db, admin: &ProviderAdmin) -> Result<Books, StoreError> {
    let rows = sqlx::query("SELECT name, revision FROM provider_books WHERE provider_id = $1 ORDER BY name")
        .bind(admin.provider_id().to_string())
        .fetch_all(db)
        .await?;
    let page = |row| Ok((Columns::text(row, "name")?, Columns::number(row, "revision")?));
    let pages = rows.iter().map(page).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(Books { revision: pages.iter().map(|(_, revision)| *revision).max().unwrap_or_default(), pages })
}

/// A page, if there is one of this name.
pub async fn page(db: &mut Db, admin: &ProviderAdmin, name: &str) -> Result<Option<Page>, StoreError> {
    sqlx::query("SELECT revision, content FROM provider_books WHERE provider_id = $1 AND name = $2")
        .bind(admin.provider_id().to_string())
        .bind(name.to_owned())
        .fetch_optional(db)
        .await?
        .map(|row| Ok(Page { revision: row.number("revision")?, content: row.text("content")? }))
        .transpose()
}

/// Writes a page, if the books are still of this revision, and tells the new one.
pub async fn write(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    revision: i64,
    name: &str,
    content: &str,
) -> Result<Result<i64, BooksRefusal>, StoreError> {
    let provider = admin.provider_id();
    // Nobody else writes in them between the look at the revision and the end of the transaction.
    tx.lock(&format!("books {provider}")).await?;
    let books = pages(tx, admin).await?;
    if books.revision != revision {
        return Ok(Err(BooksRefusal::Changed));
    }
    if books.pages.len() >= MOST_PAGES && !books.pages.iter().any(|(known, _)| known == name) {
        return Ok(Err(BooksRefusal::Full));
    }
    let next = revision.saturating_add(1);
    sqlx::query(
        "INSERT INTO provider_books (provider_id, name, revision, content) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (provider_id, name) DO UPDATE SET revision = excluded.revision, content = excluded.content",
    )
    .bind(provider.to_string())
    .bind(name.to_owned())
    .bind(next)
    .bind(content.to_owned())
    .execute(&mut **tx)
    .await?;
    Ok(Ok(next))
}
