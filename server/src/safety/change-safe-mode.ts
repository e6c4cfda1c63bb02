import { hash } from 'node:crypto';
import type { EntityManager } from '../database/database.ts';
import { execute, query, queryOne } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';
import { type Actor, formatActor, system } from '../kernel/actor.ts';
import { BadInput, IdempotencyConflict, NotFound } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import {
  compileSafeMode,
  type InvariantSource,
  isProduct,
  PRODUCTS,
  type SafeMode,
  type SafeModeScope,
  type SafeModeSource,
  type SafeModeWord,
} from './safe-mode.ts';

export interface SafeModeSubject {
  readonly scope: SafeModeScope;
  /** Null for ALL, a product's name, a wallet's id. */
  readonly subject: string | null;
}

export interface SafeModeCommand extends SafeModeSubject {
  readonly reason: string;
  /** Chosen by the caller, who has a namespace of its own; null for a caller that never repeats. */
  readonly clientId: string | null;
}

/** What an invariant that broke has to say. */
export interface BrokenInvariant extends SafeModeSubject {
  readonly source: InvariantSource;
  readonly mode: Exclude<SafeMode, 'ACCEPT'>;
  /** For people; buyers who are refused read it too. */
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** What was lifted by a person is not set again for the same evidence. */
  readonly evidenceKey: string;
}

/** The subject of the events: there is one safe mode. */
export const SAFE_MODE_ID = '00000000-0000-7000-8000-5afe00000000';

const MAX_REASON = 500;
const MAX_KEY = 128;

/**
 * A person's word about everything, a product or a wallet; ACCEPT takes it back. What an invariant
 * has set stays as strict as it is: {@link liftSafeMode} is for that.
 * @returns whether it was done now, and not by an earlier call with the same key
 * @throws BadInput, NotFound (wallet), IdempotencyConflict
 */
export async function setSafeMode(
  em: EntityManager,
  actor: Actor,
  command: SafeModeCommand & { readonly mode: SafeMode },
): Promise<boolean> {
  return byPerson(em, actor, command, command.mode, () => Promise.resolve());
}

/**
 * Takes back every word about the subject, people's and invariants'. An invariant whose evidence is
 * still the same stays lifted; new evidence sets it again.
 * @returns whether it was done now, and not by an earlier call with the same key
 * @throws BadInput, NotFound (wallet), IdempotencyConflict
 */
export async function liftSafeMode(
  em: EntityManager,
  actor: Actor,
  command: SafeModeCommand,
): Promise<boolean> {
  return byPerson(em, actor, command, 'ACCEPT', async (subject, reason) => {
    const sources = await query<{ source: SafeModeSource }>(
      em,
      `select source from safe_mode_entries
       where scope = $1 and subject = $2 and source <> 'PERSON' and mode <> 'ACCEPT' order by source`,
      [command.scope, subject],
    );
    for (const { source } of sources) {
      await write(em, { ...command, subject, source, mode: 'ACCEPT', reason, actor });
    }
  });
}

/** Sets what a broken invariant asks for; true when that changed anything. */
export async function setBySystem(em: EntityManager, broken: BrokenInvariant): Promise<boolean> {
  await takeTurns(em);
  const subject = broken.subject ?? '';
  const known = await queryOne<{ evidence_key: string | null }>(
    em,
    `select evidence_key from safe_mode_entries where scope = $1 and subject = $2 and source = $3`,
    [broken.scope, subject, broken.source],
  );
  if (known?.evidence_key === broken.evidenceKey) return false;
  await write(em, { ...broken, subject, actor: system('invariants') });
  await compile(em);
  return true;
}

/**
 * For what is plainly well again by itself, once its word has stood for so many seconds; true when
 * that changed anything.
 */
export async function liftBySystem(
  em: EntityManager,
  source: InvariantSource,
  reason: string,
  olderThanSeconds = 0,
): Promise<boolean> {
  const due = `source = $1 and evidence_key is not null
    and at <= desk_now() - make_interval(secs => $2)`;
  const parameters = [source, olderThanSeconds];
  // Nearly always there is nothing to lift: nobody waits for the row then.
  if (!(await queryOne(em, `select from safe_mode_entries where ${due} limit 1`, parameters))) {
    return false;
  }
  await takeTurns(em);
  const held = await query<{ scope: SafeModeScope; subject: string }>(
    em,
    `select scope, subject from safe_mode_entries where ${due} and mode <> 'ACCEPT'`,
    parameters,
  );
  for (const { scope, subject } of held) {
    await write(em, {
      scope,
      subject,
      source,
      mode: 'ACCEPT',
      reason,
      actor: system('invariants'),
    });
  }
  // Gone for good: the same evidence counts anew when it comes back.
  await query(
    em,
    `update safe_mode_entries set evidence_key = null where source = $1 and mode = 'ACCEPT'`,
    [source],
  );
  if (held.length > 0) await compile(em);
  return held.length > 0;
}

async function byPerson(
  em: EntityManager,
  actor: Actor,
  command: SafeModeCommand,
  mode: SafeMode,
  further: (subject: string, reason: string) => Promise<void>,
): Promise<boolean> {
  const reason = command.reason.trim();
  if (reason === '' || reason.length > MAX_REASON) {
    throw new BadInput(`Say why, in 1 to ${MAX_REASON} characters.`, { field: 'input.reason' });
  }
  if (command.clientId !== null && (command.clientId === '' || command.clientId.length > MAX_KEY)) {
    throw new BadInput(`Give a key of 1 to ${MAX_KEY} characters, or none.`, {
      field: 'input.clientId',
    });
  }
  await takeTurns(em);
  const subject = await checkSubject(em, command);
  const caller = `${actor.kind}:${actor.id ?? actor.name}`;
  const content = hash('sha256', JSON.stringify([command.scope, subject, mode, reason]), 'buffer');
  const earlier = await queryOne<{ content_hash: Buffer }>(
    em,
    'select content_hash from safe_mode_changes where caller = $1 and client_id = $2',
    [caller, command.clientId],
  );
  if (earlier) {
    if (earlier.content_hash.equals(content)) return false;
    throw new IdempotencyConflict('This key was used for another change: take a new one.', {
      field: 'input.clientId',
    });
  }
  await further(subject, reason);
  const key =
    command.clientId === null ? undefined : { caller, clientId: command.clientId, content };
  await write(em, { scope: command.scope, subject, source: 'PERSON', mode, reason, actor, key });
  await compile(em);
  return true;
}

/** Changes come one after the other; what is being sent to the chain by this row is sent first. */
async function takeTurns(em: EntityManager): Promise<void> {
  await query(em, 'select from safe_mode for update');
}

async function checkSubject(
  em: EntityManager,
  { scope, subject }: SafeModeSubject,
): Promise<string> {
  const field = 'input.subject';
  if (scope === 'ALL') {
    if (subject === null || subject === '') return '';
    throw new BadInput('Leave the subject out: ALL is about everything.', { field });
  }
  if (scope === 'PRODUCT') {
    if (subject !== null && isProduct(subject)) return subject;
    throw new BadInput(`Name a product: ${Object.keys(PRODUCTS).join(', ')}.`, {
      field,
      details: { products: Object.keys(PRODUCTS) },
    });
  }
  const id = subject?.toLowerCase() ?? '';
  const wallet = isUuid(id) && (await queryOne(em, 'select from wallets where id = $1', [id]));
  if (!wallet) throw new NotFound('There is no such wallet: give its id.', { field });
  return id;
}

interface Written {
  readonly scope: SafeModeScope;
  readonly subject: string;
  readonly source: SafeModeSource;
  readonly mode: SafeMode;
  readonly reason: string;
  readonly actor: Actor;
  readonly evidence?: Readonly<Record<string, unknown>>;
  readonly evidenceKey?: string;
  readonly key?:
    { readonly caller: string; readonly clientId: string; readonly content: Buffer } | undefined;
}

async function write(em: EntityManager, word: Written): Promise<void> {
  const { scope, subject, source, mode, reason, evidence, evidenceKey, key } = word;
  const before = await queryOne<{ mode: SafeMode }>(
    em,
    'select mode from safe_mode_entries where scope = $1 and subject = $2 and source = $3',
    [scope, subject, source],
  );
  const row = [
    scope,
    subject,
    source,
    mode,
    reason,
    evidence === undefined ? null : JSON.stringify(evidence),
    formatActor(word.actor),
  ];
  await execute(
    em,
    `insert into safe_mode_entries (scope, subject, source, mode, reason, evidence, actor, evidence_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (scope, subject, source) do update
     set mode = excluded.mode, reason = excluded.reason, actor = excluded.actor, at = desk_now(),
         evidence = coalesce(excluded.evidence, safe_mode_entries.evidence),
         evidence_key = coalesce(excluded.evidence_key, safe_mode_entries.evidence_key)`,
    [...row, evidenceKey ?? null],
  );
  await execute(
    em,
    `insert into safe_mode_changes
       (scope, subject, source, to_mode, reason, evidence, actor, from_mode, caller, client_id, content_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...row,
      before?.mode ?? 'ACCEPT',
      key?.caller ?? null,
      key?.clientId ?? null,
      key?.content ?? null,
    ],
  );
  await recordEvents(em, [
    {
      kind: 'safe_mode.changed',
      subjectKind: 'safe_mode',
      subjectId: SAFE_MODE_ID,
      payload: { scope, subject: subject === '' ? null : subject, source, mode, reason },
    },
  ]);
}

async function compile(em: EntityManager): Promise<void> {
  const words = await query<SafeModeWord>(
    em,
    `select e.scope, e.subject, w.address, e.mode, e.reason
     from safe_mode_entries e
     left join wallets w on e.scope = 'WALLET' and w.id::text = e.subject
     where e.mode <> 'ACCEPT' order by e.at, e.source`,
  );
  const row = compileSafeMode(words);
  await execute(
    em,
    `update safe_mode
     set version = version + 1, mode = $1, reason = $2, held_resources = $3, refused_resources = $4,
         resource_reasons = $5, held_wallets = $6, refused_wallets = $7, updated_at = desk_now()`,
    [
      row.mode,
      row.reason,
      row.heldResources,
      row.refusedResources,
      JSON.stringify(row.resourceReasons),
      row.heldWallets,
      row.refusedWallets,
    ],
  );
}
