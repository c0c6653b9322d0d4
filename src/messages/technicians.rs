//! Who of ours sits where: the matrix of technicians and clients.

use portal_bridge::SeatRisk;

texts! {
    matrix => "Seats of technicians in clients",
    client => "Client",
    risk => "Risk",
    seat => "Seat",
    shown => "Technicians",
    shown_most(limit) => "At most {limit} at once.",
    show_all => "Those with the most seats",
    others[n] => { one: "{n} more is not shown", other: "{n} more are not shown" },
    holds(some, all) => "{some} of {all}",
    holds_you(some, all) => "{some} of {all}, you",
    head_aloud => "clients looked after; show those without a seat",
    head_tip(name, email, missing) => "{name} · {email} · no seat in {missing}",
    note(email, owner, admin, other, waiting) => "{email}: Owner of {owner}, Admin of {admin}, less in {other}, waiting in {waiting}",
    no_seat => "no seat",
    no_seat_mark => "–",
    unread => "not read yet",
    unreadable => "members not readable",
    none => "none",
    invited => "invited",
    waits => "to confirm",
    revoked => "revoked",
    seat_of(role, status) => "{role}, {status}",

    one_owner => "one Owner",
    no_owner => "no Owner",
    owners_ours => "all Owners are yours",
    one_owner_ours => "one Owner, yours",
    risk_one => "Fewer than two Owners",
    risk_theirs => "Nobody of the client is an Owner",
    risk_missing => "A technician has no seat",
    with_count(words, count) => "{words} ({count})",
    missing_chip => "No seat",

    find => "Find a client",
    no_match => "No client matches",
    no_match_body => "Nothing fits the search and the filters together.",
    empty => "No clients yet",
    empty_body => "Every organization in which you are a confirmed Owner or Admin stands here, with the seats of your colleagues.",

    domains => "Your domains",
    domains_title => "Your domains",
    domains_intro => "Whoever has an address at one of these domains counts as one of yours. Kept in this browser, for your account.",
    domains_none => "Your own address is at a domain for everybody, so only you count as yours.",
    domain => "Another domain",
    domain_hint => "Such as example.com. Subdomains count by themselves.",
    domain_add => "Add domain",
    domain_remove => "Remove",
    domain_remove_named(domain) => "Remove {domain}",
    domains_not_kept => "This browser keeps nothing: the domains last until the page is loaded again.",
}

/// What a client risks, as a filter.
pub fn risk_word(risk: SeatRisk) -> &'static str {
    match risk {
        SeatRisk::OneOwner => risk_one(),
        SeatRisk::NoOwnerOfTheirs => risk_theirs(),
        SeatRisk::SeatMissing => risk_missing(),
    }
}
