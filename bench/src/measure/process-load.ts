import { readdir, readFile } from 'node:fs/promises';

const NANOSECONDS = 1e9;

/**
 * Processor time that the threads of a process have used so far, in seconds; null where the system does not
 * tell. By the scheduler's own clock: /proc/…/stat counts in hundredths, which a round has few of.
 */
export async function cpuSeconds(pid: number): Promise<number | null> {
  const folder = `/proc/${pid}/task`;
  const threads = await readdir(folder).catch(() => []);
  const used = await Promise.all(
    threads.map((thread) => readFile(`${folder}/${thread}/schedstat`, 'utf8').catch(() => '')),
  );
  const sum = used.reduce((all, text) => all + Number(text.split(' ', 1)[0]), 0);
  return sum === 0 ? null : sum / NANOSECONDS;
}

/** Resident memory of a process in MB (10⁶ bytes); null where the system does not tell. */
export async function residentMegabytes(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null);
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(text ?? '')?.[1];
  return kilobytes === undefined ? null : (Number(kilobytes) * 1_024) / 1_000_000;
}
