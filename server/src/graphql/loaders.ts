import type { DepositLoaders } from '../deposits/deposit-loaders.ts';
import type { InspectionLoaders } from '../inspection/inspection-loaders.ts';
import type { LedgerLoaders } from '../ledger/ledger-loaders.ts';
import type { OperationLoaders } from '../operations/operation-loaders.ts';
import type { OrderLoaders } from '../orders/order-loaders.ts';
import type { RateLoaders } from '../rates/rate-loaders.ts';
import type { UpkeepLoaders } from '../upkeep/upkeep-loaders.ts';
import type { UserLoaders } from '../users/user-loaders.ts';
import type { WalletLoaders } from '../wallets/wallet-loaders.ts';
import type { WithdrawalLoaders } from '../withdrawals/withdrawal-loaders.ts';

/**
 * The DataLoaders of one request: `context.loaders.user` and so on. Each room exports the interface
 * of its own and a function that makes them; this type joins them, and app.ts joins the functions.
 */
export interface Loaders
  extends
    DepositLoaders,
    InspectionLoaders,
    LedgerLoaders,
    OperationLoaders,
    WalletLoaders,
    OrderLoaders,
    RateLoaders,
    UpkeepLoaders,
    WithdrawalLoaders,
    UserLoaders {}
