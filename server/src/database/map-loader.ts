import DataLoader from 'dataloader';
import type { Database, EntityManager } from './database.ts';

type Read<Key, Value> = (em: EntityManager, keys: readonly Key[]) => Promise<Map<Key, Value>>;

/**
 * Gathers the keys asked for in one turn into one read; `absent` stands for what is not there.
 * Nothing is kept from turn to turn: a subscription's loaders live as long as its socket.
 */
export function mapLoader<Key, Value, Absent>(
  database: Database,
  read: Read<Key, Value>,
  absent: () => Absent,
): DataLoader<Key, Value | Absent> {
  return new DataLoader(
    async (keys) => {
      const found = await read(database.read(), [...new Set(keys)]);
      return keys.map((key) => found.get(key) ?? absent());
    },
    { cache: false },
  );
}
