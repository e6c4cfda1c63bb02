import { hash } from 'node:crypto';
import type { EntityManager } from '../database/database.ts';
import { execute, queryOne } from '../database/query.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import {
  BadInput,
  DomainError,
  IdempotencyConflict,
  IllegalState,
  NotFound,
} from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { largest, smallest } from '../kernel/money.ts';
import { intendOperations } from '../operations/intend-operations.ts';
import type { PurposeHandler } from '../operations/purposes.ts';
import type { Address } from '../chain/address.ts';
import type { TronNode } from '../tron/node-client.ts';
import type { Resource } from '../chain/transaction.ts';
import { sumsDuring } from './books-timeline.ts';
import { windowOf } from './compare-look.ts';
import type { DifferenceKind, DifferenceState } from './difference-states.ts';
import { booksReached } from './inspector.ts';
import { lentByWallet } from './lent-stake.ts';
import { lookAtPair, type SeenBlock, type SeenPair } from './look-at-wallet.ts';

/** Purpose of the undelegation of stake that the books do not own; its reference is its own id. */
export const RECLAIM_ORPHAN = 'reclaim-orphan';

export interface ReclaimOrphanCommand {
  readonly differenceId: string;
  /** Chosen by the caller, who has a namespace of its own. */
  readonly clientId: string;
  readonly reason: string;
}

/** The pair as it is now, before and at the head, between two solid heights of one node. */
export interface OrphanLook {
  readonly from: SeenBlock;
  readonly through: SeenBlock;
  readonly solid: readonly SeenPair[];
  readonly head: readonly SeenPair[];
}

/** Which accounts an orphan is between. */
export interface OrphanPair {
  readonly owner: Address;
  readonly receiver: Address;
}

/** Our own reading of the solid chain is behind the node that was asked. */
export class BooksBehind extends DomainError {
  readonly code = 'SERVICE_UNAVAILABLE';
  override readonly retryable = true;

  constructor(block: number) {
    super(`The books have not reached block ${block} yet. Try again in a few seconds.`, {
      details: { block },
    });
  }
}

const MAX_REASON = 500;
const MAX_KEY = 128;
const DEADLINE_MINUTES = 10;
/** As long as a node behind a balancer may lag, an earlier undelegation may not show yet. */
const SETTLING_BLOCKS = 20;

/** Looks at both views of the pair. @throws NodeFault */
export async function lookAtOrphan(
  node: TronNode,
  { owner, receiver }: OrphanPair,
): Promise<OrphanLook> {
  const from = await node.header('solid');
  const solid = await lookAtPair(node, owner, receiver);
  const head = await lookAtPair(node, owner, receiver, 'head');
  const through = await node.header('solid');
  return { from, through, solid, head };
}

/** The pair that a difference is about. @throws NotFound, IllegalState when it is no orphan */
export async function orphanPair(em: EntityManager, differenceId: string): Promise<OrphanPair> {
  const { owner, receiver } = await findOrphan(em, differenceId);
  return { owner, receiver };
}

/**
 * Intends to take back what the chain has delegated from a wallet to a receiver beyond what the books
 * own: never more than both views of the chain show unlocked, less the most that the books had while
 * they were looked at, so that nothing of a rental to the same receiver is touched.
 * @returns whether it was done now, and not by an earlier call with the same key
 * @throws BadInput, NotFound, IllegalState, IdempotencyConflict, BooksBehind
 */
export async function reclaimOrphan(
  em: EntityManager,
  ids: IdMaker,
  actor: Actor,
  command: ReclaimOrphanCommand,
  look: OrphanLook,
): Promise<boolean> {
  const reason = command.reason.trim();
  if (await doneBefore(em, actor, command)) return false;
  const orphan = await findOrphan(em, command.differenceId, 'for no key update of d');
  // Behind the lock: the same request from elsewhere, for which this one has waited, is there by now.
  if (await doneBefore(em, actor, command)) return false;
  if (orphan.state === 'GONE') throw gone(orphan.state);
  if (!(await booksReached(em, look.through.number))) throw new BooksBehind(look.through.number);
  await refuseWhileOneRuns(em, command.differenceId, look.from.number);
  const sun = await orphanedSun(em, orphan, look);
  if (sun <= 0n) throw gone(orphan.state);

  const id = ids.next();
  const until = await queryOne<{ at: Date }>(
    em,
    `select desk_now() + make_interval(mins => $1) as at`,
    [DEADLINE_MINUTES],
  );
  const { owner, receiver, resource, permissionId } = orphan;
  await intendOperations(em, [
    {
      id,
      effect: { kind: 'undelegate', owner, receiver, amountSun: sun, resource },
      permissionId,
      purpose: RECLAIM_ORPHAN,
      reference: id,
      deadlineAt: present(until, 'deadline').at,
    },
  ]);
  await execute(
    em,
    `insert into orphan_reclaims (id, difference_id, sun, reason, actor, caller, client_id, content_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      command.differenceId,
      sun,
      reason,
      formatActor(actor),
      callerOf(actor),
      command.clientId,
      contentOf(command),
    ],
  );
  return true;
}

/** Whether this very request was carried out before. @throws BadInput, IdempotencyConflict */
export async function doneBefore(
  em: EntityManager,
  actor: Actor,
  command: ReclaimOrphanCommand,
): Promise<boolean> {
  const reason = command.reason.trim();
  if (reason === '' || reason.length > MAX_REASON) {
    throw new BadInput(`Say why, in 1 to ${MAX_REASON} characters.`, { field: 'input.reason' });
  }
  if (command.clientId === '' || command.clientId.length > MAX_KEY) {
    throw new BadInput(`Give a key of your own, of 1 to ${MAX_KEY} characters.`, {
      field: 'input.clientId',
    });
  }
  const earlier = await queryOne<{ content_hash: Buffer }>(
    em,
    'select content_hash from orphan_reclaims where caller = $1 and client_id = $2',
    [callerOf(actor), command.clientId],
  );
  if (!earlier) return false;
  if (earlier.content_hash.equals(contentOf(command))) return true;
  throw new IdempotencyConflict('This key was used for another request: take a new one.', {
    field: 'input.clientId',
  });
}

interface Orphan extends OrphanPair {
  readonly kind: DifferenceKind;
  readonly state: DifferenceState;
  readonly resource: Resource;
  readonly walletId: string;
  readonly permissionId: number;
}

async function findOrphan(em: EntityManager, differenceId: string, lock = ''): Promise<Orphan> {
  const orphan = isUuid(differenceId)
    ? await queryOne<Orphan>(
        em,
        `select d.kind, d.state, d.receiver, d.resource, w.id as "walletId", w.address as owner,
                w.permission_id as "permissionId"
         from differences d join wallets w on w.id = d.wallet_id where d.id = $1 ${lock}`,
        [differenceId],
      )
    : undefined;
  const field = 'input.differenceId';
  if (!orphan) throw new NotFound('There is no such difference.', { field });
  if (orphan.kind !== 'ORPHAN_DELEGATION') {
    throw new IllegalState('Only an ORPHAN_DELEGATION can be taken back.', {
      field,
      details: { kind: orphan.kind },
    });
  }
  return orphan;
}

async function refuseWhileOneRuns(
  em: EntityManager,
  differenceId: string,
  fromBlock: number,
): Promise<void> {
  const running = await queryOne<{ id: string }>(
    em,
    `select o.id from orphan_reclaims r join chain_operations o on o.id = r.id
     where r.difference_id = $1 and (
       o.state in ('INTENDED', 'ATTEMPTING', 'INCLUDED')
       or o.state = 'SOLID' and exists (
         select from attempts a
         where a.operation_id = o.id and a.state = 'SOLID' and a.included_block >= $2))
     limit 1`,
    [differenceId, fromBlock - SETTLING_BLOCKS],
  );
  if (!running) return;
  throw new IllegalState('It is being taken back already: wait until it is done.', {
    field: 'input.differenceId',
    details: { operationId: running.id },
  });
}

async function orphanedSun(em: EntityManager, orphan: Orphan, look: OrphanLook): Promise<bigint> {
  const { receiver, resource, walletId } = orphan;
  const window = windowOf(look);
  const lent = (await lentByWallet(em, walletId, window.fromMs)).filter(
    (one) => one.receiver === receiver && one.resource === resource,
  );
  const owned = sumsDuring(lent, window).reduce((most, sum) => largest(most, sum), 0n);
  // Locked stake stays; undelegating its sum would take it out of what is not locked: the rentals'.
  const free = (pairs: readonly SeenPair[]): bigint => {
    const pair = present(
      pairs.find((one) => one.resource === resource),
      'pair',
    );
    return pair.sun - pair.lockedSun;
  };
  return smallest(free(look.solid), free(look.head)) - owned;
}

function gone(state: DifferenceState): IllegalState {
  return new IllegalState(
    'There is nothing to take back: the chain has no more delegated than the books own, or it is locked, or something of this receiver is on its way. Look again in a minute.',
    { field: 'input.differenceId', details: { state } },
  );
}

function callerOf(actor: Actor): string {
  return `${actor.kind}:${actor.id ?? actor.name}`;
}

function contentOf({ differenceId, reason }: ReclaimOrphanCommand): Buffer {
  return hash('sha256', JSON.stringify([differenceId.toLowerCase(), reason.trim()]), 'buffer');
}

/**
 * It has one attempt: a second would take the same sum from a chain that may be another by then. What
 * became of it the operation tells, and the next comparison the difference.
 */
export const reclaimedOrphans: PurposeHandler = {
  sending: () => Promise.resolve(),
  included: () => Promise.resolve(),
  removed: () => Promise.resolve(),
  solid: () => Promise.resolve(),
  abandoned: () => Promise.resolve(),
  dead: (_em, fates) =>
    Promise.resolve(new Map(fates.map(({ operationId }) => [operationId, 'ABANDON']))),
};
