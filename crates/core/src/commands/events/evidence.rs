//! Evidence packs: written, and looked through again.

use std::{collections::HashMap, rc::Rc};

use portal_bridge::{
    Action, EventsQuery, EvidenceFault, EvidenceView, GapReason, Moment, OrganizationId, Problem, UserId,
    VerifyEvidence, Within,
};
use portal_domain::evidence::{Broken, Gap, Head, Pack, Person, Policy, What, verify};
use portal_keys::sha256;
use portal_wire::{
    List, OrganizationUserStatus, Timestamp,
    organization::{MemberMini, PolicyStatus},
};

use super::{
    super::{
        Handle, export,
        members::export::{role_words, status_words},
    },
    export::each_told,
};
use crate::{
    Core,
    api::Call,
    sort::once,
    stores::{
        Clients,
        events::{Log, Range, clients_of},
        roster::{shown_role, shown_status},
    },
};

/// Events, and the people and policies of the provider and of every client in them, as they are now; and what is missing.
pub(super) async fn pack(
    core: &Rc<Core>,
    log: &Log,
    query: &EventsQuery,
    addresses: &HashMap<UserId, String>,
) -> Result<(String, usize), Problem> {
    let source = query.filter.source;
    let mut clients = clients_of(core, log, query);
    clients.extend(source.within().map(|within| within.organization));
    let clients = once(clients, OrganizationId::cmp);
    let mut pack = Pack::new(&head(core, query)?, sha256);
    if let Some(provider) = source.provider()
        && core.require(provider, Action::ViewStaff).await.is_ok()
    {
        let name = core.open()?.me().staffing(provider)?.name.clone().unwrap_or_default();
        for person in &core.staff_list(provider).await?.people {
            pack.person(&Person {
                id: person.user.map(|id| id.to_string().into()),
                name: person.label().into(),
                email: person.email.as_str().into(),
                role: export::role_words(person.shown_role()).into(),
                status: export::status_words(person.shown_status()).into(),
                place: name.as_str().into(),
                place_id: provider.to_string().into(),
            });
        }
    }
    let mut policies = Vec::new();
    for client in clients {
        let within = Within { provider: source.provider(), organization: client };
        let name = client_name(core, within);
        for member in core.members(client).await? {
            add_member(&mut pack, &member, &name, client);
        }
        let call = Call::get(format!("/api/organizations/{client}/policies"));
        let list: List<PolicyStatus> = core.api.json(&call).await?;
        policies.extend(list.data.into_iter().map(|policy| (name.clone(), policy)));
    }
    for (name, policy) in &policies {
        pack.policy(&Policy {
            organization: name.as_str().into(),
            organization_id: policy.organization_id.to_string().into(),
            kind: policy.kind.number(),
            type_name: policy.kind.name().map(Into::into),
            enabled: policy.enabled,
            data: policy.data.as_ref().map(|data| data.to_string().into()),
            revised: policy.revision_date,
        });
    }
    add_gaps(core, &mut pack, log, query);
    let mut rows = 0;
    each_told(core, log, query, addresses, |told| {
        rows += 1;
        pack.event(told);
    });
    Ok((pack.finish().0, rows))
}

fn head(core: &Rc<Core>, query: &EventsQuery) -> Result<Head, Problem> {
    let source = query.filter.source;
    let open = core.open()?;
    let me = open.me();
    let made_by = me.name.clone().unwrap_or_else(|| me.email.clone());
    let (scope, scope_id) = match (source.within(), source.provider()) {
        (Some(within), _) => (client_name(core, within), within.organization.to_string()),
        (None, Some(provider)) => {
            (me.staffing(provider)?.name.clone().unwrap_or_default(), provider.to_string())
        }
        (None, None) => (format!("Clients of {made_by}"), me.id.to_string()),
    };
    Ok(Head {
        scope,
        scope_id,
        from: Timestamp(query.filter.from.0),
        to: Timestamp(query.filter.to.0),
        filter: super::filter_words(core, query),
        made: Timestamp(core.platform.now_ms()),
        made_by,
    })
}

/// A pack says itself of which logs it does not hold everything.
fn add_gaps(core: &Core, pack: &mut Pack, log: &Log, query: &EventsQuery) {
    let provider = query.filter.source.provider().map(|provider| provider.to_string());
    for gap in core.event_gaps(log, Range::of(&query.filter)) {
        let (reason, moment) = match gap.reason {
            GapReason::SwitchedOff => ("switched-off", gap.before),
            GapReason::Suspended => ("suspended", gap.before),
            GapReason::NotAllowed => ("not-allowed", gap.before),
            GapReason::Failed(_) => ("failed", gap.before),
            GapReason::Crowded { at, .. } => ("crowded", Some(at)),
        };
        let client = gap.client.map(|client| client.to_string());
        pack.gap(&Gap {
            place: gap.name.into(),
            place_id: client.or_else(|| provider.clone()).unwrap_or_default().into(),
            reason,
            moment: moment.map(|moment| Timestamp(moment.0)),
        });
    }
}

fn add_member(pack: &mut Pack, member: &MemberMini, place: &str, client: OrganizationId) {
    let status = if member.status == OrganizationUserStatus::Revoked {
        "Revoked".to_owned()
    } else {
        status_words(shown_status(member.status))
    };
    pack.person(&Person {
        id: member.user_id.map(|id| id.to_string().into()),
        name: member.name.as_deref().unwrap_or_default().into(),
        email: member.email.as_str().into(),
        role: role_words(shown_role(member.kind)).into(),
        status: status.into(),
        place: place.into(),
        place_id: client.to_string().into(),
    });
}

fn client_name(core: &Core, within: Within) -> String {
    let table = core.stores.of::<Clients>(within.provider.unwrap_or_default()).table();
    let row = table.find_organization(within.organization).map(|row| table.name(row).to_owned());
    let own = || core.open().ok()?.me().membership(within.organization)?.name.clone();
    row.or_else(own).unwrap_or_else(|| within.organization.to_string())
}

impl Handle for VerifyEvidence {
    async fn handle(self, _: &Rc<Core>) -> Result<EvidenceView, Problem> {
        Ok(match verify(&self.0, sha256) {
            Ok(whole) => EvidenceView::Whole {
                scope: whole.head.scope,
                from: Moment(whole.head.from.0),
                to: Moment(whole.head.to.0),
                made: Moment(whole.head.made.0),
                by: whole.head.made_by,
                filter: whole.head.filter,
                counts: [whole.counts.people, whole.counts.policies, whole.counts.gaps, whole.counts.events]
                    .map(|count| u32::try_from(count).unwrap_or(u32::MAX)),
                seal: portal_domain::evidence::in_groups(&whole.seal),
            },
            Err(Broken { line, what }) => EvidenceView::Broken {
                line: u32::try_from(line).unwrap_or(u32::MAX),
                fault: match what {
                    What::NotOurs | What::UnknownVersion(_) => EvidenceFault::NotOne,
                    What::Unreadable | What::Altered | What::WrongSeal | What::UnknownKind => {
                        EvidenceFault::Altered
                    }
                    What::Missing(_) | What::Moved | What::Inserted | What::Unlinked => {
                        EvidenceFault::OutOfOrder
                    }
                    What::Truncated | What::NoSeal => EvidenceFault::Unfinished,
                    What::SecondSeal | What::AfterSeal => EvidenceFault::AfterTheEnd,
                },
            },
        })
    }
}
