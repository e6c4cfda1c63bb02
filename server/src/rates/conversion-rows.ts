import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Currency } from '../kernel/money.ts';

/** Money of a user that was turned into the other currency. Never changed. */
export interface ConversionRow {
  readonly id: string;
  readonly userId: string;
  readonly from: Currency;
  readonly to: Currency;
  /** Micro-units, given and got. */
  readonly amountFrom: bigint;
  readonly amountTo: bigint;
  readonly rateId: bigint;
  readonly pricePico: bigint;
  readonly sources: unknown;
  readonly spreadPerMille: number;
  /** The credit that it followed by rule; null when somebody asked for it. */
  readonly creditOf: string | null;
  readonly actorText: string;
  readonly at: Date;
}

export const CONVERSION_COLUMNS = `
  id, user_id as "userId", from_currency as "from", to_currency as "to",
  amount_from as "amountFrom", amount_to as "amountTo", rate_id as "rateId",
  price_pico as "pricePico", sources, spread_per_mille as "spreadPerMille",
  credit_of as "creditOf", actor as "actorText", at`;

export async function conversionsByIds(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, ConversionRow>> {
  const rows = await query<ConversionRow>(
    em,
    `select ${CONVERSION_COLUMNS} from conversions where id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
