-- What reads stand on: the order of pages as it is asked for (an index of another collation serves no `order by`), and
-- the pairs of characters in names. Two characters are the usual search in Chinese, and a trigram index knows none.
drop index subject_page;
create index subject_page on subject (sort_code, id);

-- Single characters too, for the shortest search there is.
create function name_grams(text) returns text[] language sql immutable strict parallel safe as $$
  select array(select distinct substr($1, i, n) from generate_series(1, char_length($1)) i, generate_series(1, 2) n
    where i + n - 1 <= char_length($1))
$$;
create index subject_name_grams on subject using gin (name_grams(name)) with (fastupdate = off)
  where kind <> 'NATURAL_PERSON';
create index former_name_grams on former_name using gin (name_grams(name)) with (fastupdate = off);
