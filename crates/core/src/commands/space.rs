use std::rc::Rc;

use portal_bridge::{Feature, GetSpace, PlanHas, Problem, Remedy, Setting, SpaceView, Standing};
use portal_domain::capabilities::capabilities;

use super::{Handle, client_settings::collection_settings, clients::tier_word};
use crate::{Core, session::Membership, stores::server::Server};

impl Handle for GetSpace {
    async fn handle(self, core: &Rc<Core>) -> Result<SpaceView, Problem> {
        let within = self.0;
        let organization = core.organization(within).await?;
        let rights = core.rights_in(within).await?;
        let key_opens = core.space_key(within).await.is_ok();
        let server = core.server().await?;
        let me = core.open()?.me();
        let (name, plan, enabled, managed_by) = match within.provider {
            Some(provider) => {
                let row = core.client_row(provider, within.organization).await?;
                (row.name, Some(row.plan), row.enabled, me.staffing(provider)?.name.clone())
            }
            None => (
                organization.name.clone().unwrap_or_default(),
                server.has_plans().then(|| tier_word(organization.product_tier_type)),
                organization.enabled.unwrap_or(true),
                organization.provider_name.clone(),
            ),
        };
        let has = |flag: Option<bool>| flag.unwrap_or(true);
        Ok(SpaceView {
            organization: within.organization,
            name,
            plan,
            enabled,
            seats: organization.seats.and_then(|seats| u32::try_from(seats).ok()),
            key_opens,
            managed_by,
            as_staff: within.provider.is_some(),
            in_portfolio: within.provider.is_none()
                && me.own_clients().count() > usize::from(!server.creates_organizations()),
            bills: within.provider.is_none() && server.has_subscriptions(),
            has: PlanHas {
                groups: has(organization.use_groups),
                policies: has(organization.use_policies),
                events: has(organization.use_events),
                directory: has(organization.use_directory) || server.takes_any_directory(),
                custom_role: has(organization.use_custom_permissions),
                recovery: has(organization.use_reset_password),
                api: has(organization.use_api),
            },
            off: off(server, &organization),
            registers_at: core.registers_at(&organization).await?,
            settings: collection_settings(&organization),
            rights: rights.all(),
        })
    }
}

/// What the server has switched off for an organization, with what switches it on.
fn off(server: Server, organization: &Membership) -> Vec<(Feature, Setting)> {
    let rows = capabilities(&server.facts(&[organization.flags()]));
    let off = rows.into_iter().filter_map(|row| match row.standing {
        Standing::Off(Remedy::Setting(setting)) => Some((row.feature, setting)),
        _ => None,
    });
    off.collect()
}
