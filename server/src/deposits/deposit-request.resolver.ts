import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { clientOf, clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { queryOne } from '../database/query.ts';
import type { DeskContext } from '../graphql/context.ts';
import { present } from '../kernel/assert.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { formatAmount } from '../kernel/money.ts';
import type { Random } from '../kernel/random.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import { ChainUnavailable } from '../tron/tron.errors.ts';
import { ensureUsers } from '../users/ensure-users.ts';
import { findUser, maySee } from '../users/find-users.ts';
import { parseUserRef } from '../users/user-ref.ts';
import { UnknownUser } from '../users/user.errors.ts';
import type { UserRow } from '../users/user-row.ts';
import { User, userOf } from '../users/user.graphql.ts';
import { UserRefType } from '../users/user.graphql.ts';
import { OpenDepositAddressInput, RequestDepositInput } from './deposit-input.graphql.ts';
import { requestsByIds } from './deposit-rows.ts';
import { NoDepositAddress } from './deposit.errors.ts';
import {
  Deposit,
  DepositAddress,
  depositOf,
  DepositRequest,
  requestOf,
} from './deposit.graphql.ts';
import { openPayTo, type PayTo, payToOf } from './own-address.ts';
import { memoOfUser, qrPayload } from './payment-text.ts';
import { requestDeposit } from './request-deposit.ts';

export interface DepositRequestParts {
  readonly database: Database;
  readonly ids: IdMaker;
  readonly random: Random;
  /** Chain time of the newest block that this process knows; undefined before the first. */
  readonly headTimeMs: () => number | undefined;
}

/** Where users pay to, and how their payments are told apart. */
@Resolver(() => DepositRequest)
export class DepositRequestResolver {
  readonly #parts: DepositRequestParts;

  constructor(parts: DepositRequestParts) {
    this.#parts = parts;
  }

  @Query(() => DepositAddress, {
    nullable: true,
    description:
      'Where a user pays to: his own address, or the one that everybody pays to; null where none is set up, or for a user whom the caller may not see.',
  })
  async depositAddress(
    @Arg('user', () => UserRefType, { description: 'Who.' }) ref: UserRefType,
    @Ctx() { caller }: DeskContext,
  ): Promise<DepositAddress | null> {
    const em = this.#parts.database.read();
    const user = await findUser(em, parseUserRef(ref, clientOf(caller), 'user'));
    if (!user || !maySee(clientScope(caller), user)) return null;
    const { values } = await readSettings(em);
    const payTo = await payToOf(em, values, user.id);
    return payTo && shown(payTo, user, values);
  }

  @Query(() => DepositRequest, {
    nullable: true,
    description: 'One request; null when there is none, or none that the caller may see.',
  })
  async depositRequest(
    @Arg('id', () => ID, { description: 'Id of the request.' }) id: string,
    @Ctx() { caller, loaders }: DeskContext,
  ): Promise<DepositRequest | null> {
    const row = isUuid(id) ? await loaders.depositRequest.load(id) : null;
    const user = row && (await loaders.user.load(row.userId));
    return row && user && maySee(clientScope(caller), user) ? requestOf(row) : null;
  }

  @Mutation(() => DepositAddress, {
    description:
      'Gives a user a deposit address of his own where the desk derives them, and answers where he pays to. Again and again the same one.',
  })
  async openDepositAddress(
    @Arg('input', () => OpenDepositAddressInput, { description: 'Who.' })
    input: OpenDepositAddressInput,
    @Ctx() { caller, actor, audit }: DeskContext,
  ): Promise<DepositAddress> {
    const { database, ids } = this.#parts;
    const ref = parseUserRef(input.user, clientOf(caller));
    return database.transaction(actor, async (em) => {
      const [user] = await ensureUsers(em, ids, [ref]);
      if (!user || !maySee(clientScope(caller), user)) throw new UnknownUser('input.user.id');
      const { values } = await readSettings(em);
      const payTo = await openPayTo(em, values, user.id);
      if (!payTo) throw new NoDepositAddress();
      const subject = { kind: 'user', id: user.id };
      await audit.record(em, 'deposit.open_address', subject, { ...payTo });
      return shown(payTo, user, values);
    });
  }

  @Mutation(() => DepositRequest, {
    description:
      'Answers with an address and an amount that nobody else is given, by which the payment is told to be this user’s.',
  })
  async requestDeposit(
    @Arg('input', () => RequestDepositInput, { description: 'Who, and how much.' })
    input: RequestDepositInput,
    @Ctx() { caller, actor, audit }: DeskContext,
  ): Promise<DepositRequest> {
    const { database, ids, random } = this.#parts;
    const clientId = clientOf(caller);
    const { amount, currency } = input;
    const user = parseUserRef(input.user, clientId);
    const chainMs = await this.#chainTime();
    return database.transaction(actor, async (em) => {
      const known = await findUser(em, user);
      if (known && !maySee(clientScope(caller), known)) throw new UnknownUser('input.user.id');
      const key = input.clientId;
      const request = { user, amount, currency, key, clientId, chainMs };
      const id = await requestDeposit(em, ids, random, actor, request);
      const subject = { kind: 'deposit_request', id };
      await audit.record(em, 'deposit.request', subject, {
        amount: formatAmount(amount),
        currency,
        clientId: key,
      });
      return requestOf(present((await requestsByIds(em, [id])).get(id), 'request'));
    });
  }

  /** What payments are judged by; the process's clock says nothing about the chain. */
  async #chainTime(): Promise<number> {
    const { database, headTimeMs } = this.#parts;
    const cursor = await queryOne<{ ms: bigint }>(
      database.read(),
      `select time_ms as ms from chain_cursors where name = 'solid'`,
    );
    const newest = Math.max(headTimeMs() ?? 0, Number(cursor?.ms ?? 0n));
    if (newest > 0) return newest;
    throw new ChainUnavailable('No block has been seen yet. Try again shortly.', []);
  }

  @FieldResolver(() => String, {
    description: 'The content of a QR code: `tron:` with address, amount and token.',
  })
  async qrPayload(@Root() { row }: DepositRequest): Promise<string> {
    const { values } = await readSettings(this.#parts.database.read());
    return qrPayload(row, values['deposits.usdtContract']);
  }

  @FieldResolver(() => User, { description: 'Who asked to pay in.' })
  async user(@Root() { row }: DepositRequest, @Ctx() { loaders }: DeskContext): Promise<User> {
    return userOf(present(await loaders.user.load(row.userId), 'user'));
  }

  @FieldResolver(() => Deposit, {
    nullable: true,
    description: 'What paid it, or at the head is about to; null before.',
  })
  async deposit(
    @Root() { id }: DepositRequest,
    @Ctx() { loaders }: DeskContext,
  ): Promise<Deposit | null> {
    const row = await queryOne<{ id: string }>(
      this.#parts.database.read(),
      `select id from deposits where intent_id = $1 and state <> 'GONE' order by id limit 1`,
      [id],
    );
    const deposit = row ? await loaders.deposit.load(row.id) : null;
    return deposit && depositOf(deposit);
  }
}

function shown({ address, own }: PayTo, user: UserRow, values: SettingValues): DepositAddress {
  const perMille = values['deposits.returnFeePerMille'];
  return {
    address,
    own,
    memo: memoOfUser(user),
    minimumTrx: { amount: values['deposits.minimumSun'], currency: 'TRX' },
    minimumUsdt: { amount: values['deposits.minimumMicroUsdt'], currency: 'USDT' },
    returnFeePercent: (perMille / 10).toString(),
  };
}
