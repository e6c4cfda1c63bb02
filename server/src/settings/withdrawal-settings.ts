import { z } from 'zod';
import { MAX_MICROS } from '../kernel/money.ts';
import { type Address, parseAddress } from '../chain/address.ts';
import { amount, type SettingDefinition, whole } from './setting-definition.ts';

const payoutWallet = z
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

const denied = z
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
  .max(1_000, { error: 'give at most 1000 addresses' });

/** Who is paid out how much, and who has to agree. */
export const WITHDRAWAL_SETTINGS = {
  'withdrawals.open': {
    schema: z.boolean({ error: 'say true or false' }),
    default: true,
    unit: '',
    range: 'true or false',
    description:
      'Whether users can ask for withdrawals, and those that are approved are sent. What is on its way ends either way.',
  },
  'withdrawals.payoutWallet': {
    schema: payoutWallet,
    default: '',
    unit: '',
    range: 'the address of a wallet of the pool, or nothing',
    description:
      'The wallet that pays withdrawals; nothing stands for `upkeep.treasuryWallet`. The signer’s policy has to allow its payouts.',
  },
  'withdrawals.minimumSun': amount(
    1n,
    MAX_MICROS,
    'sun',
    '10000000',
    'The smallest withdrawal of TRX, fee included.',
  ),
  'withdrawals.maximumSun': amount(
    1n,
    MAX_MICROS,
    'sun',
    '10000000000',
    'The largest withdrawal of TRX, fee included.',
  ),
  'withdrawals.userDailySun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '20000000000',
    'What TRX one user may withdraw within 24 hours.',
  ),
  'withdrawals.deskDailySun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '100000000000',
    'When all withdrawals of TRX of the last 24 hours come to more than this, each further one waits for a person.',
  ),
  'withdrawals.approvalAboveSun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '1000000000',
    'A withdrawal of more TRX than this waits until somebody of FINANCE approves it.',
  ),
  'withdrawals.feeSun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '1000000',
    'What the desk keeps of each withdrawal of TRX.',
  ),
  'withdrawals.minimumMicroUsdt': amount(
    1n,
    MAX_MICROS,
    'micro-USDT',
    '10000000',
    'The smallest withdrawal of USDT, fee included.',
  ),
  'withdrawals.maximumMicroUsdt': amount(
    1n,
    MAX_MICROS,
    'micro-USDT',
    '3000000000',
    'The largest withdrawal of USDT, fee included.',
  ),
  'withdrawals.userDailyMicroUsdt': amount(
    0n,
    MAX_MICROS,
    'micro-USDT',
    '6000000000',
    'What USDT one user may withdraw within 24 hours.',
  ),
  'withdrawals.deskDailyMicroUsdt': amount(
    0n,
    MAX_MICROS,
    'micro-USDT',
    '30000000000',
    'When all withdrawals of USDT of the last 24 hours come to more than this, each further one waits for a person.',
  ),
  'withdrawals.approvalAboveMicroUsdt': amount(
    0n,
    MAX_MICROS,
    'micro-USDT',
    '300000000',
    'A withdrawal of more USDT than this waits until somebody of FINANCE approves it.',
  ),
  'withdrawals.feeMicroUsdt': amount(
    0n,
    MAX_MICROS,
    'micro-USDT',
    '3000000',
    'What the desk keeps of each withdrawal of USDT. A first transfer to an address burns about 13 TRX where the payout wallet has no Energy.',
  ),
  'withdrawals.usdtFeeLimitSun': amount(
    1_000_000n,
    1_000_000_000n,
    'sun',
    '30000000',
    'The most TRX that one transfer of USDT may burn for Energy; the payout wallet keeps as much free for each. When it is not enough, the transfer fails on chain and costs it all the same. The signer’s policy has a bound of its own.',
  ),
  'withdrawals.newAddressSeconds': whole(
    0,
    604_800,
    'seconds',
    86_400,
    'How long a withdrawal waits when the user has neither been paid at its address nor kept the address for that long.',
  ),
  'withdrawals.deniedAddresses': {
    schema: denied,
    default: [],
    unit: '',
    range: 'up to 1000 TRON addresses',
    description: 'Addresses that nothing is paid to.',
  },
  'withdrawals.deadlineSeconds': whole(
    60,
    86_400,
    'seconds',
    600,
    'How long the transfer may be tried before it is given up and the money goes back.',
  ),
} as const satisfies Record<string, SettingDefinition>;
