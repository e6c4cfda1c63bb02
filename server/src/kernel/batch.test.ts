import { describe, expect, it } from 'vitest';
import { Batcher } from './batch.ts';
import { type Alarm, type Clock, systemClock } from './clock.ts';

/** Time passes when it is told to. */
class HandClock implements Clock {
  readonly now = systemClock.now;
  readonly monotonic = systemClock.monotonic;
  #alarms: (() => void)[] = [];

  after(_milliseconds: number, wake: () => void): Alarm {
    this.#alarms.push(wake);
    return { cancel: () => undefined };
  }

  ring(): void {
    for (const wake of this.#alarms.splice(0)) wake();
  }
}

/** A batcher whose batches never end, and the sizes of those that went out. */
function heldUp() {
  const sizes: number[] = [];
  const clock = new HandClock();
  const batcher = new Batcher<number, number>(
    (batch) => {
      sizes.push(batch.length);
      return new Promise(() => undefined);
    },
    {
      ...{ maxSize: 64, worthALane: 32, lanes: 3, maxWaiting: 1_000, patienceMs: 25, clock },
      overloaded: () => new Error('overloaded'),
    },
  );
  const arrive = async (inputs: number): Promise<void> => {
    for (let input = 0; input < inputs; input += 1) void batcher.submit(input);
    await Promise.resolve();
  };
  return { sizes, clock, arrive };
}

describe('what arrives at once', () => {
  it.each([
    ['stays together while it is small', 20, [20]],
    ['is shared among the lanes that are worth it', 64, [32, 32]],
    ['is shared evenly when it is more', 120, [40, 40, 40]],
    ['fills each lane at the most, and the rest waits', 300, [64, 64, 64]],
  ])('%s', async (_what, inputs, batches) => {
    const { sizes, arrive } = heldUp();
    await arrive(inputs);
    expect(sizes).toEqual(batches);
  });
});

describe('what arrives while a batch is in flight', () => {
  it('waits until it is worth a lane of its own', async () => {
    const { sizes, arrive } = heldUp();
    await arrive(1);
    await arrive(31);
    expect(sizes).toEqual([1]);
    await arrive(1);
    expect(sizes).toEqual([1, 32]);
  });

  it('waits no longer than its patience when that batch is held up', async () => {
    const { sizes, clock, arrive } = heldUp();
    await arrive(1);
    await arrive(5);
    clock.ring();
    expect(sizes).toEqual([1, 5]);
  });

  it('has its own patience: who came before has gone', async () => {
    const { sizes, clock, arrive } = heldUp();
    await arrive(1);
    await arrive(5);
    await arrive(27);
    await arrive(3);
    clock.ring();
    expect(sizes).toEqual([1, 32]);
    clock.ring();
    expect(sizes).toEqual([1, 32, 3]);
  });
});
