import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { Factory } from '../testing/factories.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { deskMeasurements } from './desk-measurements.ts';
import { Metrics } from './metrics.ts';

let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await createTestDatabase();
  database = await Database.connect({
    url: place.url,
    poolSize: 3,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

describe('metrics', () => {
  it('count operations by name and errors by code, and no more than 200 names', async () => {
    const metrics = new Metrics(() => undefined);
    for (let n = 0; n < 300; n += 1) metrics.observeOperation(`Name${n}`, 'query', 0.01, []);
    metrics.observeOperation('Name1', 'query', 0.02, ['BAD_INPUT']);
    metrics.observeOperation(undefined, 'mutation', 0.01, []);
    metrics.observeHttp('BREW', '/graphql', 405, 0.001);
    const text = await metrics.expose();
    expect(text).toContain('desk_graphql_operation_seconds_count{name="Name1",kind="query"} 2');
    expect(text).toContain('desk_graphql_operation_seconds_count{name="other",kind="query"} 100');
    expect(text).toContain('desk_graphql_errors_total{name="Name1",code="BAD_INPUT"} 1');
    expect(text).toContain('method="other",path="/graphql",status="405"');
    expect(text).not.toContain('Name250');
  });

  it('measure what the tables and the nodes say', async () => {
    const factory = new Factory(database);
    const [user, wallet] = [await factory.user(), await factory.wallet()];
    await factory.order({ user, wallets: [wallet] });
    await factory.order({ user, wallets: [wallet], state: 'PROCESSING' });
    await factory.order({ user, wallets: [wallet], state: 'COMPLETED', solid: true });
    const problems: unknown[] = [];
    const metrics = new Metrics((error) => problems.push(error));
    const time = { id: '', parentId: '', timeMs: 0, witness: null };
    const chain = {
      network: 'local',
      explorer: null,
      energyPerTrx: () => null,
      parametersReadAt: () => null,
      nodes: {
        chainClock: () => ({ head: { number: 120, ...time }, solid: { number: 101, ...time } }),
        disagreement: () => null,
        health: () => [],
      },
    };
    for (const measurement of deskMeasurements(database, chain)) metrics.measure(measurement);
    const text = await metrics.expose();
    expect(problems).toEqual([]);
    expect(text).toContain('desk_orders_open{state="PENDING"} 1');
    expect(text).toContain('desk_orders_open{state="PROCESSING"} 1');
    expect(text).toContain('desk_orders_last_hour{state="COMPLETED"} 1');
    expect(text).toMatch(/desk_attempts_undecided\{state="\w+"\} 1/);
    expect(text).toMatch(/desk_database_connections\{state="\w+"\} \d/);
    expect(text).toContain('desk_chain_block{view="head"} 120');
  });

  it('leave out what cannot be read and tell it', async () => {
    const problems: unknown[] = [];
    const metrics = new Metrics((error) => problems.push(error));
    metrics.measure({
      name: 'desk_broken',
      help: 'Never there.',
      label: 'x',
      read: () => Promise.reject(new Error('away')),
    });
    metrics.measure({ name: 'desk_fine', help: 'There.', label: 'x', read: () => [['a', 1]] });
    const text = await metrics.expose();
    expect(text).toContain('desk_fine{x="a"} 1');
    expect(text).not.toContain('desk_broken{');
    expect(problems).toHaveLength(1);
  });
});
