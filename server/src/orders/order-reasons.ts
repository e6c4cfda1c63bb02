import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';
import { explainChoice } from '../capacity/explain-choice.ts';
import { readChoices, type RecordedChoice } from './wallet-choices.ts';

/** Why an order costs what it does and is delivered by whom it is; read apart, as lists do without. */
export interface OrderReasons {
  /** How the price came about. */
  readonly explanation: string;
  /** Every choice of wallets, the first first; orders from before choices were kept have none. */
  readonly choices: () => readonly RecordedChoice[];
  /** How the wallets were chosen last by a person or at the placing, in one English sentence. */
  readonly whyWallets: () => string | null;
}

interface Kept {
  readonly id: string;
  readonly explanation: string;
  /** The sentence itself: of orders from before it was made of their choices. */
  readonly sentence: string | null;
  readonly choices: unknown;
}

const REASONS = prepared(
  `select id, explanation, why_wallets as sentence, wallet_choices as choices
   from orders where id = any($1::uuid[])`,
);

/** The reasons of these orders, by the order's id. */
export async function reasonsOfOrders(
  em: EntityManager,
  orderIds: readonly string[],
): Promise<Map<string, OrderReasons>> {
  const rows = await query<Kept>(em, REASONS, [orderIds]);
  return new Map(rows.map((row) => [row.id, reasonsOf(row)]));
}

function reasonsOf({ explanation, sentence, choices: kept }: Kept): OrderReasons {
  const choices = (): RecordedChoice[] => (kept === null ? [] : readChoices(kept));
  return {
    explanation,
    choices,
    whyWallets() {
      const last = choices().findLast(({ occasion }) => occasion !== 'TAKEN_OVER');
      return last ? explainChoice(last, 'EN') : sentence;
    },
  };
}
