-- Pages that came back from a form with their errors, kept for an hour, sealed: the browser is led to an address of its
-- own for each, so that it can go back and forward without sending the form again.
create table returned_page (
    page_key text primary key,
    owner text not null,
    address text not null,
    status integer not null,
    sealed blob not null,
    at text not null
);
create index returned_page_at on returned_page (at);
