//! Plans and payment.

use super::numbered;

numbered! {
    /// The family a plan belongs to.
    pub enum ProductTier {
        /// Free.
        Free = 0,
        /// Families.
        Families = 1,
        /// Teams.
        Teams = 2,
        /// Enterprise.
        Enterprise = 3,
        /// Teams Starter.
        TeamsStarter = 4,
    }
}

numbered! {
    /// A plan of one generation and cadence.
    pub enum PlanType {
        /// Free.
        Free = 0,
        /// Families of 2019.
        Families2019 = 1,
        /// Teams of 2019, monthly.
        TeamsMonthly2019 = 2,
        /// Teams of 2019, annually.
        TeamsAnnually2019 = 3,
        /// Enterprise of 2019, monthly.
        EnterpriseMonthly2019 = 4,
        /// Enterprise of 2019, annually.
        EnterpriseAnnually2019 = 5,
        /// Agreed individually.
        Custom = 6,
        /// Families of 2025.
        Families2025 = 7,
        /// Teams of 2020, monthly.
        TeamsMonthly2020 = 8,
        /// Teams of 2020, annually.
        TeamsAnnually2020 = 9,
        /// Enterprise of 2020, monthly.
        EnterpriseMonthly2020 = 10,
        /// Enterprise of 2020, annually.
        EnterpriseAnnually2020 = 11,
        /// Teams of 2023, monthly.
        TeamsMonthly2023 = 12,
        /// Teams of 2023, annually.
        TeamsAnnually2023 = 13,
        /// Enterprise of 2023, monthly.
        EnterpriseMonthly2023 = 14,
        /// Enterprise of 2023, annually.
        EnterpriseAnnually2023 = 15,
        /// Teams Starter of 2023.
        TeamsStarter2023 = 16,
        /// Teams, monthly.
        TeamsMonthly = 17,
        /// Teams, annually.
        TeamsAnnually = 18,
        /// Enterprise, monthly.
        EnterpriseMonthly = 19,
        /// Enterprise, annually.
        EnterpriseAnnually = 20,
        /// Teams Starter.
        TeamsStarter = 21,
        /// Families.
        Families = 22,
    }
}

numbered! {
    /// How somebody pays.
    pub enum PaymentMethodType {
        /// Card.
        Card = 0,
        /// Bank account.
        BankAccount = 1,
        /// PayPal.
        PayPal = 2,
        /// BitPay.
        BitPay = 3,
        /// Account credit.
        Credit = 4,
        /// Wire transfer.
        WireTransfer = 5,
        /// Check.
        Check = 8,
        /// No method.
        None = 255,
    }
}
