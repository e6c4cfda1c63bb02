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
    false,
    'Whether the sender’s address says who paid, where exactly one user keeps it and was credited before for a payment from it that named them otherwise. Off unless you know why: from the hot wallet of an exchange many people pay, and the first of them who keeps its address would get the money of all others. Name such wallets in `deposits.sharedSenders` before you switch it on.',
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
  'deposits.knownTokens': {
    schema: addresses(100),
    // USDC, USDD, TUSD and USDJ.
    default: [
      'TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8',
      'TPYmHEhy5n8TCEfYGqW2rPxsghSfzghPDn',
      'TUpMhErZL2fhh4sVNULAbNKLokS4GjC1F4',
      'TMwFHYXLJaRUPeW6421aqXL4ZEzPRFGkGT',
    ],
    unit: '',
    range: 'up to 100 TRON addresses',
    description:
      'Contracts of tokens other than USDT whose transfers wait for a person. Those of all other tokens, which anybody makes and sends for nothing, are only counted.',
  },
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
