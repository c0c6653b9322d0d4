//! What was agreed about what seats cost whoever bills: as the server tells it where it tells anything, and as it was entered.

use std::rc::Rc;

use portal_bridge::{Action, BooksOf, Problem, ProblemKind, ProviderId};
use portal_domain::billing::{Agreement, PriceTable, Tiers};

use crate::Core;

/// The page of the books on which it is entered.
pub(crate) const AGREEMENT: &str = "agreement";

/// What was agreed.
pub(crate) struct Agreed {
    /// As it was entered.
    pub(crate) entered: Agreement,
    /// As the server tells it, and bills by it.
    pub(crate) server: Option<OnServer>,
}

/// What a server tells.
pub(crate) struct OnServer {
    pub(crate) tiers: Tiers,
    pub(crate) prices: PriceTable,
    /// Seats that count towards a discount today.
    pub(crate) seats: u32,
}

impl Agreed {
    /// The discounts that hold.
    pub(crate) fn tiers(&self) -> Tiers {
        self.server.as_ref().map_or_else(|| self.entered.tiers(), |server| server.tiers.clone())
    }

    /// What a seat costs before any discount, if anybody says.
    pub(crate) fn prices(&self) -> Option<&PriceTable> {
        self.server.as_ref().map(|server| &server.prices).or(self.entered.prices.as_ref())
    }
}

impl Core {
    /// What was agreed, for whoever may bill.
    pub(crate) async fn agreed(self: &Rc<Self>, of: BooksOf) -> Result<Agreed, Problem> {
        self.may_bill(of).await?;
        let server = match of {
            BooksOf::Provider(provider) => self.agreed_on_server(provider).await?,
            BooksOf::Own => None,
        };
        let entered = self.books(of).read(AGREEMENT).await?.unwrap_or_default();
        Ok(Agreed { entered, server })
    }

    /// Refuses everybody who does not bill: in a provider all but its Provider Admins, else those without a client that nobody else bills.
    pub(crate) async fn may_bill(&self, of: BooksOf) -> Result<(), Problem> {
        match of {
            BooksOf::Provider(provider) => self.require(provider, Action::ViewProviderBilling).await,
            BooksOf::Own if self.open()?.me().billed_clients().next().is_none() => {
                Err(ProblemKind::NotAllowed.into())
            }
            BooksOf::Own => Ok(()),
        }
    }

    /// `None` from servers that have nothing of the kind.
    async fn agreed_on_server(&self, provider: ProviderId) -> Result<Option<OnServer>, Problem> {
        let Some(terms) = self.provider_terms(provider).await? else { return Ok(None) };
        let prices = terms.price_table()?;
        Ok(Some(OnServer { tiers: terms.tiers, prices, seats: terms.cumulative_seats }))
    }
}
