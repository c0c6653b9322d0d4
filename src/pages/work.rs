//! Work on several people: begun here, gone on with in the tray.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{JobId, JobState, JobView, Question};

use crate::core_link::Link;
use crate::live::effect;
use crate::messages::problems;
use crate::shell::use_shell;
use crate::ui::Toasts;

/// Work of a page whose end is still to be told. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Works {
    link: Link,
    toasts: Toasts,
    begun: RwSignal<Vec<Begun>>,
}

/// A job, and the words for its good end by the number of people.
type Begun = (JobId, fn(u32) -> String);

impl Works {
    /// Listens for the ends of what will be begun. Called once, where the page is drawn.
    pub(super) fn listen(link: Link, toasts: Toasts) -> Self {
        let works = Self { link, toasts, begun: RwSignal::default() };
        let shell = use_shell();
        let jobs = link.jobs();
        effect(move || {
            let begun = works.begun.get();
            let ended: Vec<_> = jobs.with(|jobs| {
                let find = |id: JobId| jobs.iter().find(|job| job.id == id && has_ended(job)).cloned();
                begun.iter().filter_map(|(id, finished)| Some((find(*id)?, *finished))).collect()
            });
            if ended.is_empty() {
                return;
            }
            works.begun.update(|begun| begun.retain(|(id, _)| !ended.iter().any(|(job, _)| job.id == *id)));
            for (job, finished) in ended {
                if job.state == JobState::Finished && job.failed == 0 {
                    works.toasts.say(finished(job.done));
                } else {
                    shell.show_jobs();
                }
            }
        });
        works
    }

    /// Begins a piece of work and says how it ended: in a few words when all went well, in the tray when not.
    pub(super) fn begin<Q>(self, question: Q, finished: fn(u32) -> String)
    where
        Q: Question<Answer = JobId> + 'static,
    {
        let answer = self.link.ask(question);
        spawn_local(async move {
            match answer.await {
                Ok(job) => self.watch(job, finished),
                Err(problem) => self.toasts.say(problems::problem(&problem)),
            }
        });
    }

    /// The same for work that was begun elsewhere, such as by a form.
    pub(super) fn watch(self, job: JobId, finished: fn(u32) -> String) {
        self.begun.try_update(|begun| begun.push((job, finished)));
    }
}

/// Whether it has come to an end.
fn has_ended(job: &JobView) -> bool {
    matches!(job.state, JobState::Finished | JobState::Failed(_) | JobState::Stopped | JobState::Locked)
}
