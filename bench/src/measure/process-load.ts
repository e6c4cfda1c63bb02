import { readFile } from 'node:fs/promises';

/** Of every Linux that Node runs on: the ticks in /proc are hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Processor time that a process has used so far, in seconds; null where the system does not tell. */
export async function cpuSeconds(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  // Fields after the name in brackets: user time is the twelfth, system time the thirteenth.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resident memory of a process in MB (10⁶ bytes); null where the system does not tell. */
export async function residentMegabytes(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null);
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(text ?? '')?.[1];
  return kilobytes === undefined ? null : (Number(kilobytes) * 1_024) / 1_000_000;
}
