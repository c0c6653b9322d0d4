use std::rc::Rc;

use portal_bridge::{FromCore, Problem, ProviderId, Topic};
use portal_wire::{List as WireList, provider::StaffRow};

use super::{List, Person, Staff};
use crate::{Core, api::Call, stores::StaffCounts};

impl Core {
    /// What is known of a provider's staff.
    pub(crate) fn staff(&self, provider: ProviderId) -> Rc<Staff> {
        self.stores.of::<Staff>(provider)
    }

    /// The staff, read when they were not read yet. When they were read a while ago, they are read again beside.
    pub(crate) async fn staff_list(self: &Rc<Self>, provider: ProviderId) -> Result<Rc<List>, Problem> {
        let staff = self.staff(provider);
        if staff.list().is_none() {
            let _turn = staff.reading.lock().await;
            let just_now = self.platform.now_ms() - staff.read_at.get() < CALM_MS;
            if let Some(problem) = staff.problem.borrow().clone().filter(|_| just_now) {
                return Err(problem);
            }
            if staff.list().is_none() {
                self.fetch_staff(provider, &staff).await?;
            }
        } else if self.platform.now_ms() - staff.read_at.get() > OLD_MS && staff.reading.try_lock().is_some()
        {
            staff.read_at.set(self.platform.now_ms());
            let core = self.clone();
            self.spawn_in_session(async move {
                // A failure is shown with the list.
                let _ = core.reload_staff(provider).await;
            });
        }
        Ok(staff.list().unwrap_or_default())
    }

    /// The staff as they are now.
    pub(crate) async fn reload_staff(self: &Rc<Self>, provider: ProviderId) -> Result<Rc<List>, Problem> {
        let staff = self.staff(provider);
        let _turn = staff.reading.lock().await;
        self.fetch_staff(provider, &staff).await?;
        Ok(staff.list().unwrap_or_default())
    }

    async fn fetch_staff(&self, provider: ProviderId, staff: &Staff) -> Result<(), Problem> {
        let call = Call::get(format!("/api/providers/{provider}/users"));
        let read = self.api.json::<WireList<StaffRow>>(&call).await;
        staff.read_at.set(self.platform.now_ms());
        let before = staff.problem.replace(read.as_ref().err().cloned());
        let failed_or_failed_before = before.is_some() || read.is_err();
        let read = read.map(|list| List { people: list.data.into_iter().map(Person::from).collect() });
        if let Ok(list) = &read {
            let counted = list.people.iter().map(|person| (person.role, person.status));
            self.set_staff_counts(provider, StaffCounts::of(counted));
        }
        let result = read.map(|list| staff.replace(list));
        if failed_or_failed_before || result == Ok(true) {
            self.tabs.tell_all(&FromCore::Changed(Topic::Staff(provider)));
        }
        result.map(drop)
    }
}

impl Staff {
    /// The next who asks is answered by the server, whatever failed just now.
    pub(crate) fn ask_again(&self) {
        self.read_at.set(LONG_AGO);
    }
}

/// A time before every other, far enough from the end of numbers to be counted from.
const LONG_AGO: i64 = i64::MIN / 2;
/// After a failure, asking again within this time is answered with the failure: news of it must not cause a storm.
const CALM_MS: i64 = 1_500;
/// A list older than this is read again when it is looked at.
const OLD_MS: i64 = 15_000;

#[cfg(test)]
mod tests {
    use crate::scripted::{Mishap, PROVIDER, Scripted, provider, signed_in};

    #[test]
    fn a_list_that_failed_is_not_asked_for_again_at_once() {
        let server = Scripted::new();
        let call = format!("GET /api/providers/{PROVIDER}/users");
        let mut world = signed_in(&server);
        for _ in 0..2 {
            server.borrow_mut().upset(&call, Mishap::Instead(200, "{".into()));
        }
        let core = world.core.clone();
        let asked = std::rc::Rc::new(std::cell::Cell::new(0));
        for _ in 0..3 {
            let (core, asked) = (core.clone(), asked.clone());
            world.core.spawn_in_session(async move {
                assert!(core.staff_list(provider()).await.is_err());
                asked.set(asked.get() + 1);
            });
        }
        world.until(|_| asked.get() == 3);
        assert_eq!(server.borrow().count(&call), 1, "news of a failure causes no storm");
    }
}
