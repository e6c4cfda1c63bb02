import { setTimeout as pause } from 'node:timers/promises';
import { Latencies } from './latency.ts';

export interface OpenLoop {
  readonly perSecond: number;
  readonly seconds: number;
  /**
   * @param n counts up from 0
   * @param intendedAt `performance.now()` of the moment that the schedule names
   */
  readonly work: (n: number, intendedAt: number) => Promise<unknown>;
}

export interface OpenLoopResult {
  readonly sent: number;
  readonly failed: number;
  /** The first few failures, for people. */
  readonly problems: readonly string[];
  /** From the intended start to the end, of those that succeeded. */
  readonly latency: Latencies;
}

const PROBLEMS = 3;

/**
 * A fixed schedule that waits for nobody: what is slow makes those after it late, and that counts.
 * All that was sent is waited for.
 */
export async function openLoop({ perSecond, seconds, work }: OpenLoop): Promise<OpenLoopResult> {
  const latency = new Latencies();
  const problems: string[] = [];
  const total = Math.round(perSecond * seconds);
  const gap = 1_000 / perSecond;
  const begin = performance.now();
  const running = new Set<Promise<void>>();
  let failed = 0;
  const send = async (n: number, intendedAt: number): Promise<void> => {
    try {
      await work(n, intendedAt);
      latency.record(performance.now() - intendedAt);
    } catch (error) {
      failed += 1;
      if (problems.length < PROBLEMS) problems.push(String(error));
    }
  };
  for (let sent = 0; sent < total;) {
    for (; sent < total && begin + sent * gap <= performance.now(); sent += 1) {
      const one = send(sent, begin + sent * gap).finally(() => running.delete(one));
      running.add(one);
    }
    const wait = begin + sent * gap - performance.now();
    await pause(Math.max(0, wait));
  }
  await Promise.all(running);
  return { sent: total, failed, problems, latency };
}
