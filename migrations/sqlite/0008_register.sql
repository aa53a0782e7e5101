-- The register of associations: who entered an account and who confirmed it.

-- Four eyes: whoever entered an account never confirms it, and nobody's entry counts as confirmed by itself. What was
-- taken over from an older system, or came on paper with the registration, was entered by nobody.
alter table bank_account add column entered_by blob references app_user (id);
alter table bank_account add column confirmed_by blob references app_user (id)
    check (entered_by is null or confirmed_at is null or (confirmed_by is not null and confirmed_by <> entered_by));
