//! The staff of a provider.

mod links;
mod load;
mod person;
mod phrases;
mod rights;
mod view;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::lock::Mutex;
use portal_bridge::{Problem, ProviderUserId, UserId};
use portal_wire::{ProviderUserStatus, ProviderUserType};

pub(crate) use person::{Person, shown_role};
pub(crate) use phrases::PersonKey;
pub(crate) use view::{ids, matching, view};

use crate::few::Few;

/// What is known of a provider's staff.
#[derive(Default)]
pub(crate) struct Staff {
    list: RefCell<Option<Rc<List>>>,
    /// Why the last reading failed.
    problem: RefCell<Option<Problem>>,
    read_at: Cell<i64>,
    /// Counts the changes of the list, for those who keep something made from it.
    version: Cell<u32>,
    /// People who have left the list in this session, by membership and by account: events still mention them.
    former: RefCell<Few<Id, String>>,
    reading: Mutex<()>,
}

/// The list as it was read.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct List {
    pub(crate) people: Vec<Person>,
}

/// Either id by which events mention one of the staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Id {
    Membership(ProviderUserId),
    User(UserId),
}

impl Staff {
    /// The list, if it was read.
    pub(crate) fn list(&self) -> Option<Rc<List>> {
        self.list.borrow().clone()
    }

    /// Changes when the list does.
    pub(crate) fn version(&self) -> u32 {
        self.version.get()
    }

    /// The name of somebody who has left.
    pub(crate) fn former_member(&self, id: ProviderUserId) -> Option<String> {
        self.former.borrow().get(&Id::Membership(id)).cloned()
    }

    /// The name of somebody who has left, by account.
    pub(crate) fn former_user(&self, id: UserId) -> Option<String> {
        self.former.borrow().get(&Id::User(id)).cloned()
    }

    /// Takes a list over; whether it differs from the one before.
    pub(crate) fn replace(&self, list: List) -> bool {
        let before = self.list.borrow().clone();
        if before.as_deref() == Some(&list) {
            return false;
        }
        let mut former = self.former.borrow_mut();
        for person in before.iter().flat_map(|before| &before.people) {
            if list.get(person.id).is_none() {
                former.insert(Id::Membership(person.id), person.label().to_owned());
                if let Some(user) = person.user {
                    former.insert(Id::User(user), person.label().to_owned());
                }
            }
        }
        *self.list.borrow_mut() = Some(Rc::new(list));
        self.version.set(self.version.get() + 1);
        true
    }
}

impl List {
    /// One person.
    pub(crate) fn get(&self, id: ProviderUserId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// One person, by address.
    pub(crate) fn by_email(&self, email: &str) -> Option<&Person> {
        let email = email.trim().to_lowercase();
        self.people.iter().find(|person| person.email.to_lowercase() == email)
    }

    /// How many there are of a status.
    pub(crate) fn count(&self, status: ProviderUserStatus) -> u32 {
        count(self.people.iter().filter(|person| person.status == status))
    }

    /// How many confirmed Provider Admins there are.
    pub(crate) fn confirmed_admins(&self) -> u32 {
        count(self.people.iter().filter(|person| person.is_confirmed_admin()))
    }

    /// Whether there is a confirmed Provider Admin beside this one.
    fn another_admin(&self, beside: ProviderUserId) -> bool {
        self.people.iter().any(|person| person.id != beside && person.is_confirmed_admin())
    }
}

impl Person {
    fn is_confirmed_admin(&self) -> bool {
        self.status == ProviderUserStatus::Confirmed && self.role == ProviderUserType::ProviderAdmin
    }
}

fn count<T>(of: impl Iterator<Item = T>) -> u32 {
    u32::try_from(of.count()).unwrap_or(u32::MAX)
}
