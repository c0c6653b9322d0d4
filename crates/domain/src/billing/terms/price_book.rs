//! What clients pay: one price list for all of them, and what is different for some.

use portal_wire::OrganizationId;
use serde::{Deserialize, Serialize};

use super::{TermsError, Text};
use crate::billing::{Numbering, PriceList, Service};

/// Everything that is needed to bill clients, besides their seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "Unchecked")]
pub struct PriceBook {
    /// What every client pays that has no list of its own.
    pub standard: Option<PriceList>,
    /// What is different for some clients, by rising id, each once: see [`Self::set`].
    pub clients: Vec<ClientTerms>,
    /// How invoices are numbered.
    pub numbering: Numbering,
    /// How many days after its date an invoice is due; 0 is at once.
    pub due_days: u16,
}

/// What is different for a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ClientTerms {
    /// Whose terms they are.
    pub organization: OrganizationId,
    /// Its own price list, instead of the one for everybody.
    pub list: Option<PriceList>,
    /// Services on top of those in the list, priced in its currency.
    pub services: Vec<Service>,
    /// To whom the invoice is addressed, in lines; empty is the client's name.
    pub bill_to: String,
    /// What the client wants to read on its invoices; may be empty.
    pub reference: String,
    /// Whether it gets no invoices.
    pub left_out: bool,
}

/// A book as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Unchecked {
    standard: Option<PriceList>,
    clients: Vec<ClientTerms>,
    numbering: Numbering,
    due_days: u16,
}

impl PriceBook {
    /// Most clients with terms of their own.
    pub const MOST_CLIENTS: usize = 100_000;
    /// Most days until an invoice is due.
    pub const MOST_DUE_DAYS: u16 = 365;

    /// What is different for the client, if anything is.
    pub fn terms_of(&self, organization: OrganizationId) -> Option<&ClientTerms> {
        self.clients.get(self.place_of(organization).ok()?)
    }

    /// What the client pays: its own list or the one for everybody, and the services it has besides.
    pub fn list_of(&self, organization: OrganizationId) -> Result<PriceList, TermsError> {
        match self.terms_of(organization) {
            Some(terms) => merged(self.standard.as_ref(), terms),
            None => self.standard.clone().ok_or(TermsError::NoList),
        }
    }

    /// Sets what is different for a client, in place of what was; if nothing is, it has no entry.
    pub fn set(&mut self, terms: ClientTerms) -> Result<(), TermsError> {
        let terms = terms.checked()?;
        if !terms.services.is_empty() {
            merged(self.standard.as_ref(), &terms)?;
        }
        let nothing = ClientTerms { organization: terms.organization, ..ClientTerms::default() };
        match (self.place_of(terms.organization), terms == nothing) {
            (Ok(at), true) => drop(self.clients.remove(at)),
            (Err(_), true) => {}
            (Ok(at), false) => {
                if let Some(there) = self.clients.get_mut(at) {
                    *there = terms;
                }
            }
            (Err(_), false) if self.clients.len() >= Self::MOST_CLIENTS => {
                return Err(TermsError::TooManyClients);
            }
            (Err(at), false) => self.clients.insert(at, terms),
        }
        Ok(())
    }

    /// Sets the list for everybody. Services of clients without a list of their own are priced in its currency, which can change
    /// only if there are none.
    pub fn set_standard(&mut self, list: PriceList) -> Result<(), TermsError> {
        let before = self.standard.as_ref().map(PriceList::currency);
        if let Some(currency) = before.filter(|before| *before != list.currency()) {
            let priced = |terms: &&ClientTerms| terms.list.is_none() && !terms.services.is_empty();
            let clients = self.clients.iter().filter(priced).count();
            if clients > 0 {
                return Err(TermsError::CurrencyInUse { clients, currency });
            }
        }
        // What clients have on top of their lists has to fit on the new one, too.
        self.merge_all(Some(&list))?;
        self.standard = Some(list);
        Ok(())
    }

    /// The same, if all of it makes sense.
    pub fn checked(mut self) -> Result<Self, TermsError> {
        if self.clients.len() > Self::MOST_CLIENTS {
            return Err(TermsError::TooManyClients);
        }
        if self.due_days > Self::MOST_DUE_DAYS {
            return Err(TermsError::DueTooLate);
        }
        self.clients = self.clients.into_iter().map(ClientTerms::checked).collect::<Result<_, _>>()?;
        self.clients.sort_by_key(|terms| terms.organization);
        let twice =
            |pair: &[ClientTerms]| matches!(pair, [one, next] if one.organization == next.organization);
        if self.clients.windows(2).any(twice) {
            return Err(TermsError::Twice);
        }
        self.merge_all(self.standard.as_ref())?;
        Ok(self)
    }

    fn merge_all(&self, standard: Option<&PriceList>) -> Result<(), TermsError> {
        let mut with_services = self.clients.iter().filter(|terms| !terms.services.is_empty());
        with_services.try_for_each(|terms| merged(standard, terms).map(drop))
    }

    fn place_of(&self, organization: OrganizationId) -> Result<usize, usize> {
        self.clients.binary_search_by_key(&organization, |terms| terms.organization)
    }
}

/// No prices, numbers from 1 on, and the thirty days that are usual.
impl Default for PriceBook {
    fn default() -> Self {
        Self { standard: None, clients: Vec::new(), numbering: Numbering::default(), due_days: 30 }
    }
}

impl Default for Unchecked {
    fn default() -> Self {
        let PriceBook { standard, clients, numbering, due_days } = PriceBook::default();
        Self { standard, clients, numbering, due_days }
    }
}

impl TryFrom<Unchecked> for PriceBook {
    type Error = TermsError;

    fn try_from(Unchecked { standard, clients, numbering, due_days }: Unchecked) -> Result<Self, TermsError> {
        Self { standard, clients, numbering, due_days }.checked()
    }
}

impl ClientTerms {
    fn checked(self) -> Result<Self, TermsError> {
        Ok(Self {
            bill_to: Text::BillTo.parse(&self.bill_to)?,
            reference: Text::Reference.parse(&self.reference)?,
            ..self
        })
    }
}

fn merged(standard: Option<&PriceList>, terms: &ClientTerms) -> Result<PriceList, TermsError> {
    let list = terms.list.as_ref().or(standard).ok_or(TermsError::NoList)?;
    let services = list.services().iter().chain(&terms.services).cloned().collect();
    Ok(PriceList::new(list.currency(), list.seats().to_vec(), services, list.tax())?)
}
