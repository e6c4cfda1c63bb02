import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import { type StateChangeRow, stateChangesOf } from '../database/state-changes.ts';
import {
  type DifferenceRow,
  differencesByIds,
  type DriftRow,
  driftOfWallets,
  type OrphanReclaimRow,
  reclaimsOfDifferences,
} from './difference-rows.ts';

export interface InspectionLoaders {
  readonly difference: DataLoader<string, DifferenceRow | null>;
  readonly differenceHistory: DataLoader<string, StateChangeRow[]>;
  readonly orphanReclaims: DataLoader<string, OrphanReclaimRow[]>;
  readonly walletDrift: DataLoader<string, DriftRow | null>;
}

export function makeInspectionLoaders(database: Database): InspectionLoaders {
  return {
    difference: mapLoader(database, differencesByIds, () => null),
    differenceHistory: mapLoader(
      database,
      (em, ids) => stateChangesOf(em, 'difference', ids),
      () => [],
    ),
    orphanReclaims: mapLoader(database, reclaimsOfDifferences, () => []),
    walletDrift: mapLoader(database, driftOfWallets, () => null),
  };
}
