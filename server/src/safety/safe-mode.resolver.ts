import {
  Arg,
  Ctx,
  FieldResolver,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Database } from '../database/database.ts';
import { type DeskEvent, formatCursor } from '../events/event.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import { AfterCursor, eventsOf } from '../graphql/change-stream.ts';
import type { DeskContext } from '../graphql/context.ts';
import { parseActor } from '../kernel/actor.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { type InvariantCheck as InvariantCheckRow, invariantChecks } from './invariant-checks.ts';
import { liftSafeMode, SAFE_MODE_ID, setSafeMode } from './change-safe-mode.ts';
import {
  readSafeMode,
  safeModeChanges,
  type SafeModeChangeRow,
  safeModeEntries,
  type SafeModeEntryRow,
} from './read-safe-mode.ts';
import {
  InvariantCheck,
  LiftSafeModeInput,
  SafeModeChange,
  type SafeModeEntry,
  SafeModeHistory,
  SafeModeState,
  type SafeModeStep,
  SetSafeModeInput,
} from './safe-mode.graphql.ts';

/** What the desk may do at the moment: for the banner of the console, and those who stop it. */
@Resolver(() => SafeModeState)
export class SafeModeResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @Query(() => SafeModeState, { description: 'What the desk may do at the moment.' })
  safeMode(): Promise<SafeModeState> {
    return this.#state();
  }

  @Mutation(() => SafeModeState, {
    description:
      'Makes the desk, a product or a wallet stricter or freer, as a person’s word. It never weakens what a check has set. Nothing that it holds back is sent once this has answered.',
  })
  async setSafeMode(
    @Arg('input', () => SetSafeModeInput, { description: 'What, how strict, and why.' })
    { scope, subject, mode, reason, clientId }: SetSafeModeInput,
    @Ctx() { actor, audit }: DeskContext,
  ): Promise<SafeModeState> {
    const command = { scope, subject: subject ?? null, reason, clientId: clientId ?? null };
    await this.#database.transaction(actor, async (em) => {
      await setSafeMode(em, actor, { ...command, mode });
      await audit.record(
        em,
        'safe_mode.set',
        { kind: 'safe_mode', id: SAFE_MODE_ID },
        { scope, subject: command.subject, mode, reason: reason.trim() },
      );
    });
    return this.#state();
  }

  @Mutation(() => SafeModeState, {
    description:
      'Takes back every word about the subject, people’s and checks’. A check sets it again when it finds something new.',
  })
  async liftSafeMode(
    @Arg('input', () => LiftSafeModeInput, { description: 'What, and why it is safe again.' })
    { scope, subject, reason, clientId }: LiftSafeModeInput,
    @Ctx() { actor, audit }: DeskContext,
  ): Promise<SafeModeState> {
    const command = { scope, subject: subject ?? null, reason, clientId: clientId ?? null };
    await this.#database.transaction(actor, async (em) => {
      await liftSafeMode(em, actor, command);
      await audit.record(
        em,
        'safe_mode.lift',
        { kind: 'safe_mode', id: SAFE_MODE_ID },
        { scope, subject: command.subject, reason: reason.trim() },
      );
    });
    return this.#state();
  }

  @FieldResolver(() => SafeModeHistory, {
    description: 'Every change there was, the latest first.',
  })
  async history(
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows wanted, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
  ): Promise<SafeModeHistory> {
    const size = pageSize(first);
    const [last] = decodeCursor(after, 1) ?? [];
    if (last !== undefined && !/^\d{1,18}$/.test(last)) {
      throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
        field: 'after',
      });
    }
    const rows = await safeModeChanges(this.#database.read(), {
      first: size,
      before: last === undefined ? null : BigInt(last),
    });
    const { edges, pageInfo } = connectionOf(rows, size, ({ id }) => encodeCursor(id), after);
    return { pageInfo, edges: edges.map(({ cursor, node }) => ({ cursor, node: stepOf(node) })) };
  }

  @FieldResolver(() => [InvariantCheck], {
    description: 'The last check of each invariant that can set the safe mode by itself.',
  })
  checks(): Promise<InvariantCheckRow[]> {
    return invariantChecks(this.#database.read());
  }

  async #state(): Promise<SafeModeState> {
    const em = this.#database.read();
    const row = await readSafeMode(em);
    const entries = await safeModeEntries(em);
    return {
      version: row.version.toString(),
      mode: row.mode,
      reason: row.reason,
      entries: entries.map(entryOf),
      updatedAt: row.updatedAt,
    };
  }
}

/** The banner's stream. */
@Resolver(() => SafeModeChange)
export class SafeModeStreamResolver {
  readonly #state: SafeModeResolver;

  constructor(database: Database) {
    this.#state = new SafeModeResolver(database);
  }

  @Subscription(() => SafeModeChange, {
    description:
      'Each change of the safe mode as it happens. To lose none, begin with `after` from `eventCursor` or from the last change that came.',
    subscribe: eventsOf('safe_mode.changed'),
  })
  safeModeChanged(@Root() event: DeskEvent, @AfterCursor() _after?: string | null): SafeModeChange {
    return { cursor: formatCursor(event.cursor) };
  }

  @FieldResolver(() => SafeModeState, { description: 'The safe mode as it is now.' })
  safeMode(): Promise<SafeModeState> {
    return this.#state.safeMode();
  }
}

function entryOf(entry: SafeModeEntryRow): SafeModeEntry {
  const { subject, actor } = entry;
  return { ...entry, subject: subject === '' ? null : subject, actor: parseActor(actor) };
}

function stepOf(change: SafeModeChangeRow): SafeModeStep {
  const { scope, subject, source, fromMode, toMode, reason, evidence, actor, at } = change;
  return {
    scope,
    subject: subject === '' ? null : subject,
    source,
    from: fromMode,
    to: toMode,
    reason,
    evidence,
    actor: parseActor(actor),
    at,
  };
}
