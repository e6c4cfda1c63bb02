import type { EntityManager } from '../database/database.ts';
import { queryOne } from '../database/query.ts';
import type { Actor } from '../kernel/actor.ts';
import { CATALOGUE, type Duration, type SettingInput } from './catalogue.ts';
import { changeSettings, takeTurns } from './change-settings.ts';
import type { PriceBookInput } from './price-book.ts';
import type { Settings } from './read-settings.ts';

/**
 * Sells one more duration (in place of one with the same code): the local network's seed adds a
 * minute with it, so that a rental's end can be watched.
 * @throws BadInput when the duration or its prices do not fit
 */
export async function addDuration(
  em: EntityManager,
  actor: Actor,
  duration: Duration,
  prices: Omit<PriceBookInput[number], 'duration'>,
  reason: string,
): Promise<Settings> {
  await takeTurns(em);
  const durations = await stored(em, 'orders.durations');
  const book = await stored(em, 'pricing.book');
  return changeSettings(
    em,
    actor,
    [
      {
        key: 'pricing.book',
        value: [
          ...book.filter((row) => row.duration !== duration.code),
          { duration: duration.code, ...prices },
        ],
      },
      {
        key: 'orders.durations',
        value: [...durations.filter(({ code }) => code !== duration.code), duration].sort(
          (a, b) => a.seconds - b.seconds,
        ),
      },
    ],
    reason,
  );
}

async function stored<Key extends 'orders.durations' | 'pricing.book'>(
  em: EntityManager,
  key: Key,
): Promise<SettingInput<Key>> {
  const row = await queryOne<{ value: SettingInput<Key> }>(
    em,
    'select value from settings where key = $1',
    [key],
  );
  return row?.value ?? (CATALOGUE[key].default as unknown as SettingInput<Key>);
}
