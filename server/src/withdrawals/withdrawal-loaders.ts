import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import { type StateChangeRow, stateChangesOf } from '../database/state-changes.ts';
import { type WithdrawalRow, withdrawalsByIds } from './withdrawal-rows.ts';

/** By the withdrawal's id. */
export interface WithdrawalLoaders {
  readonly withdrawal: DataLoader<string, WithdrawalRow | null>;
  readonly withdrawalHistory: DataLoader<string, StateChangeRow[]>;
}

export function makeWithdrawalLoaders(database: Database): WithdrawalLoaders {
  return {
    withdrawal: mapLoader(database, withdrawalsByIds, () => null),
    withdrawalHistory: mapLoader(
      database,
      (em, ids) => stateChangesOf(em, 'withdrawal', ids),
      () => [],
    ),
  };
}
