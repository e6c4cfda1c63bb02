import type { Database } from '../database/database.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';

/** What questions about the pool's sales, of now and later, are answered from. */
export interface SalesParts {
  readonly database: Database;
  readonly settings: SettingsStore;
  /** @throws ChainUnavailable before the chain's figures are known */
  readonly ratio: () => Promise<ResourceRatio>;
}
