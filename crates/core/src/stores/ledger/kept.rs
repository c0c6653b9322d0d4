//! What the portal itself counts, once in a while when it is used, where no server does.

use std::rc::Rc;

use portal_bridge::{BooksOf, FromCore, LedgerSource, Problem, ProviderId, Topic};
use portal_domain::billing::{Counted, Day, Period};

use super::{
    SeatLedger,
    building::Building,
    month::{Count, Month, PAGES, page_of, unrolled},
    plans,
};
use crate::{Core, sort::sort_by, stores::portfolio::Seats};

/// What was counted is counted again after this time: the later count of a day is the one.
const AGAIN_MS: i64 = 3_600_000;

impl Core {
    /// The ledger as the portal counted it.
    pub(super) async fn ledger_kept(
        self: &Rc<Self>,
        of: BooksOf,
        asked: Period,
        today: Day,
    ) -> Result<SeatLedger, Problem> {
        let books = self.books(of);
        let (first, _) = page_of(asked.first());
        let mut names = books.pages().await?;
        names.retain(|name| name.starts_with(PAGES));
        let mut building = Building::new(asked, today);
        if names.iter().any(|name| *name < first) {
            building.counted_before();
        }
        let mut months: Vec<(Day, Month)> = Vec::new();
        let mut month = Period::month_of(asked.first()).map(Period::first);
        while let Some(first) = month.filter(|first| *first <= today && *first < asked.end()) {
            let (name, _) = page_of(first);
            if names.contains(&name)
                && let Some(page) = books.read::<Month>(&name).await?
            {
                months.push((first, page));
            }
            month = first.plus_months(1);
        }
        let (rows, days) = unrolled(&months);
        for row in rows {
            building.row(row)?;
        }
        building.finish(days, LedgerSource::Kept)
    }

    /// Counts a provider's clients, as they were just read, where the server does not.
    pub(crate) fn count_clients(self: &Rc<Self>, provider: ProviderId) {
        self.count_beside(BooksOf::Provider(provider));
    }

    /// Counts one's own clients, whose members were just read.
    pub(crate) fn count_own_clients(self: &Rc<Self>) {
        self.count_beside(BooksOf::Own);
    }

    fn count_beside(self: &Rc<Self>, of: BooksOf) {
        let core = self.clone();
        self.spawn_in_session(async move {
            let ledgers = core.ledgers(of);
            let now = core.platform.now_ms();
            let fresh = (0..AGAIN_MS).contains(&now.saturating_sub(ledgers.counted_at.get()));
            if fresh || core.may_see_ledger(of).await.is_err() {
                return;
            }
            ledgers.counted_at.set(now);
            let counted = core.count_now(of).await;
            if counted.is_err() {
                // Whoever looks is told, and the next reading tries again.
                ledgers.counted_at.set(i64::MIN / 2);
            }
            let trouble = counted.err();
            if ledgers.trouble.replace(trouble.clone()) != trouble {
                core.tabs.tell_all(&FromCore::Changed(Topic::Books(of)));
            }
        });
    }

    async fn count_now(self: &Rc<Self>, of: BooksOf) -> Result<(), Problem> {
        let counts = match of {
            BooksOf::Provider(_) if self.server().await?.keeps_ledger() => return Ok(()),
            BooksOf::Provider(provider) => self.counts_of_clients(provider),
            BooksOf::Own => self.counts_of_own().await?,
        };
        let (page, day) = page_of(self.today());
        self.books(of)
            .edit::<Month, ()>(&page, |month| {
                month.count(day, &counts);
                Ok(())
            })
            .await?;
        self.forget_ledger(of);
        Ok(())
    }

    /// A provider's clients, by their ids.
    fn counts_of_clients(&self, provider: ProviderId) -> Vec<Count> {
        let table = self.stores.of::<crate::stores::Clients>(provider).table();
        let count = |row| {
            let client = table.row(row)?;
            Some(Count {
                organization: client.organization,
                name: client.name,
                plan: plans::called(table.plan(row)),
                counted: Counted { assigned: client.assigned, used: Some(client.used) },
            })
        };
        by_id((0..table.len()).filter_map(count).collect())
    }

    /// One's own clients, by their ids. One whose members could not be read is not counted today.
    async fn counts_of_own(&self) -> Result<Vec<Count>, Problem> {
        let (me, portfolio) = (self.open()?.me(), self.portfolio());
        let has_plans = self.server().await?.has_plans();
        let count = |own: &crate::session::Membership| {
            let known = portfolio.own(own.id).unwrap_or_default();
            let members = known.members.filter(|_| known.problem.is_none());
            Count {
                organization: own.id,
                name: own.name.clone().unwrap_or_default(),
                plan: plans::of_profile(has_plans, own.product_tier_type),
                counted: Counted { assigned: None, used: members.map(|members| Seats::of(&members).used) },
            }
        };
        Ok(by_id(me.billed_clients().map(count).collect()))
    }
}

fn by_id(mut counts: Vec<Count>) -> Vec<Count> {
    sort_by(&mut counts, |one, other| one.organization.cmp(&other.organization));
    counts
}
