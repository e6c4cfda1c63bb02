import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import {
  permissionsOfWallets,
  type WalletPermissionsRow,
} from '../permissions/wallet-permissions.ts';

export interface UpkeepLoaders {
  /** By the wallet's id. */
  readonly walletPermissions: DataLoader<string, WalletPermissionsRow | null>;
}

export function makeUpkeepLoaders(database: Database): UpkeepLoaders {
  return { walletPermissions: mapLoader(database, permissionsOfWallets, () => null) };
}
