import { z } from 'zod';
import { MAX_MICROS } from '../kernel/money.ts';
import { type Address, parseAddress } from '../chain/address.ts';
import { amount, type SettingDefinition, whole } from './setting-definition.ts';

const treasury = z
  .string({ error: 'give a TRON address like "T…", or nothing' })
  .transform((text, context): Address | null => {
    if (text === '') return null;
    try {
      return parseAddress(text);
    } catch {
      context.addIssue('give a TRON address like "T…", or nothing');
      return z.NEVER;
    }
  });

/** How the pool's wallets are kept in TRX for the fees of their transactions. */
export const UPKEEP_SETTINGS = {
  'upkeep.topUps': {
    schema: z.boolean({ error: 'say true or false' }),
    default: true,
    unit: '',
    range: 'true or false',
    description:
      'Whether wallets that run low are topped up by themselves. By hand it stays possible.',
  },
  'upkeep.treasuryWallet': {
    schema: treasury,
    default: '',
    unit: '',
    range: 'the address of a wallet of the pool, or nothing',
    description:
      'The wallet that tops up the others. The signer’s policy has to allow its transfers and name the receivers.',
  },
  'upkeep.lowSun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '20000000',
    'A wallet whose TRX fall below this is topped up. A delegation and its return burn about 0.56 TRX when no bandwidth is left.',
  ),
  'upkeep.targetSun': amount(
    1_000_000n,
    MAX_MICROS,
    'sun',
    '100000000',
    'What a wallet is topped up to; above what is low.',
  ),
  'upkeep.dailyLimitSun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '1000000000',
    'The most that all top-ups of a day (UTC) may add up to, by rule and by hand together.',
  ),
  'upkeep.treasuryMinimumSun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '50000000',
    'What no top-up takes from the treasury wallet; below it the treasury is told as low.',
  ),
  'upkeep.bandwidthLow': whole(
    0,
    1_000_000_000,
    'bytes',
    600,
    'Below this much bandwidth a wallet is shown as low: its transactions then burn TRX, about 0.28 each.',
  ),
} as const satisfies Record<string, SettingDefinition>;
