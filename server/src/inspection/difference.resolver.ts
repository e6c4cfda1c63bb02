import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Database } from '../database/database.ts';
import { type DeskEvent, formatCursor } from '../events/event.ts';
import { StateChange, stateChange } from '../graphql/actor.graphql.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import { AfterCursor, eventsOf } from '../graphql/change-stream.ts';
import type { DeskContext } from '../graphql/context.ts';
import { parseActor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { ChainOperation } from '../operations/operation.graphql.ts';
import type { OperationRow } from '../operations/operation-rows.ts';
import { Wallet } from '../wallets/wallet.graphql.ts';
import type { WalletRow } from '../wallets/wallet-rows.ts';
import { type DifferenceRow, type DriftRow, listDifferences } from './difference-rows.ts';
import {
  Difference,
  DifferenceChange,
  DifferenceConnection,
  DifferenceFilter,
  ExplainDifferenceInput,
  OrphanReclaim,
  ReclaimOrphanInput,
  WalletDrift,
} from './difference.graphql.ts';
import { explainDifference } from './explain-difference.ts';
import {
  doneBefore,
  type OrphanLook,
  type OrphanPair,
  orphanPair,
  reclaimOrphan,
} from './reclaim-orphan.ts';

export interface DifferenceParts {
  readonly database: Database;
  readonly ids: IdMaker;
  /** Looks at a pair now, and waits a little for the books to reach it. @throws ChainUnavailable */
  readonly lookAtOrphan: (pair: OrphanPair) => Promise<OrphanLook>;
}

/** Where chain and books differ, and what people do about it. */
@Resolver(() => Difference)
export class DifferenceResolver {
  readonly #parts: DifferenceParts;

  constructor(parts: DifferenceParts) {
    this.#parts = parts;
  }

  @Query(() => Difference, { nullable: true, description: 'One difference.' })
  async difference(
    @Arg('id', () => ID, { description: 'Id of the difference.' }) id: string,
    @Ctx() { loaders }: DeskContext,
  ): Promise<DifferenceRow | null> {
    return isUuid(id) ? loaders.difference.load(id) : null;
  }

  @Query(() => DifferenceConnection, {
    description: 'Where the solid chain and the books differ, or did, the newest first.',
  })
  async differences(
    @Arg('filter', () => DifferenceFilter, { nullable: true, description: 'Which ones.' })
    filter: DifferenceFilter | null | undefined,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows wanted, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
  ): Promise<DifferenceConnection> {
    const size = pageSize(first);
    const [last] = decodeCursor(after, 1) ?? [];
    if (last !== undefined && !isUuid(last)) {
      throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
        field: 'after',
      });
    }
    const walletId = filter?.walletId ?? null;
    if (walletId !== null && !isUuid(walletId)) {
      throw new BadInput('An id has the form of a UUID.', { field: 'filter.walletId' });
    }
    const rows = await listDifferences(
      this.#parts.database.read(),
      { kinds: filter?.kinds ?? null, states: filter?.states ?? null, walletId },
      { first: size, after: last ?? null },
    );
    return connectionOf(rows, size, ({ id }) => encodeCursor(id), after);
  }

  @Mutation(() => Difference, {
    description:
      'Says what explains a difference. Nothing else changes; it opens again when its figures do.',
  })
  async explainDifference(
    @Arg('input', () => ExplainDifferenceInput, { description: 'Which difference, and what.' })
    { differenceId, note }: ExplainDifferenceInput,
    @Ctx() { actor, audit, loaders }: DeskContext,
  ): Promise<DifferenceRow> {
    await this.#parts.database.transaction(actor, async (em) => {
      await explainDifference(em, { differenceId, note });
      await audit.record(
        em,
        'difference.explain',
        { kind: 'difference', id: differenceId },
        { note: note.trim() },
      );
    });
    return present(await loaders.difference.load(differenceId), 'difference');
  }

  @Mutation(() => Difference, {
    description:
      'Undelegates exactly what the chain has delegated beyond the books, looked at anew, and nothing of a rental to the same receiver. ILLEGAL_STATE when there is nothing to take back; `reclaims` tells what became of it.',
  })
  async reclaimOrphan(
    @Arg('input', () => ReclaimOrphanInput, { description: 'Which one, and why.' })
    { differenceId, clientId, reason }: ReclaimOrphanInput,
    @Ctx() { actor, audit, loaders }: DeskContext,
  ): Promise<DifferenceRow> {
    const { database, ids } = this.#parts;
    const command = { differenceId, clientId, reason };
    const em = database.read();
    // What was done before is answered, whatever the chain shows now.
    const before = await doneBefore(em, actor, command);
    const look = before
      ? undefined
      : await this.#parts.lookAtOrphan(await orphanPair(em, differenceId));
    await database.transaction(actor, async (tx) => {
      if (look) await reclaimOrphan(tx, ids, actor, command, look);
      await audit.record(
        tx,
        'difference.reclaim_orphan',
        { kind: 'difference', id: differenceId },
        { clientId, reason: reason.trim() },
      );
    });
    return present(await loaders.difference.load(differenceId), 'difference');
  }

  @FieldResolver(() => Wallet, { description: 'The wallet that it is about.' })
  async wallet(
    @Root() { walletId }: DifferenceRow,
    @Ctx() { loaders }: DeskContext,
  ): Promise<WalletRow> {
    return present(await loaders.wallet.load(walletId), 'wallet');
  }

  @FieldResolver(() => [StateChange], {
    description: 'Every state it has been in, the first first.',
  })
  async history(
    @Root() { id }: DifferenceRow,
    @Ctx() { loaders }: DeskContext,
  ): Promise<StateChange[]> {
    return (await loaders.differenceHistory.load(id)).map(stateChange);
  }

  @FieldResolver(() => [OrphanReclaim], {
    description: 'What was undelegated because of it, the first first.',
  })
  async reclaims(
    @Root() { id }: DifferenceRow,
    @Ctx() { loaders }: DeskContext,
  ): Promise<OrphanReclaim[]> {
    const rows = await loaders.orphanReclaims.load(id);
    return rows.map((row) => ({ ...row, actor: parseActor(row.actor) }));
  }
}

/** What belongs to an undelegation of an orphan. */
@Resolver(() => OrphanReclaim)
export class OrphanReclaimResolver {
  @FieldResolver(() => ChainOperation, { description: 'How far it has come on the chain.' })
  async operation(
    @Root() { id }: OrphanReclaim,
    @Ctx() { loaders }: DeskContext,
  ): Promise<OperationRow> {
    return present(await loaders.operation.load(id), 'operation');
  }
}

/** How far a wallet's delegations are from the books. */
@Resolver(() => Wallet)
export class WalletDriftResolver {
  @FieldResolver(() => WalletDrift, {
    nullable: true,
    description: 'Chain against books, when last compared; null before the first time.',
  })
  drift(@Root() { id }: WalletRow, @Ctx() { loaders }: DeskContext): Promise<DriftRow | null> {
    return loaders.walletDrift.load(id);
  }
}

/** Differences as they are found and as they go. */
@Resolver(() => DifferenceChange)
export class DifferenceStreamResolver {
  @Subscription(() => DifferenceChange, {
    description:
      'Each difference that opens, is explained or is gone, as it happens. To lose none, begin with `after` from `eventCursor` or from the last change that came.',
    subscribe: eventsOf('difference.*'),
  })
  differenceChanged(
    @Root() event: DeskEvent,
    @AfterCursor() _after?: string | null,
  ): DifferenceChange {
    return { cursor: formatCursor(event.cursor), differenceId: event.subjectId };
  }

  @FieldResolver(() => Difference, { description: 'The difference as it is now.' })
  async difference(
    @Root() { differenceId }: DifferenceChange,
    @Ctx() { loaders }: DeskContext,
  ): Promise<DifferenceRow> {
    return present(await loaders.difference.load(differenceId), 'difference');
  }
}
