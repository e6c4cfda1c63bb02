import { because, type EntityManager } from '../database/database.ts';
import { execute, query } from '../database/query.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { FateInBlock, PurposeHandler, Verdict } from '../operations/purposes.ts';
import { intendOperations } from '../operations/intend-operations.ts';
import { readSettings } from '../settings/read-settings.ts';
import { REFUSED_THE_WALLET } from '../wallets/quarantine-wallets.ts';
import { deadlineIn, effectOfSweep } from './sweep-effect.ts';
import { SWEEP } from './sweep-purposes.ts';
import { SWEEP_COLUMNS, type SweepRow } from './sweep-rows.ts';

/** What goes for both steps of a sweep: neither is told before it is solid. */
const QUIET = {
  sending: () => Promise.resolve(),
  included: () => Promise.resolve(),
  removed: () => Promise.resolve(),
  dead: refused,
  abandoned: fail,
};

/** The transfer to the treasury. */
export const settleSweeps: PurposeHandler = {
  ...QUIET,
  async solid(em, fates) {
    await because(em, 'its transfer is solid');
    await execute(
      em,
      `update sweeps set state = 'SETTLED', ended_at = desk_now() where id = any($1::uuid[])`,
      [await lock(em, fates)],
    );
  },
};

/** TRX for its fee are on the address: the transfer is intended in the same transaction. */
export function fuelSweeps(ids: IdMaker): PurposeHandler {
  return {
    ...QUIET,
    async solid(em, fates: readonly FateInBlock[]) {
      const { values } = await readSettings(em);
      const sweeps = await query<SweepRow>(
        em,
        `select ${SWEEP_COLUMNS} from sweeps s where s.id = any($1::uuid[])`,
        [await lock(em, fates)],
      );
      const deadlineAt = await deadlineIn(em, values['withdrawals.deadlineSeconds']);
      const made = sweeps.map((sweep) => ({ sweep, id: ids.next() }));
      await because(em, 'its fee is on the address');
      await intendOperations(
        em,
        made.map(({ sweep, id }) => ({
          id,
          effect: effectOfSweep(sweep, values['deposits.usdtContract']),
          permissionId: 0,
          purpose: SWEEP,
          reference: sweep.id,
          deadlineAt,
        })),
      );
      await execute(
        em,
        `update sweeps s set state = 'SENDING', operation_id = m.operation_id
         from unnest($1::uuid[], $2::uuid[]) as m(id, operation_id) where s.id = m.id`,
        [made.map(({ sweep }) => sweep.id), made.map(({ id }) => id)],
      );
    },
  };
}

/** It is proved dead either way; what a node said only tells whether another attempt has a chance. */
async function refused(
  em: EntityManager,
  fates: readonly { readonly txid: string }[],
): Promise<ReadonlyMap<string, Verdict>> {
  const rows = await query<{ operation_id: string }>(
    em,
    `select operation_id from attempts where txid = any($1::text[]) and last_answer ~ $2`,
    [fates.map(({ txid }) => txid), REFUSED_THE_WALLET],
  );
  return new Map(rows.map(({ operation_id }) => [operation_id, 'ABANDON']));
}

async function fail(
  em: EntityManager,
  fates: readonly { readonly operationId: string; readonly reference: string }[],
): Promise<void> {
  await lock(em, fates);
  await because(em, 'its transfer came to nothing');
  await execute(
    em,
    `update sweeps s
     set state = 'FAILED', ended_at = desk_now(),
         problem = coalesce(o.last_problem, 'It could not be sent before its deadline.')
     from unnest($1::uuid[], $2::uuid[]) as f(id, operation_id)
     join chain_operations o on o.id = f.operation_id where s.id = f.id`,
    [fates.map(({ reference }) => reference), fates.map(({ operationId }) => operationId)],
  );
}

async function lock(
  em: EntityManager,
  fates: readonly { readonly reference: string }[],
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    em,
    'select id from sweeps where id = any($1::uuid[]) order by id for no key update',
    [fates.map(({ reference }) => reference)],
  );
  return rows.map(({ id }) => id);
}
