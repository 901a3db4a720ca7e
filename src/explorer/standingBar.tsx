import { type ReactNode, useId } from 'react';
import type { ExplorerFacts, Sample } from '../server/explorerFacts.js';
import { roleIn, rolesIn, type Standing } from './asking.js';

interface Props {
  facts: ExplorerFacts;
  departments: { code: string; name: string }[];
  standing: Standing;
  onChange(next: Standing): void;
  sample: Sample | null;
  onSample(sample: Sample): void;
  /** the reader came back from the issuer without a token */
  failed: boolean;
}

/** The head of the page: as whom, why, and what to begin with. */
export function StandingBar({ facts, departments, standing, onChange, sample, onSample, failed }: Props) {
  const set = (change: Partial<Standing>) => onChange({ ...standing, ...change });
  return (
    <header className="hub-bar">
      <h1>
        公共信用信息查询台 <small>Public credit explorer</small>
      </h1>
      <form aria-label="身份与用途 Identity and purpose" onSubmit={(event) => event.preventDefault()}>
        <Field zh="示例" en="Sample">
          {(id) => (
            <select
              id={id}
              value={sample ? facts.samples.indexOf(sample) : ''}
              onChange={({ target }) => {
                const chosen = facts.samples[Number(target.value)];
                if (chosen) onSample(chosen);
              }}
            >
              <option value="" disabled>
                选择示例操作…
              </option>
              {facts.samples.map((each, index) => (
                <option key={each.en} value={index}>
                  {facts.roles.find(({ name }) => name === each.role)?.zh}：{each.zh}
                </option>
              ))}
            </select>
          )}
        </Field>
        {facts.demo ? (
          <DemoFields facts={facts} departments={departments} standing={standing} set={set} />
        ) : (
          <TokenFields facts={facts} standing={standing} set={set} />
        )}
        <Field zh="查询用途" en="Purpose">
          {(id) => (
            <select id={id} value={standing.purpose} onChange={({ target }) => set({ purpose: target.value })}>
              <option value="">（未选 none）</option>
              {facts.purposes.map(({ code, zh }) => (
                <option key={code} value={code}>
                  {zh} {code}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field zh="案号" en="Case no.">
          {(id) => (
            <input
              id={id}
              value={standing.caseNo}
              maxLength={100}
              autoComplete="off"
              onChange={({ target }) => set({ caseNo: target.value })}
            />
          )}
        </Field>
      </form>
      {failed && (
        <p role="alert">
          登录未完成，请重试或联系管理员。
          <small>Signing in did not succeed: try again, or ask your administrator.</small>
        </p>
      )}
    </header>
  );
}

interface FieldsProps {
  facts: ExplorerFacts;
  standing: Standing;
  set(change: Partial<Standing>): void;
}

/** The hub's own demo identity: any role, with the facts that it needs. */
function DemoFields({ facts, departments, standing, set }: FieldsProps & Pick<Props, 'departments'>) {
  const needs = facts.roles.find(({ name }) => name === standing.role)?.needs ?? [];
  return (
    <>
      <Field zh="角色" en="Role">
        {(id) => (
          <select
            id={id}
            value={standing.role}
            onChange={({ target }) => set({ role: facts.roles.find(({ name }) => name === target.value)?.name })}
          >
            {facts.roles.map(({ name, zh }) => (
              <option key={name} value={name}>
                {zh} {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {needs.includes('department') && (
        <Chosen
          zh="部门"
          en="Department"
          from={departments.map(({ code, name }) => ({ id: code, name }))}
          value={standing.department}
          onChange={(department) => set({ department })}
        />
      )}
      {needs.includes('subject') && (
        <Chosen
          zh="主体"
          en="Subject"
          from={facts.subjects}
          value={standing.subject}
          onChange={(subject) => set({ subject })}
        />
      )}
      {standing.role !== facts.anonymous && (
        <Field zh="用户" en="User">
          {(id) => (
            <input
              id={id}
              value={standing.user}
              placeholder="demo-explorer"
              pattern="[A-Za-z0-9_\-]{1,40}"
              autoComplete="off"
              onChange={({ target }) => set({ user: target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** One of a list, or typed where there is none. */
function Chosen(props: {
  zh: string;
  en: string;
  from: { id: string; name: string }[];
  value: string;
  onChange(id: string): void;
}) {
  const { zh, en, from, value, onChange } = props;
  return (
    <Field zh={zh} en={en}>
      {(id) =>
        from.length > 0 ? (
          <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
            {from.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <input id={id} value={value} autoComplete="off" onChange={({ target }) => onChange(target.value)} />
        )
      }
    </Field>
  );
}

/** A token of the issuer that the hub trusts, had by signing in or pasted; without one the reader is the public. */
function TokenFields({ facts, standing, set }: FieldsProps) {
  const carried = rolesIn(standing.token);
  return (
    <>
      {facts.signIn && !standing.signedIn && (
        <a className="hub-action" href="/explorer/sign-in">
          登录 <small>Sign in</small>
        </a>
      )}
      {standing.signedIn ? (
        <button
          className="hub-action"
          type="button"
          onClick={() => set({ token: '', signedIn: false, role: facts.anonymous })}
        >
          退出 <small>Sign out</small>
        </button>
      ) : (
        <Field zh="访问令牌" en="Bearer token">
          {(id) => (
            <input
              id={id}
              type="password"
              value={standing.token}
              autoComplete="off"
              spellCheck={false}
              placeholder="不填即社会公众 none: the public"
              onChange={({ target }) => {
                const token = target.value.trim().replace(/^Bearer\s+/i, '');
                set({ token, role: roleIn(token, facts) });
              }}
            />
          )}
        </Field>
      )}
      {carried.length > 1 && (
        <Field zh="角色" en="Role">
          {(id) => (
            <select
              id={id}
              value={standing.role}
              onChange={({ target }) => set({ role: facts.roles.find(({ name }) => name === target.value)?.name })}
            >
              {facts.roles
                .filter(({ name }) => carried.includes(name))
                .map(({ name, zh }) => (
                  <option key={name} value={name}>
                    {zh} {name}
                  </option>
                ))}
            </select>
          )}
        </Field>
      )}
    </>
  );
}

/** The label stands beside its control, not around it, so that a list's options are no part of its name. */
function Field({ zh, en, children }: { zh: string; en: string; children(id: string): ReactNode }) {
  const id = useId();
  return (
    <div className="hub-field">
      <label htmlFor={id}>
        {zh} <small>{en}</small>
      </label>
      {children(id)}
    </div>
  );
}
