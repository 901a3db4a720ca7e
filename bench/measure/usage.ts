import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A process, or a postmaster with all its children. */
export interface Process {
  pid: number;
  withChildren?: boolean;
}

// sysconf(_SC_CLK_TCK) is 100 on every Linux that Node runs on.
const TICKS = 100;

interface Stat {
  parent: number;
  own: number;
  /** of children that have ended */
  ended: number;
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (n: number) => fields[n - 3] as number;
    return { parent: at(4), own: at(14) + at(15), ended: at(16) + at(17) };
  } catch {
    return null;
  }
}

/** A server's resident memory; of Postgres what is not shared between its processes. */
function bytesOf(pid: number, line: 'VmRSS' | 'RssAnon'): number {
  try {
    const kilobytes = new RegExp(`^${line}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1_024;
  } catch {
    return 0;
  }
}

/** CPU time so far, and memory now. */
export function usageOf({ pid, withChildren }: Process): { cpuSeconds: number; bytes: number } {
  const self = statOf(pid) ?? { parent: 0, own: 0, ended: 0 };
  if (!withChildren) return { cpuSeconds: self.own / TICKS, bytes: bytesOf(pid, 'VmRSS') };
  let ticks = self.own + self.ended;
  let bytes = bytesOf(pid, 'RssAnon');
  for (const name of readdirSync('/proc')) {
    const child = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (child?.parent !== pid) continue;
    ticks += child.own;
    bytes += bytesOf(Number(name), 'RssAnon');
  }
  return { cpuSeconds: ticks / TICKS, bytes };
}

/** Waits until what a stopped load left behind is worked off: it must not weigh on the next one. */
export async function quiet(processes: readonly Process[]): Promise<void> {
  const spent = () => processes.reduce((sum, one) => sum + usageOf(one).cpuSeconds, 0);
  for (let turns = 0, calm = 0, before = spent(); calm < 3 && turns < 600; turns++) {
    await delay(100);
    const now = spent();
    calm = now - before <= 0.02 ? calm + 1 : 0;
    before = now;
  }
}
