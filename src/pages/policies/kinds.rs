//! Every policy: what it does, and the fields of its data (contract §4.6).

use portal_bridge::{PolicyType, PolicyType::*, policy_name};

use crate::messages::policies as text;
use crate::ui::table::Words;

/// A policy as it is shown.
pub(super) struct Kind {
    pub(super) kind: PolicyType,
    pub(super) says: Words,
    pub(super) fields: &'static [Field],
}

/// A key of a policy's data.
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) label: Words,
    pub(super) hint: Option<Words>,
    pub(super) input: Input,
}

/// What a key takes.
pub(super) enum Input {
    Flag,
    Number,
    Text,
    /// One of several texts; the empty one says nothing.
    Word(&'static [(&'static str, Words)]),
    /// One of several numbers, written as text; the empty one says nothing.
    Choice(&'static [(&'static str, Words)]),
    /// Any of several numbers.
    Several(&'static [(i64, Words)]),
}

const fn field(key: &'static str, label: Words, input: Input) -> Field {
    Field { key, label, hint: None, input }
}

const fn hinted(key: &'static str, label: Words, hint: Words, input: Input) -> Field {
    Field { key, label, hint: Some(hint), input }
}

const fn plain(kind: PolicyType, says: Words) -> Kind {
    Kind { kind, says, fields: &[] }
}

const fn with(kind: PolicyType, says: Words, fields: &'static [Field]) -> Kind {
    Kind { kind, says, fields }
}

/// The policies in groups, each group with its heading.
pub(super) const GROUPS: &[(Words, &[Kind])] = &[
    (text::group_access, ACCESS),
    (text::group_members, MEMBERS),
    (text::group_vault, VAULT),
    (text::group_send, SEND),
];

const ACCESS: &[Kind] = &[
    plain(TwoFactorAuthentication, text::two_step_says),
    with(MasterPassword, text::master_password_says, MASTER_PASSWORD),
    plain(RequireSso, text::sso_says),
    with(ResetPassword, text::recovery_says, RECOVERY),
    with(MaximumVaultTimeout, text::timeout_says, TIMEOUT),
    plain(RemoveUnlockWithPin, text::no_pin_says),
];

const MEMBERS: &[Kind] = &[
    plain(SingleOrg, text::single_org_says),
    plain(AutomaticUserConfirmation, text::auto_confirm_says),
    plain(BlockClaimedDomainAccountCreation, text::block_domains_says),
    plain(FreeFamiliesSponsorshipPolicy, text::families_says),
    with(OrganizationUserNotification, text::banner_says, BANNER),
];

const VAULT: &[Kind] = &[
    plain(OrganizationDataOwnership, text::ownership_says),
    with(PasswordGenerator, text::generator_says, GENERATOR),
    plain(DisablePersonalVaultExport, text::no_export_says),
    plain(RestrictedItemTypesPolicy, text::no_cards_says),
    with(UriMatchDefaults, text::uri_match_says, URI_MATCH),
    plain(ActivateAutofill, text::autofill_says),
    with(AutomaticAppLogIn, text::app_login_says, APP_LOGIN),
    plain(AutotypeDefaultSetting, text::autotype_says),
    with(FillAssist, text::fill_assist_says, FILL_ASSIST),
];

const SEND: &[Kind] = &[
    with(SendControls, text::send_controls_says, SEND_CONTROLS),
    plain(DisableSend, text::disable_send_says),
    with(SendOptions, text::send_options_says, SEND_OPTIONS),
];

const MASTER_PASSWORD: &[Field] = &[
    field("minComplexity", text::min_complexity, Input::Choice(STRENGTH)),
    field("minLength", text::min_length, Input::Number),
    field("requireUpper", text::require_upper, Input::Flag),
    field("requireLower", text::require_lower, Input::Flag),
    field("requireNumbers", text::require_numbers, Input::Flag),
    field("requireSpecial", text::require_special, Input::Flag),
    field("enforceOnLogin", text::enforce_on_login, Input::Flag),
];

const STRENGTH: &[(&str, Words)] = &[
    ("", text::strength_none),
    ("0", text::strength_0),
    ("1", text::strength_1),
    ("2", text::strength_2),
    ("3", text::strength_3),
    ("4", text::strength_4),
];

const GENERATOR: &[Field] = &[
    field("overridePasswordType", text::password_type, Input::Word(PASSWORD_TYPES)),
    field("minLength", text::min_length, Input::Number),
    field("useUpper", text::require_upper, Input::Flag),
    field("useLower", text::require_lower, Input::Flag),
    field("useNumbers", text::require_numbers, Input::Flag),
    field("useSpecial", text::require_special, Input::Flag),
    field("minNumbers", text::min_numbers, Input::Number),
    field("minSpecial", text::min_special, Input::Number),
    field("minNumberWords", text::min_words, Input::Number),
    field("capitalize", text::capitalize, Input::Flag),
    field("includeNumber", text::include_number, Input::Flag),
];

const PASSWORD_TYPES: &[(&str, Words)] =
    &[("", text::type_any), ("password", text::type_password), ("passphrase", text::type_passphrase)];

const RECOVERY: &[Field] = &[field("autoEnrollEnabled", text::auto_enroll, Input::Flag)];

const TIMEOUT: &[Field] = &[
    field("type", text::timeout_type, Input::Word(TIMEOUT_TYPES)),
    hinted("minutes", text::minutes, text::minutes_hint, Input::Number),
    field("action", text::timeout_action, Input::Word(TIMEOUT_ACTIONS)),
];

const TIMEOUT_TYPES: &[(&str, Words)] = &[
    ("", text::timeout_none),
    ("custom", text::timeout_custom),
    ("immediately", text::timeout_immediately),
    ("onSystemLock", text::timeout_system_lock),
    ("onAppRestart", text::timeout_restart),
    ("never", text::timeout_never),
];

const TIMEOUT_ACTIONS: &[(&str, Words)] =
    &[("", text::action_any), ("lock", text::action_lock), ("logOut", text::action_log_out)];

const APP_LOGIN: &[Field] = &[field("idpHost", text::idp_host, Input::Text)];

const URI_MATCH: &[Field] = &[field("uriMatchDetection", text::match_detection, Input::Choice(MATCHES))];

const MATCHES: &[(&str, Words)] = &[
    ("", text::match_none),
    ("0", text::match_domain),
    ("1", text::match_host),
    ("2", text::match_starts),
    ("3", text::match_exact),
    ("4", text::match_regex),
    ("5", text::match_never),
];

const BANNER: &[Field] = &[
    field("allowBanner", text::allow_banner, Input::Flag),
    field("header", text::banner_header, Input::Text),
    field("description", text::banner_text, Input::Text),
    field("buttonText", text::banner_button, Input::Text),
    field("showAfterEveryLogin", text::banner_each, Input::Flag),
];

const SEND_OPTIONS: &[Field] = &[field("disableHideEmail", text::hide_email, Input::Flag)];

const SEND_CONTROLS: &[Field] = &[
    field("disableSend", text::send_off, Input::Flag),
    field("disableHideEmail", text::hide_email, Input::Flag),
    field("whoCanAccess", text::who_access, Input::Choice(WHO)),
    hinted("allowedDomains", text::send_domains, text::send_domains_hint, Input::Text),
    field("deletionHours", text::deletion_hours, Input::Number),
    field("allowedSendTypes", text::send_types, Input::Several(SEND_TYPES)),
];

const WHO: &[(&str, Words)] =
    &[("", text::who_none), ("0", text::who_any), ("1", text::who_password), ("2", text::who_people)];

const SEND_TYPES: &[(i64, Words)] = &[(0, text::send_text), (1, text::send_file)];

const FILL_ASSIST: &[Field] = &[hinted("rulesUrl", text::rules_url, text::rules_url_hint, Input::Text)];

/// A policy this version knows.
pub(super) fn known(kind: PolicyType) -> Option<&'static Kind> {
    GROUPS.iter().flat_map(|(_, kinds)| *kinds).find(|known| known.kind == kind)
}

/// What a policy is called; one this version does not know by its number.
pub(super) fn name(kind: PolicyType) -> String {
    policy_name(kind).into_owned()
}

/// What a policy does.
pub(super) fn says(kind: PolicyType) -> &'static str {
    known(kind).map_or_else(text::unknown_says, |known| (known.says)())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_of_the_contract_has_its_place() {
        for kind in PolicyType::ALL {
            assert!(known(*kind).is_some(), "{kind:?}");
        }
        let places = GROUPS.iter().map(|(_, kinds)| kinds.len()).sum::<usize>();
        assert_eq!(places, PolicyType::ALL.len(), "each stands in one place");
    }
}
