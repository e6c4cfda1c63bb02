import { z } from 'zod';
import { type SettingDefinition, whole } from './setting-definition.ts';

export const EXCHANGE_KINDS = ['BINANCE', 'OKX', 'GATE'] as const;

const exchanges = z
  .array(
    z.strictObject({
      name: z.string().regex(/^[\w .-]{1,40}$/, { error: 'a name has 1 to 40 plain characters' }),
      kind: z.enum(EXCHANGE_KINDS, { error: 'say BINANCE, OKX or GATE' }),
      url: z.url({ protocol: /^https?$/, error: 'give the address of the market data' }).max(300),
    }),
  )
  .max(10, { error: 'give at most 10 sources' })
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, {
    error: 'a name stands for one source',
  });

/** Where the rate between TRX and USDT comes from, and when it is believed. */
export const RATE_SETTINGS = {
  'rates.sources': {
    schema: exchanges,
    default: [],
    unit: '',
    range: 'up to 10 of { name, kind: BINANCE, OKX or GATE, url }, or none',
    description:
      'The exchanges that are asked for the price of TRX. None stands for Binance, OKX and Gate; on the local network for a built-in rate that moves.',
  },
  'rates.pollSeconds': whole(2, 3_600, 'seconds', 30, 'How often the exchanges are asked.'),
  'rates.maxAgeSeconds': whole(
    5,
    3_600,
    'seconds',
    120,
    'How old a rate may be. Without a younger one nothing is converted; all else goes on.',
  ),
  'rates.minSources': whole(
    1,
    10,
    'sources',
    2,
    'How many sources have to agree; the rate is the median of them.',
  ),
  'rates.maxDeviationPerMille': whole(
    1,
    500,
    '1/1000',
    20,
    'How far a source may be from the median of all before it is left out.',
  ),
  'rates.maxSourceSpreadPerMille': whole(
    1,
    500,
    '1/1000',
    20,
    'How far the best bid and ask of a source may be apart before it is left out.',
  ),
  'rates.maxJumpPerMille': whole(
    1,
    1_000,
    '1/1000',
    100,
    'How far the rate may move at once. A larger move stops conversions for `rates.jumpHoldSeconds`.',
  ),
  'rates.jumpHoldSeconds': whole(
    0,
    86_400,
    'seconds',
    3_600,
    'How long a rate that jumped is not believed, however many sources say so. Widen `rates.maxJumpPerMille` to believe it at once.',
  ),
  'rates.spreadPerMille': whole(
    0,
    500,
    '1/1000',
    10,
    'What the desk keeps of each conversion: the user gets this much less than the rate says.',
  ),
  'rates.creditPolicy': {
    schema: z.enum(['KEEP', 'CONVERT'], { error: 'say KEEP or CONVERT' }),
    default: 'KEEP',
    unit: '',
    range: 'KEEP or CONVERT',
    description:
      'What becomes of credited USDT. KEEP: it stays USDT. CONVERT: it becomes TRX at once; while there is no rate it stays USDT.',
  },
  'rates.keepDays': whole(
    1,
    3_650,
    'days',
    90,
    'How long rates are kept; those that something was converted by stay for ever.',
  ),
} as const satisfies Record<string, SettingDefinition>;
