import { assert } from '../kernel/assert.ts';
import type { EntityManager } from '../database/database.ts';
import { execute, query, queryOne } from '../database/query.ts';
import type { BlockHeader } from '../chain/block.ts';

/** How far a reader of solid blocks has come: the last block that was handled for good. */
export interface ChainCursor {
  readonly number: number;
  readonly id: string;
  readonly timeMs: number;
}

interface CursorRow {
  readonly number: bigint;
  readonly id: string;
  readonly time_ms: bigint;
}

/** The cursor, or null before the first block. */
export async function readCursor(em: EntityManager, name: string): Promise<ChainCursor | null> {
  const row = await queryOne<CursorRow>(
    em,
    'select number, id, time_ms from chain_cursors where name = $1',
    [name],
  );
  return row ? toCursor(row) : null;
}

/** The cursor, locked until the end of the transaction: readers handle each block one after another. */
export async function lockCursor(em: EntityManager, name: string): Promise<ChainCursor> {
  const [row] = await query<CursorRow>(
    em,
    'select number, id, time_ms from chain_cursors where name = $1 for update',
    [name],
  );
  assert(row, `cursor ${name} is there once the reader has begun`);
  return toCursor(row);
}

/** Puts the cursor on a block that counts as handled, unless another reader has begun already. */
export async function beginCursor(
  em: EntityManager,
  name: string,
  block: BlockHeader,
): Promise<void> {
  await storeHeaders(em, [block]);
  await execute(
    em,
    `insert into chain_cursors (name, number, id, time_ms) values ($1, $2, $3, $4)
     on conflict (name) do nothing`,
    [name, block.number, block.id, block.timeMs],
  );
}

export async function moveCursor(
  em: EntityManager,
  name: string,
  block: BlockHeader,
): Promise<void> {
  await execute(
    em,
    `update chain_cursors set number = $2, id = $3, time_ms = $4, updated_at = desk_now()
     where name = $1`,
    [name, block.number, block.id, block.timeMs],
  );
}

/** Our chain of solid headers and the nodes' are not the same chain: one of them is wrong for good. */
export class DivergedChain extends Error {
  override readonly name = 'DivergedChain';
}

/**
 * Adds to our own chain of solid headers; those that a reader of another name has added are left.
 * @throws DivergedChain when such a one is another block
 */
export async function storeHeaders(
  em: EntityManager,
  blocks: readonly BlockHeader[],
): Promise<void> {
  const numbers = blocks.map(({ number }) => number);
  const added = await execute(
    em,
    `insert into solid_blocks (number, id, parent_id, time_ms)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[])
     on conflict (number) do nothing`,
    [
      numbers,
      blocks.map(({ id }) => id),
      blocks.map(({ parentId }) => parentId),
      blocks.map(({ timeMs }) => timeMs),
    ],
  );
  if (added === blocks.length) return;
  const stored = await query<{ number: bigint; id: string }>(
    em,
    'select number, id from solid_blocks where number = any($1::bigint[])',
    [numbers],
  );
  const ids = new Map(stored.map(({ number, id }) => [Number(number), id]));
  for (const { number, id } of blocks) {
    const known = ids.get(number);
    if (known !== id) {
      throw new DivergedChain(`Solid block ${number} is stored as ${known ?? 'none'}, not ${id}.`);
    }
  }
}

function toCursor(row: CursorRow): ChainCursor {
  return { number: Number(row.number), id: row.id, timeMs: Number(row.time_ms) };
}
