import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ChainEffect } from '../chain/transaction.ts';
import { type Address, parseAddress } from '../chain/address.ts';
import { CannotStart } from './refusal.ts';

/** Every kind of effect that a policy can allow. */
export const SIGNABLE_EFFECTS = [
  'delegate',
  'undelegate',
  'freeze',
  'unfreeze',
  'cancelUnfreeze',
  'withdrawExpired',
  'claimRewards',
  'vote',
  'transfer',
  'tokenTransfer',
  'setPermissions',
] as const satisfies readonly ChainEffect['kind'][];

const address = z.string().transform((text, context): Address => {
  try {
    return parseAddress(text);
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : 'not an address');
    return z.NEVER;
  }
});

const digits = (unit: string) =>
  z
    .string()
    .regex(/^\d{1,18}$/, `write whole ${unit} as digits in quotes`)
    .transform(BigInt);
const sun = digits('sun');
const micros = digits('micro-units');

const schema = z.strictObject({
  /** The kinds of transactions that are signed. */
  effects: z.array(z.enum(SIGNABLE_EFFECTS)).default(['delegate', 'undelegate']),
  /** The accounts that are signed for; null stands for every account whose sealed key is given. */
  owners: z.array(address).nullable().default(null),
  /** Nobody delegates or pays to these. Taking back from them stays possible. */
  denyReceivers: z.array(address).default([]),
  /** TRX and tokens are sent to these alone, where that is allowed at all; see `payouts` for the others. */
  transferReceivers: z.array(address).default([]),
  /** Payments to everybody else, whose addresses nobody knows beforehand; off unless accounts are named. */
  payouts: z
    .strictObject({
      /** The accounts that may pay. */
      fromOwners: z.array(address).default([]),
      /** The most that one payment may be. */
      sunPerTransfer: sun.default(0n),
      /** The most that one account may pay within 24 hours. */
      sunPerDay: sun.default(0n),
    })
    .prefault({}),
  /** The one TRC-20 contract whose tokens are sent; no call of a contract is signed where none is named. */
  tokens: z
    .strictObject({
      contract: address.nullable().default(null),
      /** The most that one transfer to a receiver of `payouts` may be. */
      microsPerTransfer: micros.default(0n),
      /** The most that one account may send to such receivers within 24 hours. */
      microsPerDay: micros.default(0n),
      /** The most TRX that one call may burn for Energy; all of it counts against `sunPerHour`. */
      feeLimitSun: sun.default(0n),
    })
    .prefault({}),
  /** How far a transaction's expiration may lie behind its own timestamp. */
  maxExpirationSeconds: z.int().min(1).max(86_400).default(900),
  perWallet: z
    .strictObject({
      delegationsPerMinute: z.int().min(0).default(6_000),
      /** Sun of everything that has an amount and is no undelegation. Default: 10⁹ TRX. */
      sunPerHour: sun.default(10n ** 15n),
    })
    .prefault({}),
});

/** What may be signed at all; read once, when the signer starts. */
export type SignerPolicy = z.output<typeof schema>;

/** @throws ZodError */
export function parsePolicy(value: unknown): SignerPolicy {
  return schema.parse(value);
}

/**
 * The policy of the file; what the file leaves out, and a file that is not there, stands for the
 * defaults.
 * @throws CannotStart that names the file and what is wrong in it
 */
export async function readPolicy(file: string): Promise<SignerPolicy> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}';
    throw new CannotStart(`The signer's policy ${file} cannot be read.`);
  });
  try {
    return parsePolicy(JSON.parse(text));
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; ')
        : 'it is not JSON';
    throw new CannotStart(`The signer's policy ${file} cannot be used: ${why}.`);
  }
}
