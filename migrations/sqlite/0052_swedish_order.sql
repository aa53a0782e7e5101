-- The order of names is made by the program: å, ä and ö after z, by bytes. Accents other than these stand with the next change of name.
update organisation_name set sort_key = replace(replace(replace(replace(replace(replace(replace(
    sort_key, 'å', '{'), 'ä', '|'), 'ö', '}'), 'é', 'e'), 'ü', 'y'), '-', ' '), '&', ' ');
