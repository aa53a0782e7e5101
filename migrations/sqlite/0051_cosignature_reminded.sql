-- A second signature is reminded of by hand at most once a day.
alter table cosignature add column reminded_on text;
