import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { addDuration } from '../settings/add-duration.ts';
import { changeSetting } from '../settings/change-settings.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { anOperator, aStranger, SchemaDesk } from '../testing/ask-schema.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { PricingResolver } from './pricing.resolver.ts';
import { pricingRules } from './pricing.rules.ts';

const actor = system('test');
const someone = anOperator('SUPPORT');
const QUOTE = `query Quote($input: QuoteInput!) {
  quote(input: $input) {
    id energy duration receiver price { amount currency } pricePerEnergy explanation available validUntil
  }
}`;
let place: TestDatabase;
let database: Database;
let settings: SettingsStore;
let desk: SchemaDesk;
let free = 100_000n;
let refusal: string | undefined;

beforeAll(async () => {
  place = await createTestDatabase();
  database = await Database.connect({
    url: place.url,
    poolSize: 3,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
  settings = new SettingsStore(() => database.read(), systemClock);
  desk = new SchemaDesk({
    resolvers: [
      new PricingResolver(settings, {
        deliverable: () => Promise.resolve(free),
        refusal: () => Promise.resolve(refusal),
      }),
    ],
    rules: [pricingRules],
  });
});
beforeEach(() => {
  free = 100_000n;
  refusal = undefined;
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

const quote = (input: object) => desk.ask(someone, QUOTE, { input });

describe('quote', () => {
  it('is refused, with the reason, while the safe mode refuses orders', async () => {
    refusal = 'the books do not balance';
    const { error } = await quote({ energy: '65000', duration: '1h' });
    expect(error).toMatchObject({
      code: 'SALES_PAUSED',
      message: expect.stringContaining('safe mode (the books do not balance)') as string,
    });
  });

  it('tells the price, how it came about, and whether there is enough', async () => {
    const { data, error } = await quote({
      energy: '65000',
      duration: '1h',
      receiver: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
      user: { telegramId: '7' },
    });
    expect(error).toBeNull();
    expect(data?.['quote']).toEqual({
      id: '0-1h-65000',
      energy: '65000',
      duration: '1h',
      receiver: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
      price: { amount: '3.9', currency: 'TRX' },
      pricePerEnergy: '60',
      explanation: '65,000 Energy for 1 hour at 60 sun per Energy = 3,900,000 sun: 3.9 TRX.',
      available: true,
      validUntil: '2026-11-22T12:01:00.000Z',
    });
    expect((await quote({ energy: '100001', duration: '1h' })).data?.['quote']).toMatchObject({
      available: false,
    });
  });

  it.each([
    [{ energy: '999', duration: '1h' }, 'ENERGY_OUT_OF_RANGE', 'input.energy'],
    [{ energy: '10000001', duration: '1h' }, 'ENERGY_OUT_OF_RANGE', 'input.energy'],
    [{ energy: '0', duration: '1h' }, 'ENERGY_OUT_OF_RANGE', 'input.energy'],
    [{ energy: '-1', duration: '1h' }, 'ENERGY_OUT_OF_RANGE', 'input.energy'],
    [{ energy: String(2n ** 63n), duration: '1h' }, 'ENERGY_OUT_OF_RANGE', 'input.energy'],
    [{ energy: '1.5', duration: '1h' }, 'BAD_INPUT', 'input.energy'],
    [{ energy: '65000', duration: '2h' }, 'UNKNOWN_DURATION', 'input.duration'],
    [
      { energy: '65000', duration: '1h', receiver: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6x' },
      'BAD_ADDRESS',
      'input.receiver',
    ],
    [{ energy: '65000', duration: '1h', user: {} }, 'BAD_INPUT', 'input.user'],
  ])('refuses %j with %s', async (input, code, field) => {
    expect((await quote(input)).error).toMatchObject({ code, field });
  });

  it('follows the settings', async () => {
    await database.transaction(actor, async (em) => {
      await addDuration(
        em,
        actor,
        { code: '1m', seconds: 60, label: '1 minute' },
        { per: 'RENTAL', tiers: [{ fromEnergy: '1', sunPerEnergy: '30.5' }] },
        'for watching',
      );
    });
    settings.forget();
    const { data } = await quote({ energy: '65000', duration: '1m' });
    expect(data?.['quote']).toMatchObject({ price: { amount: '1.9825' }, pricePerEnergy: '30.5' });
    const offer = await desk.ask(
      someone,
      '{ offer { durations { code seconds } minEnergy maxEnergy depositAddress } }',
    );
    expect(offer.data?.['offer']).toMatchObject({
      durations: [
        { code: '1m', seconds: 60 },
        { code: '1h', seconds: 3_600 },
        { code: '1d' },
        { code: '3d' },
        { code: '7d' },
        { code: '14d', seconds: 1_209_600 },
      ],
      minEnergy: '1000',
      maxEnergy: '10000000',
      depositAddress: null,
    });
    await database.transaction(actor, (em) =>
      changeSetting(em, actor, 'sales.open', false, 'maintenance'),
    );
    settings.forget();
    expect((await quote({ energy: '65000', duration: '1m' })).data?.['quote']).toMatchObject({
      available: false,
    });
  });

  it('is not for strangers', async () => {
    for (const source of ['{ offer { minEnergy } }', QUOTE]) {
      const variables = { input: { energy: '65000', duration: '1h' } };
      const { error } = await desk.ask(aStranger, source, source === QUOTE ? variables : {});
      expect(error?.code).toBe('UNAUTHENTICATED');
    }
  });
});
