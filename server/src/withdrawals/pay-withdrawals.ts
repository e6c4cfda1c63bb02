import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import type { Fate, FateInBlock, PurposeHandler, Verdict } from '../operations/purposes.ts';
import { REFUSED_THE_WALLET } from '../wallets/quarantine-wallets.ts';
import { releaseMoney, settleMoney } from './withdrawal-money.ts';
import {
  WITHDRAWAL_COLUMNS,
  type WithdrawalOrigin,
  type WithdrawalRow,
} from './withdrawal-rows.ts';

/** How a withdrawal ended. */
export interface WithdrawalEnd {
  readonly id: string;
  readonly origin: WithdrawalOrigin;
  readonly reference: string | null;
  readonly outcome: 'SETTLED' | 'REJECTED' | 'FAILED';
}

/** Told in the transaction of the end, with the withdrawals locked. */
export type OnWithdrawalEnds = (em: EntityManager, ends: readonly WithdrawalEnd[]) => Promise<void>;

const payer = system('withdrawals');

/** What the fate of its transfer means for a withdrawal and its money, in one transaction. */
export class PayWithdrawals implements PurposeHandler {
  readonly #ended: OnWithdrawalEnds;

  /** @param ended the room that asked for it */
  constructor({ ended }: { readonly ended: OnWithdrawalEnds }) {
    this.#ended = ended;
  }

  sending(): Promise<void> {
    return Promise.resolve();
  }

  included(em: EntityManager, fates: readonly FateInBlock[]): Promise<void> {
    return move(em, fates, 'SENT');
  }

  removed(em: EntityManager, fates: readonly Fate[]): Promise<void> {
    return move(em, fates, 'SENDING');
  }

  async solid(em: EntityManager, fates: readonly FateInBlock[]): Promise<void> {
    await move(em, fates, 'SETTLED');
    const rows = await rowsOf(em, fates);
    await settleMoney(em, payer, rows);
    await this.#ended(em, rows.map(endOf('SETTLED')));
  }

  /** It is proved dead either way; what a node said only tells whether another attempt has a chance. */
  async dead(em: EntityManager, fates: readonly Fate[]): Promise<ReadonlyMap<string, Verdict>> {
    await move(em, fates, 'SENDING');
    const refused = await query<{ operation_id: string }>(
      em,
      `select operation_id from attempts where txid = any($1::text[]) and last_answer ~ $2`,
      [fates.map(({ txid }) => txid), REFUSED_THE_WALLET],
    );
    return new Map(refused.map(({ operation_id }) => [operation_id, 'ABANDON']));
  }

  async abandoned(
    em: EntityManager,
    fates: readonly Pick<Fate, 'operationId' | 'reference'>[],
  ): Promise<void> {
    await query(
      em,
      `update withdrawals w
       set state = 'FAILED', txid = null, ended_at = desk_now(),
           problem = coalesce(o.last_problem, 'It could not be sent before its deadline.')
       from chain_operations o
       where w.id = any($1::uuid[]) and o.id = w.operation_id`,
      [fates.map(({ reference }) => reference)],
    );
    const rows = await rowsOf(em, fates);
    await releaseMoney(
      em,
      payer,
      rows.map((row) => ({ ...row, why: row.problem ?? undefined })),
    );
    await this.#ended(em, rows.map(endOf('FAILED')));
  }
}

/** A withdrawal as its end is told. */
export function endOf(outcome: WithdrawalEnd['outcome']): (row: WithdrawalRow) => WithdrawalEnd {
  return ({ id, origin, reference }) => ({ id, origin, reference, outcome });
}

async function move(
  em: EntityManager,
  fates: readonly Fate[],
  state: 'SENDING' | 'SENT' | 'SETTLED',
): Promise<void> {
  const ids = fates.map(({ reference }) => reference);
  await query(
    em,
    'select from withdrawals where id = any($1::uuid[]) order by id for no key update',
    [ids],
  );
  await query(
    em,
    `update withdrawals w
     set state = $3, txid = case when $3 <> 'SENDING' then f.txid end,
         ended_at = case when $3 = 'SETTLED' then desk_now() end
     from unnest($1::uuid[], $2::text[]) as f(id, txid)
     where w.id = f.id`,
    [ids, fates.map(({ txid }) => txid), state],
  );
}

function rowsOf(
  em: EntityManager,
  fates: readonly Pick<Fate, 'reference'>[],
): Promise<WithdrawalRow[]> {
  return query<WithdrawalRow>(
    em,
    `select ${WITHDRAWAL_COLUMNS} from withdrawals w where w.id = any($1::uuid[]) order by w.id`,
    [fates.map(({ reference }) => reference)],
  );
}
