-- People who log in, for whom they act, and what keeps a member of the staff away from an association.

-- A log-in identity of a person: who vouched for her (the issuer) and her stable name there, as a keyed hash where
-- that is a personal number.
create table identity (
    issuer text not null,
    subject text not null,
    user_id uuid not null references app_user (id),
    primary key (issuer, subject)
);

-- For whom a person acts. Associations hand these out themselves; ended ones stay as dated facts.
create table mandate (
    id uuid primary key,
    user_id uuid not null references app_user (id),
    organisation_id uuid not null references organisation (id),
    kind text not null check (kind in ('reader', 'writer', 'signatory')),
    given_by uuid references app_user (id),
    valid_from date not null,
    valid_to date,
    ended_at timestamptz,
    check (valid_to is null or valid_from <= valid_to)
);
create index mandate_user on mandate (user_id);
create index mandate_organisation on mandate (organisation_id);

-- Ties between staff or elected and associations (jäv, förvaltningslagen 16 §): the person neither sees nor handles its cases.
create table conflict_of_interest (
    id uuid primary key,
    user_id uuid not null references app_user (id),
    organisation_id uuid not null references organisation (id),
    reason text not null,
    valid_from date not null,
    valid_to date,
    check (valid_to is null or valid_from <= valid_to)
);
create index conflict_of_interest_user on conflict_of_interest (user_id);

-- A log-in. Only the token's hash is kept: who reads the table cannot take over a session.
create table session (
    token_hash bytea primary key,
    user_id uuid not null references app_user (id),
    organisation_id uuid references organisation (id),
    begun_at timestamptz not null,
    seen_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz
);
create index session_of_user on session (user_id);

-- A form sent twice acts once: the key of the form and where its first sending led.
create table form_receipt (
    form_key text primary key,
    user_id uuid not null references app_user (id),
    path text not null,
    at timestamptz not null,
    location text
);
