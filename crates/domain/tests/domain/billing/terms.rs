//! What was set once for all billing.

mod colours;
mod letterheads;
mod price_books;
mod volumes;
