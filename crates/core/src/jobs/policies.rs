//! Policies one after the other, such as one that another needs before it.

use std::rc::Rc;

use futures::future::LocalBoxFuture;
use portal_bridge::{PolicyStep, Problem, ProblemKind, SkipReason, Within};

use super::{Act, Found, RowWork};
use crate::{Core, stores::policies::Policies};

/// Saves policies in order.
pub(crate) struct Switch {
    pub(crate) within: Within,
    pub(crate) steps: Vec<PolicyStep>,
}

impl Switch {
    fn picked<'a>(&'a self, rows: &'a [usize]) -> impl Iterator<Item = &'a PolicyStep> {
        rows.iter().filter_map(|row| self.steps.get(*row))
    }
}

impl RowWork for Switch {
    /// What comes after rests on what failed.
    fn is_hopeless(&self, _: &Problem) -> bool {
        true
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let policies = core.read_again::<Policies>(self.within).await?;
            let found = self.picked(rows).map(|step| {
                if policies.get(step.kind).is_so(step.enabled, &step.data) {
                    Found::AsWanted(SkipReason::AlreadySo, None)
                } else {
                    Found::Open
                }
            });
            Ok(found.collect())
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let mut acts = Vec::new();
            for step in self.picked(rows) {
                match core.put_policy(self.within, step, None).await {
                    Ok(()) => acts.push(Act::Done(None)),
                    Err(problem) if problem.kind == ProblemKind::Uncertain => acts.push(Act::Look),
                    Err(problem) => return Err(problem),
                }
            }
            Ok(acts)
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        Box::pin(async move {
            // A failure is shown with the list.
            let _ = core.reread_known::<Policies>(self.within).await;
        })
    }
}
