//! What a server lets people do, and what whoever runs it, or whoever pays for it, can still switch on.

use serde::{Deserialize, Serialize};

/// What a server is, as far as it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ServerKind {
    /// Vaultwarden.
    Vaultwarden,
    /// The portal's own.
    Portal,
    /// Bitwarden's cloud.
    Cloud,
    /// One that does not say what it is: most often Bitwarden's software, run by somebody themselves.
    #[default]
    Other,
}

/// Something a server may let people do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Feature {
    /// Providers, whose staff look after clients.
    Providers,
    /// Groups of members.
    Groups,
    /// The event log.
    Events,
    /// Policies.
    Policies,
    /// Account recovery.
    Recovery,
    /// Seats are counted and limited.
    Seats,
    /// Who may make and delete collections can be set for an organization.
    CollectionSettings,
    /// Mail, and with it invitations by mail.
    Mail,
    /// A provider's staff reach the items of its clients.
    ItemAccess,
}

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It works.
    On,
    /// It would work after this.
    Off(Remedy),
    /// This server does not have it, and nothing switches it on.
    NotOnThisServer,
    /// Nothing that was read says so.
    Unknown,
}

/// What switches something on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remedy {
    /// Whoever runs the server sets this.
    Setting(Setting),
    /// The organization gets a Teams or an Enterprise plan (contract §2).
    TeamsPlan,
    /// The organization gets an Enterprise plan (contract §2).
    EnterprisePlan,
}

/// A setting of whoever runs the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Setting {
    /// Vaultwarden's groups.
    VaultwardenGroups,
    /// Vaultwarden's event log.
    VaultwardenEvents,
    /// Vaultwarden's mail, on which account recovery hangs as well.
    VaultwardenMail,
    /// The mail of the portal's own server.
    PortalMail,
    /// The mode of the portal's own server.
    PortalMode,
    /// Whether staff reach items on the portal's own server.
    PortalItemAccess,
}

impl Setting {
    /// The setting as the server reads it: variables of Vaultwarden, flags of the portal's own server.
    pub fn written(self) -> &'static str {
        match self {
            Self::VaultwardenGroups => "ORG_GROUPS_ENABLED=true",
            Self::VaultwardenEvents => "ORG_EVENTS_ENABLED=true",
            Self::VaultwardenMail => "SMTP_HOST, SMTP_FROM",
            Self::PortalMail => "--smtp-url, --smtp-from",
            Self::PortalMode => "--mode provider",
            Self::PortalItemAccess => "--provider-item-access allow",
        }
    }
}

/// Something a server may let people do, and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capability {
    /// What.
    pub feature: Feature,
    /// How it stands.
    pub standing: Standing,
    /// The organizations looked at that lack it.
    pub lacking: u32,
}

/// What the rules start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts<'a> {
    /// What the server is.
    pub kind: ServerKind,
    /// The portal's own server has no providers.
    pub owner_mode: bool,
    /// Whether it sends mail, where its config says so.
    pub sends_mail: Option<bool>,
    /// It lets a provider's staff change its clients' items.
    pub staff_reach_items: bool,
    /// The organizations to look at, as the profile tells them.
    pub organizations: &'a [Flags],
}

/// What the server says an organization has; `None` where it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    /// `useGroups`.
    pub groups: Option<bool>,
    /// `useEvents`.
    pub events: Option<bool>,
    /// `usePolicies`.
    pub policies: Option<bool>,
    /// `useResetPassword`.
    pub recovery: Option<bool>,
}

/// How everything stands, in the order it is shown. Vaultwarden's flags are settings of the server, the same for every
/// organization, and its `useResetPassword` tells whether it sends mail (vaultwarden.md §2); elsewhere they are the plan's.
pub fn capabilities(facts: &Facts) -> Vec<Capability> {
    let vaultwarden = facts.kind == ServerKind::Vaultwarden;
    let told = |feature, flag: fn(&Flags) -> Option<bool>, setting, plan| {
        let remedy = if vaultwarden { Remedy::Setting(setting) } else { plan };
        of_organizations(facts.organizations, feature, flag, remedy)
    };
    let mail = |flags: &Flags| flags.recovery;
    let plain = |feature, standing| Capability { feature, standing, lacking: 0 };
    let (groups, events, mailed) =
        (Setting::VaultwardenGroups, Setting::VaultwardenEvents, Setting::VaultwardenMail);
    vec![
        plain(Feature::Providers, providers(facts)),
        told(Feature::Groups, |flags| flags.groups, groups, Remedy::TeamsPlan),
        told(Feature::Events, |flags| flags.events, events, Remedy::TeamsPlan),
        match vaultwarden {
            // There they cannot be switched off, so nothing that could be set is ever named.
            true => plain(Feature::Policies, Standing::On),
            false => of_organizations(
                facts.organizations,
                Feature::Policies,
                |flags| flags.policies,
                Remedy::EnterprisePlan,
            ),
        },
        told(Feature::Recovery, mail, mailed, Remedy::EnterprisePlan),
        plain(Feature::Seats, here(!vaultwarden && !facts.owner_mode)),
        plain(Feature::CollectionSettings, here(!vaultwarden)),
        match facts.kind {
            ServerKind::Vaultwarden => told(Feature::Mail, mail, mailed, Remedy::Setting(mailed)),
            ServerKind::Portal => plain(Feature::Mail, switched(facts.sends_mail, Setting::PortalMail)),
            ServerKind::Cloud => plain(Feature::Mail, Standing::On),
            ServerKind::Other => plain(Feature::Mail, Standing::Unknown),
        },
        plain(Feature::ItemAccess, item_access(facts)),
    ]
}

fn providers(facts: &Facts) -> Standing {
    match facts.kind {
        ServerKind::Portal => switched(Some(!facts.owner_mode), Setting::PortalMode),
        ServerKind::Cloud => Standing::On,
        // Bitwarden's own software has them in its cloud alone.
        ServerKind::Vaultwarden | ServerKind::Other => Standing::NotOnThisServer,
    }
}

/// Where nobody is staff of a provider, there is nothing to let them do.
fn item_access(facts: &Facts) -> Standing {
    match facts.kind {
        ServerKind::Portal if !facts.owner_mode => {
            switched(Some(facts.staff_reach_items), Setting::PortalItemAccess)
        }
        ServerKind::Portal | ServerKind::Vaultwarden => Standing::NotOnThisServer,
        ServerKind::Cloud | ServerKind::Other => here(facts.staff_reach_items),
    }
}

fn here(has: bool) -> Standing {
    if has { Standing::On } else { Standing::NotOnThisServer }
}

fn switched(on: Option<bool>, by: Setting) -> Standing {
    match on {
        Some(true) => Standing::On,
        Some(false) => Standing::Off(Remedy::Setting(by)),
        None => Standing::Unknown,
    }
}

/// Off as soon as one organization lacks it.
fn of_organizations(
    organizations: &[Flags],
    feature: Feature,
    flag: fn(&Flags) -> Option<bool>,
    remedy: Remedy,
) -> Capability {
    let told: Vec<bool> = organizations.iter().filter_map(flag).collect();
    let lacking = told.iter().filter(|has| !**has).count();
    let standing = match (told.is_empty(), lacking) {
        (true, _) => Standing::Unknown,
        (false, 0) => Standing::On,
        (false, _) => Standing::Off(remedy),
    };
    Capability { feature, standing, lacking: u32::try_from(lacking).unwrap_or(u32::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL_ON: Flags =
        Flags { groups: Some(true), events: Some(true), policies: Some(true), recovery: Some(true) };

    fn standing(facts: &Facts, feature: Feature) -> Standing {
        of(facts, feature).standing
    }

    fn of(facts: &Facts, feature: Feature) -> Capability {
        let mut rows = capabilities(facts).into_iter().filter(|row| row.feature == feature);
        let (Some(row), None) = (rows.next(), rows.next()) else { panic!("one row of {feature:?}") };
        row
    }

    fn offs(facts: &Facts) -> Vec<(Feature, Remedy)> {
        let off = |row: Capability| match row.standing {
            Standing::Off(remedy) => Some((row.feature, remedy)),
            _ => None,
        };
        capabilities(facts).into_iter().filter_map(off).collect()
    }

    #[test]
    fn what_is_off_on_vaultwarden_names_the_setting_that_switches_it_on() {
        let off = Flags { groups: Some(false), events: Some(false), recovery: Some(false), ..ALL_ON };
        let facts = Facts { kind: ServerKind::Vaultwarden, organizations: &[off, off], ..Facts::default() };
        let written: Vec<_> = offs(&facts)
            .into_iter()
            .map(|(feature, remedy)| match remedy {
                Remedy::Setting(setting) => (feature, setting.written()),
                other => panic!("{other:?} is no setting"),
            })
            .collect();
        assert_eq!(
            written,
            [
                (Feature::Groups, "ORG_GROUPS_ENABLED=true"),
                (Feature::Events, "ORG_EVENTS_ENABLED=true"),
                (Feature::Recovery, "SMTP_HOST, SMTP_FROM"),
                (Feature::Mail, "SMTP_HOST, SMTP_FROM"),
            ]
        );
    }

    #[test]
    fn nothing_is_off_on_a_vaultwarden_that_has_everything_switched_on() {
        let facts = Facts { kind: ServerKind::Vaultwarden, organizations: &[ALL_ON], ..Facts::default() };
        // Whatever else it says.
        let facts = Facts { staff_reach_items: true, ..facts };
        assert_eq!(offs(&facts), []);
        for feature in [Feature::Groups, Feature::Events, Feature::Policies, Feature::Recovery, Feature::Mail]
        {
            assert_eq!(standing(&facts, feature), Standing::On, "{feature:?}");
        }
        for feature in [Feature::Providers, Feature::Seats, Feature::CollectionSettings, Feature::ItemAccess]
        {
            assert_eq!(standing(&facts, feature), Standing::NotOnThisServer, "{feature:?}");
        }
    }

    #[test]
    fn what_only_an_organization_tells_is_unknown_to_whoever_looks_after_none() {
        let facts = Facts { kind: ServerKind::Vaultwarden, ..Facts::default() };
        for feature in [Feature::Groups, Feature::Events, Feature::Recovery, Feature::Mail] {
            assert_eq!(standing(&facts, feature), Standing::Unknown, "{feature:?}");
        }
        let silent = Facts { organizations: &[Flags::default()], ..facts };
        assert_eq!(standing(&silent, Feature::Groups), Standing::Unknown);
    }

    #[test]
    fn in_the_cloud_a_plan_switches_on_what_single_organizations_lack() {
        let teams = Flags { policies: Some(false), recovery: Some(false), ..ALL_ON };
        let facts =
            Facts { kind: ServerKind::Cloud, organizations: &[ALL_ON, teams, teams], ..Facts::default() };
        assert_eq!(
            offs(&facts),
            [(Feature::Policies, Remedy::EnterprisePlan), (Feature::Recovery, Remedy::EnterprisePlan)]
        );
        assert_eq!(of(&facts, Feature::Policies).lacking, 2);
        assert_eq!(standing(&facts, Feature::Providers), Standing::On);
        assert_eq!(standing(&facts, Feature::ItemAccess), Standing::NotOnThisServer);
    }

    #[test]
    fn the_portals_own_server_names_its_flags() {
        let facts = Facts { kind: ServerKind::Portal, sends_mail: Some(false), ..Facts::default() };
        let setting = Remedy::Setting;
        assert_eq!(
            offs(&facts),
            [
                (Feature::Mail, setting(Setting::PortalMail)),
                (Feature::ItemAccess, setting(Setting::PortalItemAccess))
            ]
        );
        let on = Facts { sends_mail: Some(true), staff_reach_items: true, ..facts };
        assert_eq!(offs(&on), []);
        // Without providers nobody is staff, whatever staff would be let do.
        let owner = Facts { owner_mode: true, ..on };
        assert_eq!(offs(&owner), [(Feature::Providers, setting(Setting::PortalMode))]);
        assert_eq!(standing(&owner, Feature::ItemAccess), Standing::NotOnThisServer);
        assert_eq!(standing(&owner, Feature::Seats), Standing::NotOnThisServer);
    }

    #[test]
    fn a_server_that_says_nothing_of_itself_is_taken_for_one_that_somebody_runs_themselves() {
        let facts = Facts { organizations: &[ALL_ON], ..Facts::default() };
        assert_eq!(standing(&facts, Feature::Providers), Standing::NotOnThisServer);
        assert_eq!(standing(&facts, Feature::Mail), Standing::Unknown);
        assert_eq!(offs(&facts), []);
    }
}
