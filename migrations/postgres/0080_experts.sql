-- Experts from outside the municipality (sakkunniga) who are asked to score one case each. Her place among the assessors is a
-- task of its own, which nobody else fills.
create table expert (
    id uuid primary key,
    case_id uuid not null references cases (id),
    entered bigint not null,
    task_id uuid not null unique references task (id),
    user_id uuid not null references app_user (id),
    invited_by uuid not null references app_user (id),
    invited_at timestamptz not null,
    last_day date not null,
    -- Whether she has a conflict of interest (förvaltningslagen 16 §), in her own word; none before she has said.
    declared text check (declared in ('no_tie', 'tie')),
    declared_at timestamptz,
    revoked_by uuid references app_user (id),
    revoked_at timestamptz,
    done_at timestamptz,
    check ((declared is null) = (declared_at is null)),
    check ((revoked_by is null) = (revoked_at is null)),
    -- Nobody scores before she has said that she has no conflict of interest, nor after the invitation was taken back.
    check (done_at is null or (declared = 'no_tie' and revoked_at is null))
);
create index expert_case on expert (case_id);
create index expert_user on expert (user_id);
