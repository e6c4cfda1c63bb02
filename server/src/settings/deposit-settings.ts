import { HDKey } from '@scure/bip32';
import { z } from 'zod';
import { type Address, parseAddress } from '../chain/address.ts';
import { MAX_MICROS } from '../kernel/money.ts';
import { amount, type SettingDefinition, whole } from './setting-definition.ts';

const address = z.string().transform((text, context): Address => {
  try {
    return parseAddress(text);
  } catch {
    context.addIssue('give TRON addresses like "T…"');
    return z.NEVER;
  }
});

const addresses = (most: number): z.ZodArray<typeof address> =>
  z.array(address).max(most, { error: `give at most ${most} addresses` });

/** BIP-32 depth of an account: m/44'/195'/0'. */
const ACCOUNT_DEPTH = 3;

const accountKey = z
  .string()
  .max(200, { error: 'give at most 200 characters' })
  .refine(isAccountKey, {
    error:
      'give the extended public key of an account (xpub… of m/44\u2019/195\u2019/0\u2019), never a private one, or nothing',
  });

function isAccountKey(text: string): boolean {
  if (text === '') return true;
  try {
    const key = HDKey.fromExtendedKey(text);
    return key.depth === ACCOUNT_DEPTH && key.privateKey === null;
  } catch {
    return false;
  }
}

function yesOrNo(value: boolean, description: string): SettingDefinition<z.ZodBoolean> {
  return {
    schema: z.boolean({ error: 'say true or false' }),
    default: value,
    unit: '',
    range: 'true or false',
    description,
  };
}

/** Where money comes in, and how it is known whose it is. */
export const DEPOSIT_SETTINGS = {
  'deposits.addresses': {
    schema: addresses(20),
    default: [],
    unit: '',
    range: 'up to 20 TRON addresses',
    description:
      'Addresses that everybody pays to; the first one is told to users. One that is taken off the list stays watched.',
  },
  'deposits.accountKey': {
    schema: accountKey,
    default: '',
    unit: '',
    range: 'an xpub of depth 3, or nothing',
    description:
      'The extended public key of the account m/44\u2019/195\u2019/0\u2019, from which each user\u2019s own deposit address is derived. Empty: no new ones are given. Its private side belongs with the signer only.',
  },
  'deposits.usdtContract': {
    schema: address,
    default: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    unit: '',
    range: 'a TRON address',
    description:
      'The one contract whose event logs count as USDT, whatever others call themselves.',
  },
  'deposits.contractPayments': yesOrNo(
    true,
    'Whether receipts of all contract calls are read, so that USDT and TRX sent by other contracts are found. Otherwise only direct calls of the USDT contract are looked at.',
  ),
  'deposits.creditContracts': yesOrNo(
    false,
    'Whether what a contract sends is credited like any other payment. Otherwise it waits for a person.',
  ),
  'deposits.byOwnAddress': yesOrNo(
    true,
    'Whether a user\u2019s own deposit address says who paid.',
  ),
  'deposits.byIntent': yesOrNo(true, 'Whether the amount of an open request says who paid.'),
  'deposits.byMemo': yesOrNo(true, 'Whether the memo of the transaction says who paid.'),
  'deposits.bySender': yesOrNo(
    true,
    'Whether an address that exactly one user keeps says who paid. Users keep what addresses they like: name the hot wallets of exchanges in `deposits.sharedSenders`.',
  ),
  'deposits.sharedSenders': {
    schema: addresses(500),
    default: [],
    unit: '',
    range: 'up to 500 TRON addresses',
    description: 'Senders, like hot wallets of exchanges, that never say who paid.',
  },
  'deposits.minimumSun': amount(
    1n,
    MAX_MICROS,
    'sun',
    '10000000',
    'The smallest TRX deposit that is credited by itself.',
  ),
  'deposits.minimumMicroUsdt': amount(
    1n,
    MAX_MICROS,
    'micro-USDT',
    '10000000',
    'The smallest USDT deposit that is credited by itself.',
  ),
  'deposits.dustMicros': amount(
    1n,
    MAX_MICROS,
    'sun or micro-USDT',
    '10000',
    'Below this a transfer from an address that looks like a known one is poisoning: counted, no deposit.',
  ),
  'deposits.wrongTokens': yesOrNo(
    true,
    'Whether tokens other than USDT wait for a person. Otherwise they are only counted.',
  ),
  'deposits.requestMinutes': whole(
    5,
    10_080,
    'minutes',
    60,
    'How long a deposit that was asked for may take until it is in a block.',
  ),
  'deposits.reservedHours': whole(
    1,
    2_160,
    'hours',
    72,
    'How long after that nobody else is given the same amount.',
  ),
  'deposits.openRequests': whole(
    1,
    100,
    'requests',
    5,
    'How many deposits one user may have asked for at a time.',
  ),
  'deposits.returnFeePerMille': whole(
    0,
    1_000,
    '1/1000',
    100,
    'What the desk keeps of a deposit that is sent back.',
  ),
  'deposits.returnCostSun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '1100000',
    'What sending TRX back costs on the chain, kept beside the fee.',
  ),
  'deposits.returnCostMicroUsdt': amount(
    0n,
    MAX_MICROS,
    'micro-USDT',
    '3000000',
    'What sending USDT back costs on the chain, kept beside the fee.',
  ),
} as const satisfies Record<string, SettingDefinition>;
