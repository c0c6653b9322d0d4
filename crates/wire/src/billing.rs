//! A provider's subscription, invoices and ways to pay.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};

use crate::{
    enums::{PaymentMethodType, PlanType, ProductTier, ProviderType},
    lenient::null_as_default,
    timestamp::Timestamp,
};

/// What the provider pays for. These records carry no `object`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderSubscription {
    /// The payment service's word: `active`, `trialing`, `past_due`, `unpaid`, `canceled` and others.
    #[serde(default, deserialize_with = "null_as_default")]
    pub status: String,
    pub current_period_end_date: Option<Timestamp>,
    pub discount_percentage: Option<f64>,
    /// `charge_automatically` or `send_invoice`.
    pub collection_method: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub plans: Vec<ProviderPlan>,
    /// What the provider has to its credit.
    #[serde(default, deserialize_with = "null_as_default")]
    pub account_credit: f64,
    pub tax_information: Option<TaxInformation>,
    pub cancel_at: Option<Timestamp>,
    pub suspension: Option<Suspension>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub provider_type: ProviderType,
    pub payment_source: Option<PaymentSource>,
}

/// One pool of seats.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderPlan {
    #[serde(default, deserialize_with = "null_as_default")]
    pub plan_name: String,
    #[serde(rename = "type")]
    pub kind: PlanType,
    #[serde(default, deserialize_with = "null_as_default")]
    pub product_tier: ProductTier,
    /// Seats paid for whether used or not.
    #[serde(default, deserialize_with = "null_as_default")]
    pub seat_minimum: i32,
    /// Seats paid for above the minimum.
    #[serde(default, deserialize_with = "null_as_default")]
    pub purchased_seats: i32,
    /// Seats given to clients.
    #[serde(default, deserialize_with = "null_as_default")]
    pub assigned_seats: i32,
    /// For minimum and purchased seats, before discount.
    #[serde(default, deserialize_with = "null_as_default")]
    pub cost: f64,
    /// `Monthly` or `Annual`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub cadence: String,
}

/// Where and how the provider is taxed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaxInformation {
    #[serde(default, deserialize_with = "null_as_default")]
    pub country: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub postal_code: String,
    pub tax_id: Option<String>,
    pub tax_id_type: Option<String>,
    pub line1: Option<String>,
    pub line2: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
}

/// When unpaid invoices lead to suspension.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suspension {
    #[serde(default, deserialize_with = "null_as_default")]
    pub suspension_date: Timestamp,
    #[serde(default, deserialize_with = "null_as_default")]
    pub unpaid_period_end_date: Timestamp,
    /// In days.
    #[serde(default, deserialize_with = "null_as_default")]
    pub grace_period: i32,
}

/// What the invoices are paid from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentSource {
    #[serde(rename = "type")]
    pub kind: PaymentMethodType,
    #[serde(default, deserialize_with = "null_as_default")]
    pub description: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub needs_verification: bool,
}

/// The invoices, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invoices {
    #[serde(default, deserialize_with = "null_as_default")]
    pub invoices: Vec<Invoice>,
}

/// One invoice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invoice {
    /// The payment service's id.
    pub id: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub date: Timestamp,
    pub number: Option<String>,
    /// `open`, `paid` or `uncollectible`.
    pub status: Option<String>,
    /// In dollars.
    #[serde(default, deserialize_with = "null_as_default")]
    pub total: f64,
    pub due_date: Option<Timestamp>,
    pub url: Option<String>,
}

/// What needs the provider's attention.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderWarnings {
    pub suspension: Option<SuspensionWarning>,
    pub tax_id: Option<TaxIdWarning>,
}

/// The provider is suspended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SuspensionWarning {
    /// `add_payment_method`, `contact_administrator` or `contact_support`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub resolution: String,
    pub subscription_cancels_at: Option<Timestamp>,
}

/// What of an organization's bills needs attention. Of these, a server without a payment service only knows the first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationWarnings {
    pub inactive_subscription: Option<InactiveSubscriptionWarning>,
    pub free_trial: Option<serde_json::Value>,
    pub reseller_renewal: Option<serde_json::Value>,
    pub tax_id: Option<TaxIdWarning>,
    pub scheduled_price_increase: Option<serde_json::Value>,
}

/// The organization is switched off.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InactiveSubscriptionWarning {
    /// `contact_provider`, `add_payment_method`, `resubscribe` or `contact_owner`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub resolution: String,
}

/// Something is wrong with the tax id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaxIdWarning {
    /// `tax_id_missing`, `tax_id_pending_verification` or `tax_id_failed_verification`.
    #[serde(rename = "type", default)]
    pub kind: String,
}

/// Other seats for an organization that buys them itself: by how many they change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdjustSeatsRequest {
    pub seat_adjustment: Option<i32>,
    pub max_autoscale_seats: Option<i32>,
}
