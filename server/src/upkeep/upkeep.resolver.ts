import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Database } from '../database/database.ts';
import { pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { present } from '../kernel/assert.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { ChainOperation } from '../operations/operation.graphql.ts';
import type { OperationRow } from '../operations/operation-rows.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { WalletRow } from '../wallets/wallet-rows.ts';
import { Wallet } from '../wallets/wallet.graphql.ts';
import { topUpWallet } from './top-up.ts';
import { spentToday, topUpRule, treasuryWallet, upkeepWallets } from './top-up-facts.ts';
import { newestTopUps, type TopUpRow, upkeepState } from './top-up-rows.ts';
import { TopUp, TopUpWalletInput, Upkeep, UpkeepWallet } from './upkeep.graphql.ts';

export interface UpkeepParts {
  readonly database: Database;
  readonly ids: IdMaker;
}

@Resolver(() => Upkeep)
export class UpkeepResolver {
  readonly #parts: UpkeepParts;

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
  }

  @Query(() => Upkeep, { description: 'How the pool’s wallets are kept in TRX for their fees.' })
  async upkeep(): Promise<Upkeep> {
    const em = this.#parts.database.read();
    const { values } = await readSettings(em);
    const treasuryId = (await treasuryWallet(em, values)) ?? null;
    const bandwidthLow = values['upkeep.bandwidthLow'];
    const rule = topUpRule(values);
    const { problem, since } = await upkeepState(em);
    const wallets = await upkeepWallets(em, treasuryId);
    return {
      ...rule,
      treasuryId,
      bandwidthLow,
      spentToday: await spentToday(em),
      problem,
      problemSince: since,
      wallets: wallets.map((wallet) => ({
        ...wallet,
        isLow: wallet.balance < rule.low,
        bandwidthIsLow: wallet.bandwidth < bandwidthLow,
      })),
    };
  }

  @Mutation(() => TopUp, {
    description:
      'Sends TRX from the treasury wallet to a wallet of the pool, within the limits of the rule.',
  })
  async topUpWallet(
    @Arg('input', () => TopUpWalletInput, { description: 'Wallet, amount and reason.' })
    { walletId, amount, clientId, reason }: TopUpWalletInput,
    @Ctx() { actor, audit }: DeskContext,
  ): Promise<TopUp> {
    const { database, ids } = this.#parts;
    return database.transaction(actor, async (em) => {
      const command = { walletId, sun: amount, clientId, reason };
      const operationId = await topUpWallet(em, ids, command);
      await audit.record(
        em,
        'wallet.top_up',
        { kind: 'wallet', id: walletId },
        { operationId, amount, reason },
      );
      const rows = await newestTopUps(em, 1, operationId);
      return present(rows[0], 'top-up');
    });
  }

  @FieldResolver(() => Wallet, {
    nullable: true,
    description: 'The wallet that tops up the others; null when none is set.',
  })
  async treasury(
    @Root() { treasuryId }: Upkeep,
    @Ctx() { loaders }: DeskContext,
  ): Promise<WalletRow | null> {
    return treasuryId === null ? null : loaders.wallet.load(treasuryId);
  }

  @FieldResolver(() => [TopUp], { description: 'The last top-ups, the newest first.' })
  topUps(
    @Arg('first', () => Int, { defaultValue: 20, description: 'Rows wanted, 1 to 200.' })
    first: number,
  ): Promise<TopUpRow[]> {
    return newestTopUps(this.#parts.database.read(), pageSize(first));
  }
}

@Resolver(() => UpkeepWallet)
export class UpkeepWalletResolver {
  @FieldResolver(() => Wallet, { description: 'The wallet.' })
  async wallet(
    @Root() { walletId }: UpkeepWallet,
    @Ctx() { loaders }: DeskContext,
  ): Promise<WalletRow> {
    return present(await loaders.wallet.load(walletId), 'wallet');
  }

  @FieldResolver(() => ChainOperation, {
    nullable: true,
    description: 'The transfer of a top-up that is on its way, or not yet seen in the balance.',
  })
  async openTopUp(
    @Root() { openOperation }: UpkeepWallet,
    @Ctx() { loaders }: DeskContext,
  ): Promise<OperationRow | null> {
    return openOperation === null ? null : loaders.operation.load(openOperation);
  }
}

@Resolver(() => TopUp)
export class TopUpResolver {
  @FieldResolver(() => Wallet, { description: 'The wallet that gets it.' })
  async wallet(@Root() { walletId }: TopUp, @Ctx() { loaders }: DeskContext): Promise<WalletRow> {
    return present(await loaders.wallet.load(walletId), 'wallet');
  }

  @FieldResolver(() => ChainOperation, { description: 'The transfer.' })
  async operation(
    @Root() { operationId }: TopUp,
    @Ctx() { loaders }: DeskContext,
  ): Promise<OperationRow> {
    return present(await loaders.operation.load(operationId), 'operation');
  }
}
