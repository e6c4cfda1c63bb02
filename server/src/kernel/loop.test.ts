import { describe, expect, it } from 'vitest';
import type { Clock } from './clock.ts';
import { Loop } from './loop.ts';

/** A clock on which only the test moves time. */
function handClock(): Clock & { pass(milliseconds: number): Promise<void>; alarms(): number } {
  let now = 0;
  const alarms = new Map<object, { at: number; wake: () => void }>();
  return {
    now: () => new Date(now),
    monotonic: () => now,
    after(milliseconds, wake) {
      const key = {};
      alarms.set(key, { at: now + milliseconds, wake });
      return { cancel: () => alarms.delete(key) };
    },
    alarms: () => alarms.size,
    async pass(milliseconds) {
      now += milliseconds;
      for (const [key, { at, wake }] of [...alarms]) {
        if (at > now) continue;
        alarms.delete(key);
        wake();
      }
      await settled();
    },
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('a loop', () => {
  it('steps after the pause that the step asked for', async () => {
    const clock = handClock();
    let steps = 0;
    const loop = new Loop(clock, () => Promise.resolve((steps += 1) * 100));
    loop.start();
    loop.start();
    await settled();
    expect(steps).toBe(1);
    await clock.pass(99);
    expect(steps).toBe(1);
    await clock.pass(1);
    expect(steps).toBe(2);
    await clock.pass(199);
    expect(steps).toBe(2);
    await loop.stop();
    expect(clock.alarms()).toBe(0);
    await clock.pass(10_000);
    expect(steps).toBe(2);
  });

  it('steps at once when woken, also when woken during a step', async () => {
    const clock = handClock();
    let steps = 0;
    let finish: () => void = () => undefined;
    const loop = new Loop(clock, async () => {
      steps += 1;
      if (steps === 2) await new Promise<void>((resolve) => (finish = resolve));
      return 1_000;
    });
    loop.start();
    await settled();
    loop.wake();
    await settled();
    expect(steps).toBe(2);
    loop.wake();
    await settled();
    // Never two steps at once.
    expect(steps).toBe(2);
    finish();
    await settled();
    expect(steps).toBe(3);
    await loop.stop();
  });

  it('stops only when its step has ended, and can start again', async () => {
    const clock = handClock();
    let steps = 0;
    let finish: () => void = () => undefined;
    const loop = new Loop(clock, async () => {
      steps += 1;
      await new Promise<void>((resolve) => (finish = resolve));
      return 0;
    });
    loop.start();
    await settled();
    let stopped = false;
    const stopping = loop.stop().then(() => (stopped = true));
    await settled();
    expect(stopped).toBe(false);
    finish();
    await stopping;
    expect(steps).toBe(1);
    loop.start();
    await settled();
    expect(steps).toBe(2);
    const again = loop.stop();
    finish();
    await again;
  });
});
