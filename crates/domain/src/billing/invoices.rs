//! What is owed, by a provider and by its clients, and what becomes of who does not pay.

mod charging;
mod client_invoice;
mod drafts;
mod issued;
mod margin;
mod numbering;
mod standing;
mod tax_id;
mod usage;

pub use charging::{Charge, ChargeError, ChargeLine, Item, Part, Subject, charge};
pub use client_invoice::{ClientInvoiceRow, NotDollars, client_invoice};
pub use drafts::{
    Billed, DRAFT_COLUMNS, Draft, DraftError, DraftLine, PlanUse, Quantity, What, draft, draft_rows,
};
pub use issued::{Bill, Issued, IssuedPage, Register};
pub use margin::{Margin, MarginError, margin};
pub use numbering::{BadNumbering, Fault, Numbering};
pub use standing::{Resolution, Standing, standing};
pub use tax_id::tax_id_kind;
pub use usage::{CountedBy, Usage, is_billable};
