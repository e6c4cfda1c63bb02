import type { Database } from '../database/database.ts';
import { bookedDeposits } from '../deposits/booked-deposits.ts';
import { DepositLinksResolver, EntryDepositResolver } from '../deposits/deposit-links.resolver.ts';
import {
  DepositResolver,
  DepositShareResolver,
  DepositSuggestionResolver,
} from '../deposits/deposit.resolver.ts';
import { DepositRequestResolver } from '../deposits/deposit-request.resolver.ts';
import { DepositStreamResolver } from '../deposits/deposit-stream.resolver.ts';
import { EventResolver } from '../events/event.resolver.ts';
import { ChainCostsResolver } from '../finance/chain-costs.resolver.ts';
import type { Clock } from '../kernel/clock.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import {
  type DifferenceParts,
  DifferenceResolver,
  DifferenceStreamResolver,
  OrphanReclaimResolver,
  WalletDriftResolver,
} from '../inspection/difference.resolver.ts';
import { LedgerResolver } from '../ledger/ledger.resolver.ts';
import { OperationListResolver } from '../operations/operation-list.resolver.ts';
import { OperationResolver } from '../operations/operation.resolver.ts';
import { heldMoney } from '../orders/held-money.ts';
import { FailedOrderResolver } from '../orders/failed-order.resolver.ts';
import { OrderConnectionResolver } from '../orders/order-connection.resolver.ts';
import type { OrderIntake } from '../orders/order-intake.ts';
import {
  EntryOrderResolver,
  OperationOrderResolver,
  UserOrdersResolver,
  WalletRentalsResolver,
} from '../orders/order-links.resolver.ts';
import { OrderStreamResolver } from '../orders/order-stream.resolver.ts';
import { OrderReasonsResolver } from '../orders/order-reasons.resolver.ts';
import { OrderResolver } from '../orders/order.resolver.ts';
import { RentalResolver, SliceResolver } from '../orders/slice.resolver.ts';
import { EntryConversionResolver, RateResolver } from '../rates/rate.resolver.ts';
import { returnsEnded } from '../deposits/return-ended.ts';
import { SafeModeResolver, SafeModeStreamResolver } from '../safety/safe-mode.resolver.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';
import { PermissionsResolver } from '../upkeep/permissions.resolver.ts';
import { TopUpResolver, UpkeepResolver, UpkeepWalletResolver } from '../upkeep/upkeep.resolver.ts';
import { bookedFees } from '../upkeep/booked-fees.ts';
import { StakingResolver } from '../staking/staking.resolver.ts';
import { WalletOperationResolver } from '../staking/wallet-operation.resolver.ts';
import { StatementResolver } from '../users/statement.resolver.ts';
import { SweepPlanItemResolver, SweepResolver } from '../sweeps/sweep.resolver.ts';
import { BotSessionResolver } from '../users/bot-session.resolver.ts';
import { UserKeepingResolver } from '../users/user-keeping.resolver.ts';
import { UserResolver } from '../users/user.resolver.ts';
import { AllocationResolver } from '../wallets/allocation.resolver.ts';
import { ForecastResolver } from '../wallets/forecast.resolver.ts';
import { InventoryStreamResolver } from '../wallets/inventory-stream.resolver.ts';
import { WalletResolver } from '../wallets/wallet.resolver.ts';
import { paidWithdrawals } from '../withdrawals/paid-withdrawals.ts';
import { EntryWithdrawalResolver } from '../withdrawals/withdrawal-links.resolver.ts';
import { WithdrawalStreamResolver } from '../withdrawals/withdrawal-stream.resolver.ts';
import { WithdrawalResolver } from '../withdrawals/withdrawal.resolver.ts';
import { askWitnesses } from './ask-witnesses.ts';
import type { ChainParts } from './chain.ts';
import { activationFeeOf } from './chain.ts';
import { confinementParts } from './keep-up.ts';

/** What the resolvers of the business work on. */
export interface BusinessParts {
  readonly database: Database;
  readonly chain: ChainParts;
  readonly settings: SettingsStore;
  readonly lookAtOrphan: DifferenceParts['lookAtOrphan'];
  readonly intake: OrderIntake;
  readonly ids: IdMaker;
  readonly clock: Clock;
  readonly random: Random;
  readonly keyRecipient: string;
  /** There may be withdrawals to send. */
  readonly wakePayer: () => void;
  /** Looks at wallets on the chain now. */
  readonly observe: (walletIds: readonly string[]) => Promise<void>;
}

/** One instance of each resolver class that needs no more than the desk's rooms and the chain. */
export function businessResolvers(parts: BusinessParts): object[] {
  const { database, chain, ids, intake, settings } = parts;
  const ratio = (): Promise<ResourceRatio> =>
    Promise.resolve(chain.parameters.current().energyRatio);
  return [
    new EventResolver(database),
    new LedgerResolver(database, [heldMoney, bookedFees, paidWithdrawals, bookedDeposits]),
    new OperationResolver(),
    new OperationListResolver(database),
    new WalletOperationResolver(database, ids),
    new StakingResolver({ database, settings, ratio, ...askWitnesses(chain, parts.clock) }),
    new OrderResolver({ database, placeOrder: (command) => intake.place(command) }),
    new FailedOrderResolver({
      database,
      ids,
      ratio: () => chain.parameters.current().energyRatio,
    }),
    new OrderConnectionResolver(database),
    new OrderStreamResolver(database),
    new OrderReasonsResolver(),
    new SliceResolver(),
    new RentalResolver(),
    new EntryOrderResolver(),
    new OperationOrderResolver(),
    new UserOrdersResolver(database),
    new WalletRentalsResolver(database),
    new StatementResolver(database),
    new UserResolver(database, ids),
    new UserKeepingResolver({
      database,
      ids,
      settings,
      account: (address) => chain.headAccount(address),
    }),
    new BotSessionResolver(database, ids),
    new RateResolver(database, ids),
    new EntryConversionResolver(),
    new WithdrawalResolver({
      database,
      ids,
      account: (address) => chain.headAccount(address),
      activationFee: () => activationFeeOf(chain.parameters.current()),
      ended: returnsEnded,
      wake: parts.wakePayer,
    }),
    new WithdrawalStreamResolver(),
    new EntryWithdrawalResolver(),
    new SweepResolver({
      database,
      ids,
      nodes: chain.nodes,
      parameters: () => chain.parameters.current(),
      activationFee: () => activationFeeOf(chain.parameters.current()),
      recipient: parts.keyRecipient,
    }),
    new SweepPlanItemResolver(),
    new DepositResolver({ database, ids }),
    new DepositLinksResolver(database),
    new EntryDepositResolver(),
    new DepositShareResolver(),
    new DepositSuggestionResolver(),
    new DepositRequestResolver({
      database,
      ids,
      random: parts.random,
      headTimeMs: () => chain.nodes.chainClock().head?.timeMs,
    }),
    new DepositStreamResolver(),
    new DifferenceResolver({ database, ids, lookAtOrphan: parts.lookAtOrphan }),
    new DifferenceStreamResolver(),
    new OrphanReclaimResolver(),
    new WalletDriftResolver(),
    new SafeModeResolver(database),
    new SafeModeStreamResolver(database),
    new ChainCostsResolver(database),
    new WalletResolver({
      database,
      settings,
      ids,
      ratio,
      recipient: parts.keyRecipient,
      account: (address) => chain.headAccount(address),
      observeWallet: (walletId) => parts.observe([walletId]),
    }),
    new PermissionsResolver(confinementParts(parts)),
    new UpkeepResolver({ database, ids }),
    new UpkeepWalletResolver(),
    new TopUpResolver(),
    new InventoryStreamResolver({ database, ratio, settings }),
    new AllocationResolver({ database, ratio, settings }),
    new ForecastResolver({ database, ratio, settings }),
  ];
}
