import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { addDuration } from './add-duration.ts';
import { CATALOGUE } from './catalogue.ts';
import { contradictions } from './contradictions.ts';
import { change, changeSetting, changeSettings, type SettingChange } from './change-settings.ts';
import { defaultSettings, readSettings } from './read-settings.ts';
import { SettingsStore } from './settings-store.ts';

const actor = system('test');
let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await createTestDatabase();
  database = await Database.connect({
    url: place.url,
    poolSize: 5,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});
beforeEach(async () => {
  await query(database.read(), 'delete from settings');
});

const write = (changes: readonly SettingChange[], reason = 'a test') =>
  database.transaction(actor, (em) => changeSettings(em, actor, changes, reason));
const read = () => readSettings(database.read());

describe('the catalogue', () => {
  it('has defaults that fit and agree with each other', () => {
    expect(contradictions(defaultSettings.values)).toEqual([]);
    expect(defaultSettings.values['orders.minEnergy']).toBe(1_000n);
    expect(defaultSettings.values['orders.maxEnergy']).toBe(10_000_000n);
    expect(defaultSettings.values['orders.durations'].map(({ code }) => code)).toEqual([
      '1h',
      '1d',
      '3d',
      '7d',
      '14d',
    ]);
  });

  it('is told in docs/settings.md as it is', () => {
    const page = readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8');
    for (const [key, definition] of Object.entries(CATALOGUE)) {
      const line = page.split('\n').find((text) => text.startsWith(`| \`${key}\` `));
      expect(line, key).toBeDefined();
      expect(line).toContain(definition.description);
      expect(line).toContain(definition.range);
      if (typeof definition.default !== 'object')
        expect(line).toContain(String(definition.default));
    }
  });
});

describe('changing settings', () => {
  it('begins with the defaults at version 0', async () => {
    expect(await read()).toEqual(defaultSettings);
  });

  it('keeps who changed what, when and why, and gives each change a higher version', async () => {
    const first = await write([change('orders.minEnergy', '2000')], 'small orders cost us money');
    const second = await write([change('orders.minEnergy', '3000')], 'still');
    expect(second.version).toBeGreaterThan(first.version);
    expect((await read()).values['orders.minEnergy']).toBe(3_000n);
    expect((await read()).version).toBe(second.version);
    const history = await query(
      database.read(),
      'select key, value, author, reason from settings_history where version >= $1 order by version',
      [first.version],
    );
    expect(history).toEqual([
      {
        key: 'orders.minEnergy',
        value: '2000',
        author: 'SYSTEM::test',
        reason: 'small orders cost us money',
      },
      { key: 'orders.minEnergy', value: '3000', author: 'SYSTEM::test', reason: 'still' },
    ]);
  });

  it('writes nothing for a value that is already so', async () => {
    const once = await write([change('sales.open', false)]);
    const again = await write([change('sales.open', false)]);
    expect(again.version).toBe(once.version);
    expect(
      (await write([change('orders.deliverySeconds', CATALOGUE['orders.deliverySeconds'].default)]))
        .version,
    ).toBe(once.version);
  });

  it.each<[string, unknown, RegExp]>([
    ['no.such', 1, /no setting 'no\.such'/],
    ['orders.minEnergy', 5, /orders\.minEnergy does not fit/],
    ['orders.minEnergy', '-1', /whole number/],
    ['orders.minEnergy', '1.5', /whole number/],
    ['orders.minEnergy', '20000000', /maxEnergy is below/],
    ['orders.deliverySeconds', 0, /whole number from 60 to 86400/],
    ['orders.deliverySeconds', 600.5, /whole number/],
    ['sales.open', 'yes', /true or false/],
    ['pricing.book', [], /no prices for the duration 1h/],
    [
      'pricing.book',
      [{ duration: '1h', per: 'RENTAL', tiers: [{ fromEnergy: '1', sunPerEnergy: '0' }] }],
      /at 0\.tiers\.0\.sunPerEnergy/,
    ],
    ['orders.durations', [{ code: '2h', seconds: 7200, label: '2 hours' }], /no prices .* 2h/],
    ['engine.leaseSeconds', 60, /leaseSeconds must be below/],
  ])('refuses %s = %j', async (key, value, message) => {
    const before = await read();
    await expect(write([{ key, value }])).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(message) as string,
    });
    expect(await read()).toEqual(before);
  });

  it('changes all of several or none, and asks for a reason', async () => {
    await expect(
      write([change('sales.open', false), { key: 'orders.deliverySeconds', value: -1 }]),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(write([change('sales.open', false)], '  ')).rejects.toMatchObject({
      field: 'reason',
    });
    expect((await read()).values['sales.open']).toBe(true);
  });

  it('checks values together, not in their order', async () => {
    const settings = await write([
      change('orders.minEnergy', '20000000'),
      change('orders.maxEnergy', '30000000'),
    ]);
    expect(settings.values['orders.minEnergy']).toBe(20_000_000n);
  });

  it('lets simultaneous changes take turns, none lost', async () => {
    await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        database.transaction(actor, (em) =>
          addDuration(
            em,
            actor,
            { code: `${n}m`, seconds: n * 60, label: `${n} minutes` },
            { per: 'RENTAL', tiers: [{ fromEnergy: '1', sunPerEnergy: '30' }] },
            'for watching',
          ),
        ),
      ),
    );
    const { values } = await read();
    expect(values['orders.durations'].map(({ code }) => code)).toEqual([
      '1m',
      '2m',
      '3m',
      '4m',
      '5m',
      '1h',
      '1d',
      '3d',
      '7d',
      '14d',
    ]);
    expect(contradictions(values)).toEqual([]);
  });

  it('ignores a key that another version of the program knows', async () => {
    await query(database.read(), `insert into settings values ('from.the.future', '1', 7)`);
    expect(await read()).toEqual({ ...defaultSettings, version: 7n });
  });
});

describe('the store', () => {
  it('asks once a second at most, and at once after a change of one’s own', async () => {
    let now = 0;
    let reads = 0;
    const clock: Clock = { ...systemClock, monotonic: () => now };
    const store = new SettingsStore(() => {
      reads += 1;
      return database.read();
    }, clock);
    await Promise.all([store.current(), store.current(), store.current()]);
    await store.current();
    expect(reads).toBe(1);

    await database.transaction(actor, (em) =>
      changeSetting(em, actor, 'sales.open', false, 'maintenance'),
    );
    expect((await store.current()).values['sales.open']).toBe(true);
    now += 1_000;
    expect((await store.current()).values['sales.open']).toBe(false);
    expect(reads).toBe(2);

    await write([change('sales.open', true)]);
    store.forget();
    expect((await store.current()).values['sales.open']).toBe(true);
  });
});
