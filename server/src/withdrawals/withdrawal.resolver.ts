import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Forbidden } from '../access/access.errors.ts';
import { clientOf, clientScope } from '../access/caller.ts';
import type { Database, EntityManager } from '../database/database.ts';
import { StateChange, stateChange } from '../graphql/actor.graphql.ts';
import { CurrencyEnum } from '../graphql/money.graphql.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { present } from '../kernel/assert.ts';
import { BadInput, NotFound } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { type Currency, formatAmount } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import { ChainOperation } from '../operations/operation.graphql.ts';
import type { OperationRow } from '../operations/operation-rows.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { AccountState } from '../tron/account-reply.ts';
import { maySee, requireUser } from '../users/find-users.ts';
import { parseUserRef } from '../users/user-ref.ts';
import { UnknownUser } from '../users/user.errors.ts';
import { User, type UserRefType, userOf } from '../users/user.graphql.ts';
import type { UserRow } from '../users/user-row.ts';
import { approveWithdrawal, rejectWithdrawal } from './decide-withdrawal.ts';
import type { OnWithdrawalEnds } from './pay-withdrawals.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';
import { namespaceOf, withdraw } from './withdraw.ts';
import { listWithdrawals, withdrawalOfKey, type WithdrawalRow } from './withdrawal-rows.ts';
import {
  DecideWithdrawalInput,
  Withdrawal,
  WithdrawalConnection,
  WithdrawalFilter,
  withdrawalOf,
  WithdrawalTerms,
  WithdrawInput,
} from './withdrawal.graphql.ts';
import { PayeeIsContract } from './withdrawals.errors.ts';

export interface WithdrawalResolverParts {
  readonly database: Database;
  readonly ids: IdMaker;
  /** At the head, by a node's word. @throws ChainUnavailable */
  readonly account: (address: Address) => Promise<AccountState | null>;
  /** What a transfer to an address that does not exist burns, in sun. */
  readonly activationFee: () => bigint;
  readonly ended: OnWithdrawalEnds;
  /** There may be something to send. */
  readonly wake: () => void;
}

const MAX_REASON = 500;

@Resolver(() => Withdrawal)
export class WithdrawalResolver {
  readonly #parts: WithdrawalResolverParts;

  constructor(parts: WithdrawalResolverParts) {
    this.#parts = parts;
  }

  @Query(() => Withdrawal, {
    nullable: true,
    description: 'One withdrawal; null when there is none that the caller may see.',
  })
  async withdrawal(
    @Arg('id', () => ID, { description: 'Which.' }) id: string,
    @Ctx() context: DeskContext,
  ): Promise<Withdrawal | null> {
    const row = await this.#visible(id, context);
    return row && withdrawalOf(row);
  }

  @Query(() => WithdrawalConnection, {
    description: 'Withdrawals, the newest first; an API key sees those that it asked for.',
  })
  async withdrawals(
    @Arg('filter', () => WithdrawalFilter, {
      nullable: true,
      description: 'Which; all unless told.',
    })
    filter: WithdrawalFilter | null | undefined,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows of the page, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
    @Ctx() { caller }: DeskContext,
  ): Promise<WithdrawalConnection> {
    const size = pageSize(first);
    const [last = null] = decodeCursor(after, 1) ?? [];
    if (last !== null && !isUuid(last)) {
      throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
        field: 'after',
      });
    }
    const em = this.#parts.database.read();
    const scope = clientScope(caller);
    const user = filter?.user
      ? await requireUser(
          em,
          parseUserRef(filter.user, clientOf(caller), 'filter.user'),
          'filter.user',
        )
      : null;
    const rows = await listWithdrawals(
      em,
      { states: filter?.states, userId: user?.id, ...(scope !== undefined && { clientId: scope }) },
      { first: size, after: last },
    );
    return connectionOf(rows.map(withdrawalOf), size, ({ id }) => encodeCursor(id), after);
  }

  @Query(() => WithdrawalTerms, { description: 'What withdrawals cost and how large they may be.' })
  async withdrawalTerms(
    @Arg('currency', () => CurrencyEnum, { defaultValue: 'TRX', description: 'Of which currency.' })
    currency: Currency,
  ): Promise<WithdrawalTerms> {
    const { values } = await readSettings(this.#parts.database.read());
    const { minimum, maximum, userDaily, fee, approvalAbove } = withdrawalLimits(values, currency);
    return {
      open: values['withdrawals.open'],
      minimum,
      maximum,
      dailyLimit: userDaily,
      fee,
      activationFee: currency === 'TRX' ? this.#parts.activationFee() : 0n,
      approvalAbove,
      newAddressSeconds: values['withdrawals.newAddressSeconds'],
    };
  }

  @Mutation(() => Withdrawal, {
    description:
      'Asks for a payment to a user and holds the money. LIMIT_EXCEEDED, INSUFFICIENT_BALANCE, ADDRESS_IS_CONTRACT, ADDRESS_IS_OURS or PAYOUT_NOT_POSSIBLE say what is wrong. Send it again with the same clientId when an answer got lost.',
  })
  async withdraw(
    @Arg('input', () => WithdrawInput, { description: 'Whose money, how much, where to.' })
    input: WithdrawInput,
    @Ctx() context: DeskContext,
  ): Promise<Withdrawal> {
    const { actor, audit, caller, loaders } = context;
    const { currency, amount, address, clientId: key } = input;
    const reason = input.reason?.trim() ?? '';
    if (reason.length > MAX_REASON) {
      throw new BadInput(`Give a reason of up to ${MAX_REASON} characters.`, {
        field: 'input.reason',
      });
    }
    const user = await this.#user(input.user, context);
    const activationFee = await this.#look(address, currency, namespaceOf(actor), key);
    const id = await this.#parts.database.transaction(actor, async (em) => {
      const made = await withdraw(em, this.#parts.ids, actor, {
        userId: user.id,
        currency,
        amount,
        address,
        reason: reason === '' ? null : reason,
        clientId: clientOf(caller),
        key,
        activationFee,
      });
      await audit.record(
        em,
        'withdrawal.request',
        { kind: 'withdrawal', id: made },
        { userId: user.id, amount: formatAmount(amount), currency, address },
      );
      return made;
    });
    this.#parts.wake();
    return withdrawalOf(present(await loaders.withdrawal.load(id), 'withdrawal'));
  }

  @Mutation(() => Withdrawal, {
    description:
      'Lets a withdrawal that waits go on; for operators of FINANCE. Whoever has asked for it cannot approve it.',
  })
  approveWithdrawal(
    @Arg('input', () => DecideWithdrawalInput, { description: 'Which, and why.' })
    input: DecideWithdrawalInput,
    @Ctx() context: DeskContext,
  ): Promise<Withdrawal> {
    if (context.caller.kind !== 'OPERATOR') {
      throw new Forbidden('A person has to approve this; an API key cannot do it.');
    }
    return this.#decide('withdrawal.approve', input, context, (em, decision) =>
      approveWithdrawal(em, context.actor, decision),
    );
  }

  @Mutation(() => Withdrawal, {
    description:
      'Ends a withdrawal that is not with the engine yet and gives the money back. ILLEGAL_STATE when it is too late. To reject it again is harmless.',
  })
  rejectWithdrawal(
    @Arg('input', () => DecideWithdrawalInput, { description: 'Which, and why.' })
    input: DecideWithdrawalInput,
    @Ctx() context: DeskContext,
  ): Promise<Withdrawal> {
    return this.#decide('withdrawal.reject', input, context, (em, decision) =>
      rejectWithdrawal(em, context.actor, decision, this.#parts.ended),
    );
  }

  @Mutation(() => Withdrawal, {
    description:
      'Calls a withdrawal back for the user who asked for it, as `rejectWithdrawal` does; an API key can call back those that it asked for.',
  })
  async cancelWithdrawal(
    @Arg('input', () => DecideWithdrawalInput, { description: 'Which, and why.' })
    input: DecideWithdrawalInput,
    @Ctx() context: DeskContext,
  ): Promise<Withdrawal> {
    const row = await this.#visible(input.id, context);
    if (row?.origin !== 'USER') {
      throw new NotFound('There is no such withdrawal.', { field: 'input.id' });
    }
    return this.#decide('withdrawal.cancel', input, context, (em, decision) =>
      rejectWithdrawal(em, context.actor, decision, this.#parts.ended),
    );
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Whose money it is; null when it is nobody’s balance.',
  })
  async user(
    @Root() { userId }: Withdrawal,
    @Ctx() { loaders }: DeskContext,
  ): Promise<User | null> {
    const row = userId === null ? null : await loaders.user.load(userId);
    return row && userOf(row);
  }

  @FieldResolver(() => ChainOperation, {
    nullable: true,
    description:
      'The operation that pays it, with its attempts; null before it is with the engine.',
  })
  async operation(
    @Root() { operationId }: Withdrawal,
    @Ctx() { loaders }: DeskContext,
  ): Promise<OperationRow | null> {
    return operationId === null ? null : loaders.operation.load(operationId);
  }

  @FieldResolver(() => [StateChange], { description: 'Every step of it, the first first.' })
  async history(
    @Root() { id }: Withdrawal,
    @Ctx() { loaders }: DeskContext,
  ): Promise<StateChange[]> {
    return (await loaders.withdrawalHistory.load(id)).map(stateChange);
  }

  async #decide(
    action: string,
    { id, reason }: DecideWithdrawalInput,
    { actor, audit, loaders }: DeskContext,
    decide: (em: EntityManager, decision: { id: string; reason: string }) => Promise<void>,
  ): Promise<Withdrawal> {
    const withdrawalId = id.toLowerCase();
    await this.#parts.database.transaction(actor, async (em) => {
      await decide(em, { id: withdrawalId, reason });
      await audit.record(
        em,
        action,
        { kind: 'withdrawal', id: withdrawalId },
        { reason: reason.trim() },
      );
    });
    this.#parts.wake();
    return withdrawalOf(present(await loaders.withdrawal.load(withdrawalId), 'withdrawal'));
  }

  /** What the address costs beyond the fee. A repeated request finds its own and asks no node. */
  async #look(address: Address, currency: Currency, caller: string, key: string): Promise<bigint> {
    if (await withdrawalOfKey(this.#parts.database.read(), caller, key)) return 0n;
    const account = await this.#parts.account(address);
    if (account?.isContract === true) throw new PayeeIsContract('input.address');
    // A token's contract asks for no account.
    return account === null && currency === 'TRX' ? this.#parts.activationFee() : 0n;
  }

  async #user(ref: UserRefType, { caller }: DeskContext): Promise<UserRow> {
    const em = this.#parts.database.read();
    const user = await requireUser(em, parseUserRef(ref, clientOf(caller)));
    if (!maySee(clientScope(caller), user)) throw new UnknownUser();
    return user;
  }

  async #visible(id: string, { caller, loaders }: DeskContext): Promise<WithdrawalRow | null> {
    if (!isUuid(id)) return null;
    const row = await loaders.withdrawal.load(id.toLowerCase());
    const scope = clientScope(caller);
    return scope === undefined || row?.clientId === scope ? row : null;
  }
}
