import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Actor } from '../kernel/actor.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { type Currency, MAX_MICROS } from '../kernel/money.ts';
import { readSettings } from '../settings/read-settings.ts';
import { lockForConversion, writeConversions } from './convert-balance.ts';
import { rateStanding } from './current-rate.ts';
import { converted } from './price.ts';

export interface Credit {
  readonly userId: string;
  readonly currency: Currency;
  /** Micro-units. */
  readonly amount: bigint;
  /** What was credited: the deposit's id. It is converted once, however often this is called. */
  readonly reference: string;
}

const CALLER = 'credit';

/**
 * Turns USDT that were just credited into TRX where the setting `rates.creditPolicy` says so, in the
 * credit's own transaction. Without a rate they stay USDT, which an event tells; it never throws for
 * that. Call `lockForConversion` before the credit is posted.
 */
export async function convertOnCredit(
  em: EntityManager,
  ids: IdMaker,
  actor: Actor,
  credits: readonly Credit[],
): Promise<void> {
  const { values } = await readSettings(em);
  const wanted = credits.filter(({ currency, amount }) => currency === 'USDT' && amount > 0n);
  if (values['rates.creditPolicy'] === 'KEEP' || wanted.length === 0) return;
  const done = new Set(
    (
      await query<{ credit_of: string }>(
        em,
        `select credit_of from conversions where caller = $1 and client_id = any($2::text[])`,
        [CALLER, wanted.map(({ reference }) => reference)],
      )
    ).map(({ credit_of }) => credit_of),
  );
  const fresh = wanted.filter(({ reference }) => !done.has(reference));
  if (fresh.length === 0) return;
  const { rate, problem } = await rateStanding(em, values);
  if (!rate) {
    await recordEvents(
      em,
      fresh.map(({ userId, amount, reference }) => ({
        kind: 'conversion.kept',
        subjectKind: 'user',
        subjectId: userId,
        userId,
        payload: { amount: amount.toString(), currency: 'USDT', credit: reference, problem },
      })),
    );
    return;
  }
  const spread = values['rates.spreadPerMille'];
  const conversions = fresh
    .map(({ userId, amount, reference }) => ({
      id: ids.next(),
      userId,
      from: 'USDT' as const,
      to: 'TRX' as const,
      amount,
      received: converted(amount, { from: 'USDT', to: 'TRX' }, rate.pricePico, spread),
      caller: CALLER,
      clientId: reference,
      creditOf: reference,
    }))
    .filter(({ received }) => received > 0n && received <= MAX_MICROS);
  if (conversions.length === 0) return;
  const accounts = await lockForConversion(em, [
    ...new Set(conversions.map(({ userId }) => userId)),
  ]);
  await writeConversions(em, actor, conversions, { rate, accounts, spread });
}
