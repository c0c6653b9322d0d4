//! What the server counted.

use std::rc::Rc;

use portal_bridge::{LedgerSource, OrganizationId, Problem, ProblemKind, ProviderId};
use portal_domain::billing::{Counted, Day, Period};
use portal_wire::PlanType;
use serde::Deserialize;

use super::{
    SeatLedger,
    building::{Building, Row},
};
use crate::{
    Core,
    api::{Call, RowSink, read},
    stores::Clients,
};

impl Core {
    /// The server's ledger; `None` where it keeps none.
    pub(super) async fn ledger_of_server(
        self: &Rc<Self>,
        provider: ProviderId,
        asked: Period,
        today: Day,
    ) -> Result<Option<SeatLedger>, Problem> {
        if !self.server().await?.keeps_ledger() {
            return Ok(None);
        }
        let (first, end) = (asked.first(), asked.end());
        let call =
            Call::get(format!("/api/portal/providers/{provider}/billing/seats?start={first}&end={end}"));
        let expected = self.stores.of::<Clients>(provider).table().len();
        let mut reading = Reading { asked, today, expected, building: Building::new(asked, today) };
        let rest = match self.api.rows(&call, "rows", &mut reading).await {
            Ok(rest) => rest,
            // One of an earlier version.
            Err(problem) if problem.kind == ProblemKind::NotFound => return Ok(None),
            Err(problem) => return Err(problem),
        };
        reading.finish(&rest).map(Some)
    }
}

/// What stands around the rows.
#[derive(Deserialize)]
struct Around {
    period: Period,
    /// Days on which the server counted.
    days: Vec<Day>,
}

/// Organization, name, day, plan, seats assigned, seats used.
#[derive(Deserialize)]
struct CountRow(OrganizationId, Option<String>, Day, PlanType, Option<u32>, Option<u32>);

/// Takes the rows as they arrive.
pub(super) struct Reading {
    asked: Period,
    today: Day,
    /// How many clients there will be, as far as one can tell.
    expected: usize,
    building: Building,
}

impl Reading {
    #[cfg(any(test, feature = "measure"))]
    pub(super) fn new(asked: Period, today: Day) -> Self {
        Self { asked, today, expected: 0, building: Building::new(asked, today) }
    }

    /// Makes room for so many clients, as is done where the list of clients is known.
    #[cfg(feature = "measure")]
    pub(super) fn expecting(self, expected: usize) -> Self {
        Self { expected, ..self }
    }

    pub(super) fn finish(self, rest: &[u8]) -> Result<SeatLedger, Problem> {
        let around: Around = read(rest)?;
        if around.period != self.asked {
            return Err(ProblemKind::Mismatch.into());
        }
        self.building.finish(around.days, LedgerSource::Server)
    }
}

impl RowSink for Reading {
    fn restart(&mut self) {
        self.building = Building::new(self.asked, self.today);
        self.building.expect(self.expected);
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let CountRow(organization, name, day, plan, assigned, used) = read(json)?;
        let counted = (assigned.is_some() || used.is_some()).then_some(Counted { assigned, used });
        self.building.row(Row { organization, name: name.as_deref().unwrap_or_default(), day, plan, counted })
    }
}
