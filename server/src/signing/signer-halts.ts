import { hash } from 'node:crypto';
import type { EntityManager } from '../database/database.ts';
import { execute, query, queryOne } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { BadInput, IdempotencyConflict } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';

/** A word that stops every signer, until it is lifted. */
export interface SignerHalt {
  readonly id: string;
  readonly reason: string;
  /** As written by {@link formatActor}. */
  readonly haltedBy: string;
  readonly haltedAt: Date;
}

export interface SigningCommand {
  readonly reason: string;
  /** Chosen by the caller, who has a namespace of its own. */
  readonly clientId: string;
}

const MAX_REASON = 400;
const MAX_KEY = 128;

/** What stops the signers now. */
export function openHalt(em: EntityManager): Promise<SignerHalt | undefined> {
  return queryOne<SignerHalt>(
    em,
    `select id, reason, halted_by as "haltedBy", halted_at as "haltedAt"
     from signer_halts where lifted_at is null`,
  );
}

/**
 * Stops all signing. Where it is stopped already, the first reason stays. A key that was used before
 * with the same content changes nothing any more, also after the halt was lifted.
 * @returns the halt that was made now
 * @throws BadInput, IdempotencyConflict
 */
export async function haltSigning(
  em: EntityManager,
  ids: IdMaker,
  actor: Actor,
  command: SigningCommand,
): Promise<string | undefined> {
  const reason = await accept(em, actor, 'halt', command);
  return reason === undefined ? undefined : haltBecause(em, ids, actor, reason);
}

/** {@link haltSigning} by a part of the desk that has found something. */
export async function haltBecause(
  em: EntityManager,
  ids: IdMaker,
  actor: Actor,
  reason: string,
): Promise<string | undefined> {
  await takeTurns(em);
  const id = ids.next();
  const made = await execute(
    em,
    `insert into signer_halts (id, reason, halted_by) values ($1, $2, $3)
     on conflict ((true)) where lifted_at is null do nothing`,
    [id, reason, formatActor(actor)],
  );
  if (made === 0) return undefined;
  await recordEvents(em, [
    { kind: 'signer.halted', subjectKind: 'signer', subjectId: id, payload: { reason } },
  ]);
  return id;
}

/**
 * Lifts the halt, and gives up journals that were found broken: from now on the signers' word counts
 * as the beginning. What a person stopped at a machine stays stopped.
 * @returns the halt that was lifted now
 * @throws BadInput, IdempotencyConflict
 */
export async function resumeSigning(
  em: EntityManager,
  actor: Actor,
  command: SigningCommand,
): Promise<string | undefined> {
  const reason = await accept(em, actor, 'resume', command);
  if (reason === undefined) return undefined;
  await takeTurns(em);
  const [lifted] = await query<{ id: string }>(
    em,
    `update signer_halts set lifted_at = desk_now(), lifted_by = $1, lift_reason = $2
     where lifted_at is null returning id`,
    [formatActor(actor), reason],
  );
  const retired = await query<{ journal: string }>(
    em,
    `update signer_journals set retired_at = desk_now()
     where broken_because is not null and retired_at is null returning journal`,
  );
  if (!lifted) return undefined;
  await recordEvents(em, [
    {
      kind: 'signer.resumed',
      subjectKind: 'signer',
      subjectId: lifted.id,
      payload: { reason, journalsGivenUp: retired.map(({ journal }) => journal) },
    },
  ]);
  return lifted.id;
}

/** @returns the reason; undefined when this very command was carried out before */
async function accept(
  em: EntityManager,
  actor: Actor,
  verb: string,
  { reason, clientId }: SigningCommand,
): Promise<string | undefined> {
  const why = reason.trim();
  if (why === '' || why.length > MAX_REASON) {
    throw new BadInput(`Say why, in 1 to ${MAX_REASON} characters.`, { field: 'input.reason' });
  }
  if (clientId === '' || clientId.length > MAX_KEY) {
    throw new BadInput(`Give a key of your own, of 1 to ${MAX_KEY} characters.`, {
      field: 'input.clientId',
    });
  }
  const caller = `${actor.kind}:${actor.id ?? actor.name}`;
  const content = hash('sha256', JSON.stringify([verb, why]), 'buffer');
  const first = await execute(
    em,
    `insert into signer_commands (caller, client_id, content_hash) values ($1, $2, $3)
     on conflict do nothing`,
    [caller, clientId, content],
  );
  if (first === 1) return why;
  const earlier = await queryOne<{ content_hash: Buffer }>(
    em,
    'select content_hash from signer_commands where caller = $1 and client_id = $2',
    [caller, clientId],
  );
  if (earlier?.content_hash.equals(content) === true) return undefined;
  throw new IdempotencyConflict('This key was used for something else: take a new one.', {
    field: 'input.clientId',
  });
}

/** Halts and their lifting come one after the other. */
async function takeTurns(em: EntityManager): Promise<void> {
  await execute(em, 'lock table signer_halts in share row exclusive mode');
}
