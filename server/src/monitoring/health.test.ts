import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type Alarm, type Clock, systemClock } from '../kernel/clock.ts';
import { defaultSettings } from '../settings/read-settings.ts';
import type { BlockHeader } from '../chain/block.ts';
import type { NodeHealth } from '../tron/node-pool.ts';
import { type ChainSource, closedBecause, findNodes, readChainState } from './chain-state.ts';
import { findStock } from './find-stock.ts';
import { healthRoutes } from './health-routes.ts';
import { HealthRegistry, overallStatus } from './health-registry.ts';
import { Metrics } from './metrics.ts';

const NOW = new Date('2026-11-22T12:00:00Z');

/** A clock that stands until it is stepped. */
class SteppedClock implements Clock {
  #at = 0;
  #alarms: { at: number; wake: () => void }[] = [];

  now(): Date {
    return new Date(NOW.getTime() + this.#at);
  }
  monotonic(): number {
    return this.#at;
  }
  after(milliseconds: number, wake: () => void): Alarm {
    const alarm = { at: this.#at + milliseconds, wake };
    this.#alarms.push(alarm);
    return { cancel: () => void (this.#alarms = this.#alarms.filter((one) => one !== alarm)) };
  }
  step(milliseconds: number): void {
    this.#at += milliseconds;
    const due = this.#alarms.filter(({ at }) => at <= this.#at);
    this.#alarms = this.#alarms.filter(({ at }) => at > this.#at);
    for (const { wake } of due) wake();
  }
}

describe('the registry', () => {
  it('asks each dependency once a second at most', async () => {
    const clock = new SteppedClock();
    const registry = new HealthRegistry(clock);
    let asked = 0;
    registry.register({
      name: 'database',
      essential: true,
      check() {
        asked += 1;
        return { status: 'UP', detail: null };
      },
    });
    await Promise.all([registry.states(), registry.states()]);
    clock.step(999);
    await registry.states();
    expect(asked).toBe(1);
    clock.step(1);
    expect(await registry.states()).toEqual([
      {
        name: 'database',
        essential: true,
        status: 'UP',
        detail: null,
        latencyMs: 0,
        checkedAt: new Date(NOW.getTime() + 1_000),
      },
    ]);
    expect(asked).toBe(2);
  });

  it('waits three seconds for an answer and hides what drivers say', async () => {
    const clock = new SteppedClock();
    const registry = new HealthRegistry(clock);
    registry.register({
      name: 'mute',
      essential: false,
      check: () => new Promise(() => undefined),
    });
    registry.register({
      name: 'broken',
      essential: false,
      check: () => Promise.reject(new RangeError('postgres://desk:hunter2@db')),
    });
    const states = registry.states();
    // The rejection is there before the clock moves on.
    await new Promise((resolve) => setImmediate(resolve));
    clock.step(3_000);
    expect(await states).toMatchObject([
      { name: 'mute', status: 'DOWN', detail: 'No answer within 3 s.', latencyMs: 3_000 },
      { name: 'broken', status: 'DOWN', detail: 'The check failed: RangeError.' },
    ]);
  });

  it('is down only without something essential', () => {
    const state = (essential: boolean, status: 'UP' | 'DEGRADED' | 'DOWN') => ({
      name: 'x',
      essential,
      status,
      detail: null,
      latencyMs: 0,
      checkedAt: NOW,
    });
    expect(overallStatus([])).toBe('UP');
    expect(overallStatus([state(true, 'UP'), state(false, 'DOWN')])).toBe('DEGRADED');
    expect(overallStatus([state(true, 'DEGRADED')])).toBe('DEGRADED');
    expect(overallStatus([state(true, 'DOWN'), state(false, 'UP')])).toBe('DOWN');
  });
});

const header = (number: number, secondsAgo: number): BlockHeader => ({
  number,
  id: 'a'.repeat(64),
  parentId: 'b'.repeat(64),
  timeMs: NOW.getTime() - secondsAgo * 1_000,
  witness: null,
});
function source(
  head: BlockHeader | null,
  solid: BlockHeader | null,
  ...states: NodeHealth['state'][]
): ChainSource {
  return {
    network: 'local',
    explorer: null,
    energyPerTrx: () => '9.500',
    parametersReadAt: () => null,
    nodes: {
      disagreement: () => null,
      chainClock: () => ({ head, solid }),
      health: () =>
        states.map((state, index) => ({
          name: `http://node-${index}`,
          state,
          reason: 'as seen',
          head,
          solid,
          lag: 0,
          latencyMs: 1,
          checkedAt: NOW,
          since: NOW,
          traffic: null,
        })),
    },
  };
}

describe('sales', () => {
  const limits = defaultSettings.values;
  const why = (chain: ChainSource, changed = {}) =>
    closedBecause(readChainState(chain), { ...limits, ...changed }, NOW);

  it('are open on a healthy chain', () => {
    expect(why(source(header(100, 3), header(81, 60), 'UP'))).toBeUndefined();
    expect(why(source(header(100, 30), header(46, 60), 'DOWN', 'DEGRADED'))).toBeUndefined();
  });

  it.each([
    ['no TRON node answers', source(header(100, 3), header(81, 60), 'DOWN', 'DOWN')],
    ['no TRON node answers', source(null, null)],
    ['the chain has not been seen yet', source(null, null, 'UP')],
    ['the newest block is 31 seconds old', source(header(100, 31), header(81, 60), 'UP')],
    ['the last 55 blocks are not solid', source(header(100, 3), header(45, 60), 'UP')],
  ])('pause because %s', (reason, chain) => {
    expect(why(chain)).toBe(reason);
  });

  it('pause when people say so, with their reason', () => {
    const fine = source(header(100, 3), header(81, 60), 'UP');
    expect(why(fine, { 'sales.open': false })).toBe('sales are closed');
    expect(
      why(fine, { 'sales.open': false, 'sales.closedReason': 'maintenance until noon.' }),
    ).toBe('maintenance until noon');
  });

  it('show the nodes as one dependency', () => {
    const found = (...states: NodeHealth['state'][]) =>
      findNodes(readChainState(source(header(100, 3), header(81, 60), ...states)));
    expect(found('UP')).toEqual({ status: 'UP', detail: '1 of 1 nodes up, head 100.' });
    expect(found('UP', 'DOWN').status).toBe('DEGRADED');
    expect(found('DOWN', 'DOWN').status).toBe('DOWN');
  });
});

describe('the stock', () => {
  it('is low below the setting, and down at nothing', () => {
    expect(findStock(1_000n, 1_000n)).toEqual({ status: 'UP', detail: '1000 Energy is free.' });
    expect(findStock(999n, 1_000n)).toEqual({
      status: 'DEGRADED',
      detail: 'Only 999 Energy is free; below 1000 it is low.',
    });
    expect(findStock(0n, 1_000n).status).toBe('DOWN');
    expect(findStock(0n, 0n).status).toBe('DOWN');
  });
});

describe('the plain paths', () => {
  async function ask(path: string, token?: string, authorization?: string) {
    const registry = new HealthRegistry(systemClock);
    const state = { up: true };
    registry.register({
      name: 'database',
      essential: true,
      check: () => ({ status: state.up ? 'UP' : 'DOWN', detail: null }),
    });
    const metrics = new Metrics((error) => {
      throw error;
    });
    metrics.observeHttp('GET', '/graphql', 200, 0.01);
    const routes = healthRoutes({ registry, metrics, metricsToken: token, version: '1.2.3' });
    const server = createServer((request, response) => {
      void Promise.resolve(routes[request.url ?? '']?.(request)).then((answer) => {
        response.writeHead(answer?.status ?? 404, { 'content-type': answer?.contentType ?? '' });
        response.end(answer?.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const get = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: authorization === undefined ? {} : { authorization },
      });
      return { status: answer.status, body: await answer.text() };
    };
    try {
      return { before: await get(), state, registry };
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  it('say that the process lives', async () => {
    const { before } = await ask('/healthz');
    expect(before.status).toBe(200);
    expect(JSON.parse(before.body)).toEqual({ status: 'UP', version: '1.2.3' });
  });

  it('list every dependency', async () => {
    const { before } = await ask('/readyz');
    expect(before.status).toBe(200);
    expect(JSON.parse(before.body)).toMatchObject({
      status: 'UP',
      dependencies: [{ name: 'database', status: 'UP' }],
    });
  });

  it('are not ready without something essential', async () => {
    const registry = new HealthRegistry(systemClock);
    registry.register({
      name: 'database',
      essential: true,
      check: () => ({ status: 'DOWN', detail: 'cannot be reached' }),
    });
    const metrics = new Metrics(() => undefined);
    const routes = healthRoutes({ registry, metrics, metricsToken: undefined, version: '1' });
    const answer = await routes['/readyz']?.(undefined as never);
    expect(answer?.status).toBe(503);
    expect(answer?.body).toContain('cannot be reached');
  });

  it('give the metrics, to those with the token where there is one', async () => {
    const open = await ask('/metrics');
    expect(open.before.status).toBe(200);
    expect(open.before.body).toContain(
      'desk_http_request_seconds_count{method="GET",path="/graphql",status="200"} 1',
    );
    expect(open.before.body).toContain('nodejs_eventloop_lag');
    const token = 'a-token-of-length-16';
    expect((await ask('/metrics', token)).before.status).toBe(401);
    expect((await ask('/metrics', token, 'Bearer wrong')).before.status).toBe(401);
    expect((await ask('/metrics', token, `Bearer ${token}`)).before.status).toBe(200);
  });
});
