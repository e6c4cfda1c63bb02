import { describe, expect, it } from 'vitest';
import type { Random } from '../kernel/random.ts';
import { StepClock } from '../testing/step-clock.ts';
import { TronNode } from './node-client.ts';
import { NodeFault } from './node-fault.ts';
import { type NodeTransport, readRetryAfter } from './node-http.ts';
import { TronNodes } from './node-pool.ts';
import { type NodePace, PacedTransport } from './paced-transport.ts';

/** Always the largest: rests are then as long as they can be. */
const random: Random = {
  bytes: (count) => Buffer.alloc(count),
  below: (limit) => limit - 1,
};

/** A node that answers with what it is told to. */
class Scripted implements NodeTransport {
  readonly name: string;
  readonly asked: string[] = [];
  /** A fault to throw, or the reply. */
  next: NodeFault | object = {};

  constructor(name = 'scripted') {
    this.name = name;
  }

  post(path: string): Promise<unknown> {
    this.asked.push(path);
    const { next } = this;
    return next instanceof NodeFault ? Promise.reject(next) : Promise.resolve(next);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function limited(retryAfterMs?: number): NodeFault {
  return new NodeFault('rate-limited', 'scripted', 'HTTP 429', undefined, { retryAfterMs });
}

function paced(pace: NodePace | null = null) {
  const clock = new StepClock();
  const inner = new Scripted();
  const transport = new PacedTransport(inner, { pace, clock, random });
  const ask = (path = '/wallet/getblock'): Promise<string> =>
    transport.post(path, {}).then(
      () => 'answered',
      (error: unknown) => (error instanceof NodeFault && error.sent ? 'refused' : 'held'),
    );
  return { clock, inner, transport, ask };
}

describe('a node that says "too much"', () => {
  it('rests, each time in a row for longer, and is asked by one again', async () => {
    const { clock, inner, transport, ask } = paced();
    inner.next = limited();
    const rests: number[] = [];
    for (let row = 0; row < 9; row += 1) {
      expect(await ask()).toBe('refused');
      rests.push(transport.traffic().restMs);
      expect(await ask()).toBe('held');
      await clock.pass(transport.traffic().restMs);
    }
    expect(rests.map((rest) => Math.ceil(rest))).toEqual([
      499, 999, 1999, 3999, 7999, 15999, 31999, 59999, 59999,
    ]);
    inner.next = {};
    expect(await ask()).toBe('answered');
    inner.next = limited();
    expect(await ask()).toBe('refused');
    expect(transport.traffic().restMs).toBeLessThan(500);
    expect(transport.traffic()).toMatchObject({ requests: 11, rateLimited: 10, held: 9 });
  });

  it('rests as long as it asks for, up to five minutes', async () => {
    const { clock, inner, transport, ask } = paced();
    inner.next = limited(25_000);
    await ask();
    expect(transport.traffic().restMs).toBe(25_000);
    await clock.pass(24_999);
    expect(await ask()).toBe('held');
    await clock.pass(1);
    inner.next = limited(3_600_000);
    expect(await ask()).toBe('refused');
    expect(transport.traffic().restMs).toBe(300_000);
  });

  it('counts refusals of requests that were under way together as one', async () => {
    const { inner, transport, ask } = paced();
    inner.next = limited();
    await Promise.all([ask(), ask(), ask()]);
    expect(transport.traffic().restMs).toBeLessThan(500);
    expect(transport.traffic().rateLimited).toBe(3);
  });

  it('by its own limiter, in an answer, rests too', async () => {
    const { inner, transport } = paced();
    inner.next = { Error: 'class java.lang.IllegalAccessException : lack of computing resources' };
    const node = new TronNode({ transport });
    await expect(node.header('head')).rejects.toMatchObject({ kind: 'rate-limited' });
    expect(node.traffic()).toMatchObject({ rateLimited: 1 });
    expect(node.traffic()?.restMs).toBeGreaterThan(0);
    await expect(node.broadcastHex('00')).resolves.toMatchObject({
      code: 'NOT_SENT',
      mayLand: false,
    });
    expect(inner.asked).toHaveLength(1);
  });
});

describe('a node with a limit', () => {
  it('gets no more than that, and broadcasts before reads', async () => {
    const { clock, inner, ask, transport } = paced({ perSecond: 1, burst: 2 });
    const answers = [ask('/1'), ask('/2'), ask('/3'), ask('/4'), ask('/wallet/broadcasthex')];
    await clock.pass(900);
    expect(inner.asked).toEqual(['/1', '/2']);
    await clock.pass(100);
    expect(inner.asked).toEqual(['/1', '/2', '/wallet/broadcasthex']);
    await clock.pass(2_000);
    // A read that waited too long has another node asked.
    expect(await Promise.all(answers)).toEqual([
      'answered',
      'answered',
      'held',
      'held',
      'answered',
    ]);
    expect(transport.traffic()).toMatchObject({ requests: 3, held: 2, burst: 2, tokens: 2 });
  });

  it('that rests has the next one sent the transaction at once', async () => {
    const clock = new StepClock();
    const [one, two] = [new Scripted('one'), new Scripted('two')];
    for (const node of [one, two]) {
      node.next = {
        blockID: '00'.repeat(32),
        block_header: { raw_data: { txTrieRoot: '00'.repeat(32) } },
        result: true,
      };
    }
    const transports = [one, two].map(
      (inner) => new PacedTransport(inner, { pace: null, clock, random }),
    );
    const nodes = new TronNodes({
      nodes: transports.map((transport) => new TronNode({ transport })),
      chainId: null,
      clock,
      random,
    });
    await nodes.broadcast('00');
    one.asked.length = 0;
    transports[0]?.noteRateLimit();
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await nodes.broadcast('00')).toMatchObject({ node: 'two' });
    }
    transports[1]?.noteRateLimit();
    expect(await nodes.broadcast('00')).toMatchObject({ node: null, answer: { mayLand: false } });
    expect(one.asked).toEqual([]);
  });
});

describe('Retry-After', () => {
  const now = new Date('2026-11-22T10:00:00Z');

  it.each<[string | string[] | undefined, number | undefined]>([
    ['30', 30_000],
    ['0', 0],
    [['5', '6'], 5_000],
    ['Sun, 22 Nov 2026 10:00:07 GMT', 7_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %s', (header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected);
  });
});
