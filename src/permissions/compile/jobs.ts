import { ENQUEUED, type Enqueued } from '../jobs.js';
import { setting } from '../predicates.js';
import { POSTGRES_ROLES, ROLE_NAMES } from '../roles.js';
import { VERBS } from '../verbs.js';

const text = (value: string) => `'${value}'`;
const list = (values: readonly string[]) => `array[${values.map(text).join(', ')}]::text[]`;

function branch([task, { during, ids, queue, attempts }]: [string, Enqueued]): string {
  const running = during.flatMap((verb) =>
    ROLE_NAMES.filter((role) => VERBS[verb].may[role].name !== 'never').map((role) => `${verb} ${role}`),
  );
  return `    when ${text(task)} then
      allowed := ${setting('verb')} || ' ' || upper(substr(current_setting('role'), 5)) = any(${list(running)});
      named := ${list([...ids].sort())};
      queue := ${queue === undefined ? 'null' : text(queue)};
      tries := ${attempts};`;
}

/**
 * The one way of the weak login into the queue. It runs as hub_jobs, whose tables they are, in the caller's transaction: a
 * job is gone with what was rolled back. One job a task and payload: asked for again before it began, it is the same one.
 */
export function printEnqueue(): string {
  return `-- The queue: what a request may add to it, and nothing else.
set local role hub_jobs;
create or replace function hub_jobs.enqueue(task text, payload jsonb) returns bigint language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
declare
  allowed boolean;
  named text[];
  queue text;
  tries int;
begin
  case task
${(Object.entries(ENQUEUED) as [string, Enqueued][]).map(branch).join('\n')}
    else allowed := false;
  end case;
  if allowed is not true then
    raise exception 'this task is not to be asked for here' using errcode = 'insufficient_privilege';
  end if;
  if jsonb_typeof(payload) <> 'object' or named <> array(select jsonb_object_keys(payload) order by 1)
    or exists (select from jsonb_each_text(payload) as member
      where member.value is null or member.value !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') then
    raise exception 'a job names ids and nothing else' using errcode = 'check_violation';
  end if;
  return (graphile_worker.add_job(task, payload::json, queue_name => queue, max_attempts => tries,
    job_key => task || (select string_agg(':' || member.value, '' order by member.key) from jsonb_each_text(payload) as member))).id;
end $$;
revoke all on function hub_jobs.enqueue(text, jsonb) from public;
revoke all on schema hub_jobs from public;
revoke all on schema hub_jobs from hub_app;
revoke all on function hub_jobs.enqueue(text, jsonb) from hub_app;
grant usage on schema hub_jobs to ${POSTGRES_ROLES.join(', ')};
grant execute on function hub_jobs.enqueue(text, jsonb) to ${POSTGRES_ROLES.join(', ')};
reset role;`;
}
