import { askWitnesses } from '../app/ask-witnesses.ts';
import { DepositLinksResolver, EntryDepositResolver } from '../deposits/deposit-links.resolver.ts';
import {
  DepositResolver,
  DepositShareResolver,
  DepositSuggestionResolver,
} from '../deposits/deposit.resolver.ts';
import { DepositRequestResolver } from '../deposits/deposit-request.resolver.ts';
import { DepositStreamResolver } from '../deposits/deposit-stream.resolver.ts';
import { bookedDeposits } from '../deposits/booked-deposits.ts';
import { EventResolver } from '../events/event.resolver.ts';
import { confinementParts } from '../app/keep-up.ts';
import { ChainCostsResolver } from '../finance/chain-costs.resolver.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import {
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
import {
  EntryOrderResolver,
  OperationOrderResolver,
  UserOrdersResolver,
  WalletRentalsResolver,
} from '../orders/order-links.resolver.ts';
import { OrderStreamResolver } from '../orders/order-stream.resolver.ts';
import { OrderWalletChoicesResolver } from '../orders/wallet-choice.resolver.ts';
import { OrderResolver } from '../orders/order.resolver.ts';
import { RentalResolver, SliceResolver } from '../orders/slice.resolver.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';
import { bookedFees } from '../upkeep/booked-fees.ts';
import { SafeModeResolver, SafeModeStreamResolver } from '../safety/safe-mode.resolver.ts';
import { StakingResolver } from '../staking/staking.resolver.ts';
import { WalletOperationResolver } from '../staking/wallet-operation.resolver.ts';
import { StatementResolver } from '../users/statement.resolver.ts';
import { EntryConversionResolver, RateResolver } from '../rates/rate.resolver.ts';
import { EntryWithdrawalResolver } from '../withdrawals/withdrawal-links.resolver.ts';
import { WithdrawalResolver } from '../withdrawals/withdrawal.resolver.ts';
import { paidWithdrawals } from '../withdrawals/paid-withdrawals.ts';
import { returnsEnded } from '../deposits/return-ended.ts';
import { activationFeeOf } from '../app/chain.ts';
import { PermissionsResolver } from '../upkeep/permissions.resolver.ts';
import { TopUpResolver, UpkeepResolver, UpkeepWalletResolver } from '../upkeep/upkeep.resolver.ts';
import { SweepPlanItemResolver, SweepResolver } from '../sweeps/sweep.resolver.ts';
import { BotSessionResolver } from '../users/bot-session.resolver.ts';
import { UserKeepingResolver } from '../users/user-keeping.resolver.ts';
import { UserResolver } from '../users/user.resolver.ts';
import { AllocationResolver } from '../wallets/allocation.resolver.ts';
import { ForecastResolver } from '../wallets/forecast.resolver.ts';
import { InventoryStreamResolver } from '../wallets/inventory-stream.resolver.ts';
import { WalletResolver } from '../wallets/wallet.resolver.ts';
import type { CoreDesk } from './core-desk.ts';

/** One instance of every resolver of the tests' schema. @param recipient as in `GraphqlDesk.start` */
export function resolversOf(core: CoreDesk, recipient: string): object[] {
  const { database, ids, intake, chain } = core;
  const ratio = (): Promise<ResourceRatio> =>
    Promise.resolve(chain.parameters.current().energyRatio);
  const settings = new SettingsStore(() => database.read(), systemClock);
  return [
    new EventResolver(database),
    new LedgerResolver(database, [heldMoney, bookedFees, paidWithdrawals, bookedDeposits]),
    new OperationResolver(),
    new OperationListResolver(database),
    new WalletOperationResolver(database, ids),
    new StakingResolver({ database, settings, ratio, ...askWitnesses(chain, systemClock) }),
    new OrderResolver({ database, placeOrder: (command) => intake.place(command) }),
    new FailedOrderResolver({
      database,
      ids: core.ids,
      ratio: () => core.chain.parameters.current().energyRatio,
    }),
    new OrderConnectionResolver(database),
    new OrderStreamResolver(database),
    new OrderWalletChoicesResolver(),
    new SliceResolver(),
    new RentalResolver(),
    new EntryOrderResolver(),
    new OperationOrderResolver(),
    new UserOrdersResolver(database),
    new WalletRentalsResolver(database),
    new StatementResolver(database),
    new RateResolver(database, ids),
    new EntryConversionResolver(),
    new WithdrawalResolver({
      database,
      ids,
      account: chain.headAccount,
      activationFee: () => activationFeeOf(chain.parameters.current()),
      ended: returnsEnded,
      wake: () => undefined,
    }),
    new EntryWithdrawalResolver(),
    new SweepResolver({
      database,
      ids,
      nodes: chain.nodes,
      parameters: () => chain.parameters.current(),
      activationFee: () => activationFeeOf(chain.parameters.current()),
      recipient,
    }),
    new SweepPlanItemResolver(),
    new UserResolver(database, ids),
    new UserKeepingResolver({
      database,
      ids,
      settings,
      account: chain.headAccount,
    }),
    new BotSessionResolver(database, ids),
    new WalletResolver({
      database,
      settings,
      ids,
      recipient,
      ratio,
      account: chain.headAccount,
      observeWallet: () => core.look(),
    }),
    new DepositResolver({ database, ids }),
    new DepositLinksResolver(database),
    new EntryDepositResolver(),
    new DepositShareResolver(),
    new DepositSuggestionResolver(),
    new DepositRequestResolver({
      database,
      ids,
      random: systemRandom,
      headTimeMs: () => chain.nodes.chainClock().head?.timeMs,
    }),
    new DepositStreamResolver(),
    new DifferenceResolver({ database, ids, lookAtOrphan: core.inspection.lookAtOrphan }),
    new DifferenceStreamResolver(),
    new OrphanReclaimResolver(),
    new WalletDriftResolver(),
    new SafeModeResolver(database),
    new SafeModeStreamResolver(database),
    new PermissionsResolver(confinementParts(core)),
    new UpkeepResolver({ database, ids }),
    new UpkeepWalletResolver(),
    new TopUpResolver(),
    new ChainCostsResolver(database),
    new InventoryStreamResolver({ database, ratio, settings }),
    new AllocationResolver({ database, ratio, settings }),
    new ForecastResolver({ database, ratio, settings }),
  ];
}
