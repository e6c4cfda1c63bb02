import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Database } from '../database/database.ts';
import type { DeskContext } from '../graphql/context.ts';
import { DateTime } from '../graphql/scalars.ts';
import { present } from '../kernel/assert.ts';
import type { WalletRow } from '../wallets/wallet-rows.ts';
import { Wallet } from '../wallets/wallet.graphql.ts';
import { type CostRow, readChainCosts } from './chain-costs.ts';
import { ChainCosts, WalletCosts } from './chain-costs.graphql.ts';
import { TimeBucketEnum } from './finance.graphql.ts';
import type { TimeBucket } from './time-buckets.ts';

@Resolver(() => WalletCosts)
export class ChainCostsResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @Query(() => ChainCosts, {
    description: 'What the chain burnt for the pool’s transactions in a period.',
  })
  async chainCosts(
    @Arg('from', () => DateTime, { description: 'The period begins here.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'The period ends before this.' }) to: Date,
    @Arg('bucket', () => TimeBucketEnum, {
      nullable: true,
      defaultValue: 'DAY',
      description: 'Into what pieces to cut it.',
    })
    bucket: TimeBucket | null,
  ): Promise<ChainCosts> {
    const period = { from, to, bucket: bucket ?? 'DAY' };
    const costs = await readChainCosts(this.#database.read(), period);
    return {
      total: costs.totalSun,
      transactions: costs.transactions,
      foreign: costs.foreignSun,
      unread: costs.unread,
      buckets: costs.buckets.map(({ start, ...row }) => ({ start, ...shown(row) })),
      byContract: costs.byContract.map(({ contract, ...row }) => ({ contract, ...shown(row) })),
      byWallet: costs.byWallet.map(({ walletId, ...row }) => ({ walletId, ...shown(row) })),
    };
  }

  @FieldResolver(() => Wallet, { description: 'The wallet.' })
  async wallet(
    @Root() { walletId }: WalletCosts,
    @Ctx() { loaders }: DeskContext,
  ): Promise<WalletRow> {
    return present(await loaders.wallet.load(walletId), 'wallet');
  }
}

function shown({ feeSun, transactions, bandwidth }: CostRow): {
  fee: bigint;
  transactions: number;
  bandwidth: number;
} {
  return { fee: feeSun, transactions, bandwidth: Number(bandwidth) };
}
