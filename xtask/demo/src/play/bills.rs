//! What the server does by itself each hour, at the end of each day of the play: it counts seats and makes invoices.

use portal_domain::billing::Day;
use portal_server::{billing, operator};
use portal_wire::Timestamp;

use crate::{Failure, Stage};

/// The provider pays so many days after an invoice was made.
const PAYS_AFTER: i32 = 12;
/// When the day is counted, in milliseconds before its end.
const BEFORE_MIDNIGHT: i64 = 600_000;

/// How far the days of the play have passed.
#[derive(Default)]
pub(super) struct Bills {
    /// The day the play is at.
    day: Option<Day>,
}

impl Bills {
    /// Ends every day before that of the moment.
    pub(super) async fn let_days_pass(&mut self, stage: &Stage, moment: i64) -> Result<(), Failure> {
        let today = Day::of(Timestamp(moment));
        let mut day = self.day.replace(today).unwrap_or(today);
        while day < today {
            stage.time().move_to(day.plus(1).midnight().0 - BEFORE_MIDNIGHT);
            end_day(stage, day).await?;
            day = day.plus(1);
        }
        stage.time().move_to(moment);
        Ok(())
    }
}

async fn end_day(stage: &Stage, day: Day) -> Result<(), Failure> {
    let app = stage.app().clone();
    stage
        .backstage(async move {
            let context = app.context();
            // What cannot be billed is logged by the server, and tried again the next day.
            billing::run(context).await?;
            for invoice in operator::invoices(context, None).await? {
                if invoice.status == "open" && invoice.issued.plus(PAYS_AFTER) <= day {
                    operator::mark_paid(context, &invoice.number).await?;
                }
            }
            Ok::<(), Failure>(())
        })
        .await?
}
