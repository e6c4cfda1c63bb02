import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { playHistory } from './play-history.ts';
import { Theatre } from './theatre.ts';

let database: TestDatabase;
let theatre: Theatre;

beforeAll(async () => {
  database = await createTestDatabase();
  theatre = await Theatre.open(database.url);
});

afterAll(async () => {
  await theatre.close();
  await database.drop();
});

describe('random histories of the real desk', () => {
  test.each(Array.from({ length: 12 }, (_, index) => index + 1))(
    'break nothing, seed %i',
    async (seed) => {
      expect((await playHistory(theatre, { seed })).breaks).toEqual([]);
    },
  );

  test('the same seed gives the same history', async () => {
    const first = await playHistory(theatre, { seed: 4 });
    const second = await playHistory(theatre, { seed: 4 });
    expect(second.log).toEqual(first.log);
  });
});
