import { z } from 'zod';
import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { CATALOGUE } from '../settings/catalogue.ts';
import type { Choice } from '../capacity/allocate.ts';
import type { Occasion } from '../capacity/explain-choice.ts';

/** A choice of wallets as it was decided then. */
export interface RecordedChoice extends Choice {
  readonly occasion: Occasion;
  readonly at: Date;
}

export interface MadeChoice {
  readonly orderId: string;
  readonly choice: Choice;
}

/** Each takes a proof of death; an order that needs more has a wallet for a problem. What a person wants is kept always. */
const MAX_KEPT = 50;

const whole = z.string().regex(/^\d+$/).transform(BigInt);
const recorded = z.array(
  z.object({
    occasion: z.enum(['PLACED', 'TAKEN_OVER', 'TRIED_AGAIN']),
    at: z.string().transform((text) => new Date(text)),
    strategy: CATALOGUE['wallets.allocation'].schema,
    energy: whole,
    candidates: z.number(),
    sufficient: z.number(),
    chosen: z.array(
      z.object({
        walletId: z.string(),
        label: z.string(),
        energy: whole,
        stakeSun: whole,
        freeSun: whole,
      }),
    ),
  }),
);

/** What new orders keep of their first choices: JSON of all of them in their order, amounts as decimal strings. */
export function firstChoices(choices: readonly Choice[], at: Date): string {
  return JSON.stringify(
    choices.map((choice) => [{ occasion: 'PLACED', at, ...choice }]),
    plain,
  );
}

/** Adds later choices to their orders, which are locked. */
export async function appendChoices(
  em: EntityManager,
  choices: readonly MadeChoice[],
  occasion: Occasion,
): Promise<void> {
  if (choices.length === 0) return;
  await query(
    em,
    `update orders o
     set wallet_choices = coalesce(o.wallet_choices, '[]')
           || (c.choice::jsonb || jsonb_build_object('occasion', $3::text, 'at', desk_now()))
     from unnest($1::uuid[], $2::text[]) as c(order_id, choice)
     where o.id = c.order_id
       and ($3 = 'TRIED_AGAIN'
            or jsonb_array_length(coalesce(o.wallet_choices, '[]')) < ${MAX_KEPT.toString()})`,
    [
      choices.map(({ orderId }) => orderId),
      choices.map(({ choice }) => JSON.stringify(choice, plain)),
      occasion,
    ],
  );
}

/** Choices as an order keeps them, the first first. */
export function readChoices(kept: unknown): RecordedChoice[] {
  return recorded.parse(kept);
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
