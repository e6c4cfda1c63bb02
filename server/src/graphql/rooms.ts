import 'reflect-metadata';
import { accessRules } from '../access/access.rules.ts';
import { PeopleResolver } from '../access/people.resolver.ts';
import type { RuleMap } from '../access/rules.ts';
import { SessionResolver } from '../access/session.resolver.ts';
import { DepositLinksResolver, EntryDepositResolver } from '../deposits/deposit-links.resolver.ts';
import {
  DepositResolver,
  DepositShareResolver,
  DepositSuggestionResolver,
} from '../deposits/deposit.resolver.ts';
import { DepositRequestResolver } from '../deposits/deposit-request.resolver.ts';
import { DepositStreamResolver } from '../deposits/deposit-stream.resolver.ts';
import { depositRules } from '../deposits/deposit.rules.ts';
import { EventResolver } from '../events/event.resolver.ts';
import { eventRules } from '../events/event.rules.ts';
import { chainCostsRules } from '../finance/chain-costs.rules.ts';
import { ChainCostsResolver } from '../finance/chain-costs.resolver.ts';
import { FinanceResolver } from '../finance/finance.resolver.ts';
import { financeRules } from '../finance/finance.rules.ts';
import {
  DifferenceResolver,
  DifferenceStreamResolver,
  OrphanReclaimResolver,
  WalletDriftResolver,
} from '../inspection/difference.resolver.ts';
import { differenceRules } from '../inspection/difference.rules.ts';
import { LedgerResolver } from '../ledger/ledger.resolver.ts';
import { ledgerRules } from '../ledger/ledger.rules.ts';
import { HealthResolver } from '../monitoring/health.resolver.ts';
import { healthRules } from '../monitoring/health.rules.ts';
import { OperationListResolver } from '../operations/operation-list.resolver.ts';
import { OperationResolver } from '../operations/operation.resolver.ts';
import { operationRules } from '../operations/operation.rules.ts';
import { FailedOrderResolver } from '../orders/failed-order.resolver.ts';
import { OrderConnectionResolver } from '../orders/order-connection.resolver.ts';
import {
  EntryOrderResolver,
  OperationOrderResolver,
  UserOrdersResolver,
  WalletRentalsResolver,
} from '../orders/order-links.resolver.ts';
import { OrderStreamResolver } from '../orders/order-stream.resolver.ts';
import { OrderResolver } from '../orders/order.resolver.ts';
import { orderRules } from '../orders/order.rules.ts';
import { RentalResolver, SliceResolver } from '../orders/slice.resolver.ts';
import { OrderReasonsResolver } from '../orders/order-reasons.resolver.ts';
import { PricingResolver } from '../pricing/pricing.resolver.ts';
import { pricingRules } from '../pricing/pricing.rules.ts';
import { EntryConversionResolver, RateResolver } from '../rates/rate.resolver.ts';
import { rateRules } from '../rates/rate.rules.ts';
import { SafeModeResolver, SafeModeStreamResolver } from '../safety/safe-mode.resolver.ts';
import { safeModeRules } from '../safety/safe-mode.rules.ts';
import { SignerResolver } from '../signing/signer.resolver.ts';
import { signerRules } from '../signing/signer.rules.ts';
import { StakingResolver } from '../staking/staking.resolver.ts';
import { stakingRules } from '../staking/staking.rules.ts';
import { WalletOperationResolver } from '../staking/wallet-operation.resolver.ts';
import { StatementResolver } from '../users/statement.resolver.ts';
import { statementRules } from '../users/statement.rules.ts';
import { AllocationResolver } from '../wallets/allocation.resolver.ts';
import { ForecastResolver } from '../wallets/forecast.resolver.ts';
import { InventoryStreamResolver } from '../wallets/inventory-stream.resolver.ts';
import { WalletResolver } from '../wallets/wallet.resolver.ts';
import { walletRules } from '../wallets/wallet.rules.ts';
import { SweepPlanItemResolver, SweepResolver } from '../sweeps/sweep.resolver.ts';
import { sweepRules } from '../sweeps/sweep.rules.ts';
import { BotSessionResolver } from '../users/bot-session.resolver.ts';
import { UserKeepingResolver } from '../users/user-keeping.resolver.ts';
import { UserResolver } from '../users/user.resolver.ts';
import { PermissionsResolver } from '../upkeep/permissions.resolver.ts';
import { TopUpResolver, UpkeepResolver, UpkeepWalletResolver } from '../upkeep/upkeep.resolver.ts';
import { upkeepRules } from '../upkeep/upkeep.rules.ts';
import { userKeepingRules } from '../users/user-keeping.rules.ts';
import { userRules } from '../users/user.rules.ts';
import { EntryWithdrawalResolver } from '../withdrawals/withdrawal-links.resolver.ts';
import { WithdrawalStreamResolver } from '../withdrawals/withdrawal-stream.resolver.ts';
import { WithdrawalResolver } from '../withdrawals/withdrawal.resolver.ts';
import { withdrawalRules } from '../withdrawals/withdrawal.rules.ts';

/** Every resolver class of the schema; app.ts makes an instance of each. */
export const resolverClasses = [
  SessionResolver,
  PeopleResolver,
  EventResolver,
  LedgerResolver,
  OperationResolver,
  OperationListResolver,
  WalletOperationResolver,
  StakingResolver,
  OrderResolver,
  FailedOrderResolver,
  OrderConnectionResolver,
  OrderStreamResolver,
  OrderReasonsResolver,
  SliceResolver,
  RentalResolver,
  EntryOrderResolver,
  OperationOrderResolver,
  UserOrdersResolver,
  WalletRentalsResolver,
  StatementResolver,
  WalletResolver,
  PermissionsResolver,
  UpkeepResolver,
  UpkeepWalletResolver,
  TopUpResolver,
  InventoryStreamResolver,
  AllocationResolver,
  ForecastResolver,
  UserResolver,
  UserKeepingResolver,
  BotSessionResolver,
  PricingResolver,
  RateResolver,
  EntryConversionResolver,
  WithdrawalResolver,
  WithdrawalStreamResolver,
  EntryWithdrawalResolver,
  SweepResolver,
  SweepPlanItemResolver,
  SafeModeResolver,
  SafeModeStreamResolver,
  SignerResolver,
  DepositResolver,
  DepositLinksResolver,
  EntryDepositResolver,
  DepositShareResolver,
  DepositSuggestionResolver,
  DepositRequestResolver,
  DepositStreamResolver,
  DifferenceResolver,
  DifferenceStreamResolver,
  OrphanReclaimResolver,
  WalletDriftResolver,
  FinanceResolver,
  ChainCostsResolver,
  HealthResolver,
] as const;

/** Every room's rules. A root field without one is a failing test. */
export const ruleMaps: readonly RuleMap[] = [
  accessRules,
  eventRules,
  ledgerRules,
  operationRules,
  stakingRules,
  orderRules,
  statementRules,
  walletRules,
  upkeepRules,
  userRules,
  userKeepingRules,
  pricingRules,
  rateRules,
  withdrawalRules,
  sweepRules,
  safeModeRules,
  depositRules,
  differenceRules,
  signerRules,
  financeRules,
  chainCostsRules,
  healthRules,
];
