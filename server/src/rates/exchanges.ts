import { z } from 'zod';
import type { SettingValues } from '../settings/catalogue.ts';
import type { Quote } from './judge-quotes.ts';
import { readPrice } from './price.ts';

export type Exchange = SettingValues['rates.sources'][number];

/** The public market data of three exchanges: best bid and ask of TRX in USDT, without a key. */
export const KNOWN_EXCHANGES: readonly Exchange[] = [
  {
    name: 'Binance',
    kind: 'BINANCE',
    url: 'https://api.binance.com/api/v3/ticker/bookTicker?symbol=TRXUSDT',
  },
  { name: 'OKX', kind: 'OKX', url: 'https://www.okx.com/api/v5/market/ticker?instId=TRX-USDT' },
  {
    name: 'Gate',
    kind: 'GATE',
    url: 'https://api.gateio.ws/api/v4/spot/tickers?currency_pair=TRX_USDT',
  },
];

const price = z.string().transform((text, context): bigint => {
  const value = readPrice(text);
  if (value !== undefined) return value;
  context.addIssue('is no price above 0');
  return z.NEVER;
});

/** Each names its pair, so that another pair's price, or the inverse one, is not taken for ours. */
const answers = {
  BINANCE: z
    .object({ symbol: z.literal('TRXUSDT'), bidPrice: price, askPrice: price })
    .transform(({ bidPrice: bid, askPrice: ask }) => ({ bid, ask, at: null })),
  OKX: z
    .object({
      code: z.literal('0'),
      data: z.tuple([
        z.object({
          instId: z.literal('TRX-USDT'),
          bidPx: price,
          askPx: price,
          ts: z
            .string()
            .regex(/^\d{13}$/)
            .transform((ms) => new Date(Number(ms))),
        }),
      ]),
    })
    .transform(({ data: [{ bidPx: bid, askPx: ask, ts: at }] }) => ({ bid, ask, at })),
  GATE: z
    .tuple([
      z.object({ currency_pair: z.literal('TRX_USDT'), highest_bid: price, lowest_ask: price }),
    ])
    .transform(([{ highest_bid: bid, lowest_ask: ask }]) => ({ bid, ask, at: null })),
} as const satisfies Record<Exchange['kind'], z.ZodType<Omit<Quote, 'source'>>>;

/** A quote, or in a few words what is wrong with the answer. */
export function readAnswer(kind: Exchange['kind'], value: unknown): Omit<Quote, 'source'> | string {
  const parsed = answers[kind].safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `its answer is not what ${kind} answers: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`
    .trimEnd()
    .slice(0, 200);
}
