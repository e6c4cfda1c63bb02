import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process as we knew it: the number alone may by now belong to another. */
export interface KnownProcess {
  readonly pid: number;
  /** When it was started, in the words of the operating system. */
  readonly since: string;
}

/** The process with this number as it is now; undefined when there is none. */
export function identify(pid: number): KnownProcess | undefined {
  if (process.platform === 'linux') {
    try {
      const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // Fields after the name in brackets, which may hold anything: state is the first, the start
      // time (in ticks since boot) the twentieth.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[19] === undefined) return undefined;
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return { pid, since: `${boot}/${fields[19]}` };
    } catch {
      return undefined;
    }
  }
  try {
    const since = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return { pid, since: since.trim() };
  } catch {
    return undefined;
  }
}

/** Whether this very process is still there. */
export function isStillThere(known: KnownProcess): boolean {
  return identify(known.pid)?.since === known.since;
}

/** Ends a process that is not our child: politely, and by force after `patienceMs`. */
export async function endProcess(known: KnownProcess, patienceMs: number): Promise<void> {
  for (const [signal, limit] of [
    ['SIGTERM', patienceMs],
    ['SIGKILL', 5000],
  ] as const) {
    if (!isStillThere(known)) return;
    process.kill(known.pid, signal);
    for (let waited = 0; waited < limit && isStillThere(known); waited += 25) await sleep(25);
  }
}
