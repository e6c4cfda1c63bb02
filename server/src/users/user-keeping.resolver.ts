import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { clientOf, clientScope } from '../access/caller.ts';
import type { Address } from '../chain/address.ts';
import type { Database, EntityManager } from '../database/database.ts';
import { ActorType } from '../graphql/actor.graphql.ts';
import type { DeskContext } from '../graphql/context.ts';
import { DateTime } from '../graphql/scalars.ts';
import { parseActor } from '../kernel/actor.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { formatAmount } from '../kernel/money.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { AccountState } from '../tron/account-reply.ts';
import { readReason, setLanguage, setLimits, setStanding, setTags } from './change-user.ts';
import { requireUser } from './find-users.ts';
import { lookAtAddress } from './look-at-address.ts';
import { addAddress, removeAddress, setDefaultAddress } from './user-addresses.ts';
import {
  AddUserAddressInput,
  AddUserNoteInput,
  SetUserLanguageInput,
  SetUserLimitsInput,
  SetUserStandingInput,
  SetUserTagsInput,
  UserAddressInput,
  UserLimits,
  UserNote,
} from './user-keeping.graphql.ts';
import { limitsOf } from './user-limits.ts';
import { addNote } from './user-notes.ts';
import { userOfCaller } from './user-of-caller.ts';
import { parseUserRef } from './user-ref.ts';
import type { UserRow } from './user-row.ts';
import { User, userOf, type UserRefType } from './user.graphql.ts';

export interface UserKeepingParts {
  readonly database: Database;
  readonly ids: IdMaker;
  readonly settings: SettingsStore;
  /** The account by a node's newest block; null where there is none. */
  readonly account: (address: Address) => Promise<AccountState | null>;
}

type Details = Readonly<Record<string, unknown>>;

/** What is known of a user beyond the money, and who changes it. */
@Resolver(() => User)
export class UserKeepingResolver {
  readonly #parts: UserKeepingParts;

  constructor(parts: UserKeepingParts) {
    this.#parts = parts;
  }

  @Mutation(() => User, {
    description:
      'Keeps an address for a user. To add one again is harmless. What the chain says of it is noted in `onChain`; an address that is not activated or a contract is kept all the same.',
  })
  async addUserAddress(
    @Arg('input', () => AddUserAddressInput, { description: 'Whose, and which.' })
    { user, address, label, isDefault }: AddUserAddressInput,
    @Ctx() context: DeskContext,
  ): Promise<User> {
    const onChain = await lookAtAddress(this.#parts.account, address);
    return this.#change(context, user, 'user.add_address', async (em, { id }) => {
      await addAddress(em, id, address, label ?? null, onChain);
      if (isDefault === true) await setDefaultAddress(em, id, address);
      return { address, label: label ?? null, onChain };
    });
  }

  @Mutation(() => User, {
    description:
      'Forgets an address of a user. One that is not kept is harmless. When it was the default, the oldest of the others becomes it.',
  })
  removeUserAddress(
    @Arg('input', () => UserAddressInput, { description: 'Whose, and which.' })
    { user, address }: UserAddressInput,
    @Ctx() context: DeskContext,
  ): Promise<User> {
    return this.#change(context, user, 'user.remove_address', async (em, { id }) => ({
      address,
      wasKept: await removeAddress(em, id, address),
    }));
  }

  @Mutation(() => User, { description: 'Makes an address that a user keeps the default.' })
  setDefaultUserAddress(
    @Arg('input', () => UserAddressInput, { description: 'Whose, and which.' })
    { user, address }: UserAddressInput,
    @Ctx() context: DeskContext,
  ): Promise<User> {
    return this.#change(context, user, 'user.set_default_address', async (em, { id }) => {
      await setDefaultAddress(em, id, address);
      return { address };
    });
  }

  @Mutation(() => User, { description: 'Says in which language a user is spoken to.' })
  setUserLanguage(
    @Arg('input', () => SetUserLanguageInput, { description: 'Who, and which.' })
    { user, language }: SetUserLanguageInput,
    @Ctx() context: DeskContext,
  ): Promise<User> {
    return this.#change(context, user, 'user.set_language', async (em, { id }) => {
      await setLanguage(em, id, language ?? null);
      return { language: language ?? null };
    });
  }

  @Mutation(() => User, {
    description:
      'Says what a user may do. From the next order on LIMITED users are held to the tighter limits and BLOCKED ones are refused; what was placed is delivered.',
  })
  setUserStanding(
    @Arg('input', () => SetUserStandingInput, { description: 'Who, what, and why.' })
    { user, standing, reason }: SetUserStandingInput,
    @Ctx() context: DeskContext,
  ): Promise<User> {
    return this.#change(context, user, 'user.set_standing', async (em, { id }) => ({
      before: await setStanding(em, context.actor, id, standing, reason),
      standing,
      reason: reason.trim(),
    }));
  }

  @Mutation(() => User, { description: 'Gives a user limits of its own, or takes them back.' })
  setUserLimits(
    @Arg('input', () => SetUserLimitsInput, { description: 'Who, what, and why.' })
    { user, reason, ordersPerDay = null, spendPerDay = null }: SetUserLimitsInput,
    @Ctx() context: DeskContext,
  ): Promise<User> {
    return this.#change(context, user, 'user.set_limits', async (em, { id }) => {
      const why = readReason(reason);
      await setLimits(em, id, { ordersPerDay, spendPerDaySun: spendPerDay });
      const spend = spendPerDay === null ? null : formatAmount(spendPerDay);
      return { ordersPerDay, spendPerDay: spend, reason: why };
    });
  }

  @Mutation(() => User, { description: 'Replaces the tags of a user.' })
  setUserTags(
    @Arg('input', () => SetUserTagsInput, { description: 'Who, and which.' })
    { user, tags }: SetUserTagsInput,
    @Ctx() context: DeskContext,
  ): Promise<User> {
    return this.#change(context, user, 'user.set_tags', async (em, { id }) => ({
      tags: await setTags(em, id, tags),
    }));
  }

  @Mutation(() => User, { description: 'Writes a note about a user, for operators to read.' })
  addUserNote(
    @Arg('input', () => AddUserNoteInput, { description: 'About whom, and what.' })
    { user, text, clientId }: AddUserNoteInput,
    @Ctx() context: DeskContext,
  ): Promise<User> {
    const { actor } = context;
    return this.#change(context, user, 'user.add_note', async (em, { id }) => ({
      noteId: await addNote(em, this.#parts.ids, actor, { userId: id, text, clientId }),
    }));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why the standing is what it is. For operators; null for bots.',
  })
  standingReason(@Root() { row }: User, @Ctx() { caller }: DeskContext): string | null {
    return clientScope(caller) === undefined ? row.standingReason : null;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When the standing was changed last; null when never.',
  })
  standingSince(@Root() { row }: User): Date | null {
    return row.standingAt;
  }

  @FieldResolver(() => ActorType, {
    nullable: true,
    description: 'Who changed the standing last. For operators; null for bots.',
  })
  standingBy(@Root() { row }: User, @Ctx() { caller }: DeskContext): ActorType | null {
    if (row.standingBy === null || clientScope(caller) !== undefined) return null;
    return parseActor(row.standingBy);
  }

  @FieldResolver(() => [String], { description: 'By the alphabet. For operators; none for bots.' })
  tags(@Root() { row }: User, @Ctx() { caller }: DeskContext): readonly string[] {
    return clientScope(caller) === undefined ? row.tags : [];
  }

  @FieldResolver(() => [UserNote], {
    description: 'The newest 100 notes, the newest first. For operators; none for bots.',
  })
  async notes(@Root() { id }: User, @Ctx() { caller, loaders }: DeskContext): Promise<UserNote[]> {
    if (clientScope(caller) !== undefined) return [];
    const notes = await loaders.userNotes.load(id);
    return notes.map(({ author, ...note }) => ({ ...note, author: parseActor(author) }));
  }

  @FieldResolver(() => UserLimits, {
    description: 'How much the user may buy in any 24 hours, and has bought.',
  })
  async limits(@Root() { id, row }: User, @Ctx() { loaders }: DeskContext): Promise<UserLimits> {
    const { values } = await this.#parts.settings.current();
    const { ordersPerDay = null, spendPerDaySun = null } = limitsOf(row, values);
    const used = await loaders.dayUsage.load(id);
    return {
      ordersPerDay,
      spendPerDay: spendPerDaySun,
      own: row.ordersPerDay !== null || row.spendPerDaySun !== null,
      ownOrdersPerDay: row.ordersPerDay,
      ownSpendPerDay: row.spendPerDaySun,
      ordersUsed: used.orders,
      spendUsed: used.spentSun,
    };
  }

  /** One change of one user, with its audit row, in one transaction. */
  async #change(
    { caller, actor, audit }: DeskContext,
    ref: UserRefType,
    action: string,
    work: (em: EntityManager, user: UserRow) => Promise<Details>,
  ): Promise<User> {
    const { database, ids } = this.#parts;
    const wanted = parseUserRef(ref, clientOf(caller));
    const row = await database.transaction(actor, async (em) => {
      const user = await userOfCaller(em, ids, wanted, clientScope(caller));
      const details = await work(em, user);
      await audit.record(em, action, { kind: 'user', id: user.id }, details);
      return requireUser(em, { by: 'id', id: user.id });
    });
    return userOf(row);
  }
}
