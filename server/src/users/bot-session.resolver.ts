import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { clientOf, clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import type { DeskContext } from '../graphql/context.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { BotSession, botSessionOf, SaveSessionInput } from './bot-session.graphql.ts';
import { readSession, saveSession, type SessionState } from './bot-sessions.ts';
import { findUser, maySee } from './find-users.ts';
import { userOfCaller } from './user-of-caller.ts';
import { parseUserRef } from './user-ref.ts';
import { UserRefType } from './user.graphql.ts';

@Resolver(() => BotSession)
export class BotSessionResolver {
  readonly #database: Database;
  readonly #ids: IdMaker;

  constructor(database: Database, ids: IdMaker) {
    this.#database = database;
    this.#ids = ids;
  }

  @Query(() => BotSession, {
    nullable: true,
    description:
      'Where a user stands in the bot’s dialogue; null when nothing was saved or the caller may not see the user. A Telegram user has one session, whichever key saved it.',
  })
  async session(
    @Arg('user', () => UserRefType, { description: 'Whose.' }) ref: UserRefType,
    @Ctx() { caller }: DeskContext,
  ): Promise<BotSession | null> {
    const em = this.#database.read();
    const user = await findUser(em, parseUserRef(ref, clientOf(caller), 'user'));
    if (!user || !maySee(clientScope(caller), user)) return null;
    const row = await readSession(em, user.id);
    return row ? botSessionOf(row) : null;
  }

  @Mutation(() => BotSession, {
    description:
      'Keeps where a user stands in the bot’s dialogue. The higher version wins; the same version with the same content may be sent again.',
  })
  async saveSession(
    @Arg('input', () => SaveSessionInput, { description: 'Whose, and what.' })
    { user, version, ...state }: SaveSessionInput,
    @Ctx() { caller, actor, audit }: DeskContext,
  ): Promise<BotSession> {
    const ref = parseUserRef(user, clientOf(caller));
    const row = await this.#database.transaction(actor, async (em) => {
      const { id } = await userOfCaller(em, this.#ids, ref, clientScope(caller));
      await audit.record(em, 'session.save', { kind: 'user', id }, { version });
      return saveSession(em, actor, { userId: id, version, state: whole(state) });
    });
    return botSessionOf(row);
  }
}

type Given = Omit<SaveSessionInput, 'user' | 'version'>;

/** Every field by its name, so that equal sessions are equal JSON. */
function whole(given: Given): SessionState {
  return {
    selectedEnergy: given.selectedEnergy ?? null,
    selectedDuration: given.selectedDuration ?? null,
    selectedAddress: given.selectedAddress ?? null,
    computedCost: given.computedCost ?? null,
    pendingInput: given.pendingInput ?? null,
    addressBalance: given.addressBalance ?? null,
    showBalanceInBuyPage: given.showBalanceInBuyPage ?? null,
    lastOrderId: given.lastOrderId ?? null,
    lastTransactionHash: given.lastTransactionHash ?? null,
    lastOrderTime: given.lastOrderTime ?? null,
    more: given.more ?? null,
  };
}
