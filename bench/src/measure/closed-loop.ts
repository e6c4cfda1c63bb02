import { Latencies } from './latency.ts';

export interface ClosedLoop {
  readonly inFlight: number;
  readonly seconds: number;
  /** @param n counts up from 0 over all that are in flight */
  readonly work: (n: number) => Promise<unknown>;
}

export interface ClosedLoopResult {
  readonly count: number;
  readonly perSecond: number;
  readonly latency: Latencies;
}

/**
 * As much as goes with so many in flight: finds capacity, and nothing about waiting. What is in flight
 * at the end is waited for and counted, with its time.
 * @throws the first error of the work, once all that is in flight has ended
 */
export async function closedLoop(options: ClosedLoop): Promise<ClosedLoopResult> {
  const { inFlight, seconds, work } = options;
  const latency = new Latencies();
  const begin = performance.now();
  const end = begin + seconds * 1_000;
  let started = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let at = performance.now(); at < end && !failed; at = performance.now()) {
      try {
        await work(started++);
      } catch (error) {
        failed = true;
        throw error;
      }
      latency.record(performance.now() - at);
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: inFlight }, worker));
  const broken = workers.find((one) => one.status === 'rejected');
  if (broken) throw broken.reason;
  const took = (performance.now() - begin) / 1_000;
  return { count: latency.count, perSecond: latency.count / took, latency };
}
