import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import { type StateChangeRow, stateChangesOf } from '../database/state-changes.ts';
import { type WalletRow, walletsByIds } from './wallet-rows.ts';

export interface WalletLoaders {
  readonly wallet: DataLoader<string, WalletRow | null>;
  readonly walletHistory: DataLoader<string, StateChangeRow[]>;
}

export function makeWalletLoaders(database: Database): WalletLoaders {
  return {
    wallet: mapLoader(database, walletsByIds, () => null),
    walletHistory: mapLoader(
      database,
      (em, ids) => stateChangesOf(em, 'wallet', ids),
      () => [],
    ),
  };
}
