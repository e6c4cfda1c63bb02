import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Database } from '../database/database.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { changeSetting } from '../settings/change-settings.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { anOperator, aStranger, SchemaDesk } from '../testing/ask-schema.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import type { ChainSource } from './chain-state.ts';
import { HealthRegistry } from './health-registry.ts';
import { HealthResolver } from './health.resolver.ts';
import { healthRules } from './health.rules.ts';
import { SalesGate } from './sales-gate.ts';

const HEALTH = `{ health {
  status version startedAt salesOpen salesClosedReason
  dependencies { name status detail latencyMs checkedAt }
  chain { network head solid lag headTime energyPerTrx parametersReadAt explorer nodes { url status head solid detail } }
} }`;
let place: TestDatabase;
let database: Database;
let settings: SettingsStore;
let sales: SalesGate;
let desk: SchemaDesk;
let headAgeMs = 2_000;

beforeAll(async () => {
  place = await createTestDatabase();
  database = await Database.connect({
    url: place.url,
    poolSize: 3,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
  const block = (number: number, timeMs: number) => ({
    number,
    timeMs,
    id: '',
    parentId: '',
    witness: null,
  });
  const chain: ChainSource = {
    network: 'local',
    explorer: null,
    energyPerTrx: () => '9.500',
    parametersReadAt: () => new Date('2026-11-22T10:00:30Z'),
    nodes: {
      disagreement: () => null,
      chainClock: () => ({ head: block(120, Date.now() - headAgeMs), solid: block(101, 0) }),
      health: () => [
        {
          name: 'http://127.0.0.1:8090',
          state: 'UP',
          reason: 'Block 120, 19 not solid.',
          head: block(120, 0),
          solid: block(101, 0),
          lag: 0,
          latencyMs: 2,
          checkedAt: new Date(),
          since: new Date(),
          traffic: null,
        },
      ],
    },
  };
  settings = new SettingsStore(() => database.read(), systemClock);
  sales = new SalesGate(chain, settings, systemClock, {
    recentRefusal: () => undefined,
  });
  const registry = new HealthRegistry(systemClock);
  registry.register({
    name: 'postgresql',
    essential: true,
    async check() {
      const { up, detail } = await database.ping();
      return { status: up ? 'UP' : 'DOWN', detail: detail ?? null };
    },
  });
  registry.register({
    name: 'jobs',
    essential: false,
    check: () => ({ status: 'DOWN', detail: 'MongoDB: cannot be reached' }),
  });
  desk = new SchemaDesk({
    resolvers: [
      new HealthResolver({
        registry,
        chain,
        sales,
        version: '0.1.0',
        startedAt: new Date('2026-11-22T10:00:00Z'),
      }),
    ],
    rules: [healthRules],
  });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

describe('health', () => {
  it('tells how the desk, its dependencies and the chain are', async () => {
    const { data, error } = await desk.ask(anOperator('SUPPORT'), HEALTH);
    expect(error).toBeNull();
    expect(data?.['health']).toMatchObject({
      status: 'DEGRADED',
      version: '0.1.0',
      startedAt: '2026-11-22T10:00:00.000Z',
      salesOpen: true,
      salesClosedReason: null,
      dependencies: [
        { name: 'postgresql', status: 'UP', detail: null },
        { name: 'jobs', status: 'DOWN', detail: 'MongoDB: cannot be reached' },
      ],
      chain: {
        network: 'local',
        head: 120,
        solid: 101,
        lag: 19,
        energyPerTrx: '9.500',
        parametersReadAt: '2026-11-22T10:00:30.000Z',
        explorer: null,
        nodes: [{ url: 'http://127.0.0.1:8090', status: 'UP', head: 120, solid: 101 }],
      },
    });
  });

  it('says why nothing is sold', async () => {
    headAgeMs = 40_500;
    const { data } = await desk.ask(anOperator('SUPPORT'), HEALTH);
    expect(data?.['health']).toMatchObject({
      salesOpen: false,
      salesClosedReason: 'the newest block is 40 seconds old',
    });
    headAgeMs = 2_000;
    await settings.current();
    await database.transaction(system('test'), (em) =>
      changeSetting(em, system('test'), 'sales.open', false, 'maintenance'),
    );
    // Nobody tells this process of the change: it sees it by itself.
    await vi.waitFor(() => expect(sales.closedBecause()).toBe('sales are closed'), {
      timeout: 30_000,
    });
  });

  it('is not for strangers', async () => {
    expect((await desk.ask(aStranger, HEALTH)).error?.code).toBe('UNAUTHENTICATED');
  });
});
