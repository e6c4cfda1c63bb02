import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import {
  type AttemptRow,
  attemptsOfOperations,
  type OperationRow,
  operationsByIds,
  operationsOfReferences,
} from './operation-rows.ts';

export interface OperationLoaders {
  /** An operation by its id. */
  readonly operation: DataLoader<string, OperationRow | null>;
  /** The attempts of an operation, by its id. */
  readonly attempts: DataLoader<string, AttemptRow[]>;
  /** The delegation of a slice, by the slice's id. */
  readonly delegation: DataLoader<string, OperationRow | null>;
  /** The undelegation of a rental, by the rental's id. */
  readonly reclaim: DataLoader<string, OperationRow | null>;
}

export function makeOperationLoaders(database: Database): OperationLoaders {
  return {
    operation: mapLoader(database, operationsByIds, () => null),
    attempts: mapLoader(database, attemptsOfOperations, () => []),
    delegation: mapLoader(
      database,
      (em, slices) => operationsOfReferences(em, 'DELEGATE', slices),
      () => null,
    ),
    reclaim: mapLoader(
      database,
      (em, rentals) => operationsOfReferences(em, 'UNDELEGATE', rentals),
      () => null,
    ),
  };
}
