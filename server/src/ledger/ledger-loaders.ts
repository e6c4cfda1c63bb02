import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import { entriesOfReferences, type EntryRow } from './entry-rows.ts';

export interface LedgerLoaders {
  /** The entries of all transfers for one thing, by its id. */
  readonly entries: DataLoader<string, EntryRow[]>;
}

export function makeLedgerLoaders(database: Database): LedgerLoaders {
  return { entries: mapLoader(database, entriesOfReferences, () => []) };
}
