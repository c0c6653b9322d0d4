use std::rc::Rc;

use portal_bridge::{Problem, TryAgain};

use super::Handle;
use crate::{
    Core,
    stores::{Clients, events::Events},
};

impl Handle for TryAgain {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.stores.of::<Clients>(self.0).ask_again();
        core.stores.of::<Events>(self.0).ask_again();
        core.staff(self.0).ask_again();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use portal_bridge::{
        ClientSort, ClientsQuery, Direction, EventsFilter, EventsOf, EventsQuery, GetClients, GetEvents,
        GetStaff, Moment, StaffQuery, StaffSort, TryAgain, Window,
    };
    use portal_wire::Timestamp;

    use crate::{
        scripted::{Mishap, PROVIDER, Scripted, provider, signed_in},
        simulated::World,
    };

    const TOP: Window = Window { from: 0, count: 10 };

    /// A list whose reading fails is calm about it until somebody wants it tried again.
    fn is_calm_until_wanted(call: &str, ask: impl Fn(&mut World)) {
        let server = Scripted::new();
        let mut world = signed_in(&server);
        for _ in 0..9 {
            server.borrow_mut().upset(call, Mishap::Instead(200, "{".into()));
        }
        let mut asked = || {
            ask(&mut world);
            world.pass(100);
            server.borrow().count(call)
        };
        let first = asked();
        assert!(first > 0, "{call} is asked");
        assert_eq!(asked(), first, "{call} is not asked again at once");
        world.ask(TryAgain(provider())).unwrap();
        ask(&mut world);
        world.pass(100);
        assert!(server.borrow().count(call) > first, "{call} is asked when somebody wants it");
    }

    #[test]
    fn clients_are_asked_for_again_when_somebody_wants_it_however_lately_that_failed() {
        is_calm_until_wanted(&format!("GET /api/providers/{PROVIDER}/organizations"), |world| {
            let query = ClientsQuery {
                provider: provider(),
                search: String::new(),
                plan: None,
                needs: None,
                sort: ClientSort::Name,
                direction: Direction::Ascending,
            };
            world.ask(GetClients { query, window: TOP }).unwrap();
        });
    }

    #[test]
    fn staff_are_asked_for_again_when_somebody_wants_it_however_lately_that_failed() {
        is_calm_until_wanted(&format!("GET /api/providers/{PROVIDER}/users"), |world| {
            let query = StaffQuery {
                provider: provider(),
                search: String::new(),
                role: None,
                status: None,
                sort: StaffSort::Name,
                direction: Direction::Ascending,
            };
            assert!(world.ask(GetStaff { query, window: TOP }).is_err());
        });
    }

    #[test]
    fn events_are_asked_for_again_when_somebody_wants_it_however_lately_that_failed() {
        let (from, to) = (Moment(1_767_225_600_000), Moment(1_767_312_000_000));
        let range = format!("start={}&end={}", Timestamp(from.0), Timestamp(to.0));
        is_calm_until_wanted(&format!("GET /api/providers/{PROVIDER}/events?{range}"), |world| {
            let query = EventsQuery::by_day(EventsFilter::between(EventsOf::Provider(provider()), from, to));
            world.ask(GetEvents { query, window: TOP }).unwrap();
        });
    }
}
