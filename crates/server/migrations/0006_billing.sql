-- What invoices are worked out from, and the invoices. A day is its first millisecond in UTC, money BIGINT smallest units.

-- Seats by which a client's number changed on a day, added up. `alone` is 1 for a client that is billed by itself and not out
-- of the pool. They outlive the client: its last invoice is still to be made.
CREATE TABLE seat_changes (
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    organization_id TEXT NOT NULL,
    plan_type BIGINT NOT NULL,
    alone BIGINT NOT NULL,
    day BIGINT NOT NULL,
    seats BIGINT NOT NULL,
    PRIMARY KEY (provider_id, organization_id, plan_type, alone, day)
);
-- Managed clients came with their seats on the day they were linked; whatever changed before this table is not known.
INSERT INTO seat_changes (provider_id, organization_id, plan_type, alone, day, seats)
    SELECT link.provider_id, organization.id, organization.plan_type, 0, (link.created_at / 86400000) * 86400000,
        organization.seats
    FROM provider_organizations link JOIN organizations organization ON organization.id = link.organization_id
    WHERE organization.status = 2 AND organization.seats > 0;

ALTER TABLE provider_organizations ADD COLUMN billed_alone BIGINT NOT NULL DEFAULT 0;

-- Where a provider's billing stands. All its periods, by the month and by the year, are counted from one day.
CREATE TABLE billing_cycles (
    provider_id TEXT PRIMARY KEY REFERENCES providers (id) ON DELETE CASCADE,
    anchor BIGINT NOT NULL,
    billed_until BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    suspended_unpaid BIGINT NOT NULL
);

-- What is taken off from so many seats on, in millionths. No rate is published, so there is only the threshold.
CREATE TABLE discount_tiers (
    from_seats BIGINT PRIMARY KEY,
    discount BIGINT NOT NULL
);
INSERT INTO discount_tiers (from_seats, discount) VALUES (500, 0);

-- Invoices outlive what they are about, so that their numbers have no gaps; nothing in them refers to another table.
CREATE TABLE invoices (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    provider_id TEXT NOT NULL,
    window_first BIGINT NOT NULL,
    window_end BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    due BIGINT NOT NULL,
    currency TEXT NOT NULL,
    subtotal BIGINT NOT NULL,
    discount BIGINT NOT NULL,
    taken_off BIGINT NOT NULL,
    total BIGINT NOT NULL,
    credit_used BIGINT NOT NULL,
    paid_at BIGINT,
    UNIQUE (provider_id, window_first)
);
CREATE INDEX invoices_unpaid ON invoices (provider_id, paid_at);

CREATE TABLE invoice_lines (
    invoice_id TEXT NOT NULL REFERENCES invoices (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    organization_id TEXT,
    plan_type BIGINT NOT NULL,
    part TEXT NOT NULL,
    period_first BIGINT NOT NULL,
    period_end BIGINT NOT NULL,
    seat_days BIGINT NOT NULL,
    price BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (invoice_id, place)
);

-- The clients as they were when the invoice was made; without an id, the seats of a plan that nobody was given.
CREATE TABLE invoice_clients (
    invoice_id TEXT NOT NULL REFERENCES invoices (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    organization_id TEXT NOT NULL,
    name TEXT NOT NULL,
    plan_name TEXT NOT NULL,
    assigned BIGINT NOT NULL,
    used BIGINT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (invoice_id, place)
);

-- Seats and members of each client, counted once a day: a row where they are not what they were, and without numbers once the client
-- is gone. A day on which nobody counted is in no row of the second table.
CREATE TABLE seat_counts (
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    organization_id TEXT NOT NULL,
    day BIGINT NOT NULL,
    name TEXT NOT NULL,
    plan_type BIGINT NOT NULL,
    assigned BIGINT,
    used BIGINT,
    PRIMARY KEY (provider_id, organization_id, day)
);
CREATE TABLE seat_count_days (
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    day BIGINT NOT NULL,
    PRIMARY KEY (provider_id, day)
);
