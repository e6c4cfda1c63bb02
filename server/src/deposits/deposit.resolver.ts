import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { clientOf, clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import { StateChange, stateChange } from '../graphql/actor.graphql.ts';
import type { DeskContext } from '../graphql/context.ts';
import { parseActor } from '../kernel/actor.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { parseAmount } from '../kernel/money.ts';
import { maySee } from '../users/find-users.ts';
import { parseUserRef } from '../users/user-ref.ts';
import type { UserRow } from '../users/user-row.ts';
import { User, userOf } from '../users/user.graphql.ts';
import { present } from '../kernel/assert.ts';
import { decideDeposit, type Decision } from './decide-deposit.ts';
import {
  AssignDepositInput,
  DecideDepositInput,
  DepositFilter,
  SplitDepositInput,
} from './deposit-input.graphql.ts';
import { type DepositRow, ignoredTransfers, listDeposits } from './deposit-rows.ts';
import {
  Deposit,
  DepositConnection,
  DepositDecision,
  depositOf,
  DepositRequest,
  DepositShare,
  DepositSuggestion,
  IgnoredTransfers,
  requestOf,
} from './deposit.graphql.ts';

export interface DepositParts {
  readonly database: Database;
  readonly ids: IdMaker;
}

/** What came in, and the desk for what is nobody's. */
@Resolver(() => Deposit)
export class DepositResolver {
  readonly #parts: DepositParts;

  constructor(parts: DepositParts) {
    this.#parts = parts;
  }

  @Query(() => Deposit, {
    nullable: true,
    description: 'One deposit; null when there is none, or none that the caller may see.',
  })
  async deposit(
    @Arg('id', () => ID, { description: 'Id of the deposit.' }) id: string,
    @Ctx() context: DeskContext,
  ): Promise<Deposit | null> {
    const row = isUuid(id) ? await context.loaders.deposit.load(id) : null;
    return row && (await isVisible(row, context)) ? depositOf(row) : null;
  }

  @Query(() => DepositConnection, {
    description: 'Deposits, the newest first; an API key sees those of its users.',
  })
  async deposits(
    @Arg('filter', () => DepositFilter, { nullable: true, description: 'Which; all unless told.' })
    filter: DepositFilter | null | undefined,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows wanted, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
    @Ctx() { caller }: DeskContext,
  ): Promise<DepositConnection> {
    const size = pageSize(first);
    const [last] = decodeCursor(after, 1) ?? [];
    if (last !== undefined && !isUuid(last)) {
      throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
        field: 'after',
      });
    }
    const userId = filter?.userId ?? null;
    if (userId !== null && !isUuid(userId)) {
      throw new BadInput('An id has the form of a UUID.', { field: 'filter.userId' });
    }
    const rows = await listDeposits(
      this.#parts.database.read(),
      {
        states: filter?.states ?? null,
        reasons: filter?.reasons ?? null,
        userId,
        txid: filter?.txid ?? null,
        address: filter?.address ?? null,
        sender: filter?.sender ?? null,
        currency: filter?.currency ?? null,
        scope: clientScope(caller),
      },
      { first: size, after: last ?? null },
    );
    return connectionOf(rows.map(depositOf), size, ({ id }) => encodeCursor(id), after);
  }

  @Query(() => [IgnoredTransfers], {
    description: 'Poisoning: what was counted and is no deposit, the newest days first.',
  })
  ignoredTransfers(
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows wanted, 1 to 200.' })
    first: number,
  ): Promise<IgnoredTransfers[]> {
    return ignoredTransfers(this.#parts.database.read(), pageSize(first));
  }

  @Mutation(() => Deposit, { description: 'Credits an unclaimed deposit to the user whose it is.' })
  assignDeposit(
    @Arg('input', () => AssignDepositInput, { description: 'Which deposit, whose, and why.' })
    input: AssignDepositInput,
    @Ctx() context: DeskContext,
  ): Promise<Deposit> {
    const user = parseUserRef(input.user, clientOf(context.caller));
    return this.#decide(context, input, { kind: 'ASSIGN', user });
  }

  @Mutation(() => Deposit, { description: 'Credits an unclaimed deposit to several users.' })
  splitDeposit(
    @Arg('input', () => SplitDepositInput, { description: 'Which deposit, the shares, and why.' })
    input: SplitDepositInput,
    @Ctx() context: DeskContext,
  ): Promise<Deposit> {
    const shares = input.shares.map(({ user, amount }, place) => ({
      user: parseUserRef(user, clientOf(context.caller), `input.shares.${place}.user`),
      amount,
    }));
    return this.#decide(context, input, { kind: 'SPLIT', shares });
  }

  @Mutation(() => Deposit, {
    description:
      'Sends an unclaimed deposit back to its sender, less the fee and the chain’s cost, as a withdrawal. Ask the sender first: an exchange’s address gives it to the wrong person.',
  })
  returnDeposit(
    @Arg('input', () => DecideDepositInput, { description: 'Which deposit, and why.' })
    input: DecideDepositInput,
    @Ctx() context: DeskContext,
  ): Promise<Deposit> {
    return this.#decide(context, input, { kind: 'RETURN' });
  }

  @Mutation(() => Deposit, { description: 'Gives up finding whose an unclaimed deposit is.' })
  writeOffDeposit(
    @Arg('input', () => DecideDepositInput, { description: 'Which deposit, and why.' })
    input: DecideDepositInput,
    @Ctx() context: DeskContext,
  ): Promise<Deposit> {
    return this.#decide(context, input, { kind: 'WRITE_OFF' });
  }

  async #decide(
    { actor, audit, loaders }: DeskContext,
    { depositId, reason, clientId }: DecideDepositInput,
    decision: Decision,
  ): Promise<Deposit> {
    const { database, ids } = this.#parts;
    await database.transaction(actor, async (em) => {
      const command = { depositId, decision, reason, key: clientId };
      await decideDeposit(em, ids, actor, command);
      await audit.record(
        em,
        `deposit.${decision.kind.toLowerCase()}`,
        { kind: 'deposit', id: depositId },
        { decision, reason: reason.trim(), clientId },
      );
    });
    return depositOf(present(await loaders.deposit.load(depositId), 'deposit'));
  }

  @FieldResolver(() => User, {
    nullable: true,
    description:
      'Whose it is, or of a SEEN one is likely to be; null for nobody’s and for several.',
  })
  user(@Root() { row }: Deposit, @Ctx() context: DeskContext): Promise<User | null> {
    return userById(row.userId, context);
  }

  @FieldResolver(() => DepositRequest, {
    nullable: true,
    description: 'The request that it pays; null where there is none.',
  })
  async request(
    @Root() { row }: Deposit,
    @Ctx() { loaders }: DeskContext,
  ): Promise<DepositRequest | null> {
    const request = row.intentId === null ? null : await loaders.depositRequest.load(row.intentId);
    return request && requestOf(request);
  }

  @FieldResolver(() => [DepositSuggestion], {
    description: 'Users whose it may be, the surest first, at most 5; empty unless UNCLAIMED.',
  })
  suggestions(@Root() { row }: Deposit): readonly DepositSuggestion[] {
    return row.state === 'UNCLAIMED' ? row.suggestions : [];
  }

  @FieldResolver(() => [DepositDecision], { description: 'What people decided, the first first.' })
  async decisions(
    @Root() { row }: Deposit,
    @Ctx() { loaders }: DeskContext,
  ): Promise<DepositDecision[]> {
    const decisions = await loaders.depositDecisions.load(row.id);
    const { currency } = row;
    return decisions.map((decision) => ({
      ...decision,
      actor: parseActor(decision.actor),
      shares: decision.shares.flatMap(({ userId, amount }) =>
        currency === null ? [] : [{ userId, money: { amount: parseAmount(amount), currency } }],
      ),
    }));
  }

  @FieldResolver(() => [StateChange], {
    description: 'Every state it has been in, the first first.',
  })
  async history(@Root() { id }: Deposit, @Ctx() { loaders }: DeskContext): Promise<StateChange[]> {
    return (await loaders.depositHistory.load(id)).map(stateChange);
  }
}

/** Whom a suggestion names. */
@Resolver(() => DepositSuggestion)
export class DepositSuggestionResolver {
  @FieldResolver(() => User, { nullable: true, description: 'The user.' })
  user(@Root() { userId }: DepositSuggestion, @Ctx() context: DeskContext): Promise<User | null> {
    return userById(userId, context);
  }

  @FieldResolver(() => DepositRequest, {
    nullable: true,
    description: 'The request that it may pay; null where there is none.',
  })
  async request(
    @Root() { intentId }: DepositSuggestion,
    @Ctx() { loaders }: DeskContext,
  ): Promise<DepositRequest | null> {
    const request = intentId === null ? null : await loaders.depositRequest.load(intentId);
    return request && requestOf(request);
  }
}

/** Who got a share. */
@Resolver(() => DepositShare)
export class DepositShareResolver {
  @FieldResolver(() => User, { nullable: true, description: 'The user.' })
  user(@Root() { userId }: DepositShare, @Ctx() context: DeskContext): Promise<User | null> {
    return userById(userId, context);
  }
}

async function userById(id: string | null, { caller, loaders }: DeskContext): Promise<User | null> {
  const row = id === null ? null : await loaders.user.load(id);
  return row && maySee(clientScope(caller), row) ? userOf(row) : null;
}

/** A bot sees what is one of its users'; what is nobody's, or several users', is for people. */
export async function isVisible(
  { userId }: Pick<DepositRow, 'userId'>,
  { caller, loaders }: Pick<DeskContext, 'caller' | 'loaders'>,
): Promise<boolean> {
  const scope = clientScope(caller);
  if (scope === undefined) return true;
  const user: UserRow | null = userId === null ? null : await loaders.user.load(userId);
  return user !== null && maySee(scope, user);
}
