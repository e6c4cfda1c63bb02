import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import { type StateChangeRow, stateChangesOf } from '../database/state-changes.ts';
import {
  type DecisionRow,
  decisionsOf,
  type DepositRow,
  depositsByIds,
  type RequestRow,
  requestsByIds,
} from './deposit-rows.ts';

/** All by id; decisions and history by the deposit's. */
export interface DepositLoaders {
  readonly deposit: DataLoader<string, DepositRow | null>;
  readonly depositHistory: DataLoader<string, StateChangeRow[]>;
  readonly depositDecisions: DataLoader<string, DecisionRow[]>;
  readonly depositRequest: DataLoader<string, RequestRow | null>;
}

export function makeDepositLoaders(database: Database): DepositLoaders {
  return {
    deposit: mapLoader(database, depositsByIds, () => null),
    depositHistory: mapLoader(
      database,
      (em, ids) => stateChangesOf(em, 'deposit', ids),
      () => [],
    ),
    depositDecisions: mapLoader(database, decisionsOf, () => []),
    depositRequest: mapLoader(database, requestsByIds, () => null),
  };
}
