import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import { stateSince, type StateChangeRow, stateChangesOf } from '../database/state-changes.ts';
import { usesOfWallets, type WalletRow, walletsByIds, type WalletUse } from './wallet-rows.ts';

export interface WalletLoaders {
  readonly wallet: DataLoader<string, WalletRow | null>;
  readonly walletHistory: DataLoader<string, StateChangeRow[]>;
  /** Since when a wallet is in its state. */
  readonly walletStateSince: DataLoader<string, Date | null>;
  readonly walletUse: DataLoader<string, WalletUse | null>;
}

export function makeWalletLoaders(database: Database): WalletLoaders {
  return {
    wallet: mapLoader(database, walletsByIds, () => null),
    walletHistory: mapLoader(
      database,
      (em, ids) => stateChangesOf(em, 'wallet', ids),
      () => [],
    ),
    walletStateSince: mapLoader(
      database,
      (em, ids) => stateSince(em, 'wallet', ids),
      () => null,
    ),
    walletUse: mapLoader(database, usesOfWallets, () => null),
  };
}
