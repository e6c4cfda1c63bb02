import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { systemClock } from '../kernel/clock.ts';
import { Pings } from './pings.ts';

const TIMES = 1_000;
const fastClock = {
  ...systemClock,
  after: (milliseconds: number, wake: () => void) => systemClock.after(milliseconds / TIMES, wake),
};

class Other extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  pings = 0;
  readonly #answers: boolean;

  constructor(answers: boolean) {
    super();
    this.#answers = answers;
  }

  ping(): void {
    this.pings += 1;
    if (this.#answers) this.emit('pong');
  }

  terminate(): void {
    this.readyState = 3;
    this.emit('close');
  }
}

describe('pings', () => {
  it('go on while they are answered, and end a connection that answers none', async () => {
    const pings = new Pings(fastClock);
    const [there, gone] = [new Other(true), new Other(false)];
    for (const socket of [there, gone]) pings.add(socket as unknown as WebSocket);
    const stopping = new AbortController();
    const running = pings.run(stopping.signal);
    await expect.poll(() => gone.readyState).toBe(3);
    const before = there.pings;
    await expect.poll(() => there.pings).toBeGreaterThan(before + 1);
    stopping.abort();
    await running;
    expect(gone.pings).toBe(1);
    expect(there.readyState).toBe(1);
  });
});
