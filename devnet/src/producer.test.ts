import { expect, test } from 'vitest';
import { openChain } from './devnet.ts';
import { Producer } from './producer.ts';

/** A clock that stands still until it is moved, and then rings what is due on the way. */
class VirtualClock {
  private time: number;
  private timers: { at: number; run: () => void }[] = [];

  constructor(time: number) {
    this.time = time;
  }

  now(): number {
    return this.time;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.timers = this.timers.filter((other) => other !== next);
      this.time = next.at;
      next.run();
    }
    this.time = end;
  }

  /** Time goes by while nothing runs, as when the machine sleeps. */
  sleep(ms: number): void {
    this.time += ms;
    this.timers = this.timers.map((timer) => ({ ...timer, at: Math.max(timer.at, this.time) }));
  }
}

const start = 1_800_000_000_000;

test('blocks carry the clock, and a sleep shows as missed slots', () => {
  const clock = new VirtualClock(start);
  const { chain } = openChain({ clock });
  const producer = new Producer(chain, clock, 3_000);
  const first = chain.head.number;
  clock.pass(30_000);
  expect(chain.head).toMatchObject({ number: first + 10, timestamp: start + 30_000 });
  clock.sleep(3_600_000);
  clock.pass(3_000);
  expect(chain.head.number).toBeLessThanOrEqual(first + 12);
  expect(Math.abs(chain.head.timestamp - clock.now())).toBeLessThanOrEqual(3_000);
  producer.stop();
});

test('a quick pace moves chain time by whole slots; pausing, stepping and jumping work', () => {
  const clock = new VirtualClock(start);
  const { chain } = openChain({ clock });
  const producer = new Producer(chain, clock, 100);
  const { number, timestamp } = chain.head;
  clock.pass(1_000);
  expect(chain.head).toMatchObject({ number: number + 10, timestamp: timestamp + 30_000 });
  producer.pause();
  clock.pass(60_000);
  expect(chain.head.number).toBe(number + 10);
  producer.step(2);
  expect(chain.head.number).toBe(number + 12);
  const before = chain.head.timestamp;
  chain.advance(86_400_000);
  producer.pace('manual');
  producer.step(1);
  expect(chain.head.timestamp).toBe(before + 86_400_000 + 3_000);
  producer.step(1);
  expect(chain.head.timestamp).toBe(before + 86_400_000 + 6_000);
  producer.stop();
});
