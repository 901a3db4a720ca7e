import { columnsFor } from '../../src/permissions/compile/columns.js';
import { POSTGRES_ROLES } from '../../src/permissions/roles.js';
import { check } from '../limit/statements.js';

const setting = (name: string) => `nullif(current_setting('hub.${name}', true), '')`;

/**
 * What PostGraphile has no word for, as functions that it finds by itself: the credit check (the limit's statement,
 * run as the caller under row security, receipt, findings and event written), the search by name, and two counts.
 */
export function functionsSql(today: string): string {
  const values: Record<string, string> = {
    $3: `(select array_agg('HC${today.replaceAll('-', '')}' || upper(substr(md5(gen_random_uuid()::text), 1, 12))) from unnest(codes))`,
    $4: `${setting('department')}::uuid`,
    $5: setting('user'),
    $6: setting('role'),
    $7: `'checkCredits'`,
    $8: `'postgraphile'`,
    $1: 'codes',
    $2: 'matter_code',
    $TODAY: `'${today}'::date`,
  };
  const body = (text: string) => text.replace(/\$(\d|TODAY)/g, (found) => values[found] as string);
  const receipts = body(
    check('r.* from receipt r join wanted w on w.id = r.id order by w.row').replace(
      'from verdict),\nfound_finding',
      'from verdict returning *),\nfound_finding',
    ),
  );
  return `
drop schema if exists bench cascade;
create schema bench;
grant usage on schema bench to ${POSTGRES_ROLES.join(', ')};
create function bench.check_credits(codes text[], matter_code text) returns setof credit_check language sql volatile
  set search_path = public, pg_temp as $f$ ${receipts} $f$;
create function bench.check_credit(code text, matter_code text) returns credit_check language sql volatile
  set search_path = public, pg_temp as $f$ select * from bench.check_credits(array[code], matter_code) $f$;
do $do$ begin execute format($create$
create function bench.search_subjects(term text) returns setof subject language sql stable
  set search_path = public, pg_temp as $f$
  select %s from subject where id in (select subject_named(term)) order by sort_code, id $f$ $create$, (
    -- of a whole row, what whoever searches may select
    select string_agg(case when attname = any('{${columnsFor('PUBLIC', 'subject')?.join(',')}}') then quote_ident(attname)
      else format('null::%s', format_type(atttypid, atttypmod)) end, ', ' order by attnum)
    from pg_attribute where attrelid = 'subject'::regclass and attnum > 0 and not attisdropped)); end $do$;
grant execute on all functions in schema bench to ${POSTGRES_ROLES.join(', ')};`;
}
