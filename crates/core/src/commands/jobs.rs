use std::rc::Rc;

use portal_bridge::{DismissJob, GetJobs, JobView, Problem, ResumeJob, StopJob};

use super::Handle;
use crate::Core;

impl Handle for GetJobs {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<JobView>, Problem> {
        Ok(core.jobs())
    }
}

impl Handle for StopJob {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.job(self.0)?.stop();
        Ok(())
    }
}

impl Handle for ResumeJob {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.resume_job(self.0)
    }
}

impl Handle for DismissJob {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.dismiss_job(self.0)
    }
}
