//! What is done inside a client.

use portal_bridge::CollectionsQuery;
use portal_bridge::{
    ChangeMembers, ConfirmMembers, Direction, EnterSpace, GetCollectionIds, GetItem, GetItemIds, GetMember,
    GetMemberLink, GetMemberPhrases, GetMembers, GetPolicies, InviteMembers, ItemPart, ItemSort, ItemsQuery,
    MemberAccess, MemberDeed, MemberPermission, MemberRole, MemberSort, MembersQuery, OrganizationUserId,
    PolicyStep, PolicyType, RevealPart, SaveItem, SaveMember, SavePolicy, Seen, Window, Within,
};
use portal_wire::{EventType, Timestamp, vault::CollectedEvent};

use super::Play;
use crate::{
    Failure, Person,
    cast::{ANA, Colleague, Device, Member},
    door::Door,
    link::Link,
};

/// The number of a login among items.
const LOGIN: i32 = 1;

impl Play<'_> {
    pub(super) async fn enter_client(&self, person: &Person, client: &str) -> Result<(), Failure> {
        person.ask(EnterSpace(self.within(client)?)).await
    }

    pub(super) async fn save_policy(
        &self,
        by: &'static Colleague,
        client: &str,
        kind: PolicyType,
        enabled: bool,
    ) -> Result<(), Failure> {
        let within = self.within(client)?;
        let person = self.at_work(by).await?;
        let policies = person.ask(GetPolicies(within)).await?;
        let seen = policies.into_iter().find(|policy| policy.kind == kind).map(|policy| policy.seen);
        let seen =
            seen.ok_or_else(|| Failure::missing(format!("{kind:?} among the policies of {client}")))?;
        let step = PolicyStep { kind, label: format!("{kind:?}"), enabled, data: Vec::new() };
        person.ask(SavePolicy { within, seen, step }).await
    }

    pub(super) async fn add_login(
        &self,
        by: &'static Colleague,
        client: &str,
        name: &str,
    ) -> Result<(), Failure> {
        let within = self.within(client)?;
        let person = self.at_work(by).await?;
        let query = CollectionsQuery { within, search: String::new(), unmanaged: false };
        let collections = person.ask(GetCollectionIds(query)).await?.into_iter().flatten().take(1).collect();
        let changes = vec![
            (ItemPart::Username, "admin".into()),
            (ItemPart::Password, "correct-horse-battery-staple".into()),
        ];
        let item = SaveItem {
            within,
            id: None,
            seen: Seen::default(),
            kind: LOGIN,
            name: name.to_owned(),
            changes,
            uris: Vec::new(),
            fields: Vec::new(),
            collections,
        };
        person.ask(item).await.map(drop)
    }

    pub(super) async fn copy_password(&self, by: &'static Colleague, client: &str) -> Result<(), Failure> {
        let within = self.within(client)?;
        let person = self.at_work(by).await?;
        let query = ItemsQuery {
            within,
            search: String::new(),
            kind: Some(LOGIN),
            collection: None,
            trash: false,
            sort: ItemSort::Name,
            direction: Direction::Ascending,
        };
        let ids = person.ask(GetItemIds(query)).await?;
        let id = *ids.first().ok_or_else(|| Failure::missing(format!("a login of {client}")))?;
        person.ask(GetItem { within, id, opening: true }).await?;
        person.ask(RevealPart { within, id, part: ItemPart::Password, copying: true }).await.map(drop)
    }

    pub(super) async fn invite_members(
        &self,
        by: &'static Colleague,
        client: &str,
        emails: &[&str],
    ) -> Result<(), Failure> {
        let person = self.at_work(by).await?;
        self.invite_in(&person, client, emails, MemberRole::User, Vec::new()).await
    }

    /// Invites people in one role, without groups and collections.
    pub(super) async fn invite_in(
        &self,
        person: &Person,
        client: &str,
        emails: &[&str],
        role: MemberRole,
        permissions: Vec<MemberPermission>,
    ) -> Result<(), Failure> {
        let access = MemberAccess { role, permissions, groups: Vec::new(), collections: Vec::new() };
        let emails = emails.iter().map(|email| (*email).to_owned()).collect();
        person.finish(InviteMembers { within: self.within(client)?, emails, access }).await
    }

    pub(super) async fn remove_members(
        &self,
        by: &'static Colleague,
        client: &str,
        emails: &[&str],
    ) -> Result<(), Failure> {
        let person = self.at_work(by).await?;
        self.change_members(&person, client, emails, MemberDeed::Remove).await
    }

    pub(super) async fn change_members(
        &self,
        person: &Person,
        client: &str,
        emails: &[&str],
        deed: MemberDeed,
    ) -> Result<(), Failure> {
        let within = self.within(client)?;
        let mut members = Vec::new();
        for email in emails {
            members.push(find(person, within, email).await?);
        }
        person.finish(ChangeMembers { within, members, deed }).await
    }

    pub(super) async fn accept_member(&self, member: &'static Member) -> Result<(), Failure> {
        let within = self.within(member.client)?;
        let admin = self.at_work(&ANA).await?;
        let id = find(&admin, within, member.email).await?;
        let link = admin.ask(GetMemberLink { within, member: id }).await?;
        let link = link.ok_or_else(|| Failure::missing(format!("the invitation of {}", member.email)))?;
        self.accept(member.email, member.name, &Link::parse(&link.link)).await
    }

    pub(super) async fn confirm_member(
        &self,
        by: &'static Colleague,
        member: &'static Member,
    ) -> Result<(), Failure> {
        let person = self.at_work(by).await?;
        self.confirm_in(&person, member.client, member.email).await
    }

    /// Compares what both see, and gives the client's key.
    pub(super) async fn confirm_in(&self, person: &Person, client: &str, email: &str) -> Result<(), Failure> {
        let within = self.within(client)?;
        let id = find(person, within, email).await?;
        let phrases = person.ask(GetMemberPhrases { within, members: vec![id] }).await?;
        let phrase = phrases.into_iter().find_map(|phrase| phrase.phrase);
        let phrase = phrase.ok_or_else(|| Failure::missing(format!("the phrase of {email}")))?;
        self.compare(email, &phrase).await?;
        person.finish(ConfirmMembers { within, members: vec![(id, phrase)] }).await
    }

    pub(super) async fn make_owner(
        &self,
        by: &'static Colleague,
        member: &'static Member,
    ) -> Result<(), Failure> {
        let within = self.within(member.client)?;
        let person = self.at_work(by).await?;
        let id = find(&person, within, member.email).await?;
        let before = person.ask(GetMember { within, member: id }).await?.access;
        let before = before.ok_or_else(|| Failure::missing(format!("the role of {}", member.name)))?;
        let access = MemberAccess { role: MemberRole::Owner, ..before.clone() };
        person.ask(SaveMember { within, member: id, before, access }).await.map(drop)
    }

    /// The portal exports no vault; the program that does says so to the log.
    pub(super) async fn export_vault(
        &self,
        whose: &Colleague,
        device: Device,
        client: &str,
    ) -> Result<(), Failure> {
        let door = Door::open_from(self.stage, whose, device).await?;
        let event = CollectedEvent {
            kind: EventType::OrganizationClientExportedVault,
            cipher_id: None,
            organization_id: Some(self.client(client)?.organization),
            date: Timestamp(self.stage.time().now()),
        };
        door.tell(&event).await
    }

    pub(super) fn within(&self, client: &str) -> Result<Within, Failure> {
        Ok(Within { provider: self.provider, organization: self.client(client)?.organization })
    }
}

/// The membership of somebody.
pub(super) async fn find(
    person: &Person,
    within: Within,
    email: &str,
) -> Result<OrganizationUserId, Failure> {
    let query = || MembersQuery {
        within,
        search: email.to_owned(),
        status: None,
        role: None,
        need: None,
        sort: MemberSort::Name,
        direction: Direction::Ascending,
    };
    let question = || GetMembers { query: query(), window: Window { from: 0, count: 50 } };
    let found = person
        .look_for(question, |view| {
            view.rows.rows.into_iter().find(|row| row.email == email).map(|row| row.id)
        })
        .await?;
    found.ok_or_else(|| Failure::missing(format!("{email} among the members")))
}
