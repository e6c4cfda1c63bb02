import { prepared } from '../database/bundle.ts';
import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { assert } from '../kernel/assert.ts';
import type { CompiledSafeMode, SafeMode, SafeModeScope, SafeModeSource } from './safe-mode.ts';

/** The compiled row with its version, which grows with each change. */
export interface SafeModeRow extends CompiledSafeMode {
  readonly version: bigint;
  readonly updatedAt: Date;
}

const SELECT_ROW = prepared(
  `select version, mode, reason, held_resources as "heldResources",
         refused_resources as "refusedResources", resource_reasons as "resourceReasons",
         held_wallets as "heldWallets", refused_wallets as "refusedWallets",
         updated_at as "updatedAt"
  from safe_mode`,
);

/** The one row, as of this statement. */
export async function readSafeMode(em: EntityManager): Promise<SafeModeRow> {
  const row = await queryOne<SafeModeRow>(em, SELECT_ROW);
  assert(row, 'the row of the safe mode is there');
  return row;
}

/** The word of one source about one subject that is stricter than ACCEPT. */
export interface SafeModeEntryRow {
  readonly scope: SafeModeScope;
  readonly subject: string;
  readonly source: SafeModeSource;
  readonly mode: SafeMode;
  readonly reason: string;
  readonly evidence: unknown;
  readonly actor: string;
  readonly at: Date;
}

/** What is not accepted now, the latest word first. */
export function safeModeEntries(em: EntityManager): Promise<SafeModeEntryRow[]> {
  return query<SafeModeEntryRow>(
    em,
    `select scope, subject, source, mode, reason, evidence, actor, at
     from safe_mode_entries where mode <> 'ACCEPT' order by at desc, scope, subject, source`,
  );
}

export interface SafeModeChangeRow extends Omit<SafeModeEntryRow, 'mode'> {
  readonly id: bigint;
  readonly fromMode: SafeMode;
  readonly toMode: SafeMode;
}

/** Every change there was, the latest first: one row more than asked for when there are more. */
export function safeModeChanges(
  em: EntityManager,
  page: { readonly first: number; readonly before: bigint | null },
): Promise<SafeModeChangeRow[]> {
  return query<SafeModeChangeRow>(
    em,
    `select id, scope, subject, source, from_mode as "fromMode", to_mode as "toMode", reason,
            evidence, actor, at
     from safe_mode_changes where $1::bigint is null or id < $1 order by id desc limit $2`,
    [page.before, page.first + 1],
  );
}
