//! Billing: what its pages share.

texts! {
    label => "Billing",
    navigation => "Pages of billing",
    subscription => "Subscription",
    ledger => "Seat ledger",
    discounts => "Discount tiers",
    invoices => "Client invoices",
}
