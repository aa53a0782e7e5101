-- What an officer has opened and not acted on: the first time she opened a case in the state it is in, and how far its history
-- had come then.
create table case_look (
    case_id uuid not null references cases (id),
    user_id uuid not null references app_user (id),
    entered bigint not null,
    seq bigint not null,
    at timestamptz not null,
    primary key (user_id, case_id)
);
