import { z } from 'zod';
import { MAX_MICROS } from '../kernel/money.ts';
import { type Address, parseAddress } from '../chain/address.ts';
import { defaultPriceBook, priceBook } from './price-book.ts';
import { SAFETY_SETTINGS } from './safety-settings.ts';
import { amount, type SettingDefinition, whole } from './setting-definition.ts';
import { DEPOSIT_SETTINGS } from './deposit-settings.ts';
import { SWEEP_SETTINGS } from './sweep-settings.ts';
import { RATE_SETTINGS } from './rate-settings.ts';
import { UPKEEP_SETTINGS } from './upkeep-settings.ts';
import { WITHDRAWAL_SETTINGS } from './withdrawal-settings.ts';
import { USER_SETTINGS } from './user-settings.ts';

const durations = z
  .array(
    z.strictObject({
      code: z.string().regex(/^[1-9]\d{0,4}[smhd]$/, { error: 'a code looks like "1h" or "14d"' }),
      seconds: z.number().int().min(10).max(31_536_000),
      label: z.string().min(1).max(40),
    }),
  )
  .min(1, { error: 'at least one duration is sold' })
  .max(50)
  .refine((list) => new Set(list.map(({ code }) => code)).size === list.length, {
    error: 'a code stands for one duration',
  });

const addresses = z
  .array(
    z.string().transform((text, context): Address => {
      try {
        return parseAddress(text);
      } catch {
        context.addIssue('give TRON addresses like "T…"');
        return z.NEVER;
      }
    }),
  )
  .max(20, { error: 'give at most 20 addresses' });

/** Energy in one order beyond this is more than the whole chain gives in a day. */
const MOST_ENERGY = 180_000_000_000n;

/** Every setting of the desk, in the order in which people read them. */
export const CATALOGUE = {
  'sales.open': {
    schema: z.boolean({ error: 'say true or false' }),
    default: true,
    unit: '',
    range: 'true or false',
    description: 'Whether new orders are taken. Orders already placed are delivered either way.',
  },
  'sales.closedReason': {
    schema: z.string().max(200, { error: 'give at most 200 characters' }),
    default: '',
    unit: '',
    range: 'up to 200 characters',
    description: 'What callers are told while sales are closed; empty says that sales are paused.',
  },
  'orders.minEnergy': amount(
    1n,
    MOST_ENERGY,
    'Energy',
    '1000',
    'The smallest order that is taken.',
  ),
  'orders.maxEnergy': amount(
    1n,
    MOST_ENERGY,
    'Energy',
    '10000000',
    'The largest order that is taken; not below the smallest.',
  ),
  'orders.durations': {
    schema: durations,
    default: [
      { code: '1h', seconds: 3_600, label: '1 hour' },
      { code: '1d', seconds: 86_400, label: '1 day' },
      { code: '3d', seconds: 259_200, label: '3 days' },
      { code: '7d', seconds: 604_800, label: '7 days' },
      { code: '14d', seconds: 1_209_600, label: '14 days' },
    ],
    unit: 'seconds',
    range: '1 to 50 durations of 10 seconds to 365 days',
    description: 'The rental times that are sold. Each needs its prices in the price book first.',
  },
  'orders.deliverySeconds': whole(
    60,
    86_400,
    'seconds',
    600,
    'How long an order may wait for its delivery; then it fails and the money goes back.',
  ),
  'orders.refundAutomatically': {
    schema: z.boolean({ error: 'say true or false' }),
    default: true,
    unit: '',
    range: 'true or false',
    description:
      'Whether an order that failed is refunded at once. Otherwise it waits, its price held, until somebody tries it again or refunds it.',
  },
  'pricing.book': {
    schema: priceBook,
    default: defaultPriceBook,
    unit: 'sun per Energy',
    range: 'up to 50 durations with 1 to 20 sizes each, prices above 0 with at most three places',
    description:
      'What one Energy costs by duration and by the size of the order, for the whole rental or for each day of it.',
  },
  'pricing.minimumSun': amount(
    1n,
    1_000_000_000n,
    'sun',
    '600000',
    'The least an order costs: delegating and taking back burns about 0.56 TRX of bandwidth.',
  ),
  'engine.expirationSeconds': whole(
    20,
    600,
    'seconds',
    45,
    'How long a signed transaction can land. Shorter proves a lost one dead sooner, longer survives slow blocks.',
  ),
  'engine.leaseSeconds': whole(
    5,
    300,
    'seconds',
    15,
    'How long a worker holds an operation before another may take it over.',
  ),
  'engine.resendSeconds': whole(
    1,
    60,
    'seconds',
    3,
    'How often the same bytes are sent again until they are seen in a block.',
  ),
  'engine.stakeMarginPerMille': whole(
    0,
    100,
    '1/1000',
    2,
    'How much more stake than computed is delegated, so that the Energy does not fall short when the chain total grows before delivery.',
  ),
  'wallets.quarantineAfter': whole(
    1,
    100,
    'attempts',
    3,
    'How many attempts of a wallet in a row may be refused and proved dead before it sells no more.',
  ),
  'wallets.allocation': {
    schema: z.enum(['BEST_FIT', 'FEWEST_SLICES', 'SPREAD'], {
      error: 'say BEST_FIT, FEWEST_SLICES or SPREAD',
    }),
    default: 'BEST_FIT',
    unit: '',
    range: 'BEST_FIT, FEWEST_SLICES or SPREAD',
    description:
      'Which wallets deliver an order. BEST_FIT: those that are left with the least. FEWEST_SLICES: the same for one wallet; where several are needed, the smallest that do it in as few slices as possible, so that the largest stay whole. SPREAD: those of whose stake the least is in use.',
  },
  'wallets.reservePerMille': whole(
    0,
    1_000,
    '1/1000',
    0,
    'How much of its stake each wallet keeps back: no order takes it. The larger of this and `wallets.reserveSun` counts.',
  ),
  'wallets.reserveSun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '0',
    'How much stake each wallet keeps back at least: no order takes it.',
  ),
  'wallets.probe': {
    schema: z.boolean({ error: 'say true or false' }),
    default: true,
    unit: '',
    range: 'true or false',
    description:
      'Whether wallets that were quarantined by rule are probed, and sell again once all is in order. One that a person has quarantined waits for a person.',
  },
  'wallets.probeSeconds': whole(
    30,
    86_400,
    'seconds',
    300,
    'How long after it was quarantined a wallet is probed, and between probes. Twice as long with each further quarantine within a day.',
  ),
  'staking.deadlineSeconds': whole(
    60,
    86_400,
    'seconds',
    600,
    'How long a stake, unstake, vote, claim or transfer may be tried before it is given up.',
  ),
  'staking.feeReserveSun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '5000000',
    'TRX that staking and transfers leave on a wallet, for the fees of its transactions.',
  ),
  'staking.treasuryAddresses': {
    schema: addresses,
    default: [],
    unit: '',
    range: 'up to 20 TRON addresses',
    description:
      'Where transfers of a wallet may go beside the pool\u2019s own wallets. The signer\u2019s policy has to name them too.',
  },
  'staking.marginPercent': whole(
    0,
    1_000,
    '%',
    20,
    'How much more than the peak of the demand the staking advice keeps staked.',
  ),
  'chain.maxHeadAgeSeconds': whole(
    6,
    600,
    'seconds',
    30,
    'How old the newest block may be before sales pause by themselves.',
  ),
  'chain.maxLagBlocks': whole(
    20,
    1_000,
    'blocks',
    54,
    'How far the solid block may stay behind the newest one before sales pause by themselves.',
  ),
  'chain.sellInDisagreement': {
    schema: z.boolean({ error: 'say true or false' }),
    unit: '',
    range: 'true or false',
    default: false,
    description:
      'Whether sales go on while nodes show different solid blocks. Orders are still sent and delivered then, but nothing is proved final, and no rental ends, until the nodes agree.',
  },
  'chain.nodesForUnprovenBlock': whole(
    0,
    20,
    'nodes',
    0,
    'How many nodes must tell a solid block alike for it to pass though its header does not prove its transactions. 0: it never passes, and nothing after it is final until a node proves it. A number trusts that so many do not leave out or change the same transaction: orders could be delivered twice, or deposits be lost or made up, by a mistake that they share.',
  ),
  'inventory.lowEnergy': amount(
    0n,
    MAX_MICROS,
    'Energy',
    '1000000',
    'Below this much free Energy the stock is told as low: the health of `stock` is DEGRADED, and DOWN at nothing.',
  ),
  ...SAFETY_SETTINGS,
  ...UPKEEP_SETTINGS,
  ...DEPOSIT_SETTINGS,
  ...RATE_SETTINGS,
  ...WITHDRAWAL_SETTINGS,
  ...SWEEP_SETTINGS,
  ...USER_SETTINGS,
} as const satisfies Record<string, SettingDefinition>;

export type SettingKey = keyof typeof CATALOGUE;

/** What the settings say, each read through its schema: Energy and sun are bigint. */
export type SettingValues = {
  readonly [Key in SettingKey]: z.output<(typeof CATALOGUE)[Key]['schema']>;
};

/** As a setting is written and stored: Energy and sun are decimal strings. */
export type SettingInput<Key extends SettingKey> = z.input<(typeof CATALOGUE)[Key]['schema']>;

export type Duration = SettingValues['orders.durations'][number];

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(CATALOGUE, key);
}
