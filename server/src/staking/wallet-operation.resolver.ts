import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Database } from '../database/database.ts';
import type { DeskContext } from '../graphql/context.ts';
import { present } from '../kernel/assert.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { ChainOperation } from '../operations/operation.graphql.ts';
import type { OperationRow } from '../operations/operation-rows.ts';
import { Wallet } from '../wallets/wallet.graphql.ts';
import type { WalletRow } from '../wallets/wallet-rows.ts';
import { cancelWalletOperation } from './cancel-wallet-operation.ts';
import type { WalletEffect } from './check-wallet-operation.ts';
import { intendWalletOperation } from './intend-wallet-operation.ts';
import {
  CancelOperationInput,
  StakeInput,
  TransferInput,
  VoteForWitnessesInput,
  WalletCommandInput,
} from './staking-input.graphql.ts';

/** What people do with a wallet's own account. Each answers with the operation, which the engine carries out. */
@Resolver(() => ChainOperation)
export class WalletOperationResolver {
  readonly #database: Database;
  readonly #ids: IdMaker;

  constructor(database: Database, ids: IdMaker) {
    this.#database = database;
    this.#ids = ids;
  }

  @FieldResolver(() => Wallet, {
    nullable: true,
    description: 'The wallet of the pool whose account it is.',
  })
  async wallet(
    @Root() { walletId }: ChainOperation,
    @Ctx() { loaders }: DeskContext,
  ): Promise<WalletRow | null> {
    return walletId === null ? null : loaders.wallet.load(walletId);
  }

  @Mutation(() => ChainOperation, {
    description:
      'Stakes TRX of a wallet. WALLET_BALANCE_TOO_LOW when its balance, less what is under way and the reserve for fees, does not cover it.',
  })
  stakeTrx(
    @Arg('input', () => StakeInput, { description: 'Wallet, amount and resource.' })
    input: StakeInput,
    @Ctx() context: DeskContext,
  ): Promise<OperationRow> {
    const { amount: amountSun, resource } = input;
    return this.#intend('wallet.stake', input, { kind: 'freeze', amountSun, resource }, context);
  }

  @Mutation(() => ChainOperation, {
    description:
      'Begins to unstake TRX of a wallet; they can be withdrawn after the chain’s delay of 14 days. Energy stake is out of the sale at once. STAKE_NOT_FREE when it is promised.',
  })
  unstakeTrx(
    @Arg('input', () => StakeInput, { description: 'Wallet, amount and resource.' })
    input: StakeInput,
    @Ctx() context: DeskContext,
  ): Promise<OperationRow> {
    const { amount: amountSun, resource } = input;
    return this.#intend(
      'wallet.unstake',
      input,
      { kind: 'unfreeze', amountSun, resource },
      context,
    );
  }

  @Mutation(() => ChainOperation, {
    description: 'Stakes everything again that is being unstaked; what matured is withdrawn.',
  })
  cancelUnstaking(
    @Arg('input', () => WalletCommandInput, { description: 'Which wallet, and why.' })
    input: WalletCommandInput,
    @Ctx() context: DeskContext,
  ): Promise<OperationRow> {
    return this.#intend('wallet.cancel_unstaking', input, { kind: 'cancelUnfreeze' }, context);
  }

  @Mutation(() => ChainOperation, {
    description: 'Brings TRX whose unstaking has matured back to the balance.',
  })
  withdrawUnstaked(
    @Arg('input', () => WalletCommandInput, { description: 'Which wallet, and why.' })
    input: WalletCommandInput,
    @Ctx() context: DeskContext,
  ): Promise<OperationRow> {
    return this.#intend('wallet.withdraw', input, { kind: 'withdrawExpired' }, context);
  }

  @Mutation(() => ChainOperation, {
    description: 'Votes with a wallet’s stake. The votes replace all that it has.',
  })
  voteForWitnesses(
    @Arg('input', () => VoteForWitnessesInput, { description: 'Wallet and votes.' })
    input: VoteForWitnessesInput,
    @Ctx() context: DeskContext,
  ): Promise<OperationRow> {
    const votes = input.votes.map(({ witness, count }) => ({ witness, count: BigInt(count) }));
    return this.#intend('wallet.vote', input, { kind: 'vote', votes }, context);
  }

  @Mutation(() => ChainOperation, {
    description: 'Claims a wallet’s voting rewards, which the chain allows once in 24 hours.',
  })
  claimRewards(
    @Arg('input', () => WalletCommandInput, { description: 'Which wallet, and why.' })
    input: WalletCommandInput,
    @Ctx() context: DeskContext,
  ): Promise<OperationRow> {
    return this.#intend('wallet.claim', input, { kind: 'claimRewards' }, context);
  }

  @Mutation(() => ChainOperation, {
    description: 'Sends TRX from one wallet of the pool to another, or to the treasury.',
  })
  transferBetweenWallets(
    @Arg('input', () => TransferInput, { description: 'From where, to where, how much.' })
    input: TransferInput,
    @Ctx() context: DeskContext,
  ): Promise<OperationRow> {
    const { receiver: to, amount: amountSun } = input;
    return this.#intend('wallet.transfer', input, { kind: 'transfer', to, amountSun }, context);
  }

  @Mutation(() => ChainOperation, {
    description:
      'Calls an operation on a wallet’s account back, as long as no transaction for it can have left. ILLEGAL_STATE when it is too late. To call back again is harmless.',
  })
  async cancelOperation(
    @Arg('input', () => CancelOperationInput, { description: 'Which operation, and why.' })
    { id, reason }: CancelOperationInput,
    @Ctx() { actor, audit, loaders }: DeskContext,
  ): Promise<OperationRow> {
    const operationId = id.toLowerCase();
    await this.#database.transaction(actor, async (em) => {
      await cancelWalletOperation(em, operationId, reason);
      await audit.record(
        em,
        'operation.cancel',
        { kind: 'operation', id: operationId },
        { reason: reason.trim() },
      );
    });
    return present(await loaders.operation.load(operationId), 'operation');
  }

  async #intend(
    action: string,
    input: WalletCommandInput,
    effect: WalletEffect,
    { actor, audit, loaders }: DeskContext,
  ): Promise<OperationRow> {
    const { clientId, reason } = input;
    const walletId = input.walletId.toLowerCase();
    const id = await this.#database.transaction(actor, async (em) => {
      const operationId = await intendWalletOperation(em, this.#ids, {
        walletId,
        effect,
        clientId,
        reason,
      });
      await audit.record(
        em,
        action,
        { kind: 'wallet', id: walletId },
        { operationId, ...effect, reason: reason.trim() },
      );
      return operationId;
    });
    return present(await loaders.operation.load(id), 'operation');
  }
}
