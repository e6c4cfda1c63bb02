import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import { type ConversionRow, conversionsByIds } from './conversion-rows.ts';

export interface RateLoaders {
  /** By its id. */
  readonly conversion: DataLoader<string, ConversionRow | null>;
}

export function makeRateLoaders(database: Database): RateLoaders {
  return { conversion: mapLoader(database, conversionsByIds, () => null) };
}
