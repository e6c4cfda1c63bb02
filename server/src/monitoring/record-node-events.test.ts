import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { recordDisagreement, recordParameters } from './record-node-events.ts';

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
beforeEach(() => query(database.read(), 'delete from events'));

const parameters = (values: Record<string, bigint>) =>
  database.transaction(system('test'), (em) =>
    recordParameters(em, { byName: new Map(Object.entries(values)) }),
  );

const disagree = (number: number | null) =>
  database.transaction(system('test'), (em) =>
    recordDisagreement(
      em,
      number === null
        ? null
        : {
            number,
            since: new Date(0),
            sayings: [
              { node: 'one', id: 'aa' },
              { node: 'two', id: 'bb' },
            ],
          },
    ),
  );

async function events(): Promise<{ kind: string; payload: Record<string, unknown> }[]> {
  return query(database.read(), 'select kind, payload from events order by position');
}

describe("the chain's parameters", () => {
  it('are written once, and then only what changed, with old and new', async () => {
    const first = { getEnergyFee: 100n, getAllowMemo: 1n, getTotalEnergyAverageUsage: 5n };
    expect(await parameters(first)).toEqual([]);
    expect(await parameters({ ...first, getTotalEnergyAverageUsage: 6n })).toEqual([]);
    expect(await parameters({ getEnergyFee: 100n, getAllowNew: 1n })).toEqual([
      'getAllowMemo',
      'getAllowNew',
    ]);
    // A restart compares with what was written last, not with what the process knows.
    expect(await parameters({ getEnergyFee: 100n, getAllowNew: 1n })).toEqual([]);
    expect(await events()).toMatchObject([
      {
        kind: 'chain.parametersRead',
        payload: { values: { getEnergyFee: '100', getAllowMemo: '1' } },
      },
      {
        kind: 'chain.parametersChanged',
        payload: {
          changes: [
            { name: 'getAllowMemo', old: '1', new: null },
            { name: 'getAllowNew', old: null, new: '1' },
          ],
        },
      },
    ]);
  });

  it('raise an alarm when what orders cost is among the changes', async () => {
    await parameters({ getEnergyFee: 100n, getOther: 1n });
    await parameters({ getEnergyFee: 210n, getOther: 2n });
    expect((await events()).slice(1)).toMatchObject([
      { kind: 'chain.parametersChanged', payload: { changes: [{}, {}] } },
      {
        kind: 'chain.pricesChanged',
        payload: { changes: [{ name: 'getEnergyFee', old: '100', new: '210' }] },
      },
    ]);
  });

  it('are written once by processes that see the change at the same time', async () => {
    await parameters({ getOther: 1n });
    await Promise.all([1, 2, 3, 4].map(() => parameters({ getOther: 2n })));
    expect((await events()).map(({ kind }) => kind)).toEqual([
      'chain.parametersRead',
      'chain.parametersChanged',
    ]);
  });
});

describe('a disagreement of nodes', () => {
  it('is told when it begins, when it turns out to begin lower, and when it ends', async () => {
    for (const number of [null, 9, 9, 7, 7, null, null]) await disagree(number);
    expect(await events()).toMatchObject([
      {
        kind: 'node.disagreement',
        payload: {
          number: 9,
          sayings: [
            { node: 'one', id: 'aa' },
            { node: 'two', id: 'bb' },
          ],
        },
      },
      { kind: 'node.disagreement', payload: { number: 7 } },
      { kind: 'node.agreement', payload: { number: 7 } },
    ]);
  });
});
