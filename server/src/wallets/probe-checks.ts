import { DomainError } from '../kernel/domain-error.ts';
import { formatAmount, largest, UNIT } from '../kernel/money.ts';
import type { AccountState } from '../tron/account-reply.ts';
import type { Address } from '../chain/address.ts';
import type { AccountResource } from '../tron/node-replies.ts';
import { requireSigner } from './judge-signer.ts';

/** What a probe looks at, in this order; all that come after a failed one are looked at too. */
export type ProbedThing = 'ACTIVATED' | 'PERMISSION' | 'BANDWIDTH' | 'DELEGATION';

export interface ProbeCheck {
  readonly check: ProbedThing;
  readonly passed: boolean;
  /** What was found, in words for people. */
  readonly detail: string;
}

/** What a probe asks the chain; nothing of it is signed or sent. */
export interface ProbedChain {
  readonly account: AccountState | null;
  readonly resource: AccountResource | null;
  /** Sun that the node would let the wallet delegate. */
  readonly delegatable: bigint;
  /** Why a node refuses to build a delegation of {@link PROBED_SUN}; null when it builds it, undefined when nobody was there to delegate to. */
  readonly refusal: string | null | undefined;
}

/** The least that can be delegated. */
export const PROBED_SUN = UNIT;

/** A delegation has about 281 bytes; a byte costs 1,000 sun where no bandwidth is left. */
const BYTES = 300n;
const SUN_PER_BYTE = 1_000n;

export interface ProbedWallet {
  readonly address: Address;
  readonly permissionId: number;
  /** Address of the sealed key. */
  readonly signer: Address;
}

/** Judges what the chain says of a wallet that was refused before. */
export function judgeProbe(wallet: ProbedWallet, chain: ProbedChain): ProbeCheck[] {
  const { account, resource } = chain;
  if (!account) {
    return [{ check: 'ACTIVATED', passed: false, detail: 'The account is not on the chain.' }];
  }
  return [
    { check: 'ACTIVATED', passed: true, detail: 'The account is on the chain.' },
    judgePermission(wallet, account),
    judgeBandwidth(account, resource),
    judgeDelegation(chain),
  ];
}

function judgePermission(
  { signer, permissionId }: ProbedWallet,
  account: AccountState,
): ProbeCheck {
  try {
    requireSigner(account, signer, permissionId);
    const detail = `Permission ${permissionId} lets the desk’s key delegate and undelegate.`;
    return { check: 'PERMISSION', passed: true, detail };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { check: 'PERMISSION', passed: false, detail: error.message };
  }
}

/** One transaction is paid wholly by staked bandwidth, by free bandwidth, or by TRX. */
function judgeBandwidth(account: AccountState, resource: AccountResource | null): ProbeCheck {
  const staked = largest(0n, (resource?.bandwidthLimit ?? 0n) - (resource?.bandwidthUsed ?? 0n));
  const free = largest(
    0n,
    (resource?.freeBandwidthLimit ?? 0n) - (resource?.freeBandwidthUsed ?? 0n),
  );
  const passed = staked >= BYTES || free >= BYTES || account.balance >= BYTES * SUN_PER_BYTE;
  const has = `${staked.toString()} bytes staked, ${free.toString()} free and ${formatAmount(account.balance)} TRX`;
  const detail = passed
    ? `It can pay a transaction: ${has}.`
    : `It cannot pay a transaction of ${BYTES.toString()} bytes: ${has}.`;
  return { check: 'BANDWIDTH', passed, detail };
}

function judgeDelegation({ delegatable, refusal }: ProbedChain): ProbeCheck {
  const check = 'DELEGATION';
  if (delegatable < PROBED_SUN) {
    const detail = 'All of its stake is delegated or recovers: there is nothing to be refused.';
    return { check, passed: true, detail };
  }
  const can = `A node lets it delegate ${formatAmount(delegatable)} TRX`;
  if (refusal === undefined) {
    return { check, passed: true, detail: `${can}; there is nobody to try it with.` };
  }
  return refusal === null
    ? { check, passed: true, detail: `${can} and accepts a delegation, which was not sent.` }
    : { check, passed: false, detail: `A node refuses a delegation of 1 TRX: ${refusal}` };
}
