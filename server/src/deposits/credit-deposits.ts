import { because, type EntityManager } from '../database/database.ts';
import { execute, query } from '../database/query.ts';
import { type Actor, system } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { CURRENCIES } from '../kernel/money.ts';
import { systemAccount, userAccounts } from '../ledger/accounts.ts';
import { postTransfers, type Transfer } from '../ledger/post-transfers.ts';
import { lockForConversion } from '../rates/convert-balance.ts';
import { convertOnCredit } from '../rates/convert-on-credit.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import { DEPOSIT } from './booked-deposits.ts';
import { countIgnored } from './count-ignored.ts';
import { decidePayer, type Verdict } from './decide-payer.ts';
import { payerRules, readPayerFacts } from './payer-facts.ts';
import type { Payment } from './payment.ts';
import { watchedAmong, watchFixed } from './watched-addresses.ts';
import { writeDeposits } from './write-deposits.ts';

const scanner: Actor = system('deposits');

/**
 * Writes down what solid blocks have paid to watched addresses, and posts it: each transfer once,
 * under its txid and log index, with the cursor that says that its block is read. What is not
 * credited stands on `desk.unclaimed`.
 * @param lastBlock the last block read; what was seen up to it and is not among the payments is gone
 */
export async function creditDeposits(
  em: EntityManager,
  ids: IdMaker,
  values: SettingValues,
  found: readonly Payment[],
  last: { readonly number: number; readonly timeMs: number },
): Promise<void> {
  await watchFixed(em, values['deposits.addresses']);
  const watched = await watchedAmong(
    em,
    found.map(({ address }) => address),
  );
  const payments = found.filter(({ address }) => watched.has(address));
  if (payments.length > 0) {
    const facts = await readPayerFacts(em, payments, watched);
    const verdicts = decideInOrder(payments, facts, values);
    await countIgnored(em, verdicts);
    await because(em, 'the transfer is solid');
    const written = await writeDeposits(em, ids, 'solid', verdicts);
    await post(
      em,
      ids,
      written.map(({ id, place }) => ({ id, ...present(verdicts[place], 'verdict') })),
    );
  }
  await forgetOld(em, last);
}

export interface Judged {
  readonly payment: Payment;
  readonly verdict: Verdict;
}

/** One after the other: what pays a request leaves nothing of it for the next. */
export function decideInOrder(
  payments: readonly Payment[],
  facts: Awaited<ReturnType<typeof readPayerFacts>>,
  values: SettingValues,
): Judged[] {
  const rules = payerRules(values);
  const paid = new Set<string>();
  return payments.map((payment, place) => {
    const known = present(facts[place], 'facts');
    const now = <T extends { readonly id: string }>(one: T | null): T | null =>
      one && paid.has(one.id) ? { ...one, state: 'PAID' } : one;
    const verdict = decidePayer(
      payment,
      {
        ...known,
        request: now(known.request),
        memoRequest: now(known.memoRequest),
        near: known.near.filter(({ id }) => !paid.has(id)),
      },
      rules,
    );
    if (verdict.kind === 'credit' && verdict.request) paid.add(verdict.request.id);
    return { payment, verdict };
  });
}

/** Under the deposit's id, whatever became of it: a second posting fails the transaction. */
async function post(
  em: EntityManager,
  ids: IdMaker,
  written: readonly (Judged & { readonly id: string })[],
): Promise<void> {
  const credits = written.flatMap(({ id, payment, verdict }) =>
    verdict.kind === 'credit' && payment.currency !== null
      ? [
          {
            reference: id,
            userId: verdict.userId,
            currency: payment.currency,
            amount: payment.amount,
          },
        ]
      : [],
  );
  const inUsdt = credits.filter(({ currency }) => currency === 'USDT').map(({ userId }) => userId);
  if (inUsdt.length > 0) await lockForConversion(em, [...new Set(inUsdt)]);
  const transfers: Transfer[] = [];
  for (const currency of CURRENCIES) {
    const some = written.filter(({ payment }) => payment.currency === currency);
    if (some.length === 0) continue;
    const users = credits.flatMap((one) => (one.currency === currency ? [one.userId] : []));
    const accounts = await userAccounts(em, [...new Set(users)], currency, { lock: false });
    const outside = await systemAccount(em, 'chain.deposits', currency);
    const unclaimed = await systemAccount(em, 'desk.unclaimed', currency);
    for (const { id, payment, verdict } of some) {
      const { amount } = payment;
      const account =
        verdict.kind === 'credit'
          ? present(accounts.get(verdict.userId), 'accounts').available.id
          : unclaimed;
      transfers.push({
        kind: DEPOSIT,
        reference: id,
        postings: [
          { account: outside, amount: -amount },
          { account, amount },
        ],
      });
    }
  }
  await postTransfers(em, scanner, transfers);
  await markPaid(em, written);
  await convertOnCredit(em, ids, scanner, credits);
}

async function markPaid(em: EntityManager, written: readonly Judged[]): Promise<void> {
  const paid = written.flatMap(({ verdict }) =>
    verdict.kind === 'credit' && verdict.request ? [verdict.request.id] : [],
  );
  if (paid.length === 0) return;
  await because(em, 'it was paid');
  await execute(
    em,
    `update deposit_intents set state = 'PAID'
     where id in (select id from deposit_intents where id = any($1::uuid[]) order by id for no key update)`,
    [paid],
  );
}

/** Head transfers that no solid block has, and requests whose time is over. */
async function forgetOld(
  em: EntityManager,
  last: { readonly number: number; readonly timeMs: number },
): Promise<void> {
  const gone = await query<{ id: string }>(
    em,
    `select id from deposits where state = 'SEEN' and block <= $1 order by id for no key update`,
    [last.number],
  );
  if (gone.length > 0) {
    await because(em, 'no solid block has the transfer');
    await execute(em, `update deposits set state = 'GONE' where id = any($1::uuid[])`, [
      gone.map(({ id }) => id),
    ]);
  }
  const over = await query<{ id: string }>(
    em,
    `select id from deposit_intents where state = 'OPEN' and expires_ms < $1
     order by id for no key update`,
    [last.timeMs],
  );
  if (over.length === 0) return;
  await because(em, 'its time is over');
  await execute(em, `update deposit_intents set state = 'EXPIRED' where id = any($1::uuid[])`, [
    over.map(({ id }) => id),
  ]);
}
