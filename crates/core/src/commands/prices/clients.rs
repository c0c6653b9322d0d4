//! What is different for single clients.

use std::{cell::RefCell, rc::Rc};

use portal_bridge::{
    BooksOf, ClientSort, ClientTermsText, ClientTermsView, ClientsQuery, Direction, GetClientTerms,
    GetTermsClients, ListState, Mark, OrganizationId, Problem, ProblemKind, ProviderId, Rows,
    SaveClientTerms, TermsClients, TermsQuery, TermsRow, Window,
};
use portal_domain::{
    billing::{ClientTerms, PriceBook, PriceList, Text},
    search::{Needle, fold},
};

use super::{
    super::Handle,
    PRICES, lists, mark,
    typed::{self, Typed, refused},
    unchanged,
};
use crate::{Core, sort::sort_by, stores::books::Written};

/// Most rows handed out at once.
const LARGEST_WINDOW: u32 = 500;

impl Handle for GetTermsClients {
    async fn handle(self, core: &Rc<Core>) -> Result<TermsClients, Problem> {
        core.may_bill(self.query.of).await?;
        let book = core.recent_book(self.query.of).await?;
        let found = match self.query.of {
            BooksOf::Provider(provider) if !self.query.different => {
                core.found_clients(provider, self.query.search, self.window).await
            }
            _ => core.own_or_different(&self.query, &book, self.window).await?,
        };
        let Found { rows: clients, from, matched, total, state } = found;
        let rows = clients.into_iter().map(|(organization, name)| row(&book, organization, name)).collect();
        Ok(TermsClients { rows: Rows { total, matched, from, rows, state } })
    }
}

impl Handle for GetClientTerms {
    async fn handle(self, core: &Rc<Core>) -> Result<ClientTermsView, Problem> {
        core.may_bill(self.of).await?;
        let name = core.billed_name(self.of, self.organization).await?;
        let book: PriceBook = core.books(self.of).read(PRICES).await?.unwrap_or_default();
        let terms = book.terms_of(self.organization).cloned().unwrap_or_default();
        let standard = book.standard.as_ref();
        let list = terms.list.as_ref().or(standard);
        let mut text = lists::written(list);
        // Those in a list of its own come along, those for everybody do not.
        text.services = match (&terms.list, list) {
            (Some(own), _) => lists::services(&[own.services(), &terms.services].concat(), own.currency()),
            (None, Some(list)) => lists::services(&terms.services, list.currency()),
            (None, None) => Vec::new(),
        };
        Ok(ClientTermsView {
            organization: self.organization,
            name,
            currency: standard.map(|list| list.currency().code().to_owned()),
            mark: mark(&book.terms_of(self.organization)),
            terms: ClientTermsText {
                own_list: terms.list.is_some(),
                list: text,
                bill_to: terms.bill_to,
                reference: terms.reference,
                left_out: terms.left_out,
            },
        })
    }
}

impl Handle for SaveClientTerms {
    async fn handle(self, core: &Rc<Core>) -> Result<Mark, Problem> {
        let organization = self.organization;
        core.may_bill(self.of).await?;
        core.billed_name(self.of, organization).await?;
        let own = self.terms.own_list.then(|| lists::read(&self.terms.list)).transpose()?;
        let save = |book: &mut PriceBook| {
            unchanged(&book.terms_of(organization), &self.before)?;
            let terms = read(organization, &self.terms, own.as_ref(), book.standard.as_ref())?;
            book.set(terms).map_err(|error| refused("services", typed::terms(&error)))?;
            Ok(mark(&book.terms_of(organization)))
        };
        core.books(self.of).edit(PRICES, save).await
    }
}

fn read(
    organization: OrganizationId,
    text: &ClientTermsText,
    own: Option<&PriceList>,
    standard: Option<&PriceList>,
) -> Result<ClientTerms, Problem> {
    let mut typed = Typed::default();
    let bill_to = typed.take("bill-to", typed::text(Text::BillTo, &text.bill_to));
    let reference = typed.take("reference", typed::text(Text::Reference, &text.reference));
    let services = match (own, standard) {
        (Some(own), _) => own.services().to_vec(),
        (None, _) if text.list.services.is_empty() => Vec::new(),
        (None, Some(list)) => lists::read_services(&text.list.services, list.currency(), &mut typed),
        (None, None) => {
            typed.refuse("services", typed::terms(&portal_domain::billing::TermsError::NoList));
            Vec::new()
        }
    };
    let (bill_to, reference) = typed.finish(bill_to.zip(reference))?;
    let list = match own {
        // All services stand on top, whichever list counts.
        Some(own) => {
            let bare = PriceList::new(own.currency(), own.seats().to_vec(), Vec::new(), own.tax());
            Some(bare.map_err(|error| refused("services", typed::list(&error)))?)
        }
        None => None,
    };
    Ok(ClientTerms { organization, list, services, bill_to, reference, left_out: text.left_out })
}

/// A window of clients by name.
struct Found {
    rows: Vec<(OrganizationId, String)>,
    from: u32,
    matched: u32,
    total: u32,
    state: ListState,
}

/// A price book as it was just read, for whoever scrolls through clients.
#[derive(Default)]
struct Recent(RefCell<Option<Read>>);

struct Read {
    of: BooksOf,
    at: i64,
    /// How often books were written here before that.
    written: u32,
    book: Rc<PriceBook>,
}

/// It is read again after so long.
const RECENT_MS: i64 = 2_000;

impl Core {
    async fn recent_book(self: &Rc<Self>, of: BooksOf) -> Result<Rc<PriceBook>, Problem> {
        let recent = self.stores.only::<Recent>();
        let (now, written) = (self.platform.now_ms(), self.stores.only::<Written>().0.get());
        if let Some(read) = &*recent.0.borrow()
            && (read.of, read.written) == (of, written)
            && now.saturating_sub(read.at) < RECENT_MS
        {
            return Ok(read.book.clone());
        }
        let book: Rc<PriceBook> = Rc::new(self.books(of).read(PRICES).await?.unwrap_or_default());
        *recent.0.borrow_mut() = Some(Read { of, at: now, written, book: book.clone() });
        Ok(book)
    }

    /// A provider's clients, found as in its list of clients; only the names that are looked at are copied.
    async fn found_clients(self: &Rc<Self>, provider: ProviderId, search: String, window: Window) -> Found {
        let clients = self.clients_so_far(provider).await;
        let (sort, direction) = (ClientSort::Name, Direction::Ascending);
        let found =
            clients.find(&ClientsQuery { provider, search, plan: None, needs: None, sort, direction });
        let table = clients.table();
        let (from, rows) = within(&found.rows, window);
        let client = |row: &u32| {
            let index = usize::try_from(*row).ok()?;
            Some((table.organization(index)?, table.name(index).to_owned()))
        };
        Found {
            rows: rows.filter_map(client).collect(),
            from,
            matched: count(found.rows.len()),
            total: count(table.len()),
            state: clients.state(),
        }
    }

    /// The clients one bills oneself, or those of a provider for whom something is different.
    async fn own_or_different(
        self: &Rc<Self>,
        query: &TermsQuery,
        book: &PriceBook,
        window: Window,
    ) -> Result<Found, Problem> {
        let (mut all, state): (Vec<(OrganizationId, String)>, _) = match query.of {
            BooksOf::Own => {
                let open = self.open()?;
                let me = open.me();
                let own = me.billed_clients().map(|own| (own.id, own.name.clone().unwrap_or_default()));
                (own.collect(), ListState::Complete)
            }
            BooksOf::Provider(provider) => {
                let clients = self.clients_so_far(provider).await;
                let table = clients.table();
                let known = |terms: &ClientTerms| {
                    let index = table.find_organization(terms.organization)?;
                    Some((terms.organization, table.name(index).to_owned()))
                };
                (book.clients.iter().filter_map(known).collect(), clients.state())
            }
        };
        let total = count(all.len());
        let needle = Needle::new(&query.search);
        all.retain(|(organization, name)| {
            let different = !query.different || book.terms_of(*organization).is_some();
            different && needle.matches(&fold(name))
        });
        sort_by(&mut all, |(_, one), (_, other)| fold(one).cmp(&fold(other)));
        let (from, rows) = within(&all, window);
        Ok(Found { rows: rows.cloned().collect(), from, matched: count(all.len()), total, state })
    }

    /// The name of somebody who is billed; whoever is not is not found.
    async fn billed_name(
        self: &Rc<Self>,
        of: BooksOf,
        organization: OrganizationId,
    ) -> Result<String, Problem> {
        match of {
            BooksOf::Provider(provider) => {
                let table = self.clients(provider).await?.table();
                let index = table.find_organization(organization).ok_or(ProblemKind::NotFound)?;
                Ok(table.name(index).to_owned())
            }
            BooksOf::Own => {
                let open = self.open()?;
                let me = open.me();
                let own = me.billed_clients().find(|own| own.id == organization);
                Ok(own.ok_or(ProblemKind::NotFound)?.name.clone().unwrap_or_default())
            }
        }
    }
}

fn within<T>(all: &[T], window: Window) -> (u32, impl Iterator<Item = &T>) {
    let from = window.from.min(count(all.len()));
    (from, all.iter().skip(from as usize).take(window.count.min(LARGEST_WINDOW) as usize))
}

fn row(book: &PriceBook, organization: OrganizationId, name: String) -> TermsRow {
    let terms = book.terms_of(organization);
    TermsRow {
        organization,
        name,
        own_list: terms.is_some_and(|terms| terms.list.is_some()),
        services: terms.map_or(0, |terms| count(terms.services.len())),
        reference: terms.map(|terms| terms.reference.clone()).unwrap_or_default(),
        left_out: terms.is_some_and(|terms| terms.left_out),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
