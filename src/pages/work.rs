//! Work that a page begins and that goes on in the tray: what is said when it ends.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{JobId, JobState, JobView, Question};

use crate::core_link::{Link, use_link};
use crate::live::effect;
use crate::messages::problems;
use crate::shell::{Shell, use_shell};
use crate::ui::Toasts;

/// What a page has begun. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Work {
    link: Link,
    toasts: Toasts,
    begun: RwSignal<Vec<Begun>>,
}

/// A job, and the words for its good end by the number of its rows.
type Begun = (JobId, fn(u32) -> String);

impl Work {
    /// Listens for the ends of what is begun. Called once, where the page is drawn.
    pub(super) fn follow() -> Self {
        let work = Self { link: use_link(), toasts: Toasts::of_page(), begun: RwSignal::default() };
        let (shell, jobs) = (use_shell(), work.link.jobs());
        effect(move || {
            let begun = work.begun.get();
            let ended: Vec<_> = jobs.with(|jobs| {
                let find = |id: JobId| jobs.iter().find(|job| job.id == id && has_ended(job)).cloned();
                begun.iter().filter_map(|(id, finished)| Some((find(*id)?, *finished))).collect()
            });
            if !ended.is_empty() {
                work.begun
                    .update(|begun| begun.retain(|(id, _)| !ended.iter().any(|(job, _)| job.id == *id)));
            }
            for (job, finished) in ended {
                work.tell(shell, &job, finished);
            }
        });
        work
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

    /// The same for work that was begun elsewhere.
    pub(super) fn watch(self, job: JobId, finished: fn(u32) -> String) {
        self.begun.try_update(|begun| begun.push((job, finished)));
    }

    fn tell(self, shell: Shell, job: &JobView, finished: fn(u32) -> String) {
        if job.state == JobState::Finished && job.failed == 0 {
            self.toasts.say(finished(job.done));
        } else {
            shell.show_jobs();
        }
    }
}

fn has_ended(job: &JobView) -> bool {
    matches!(job.state, JobState::Finished | JobState::Failed(_) | JobState::Stopped | JobState::Locked)
}
