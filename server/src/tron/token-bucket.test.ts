import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StepClock } from '../testing/step-clock.ts';
import { TokenBucket } from './token-bucket.ts';

/** Takes a token and writes down when it came, or that it did not. */
function taker(bucket: TokenBucket, clock: StepClock) {
  const log: string[] = [];
  const take = (name: string, urgent = false, patienceMs = 60_000): void => {
    void bucket.take(urgent, patienceMs).then((granted) => {
      log.push(`${name} ${granted ? 'at' : 'not by'} ${clock.monotonic()}`);
    });
  };
  return { log, take };
}

describe('a token bucket', () => {
  it('gives a burst at once and then at its pace', async () => {
    const clock = new StepClock();
    const bucket = new TokenBucket({ perSecond: 2, burst: 3, clock });
    const { log, take } = taker(bucket, clock);
    for (const name of ['a', 'b', 'c', 'd', 'e']) take(name);
    await clock.pass(2_000);
    expect(log).toEqual(['a at 0', 'b at 0', 'c at 0', 'd at 500', 'e at 1000']);
    expect(bucket.level).toBe(2);
    await clock.pass(60_000);
    expect(bucket.level).toBe(3);
  });

  it('lets the urgent pass before all that wait', async () => {
    const clock = new StepClock();
    const bucket = new TokenBucket({ perSecond: 1, burst: 1, clock });
    const { log, take } = taker(bucket, clock);
    take('first');
    take('read one');
    take('read two');
    take('broadcast one', true);
    take('broadcast two', true);
    await clock.pass(5_000);
    expect(log).toEqual([
      'first at 0',
      'broadcast one at 1000',
      'broadcast two at 2000',
      'read one at 3000',
      'read two at 4000',
    ]);
  });

  it('has nobody wait longer than told, and loses no token by it', async () => {
    const clock = new StepClock();
    const bucket = new TokenBucket({ perSecond: 1, burst: 1, clock });
    const { log, take } = taker(bucket, clock);
    take('first');
    take('impatient', false, 300);
    take('patient');
    await clock.pass(1_500);
    expect(log).toEqual(['first at 0', 'impatient not by 300', 'patient at 1000']);
  });

  it('never gives more than burst and pace allow', async () => {
    const waits = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        waits,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 10 }),
        async (pauses, perSecond, burst) => {
          const clock = new StepClock();
          const bucket = new TokenBucket({ perSecond, burst, clock });
          let granted = 0;
          for (const pause of pauses) {
            void bucket.take(pause % 2 === 0, 2_000).then((yes) => (granted += yes ? 1 : 0));
            await clock.pass(pause);
            const allowed = burst + (clock.monotonic() / 1_000) * perSecond;
            expect(granted).toBeLessThanOrEqual(Math.floor(allowed + 1e-6));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
