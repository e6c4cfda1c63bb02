import type { Address } from '../chain/address.ts';
import type { DecodedTransaction } from '../chain/build-transaction.ts';
import type { ChainEffect } from '../chain/transaction.ts';
import type { SignedEntry } from './journal-entry.ts';
import type { SignerPolicy } from './policy.ts';
import { Refusal } from './refusal.ts';
import { SlidingSum } from './sliding-sum.ts';

/** For whom the caller says that it asks. */
export interface Claim {
  readonly owner: Address;
  readonly permissionId: number;
}

interface Memory {
  /** By timestamp, the oldest signature first. */
  readonly signed: Map<number, { readonly txid: string; readonly at: number }>;
  readonly delegations: SlidingSum;
  readonly sun: SlidingSum;
  /** Paid to receivers that the policy does not name. */
  readonly payouts: SlidingSum;
  /** The same in tokens. */
  readonly tokenPayouts: SlidingSum;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The longest expiration that a policy can allow: what is older can no longer land. */
export const MEMORY_MS = 24 * HOUR_MS;

/** Decides by the policy and by what was signed before. Knows no file, no clock and no key. */
export class Judge {
  readonly #policy: SignerPolicy;
  readonly #memories = new Map<Address, Memory>();

  constructor(policy: SignerPolicy) {
    this.#policy = policy;
  }

  /**
   * Whether this transaction is signed for the first time or again, byte for byte.
   * @throws Refusal when it must not be signed
   */
  decide(transaction: DecodedTransaction, claim: Claim, atMs: number): 'NEW' | 'AGAIN' {
    this.#requireAllowed(transaction, claim);
    const { owner } = claim;
    const memory = this.#memory(owner);
    forget(memory, atMs);
    const known = memory.signed.get(transaction.timestampMs);
    if (known?.txid === transaction.txid) return 'AGAIN';
    if (known) {
      throw new Refusal(
        'TIMESTAMP_USED',
        `Another transaction of ${owner} with the timestamp ${transaction.timestampMs} was signed: ${known.txid}.`,
      );
    }
    this.#requireWithinLimits(transaction.effect, memory, atMs);
    return 'NEW';
  }

  /** Counts what is or was signed; the journal's entries come through here at the start. */
  remember(entry: Omit<SignedEntry, 'kind'>): void {
    const memory = this.#memory(entry.owner);
    const { timestampMs, txid, at } = entry;
    memory.signed.set(timestampMs, { txid, at });
    if (entry.effect === 'delegate') memory.delegations.add(at, 1n);
    memory.sun.add(at, entry.effect === 'undelegate' ? 0n : BigInt(entry.amountSun));
    if (this.#isNamed(entry.receiver)) return;
    if (entry.effect === 'transfer') memory.payouts.add(at, BigInt(entry.amountSun));
    if (entry.effect === 'tokenTransfer') memory.tokenPayouts.add(at, BigInt(entry.tokens ?? '0'));
  }

  #isNamed(receiver: Address | null): boolean {
    return receiver !== null && this.#policy.transferReceivers.includes(receiver);
  }

  #requireAllowed(
    { effect, permissionId, expirationMs, timestampMs }: DecodedTransaction,
    claim: Claim,
  ): void {
    const { effects, owners, denyReceivers, payouts, tokens, maxExpirationSeconds } = this.#policy;
    if (!effects.includes(effect.kind)) {
      throw new Refusal('EFFECT_NOT_ALLOWED', `The policy allows no ${effect.kind}.`);
    }
    if (effect.owner !== claim.owner) {
      throw new Refusal(
        'OWNER_MISMATCH',
        `The transaction is ${effect.owner}'s, and the key is for ${claim.owner}.`,
      );
    }
    if (owners !== null && !owners.includes(effect.owner)) {
      throw new Refusal('OWNER_NOT_ALLOWED', `The policy names no account ${effect.owner}.`);
    }
    if (permissionId !== claim.permissionId) {
      throw new Refusal(
        'PERMISSION_MISMATCH',
        `The transaction names permission ${permissionId}, and the key is for ${claim.permissionId}.`,
      );
    }
    if (effect.kind === 'tokenTransfer' && effect.contract !== tokens.contract) {
      throw new Refusal(
        'CONTRACT_NOT_ALLOWED',
        `The policy's tokens do not name the contract ${effect.contract}.`,
      );
    }
    if (
      (effect.kind === 'transfer' || effect.kind === 'tokenTransfer') &&
      !this.#isNamed(effect.to) &&
      !payouts.fromOwners.includes(effect.owner)
    ) {
      throw new Refusal(
        'RECEIVER_NOT_ALLOWED',
        `The policy's transferReceivers do not name ${effect.to}.`,
      );
    }
    const ahead = expirationMs - timestampMs;
    if (ahead <= 0 || ahead > maxExpirationSeconds * 1_000) {
      throw new Refusal(
        'EXPIRATION_TOO_FAR',
        `The expiration lies ${ahead} ms behind the timestamp; 1 to ${maxExpirationSeconds * 1_000} are allowed.`,
      );
    }
    const receiver = enriched(effect);
    if (receiver !== null && denyReceivers.includes(receiver)) {
      throw new Refusal('RECEIVER_DENIED', `The policy denies the receiver ${receiver}.`);
    }
  }

  #requireWithinLimits(effect: ChainEffect, memory: Memory, atMs: number): void {
    const { delegationsPerMinute, sunPerHour } = this.#policy.perWallet;
    if (
      effect.kind === 'delegate' &&
      memory.delegations.total(atMs) >= BigInt(delegationsPerMinute)
    ) {
      throw new Refusal(
        'RATE_LIMIT',
        `${effect.owner} has had its ${delegationsPerMinute} delegations of this minute.`,
      );
    }
    if (effect.kind === 'transfer' && !this.#isNamed(effect.to)) {
      const { sunPerTransfer, sunPerDay } = this.#policy.payouts;
      if (effect.amountSun > sunPerTransfer) {
        throw new Refusal(
          'PAYOUT_LIMIT',
          `A payout is ${sunPerTransfer} sun at the most; this is ${effect.amountSun}.`,
        );
      }
      if (memory.payouts.total(atMs) + effect.amountSun > sunPerDay) {
        throw new Refusal(
          'PAYOUT_LIMIT',
          `With this, ${effect.owner} would pay out more than ${sunPerDay} sun within a day.`,
        );
      }
    }
    if (effect.kind === 'tokenTransfer') this.#requireTokenLimits(effect, memory, atMs);
    if (effect.kind === 'undelegate') return;
    if (memory.sun.total(atMs) + sunOf(effect) > sunPerHour) {
      throw new Refusal(
        'AMOUNT_LIMIT',
        `With this, ${effect.owner} would move more than ${sunPerHour} sun within an hour.`,
      );
    }
  }

  #requireTokenLimits(
    effect: Extract<ChainEffect, { kind: 'tokenTransfer' }>,
    { tokenPayouts }: Memory,
    atMs: number,
  ): void {
    const { microsPerTransfer, microsPerDay, feeLimitSun } = this.#policy.tokens;
    if (effect.feeLimitSun > feeLimitSun) {
      throw new Refusal(
        'FEE_LIMIT',
        `A call may burn ${feeLimitSun} sun at the most; this may burn ${effect.feeLimitSun}.`,
      );
    }
    if (this.#isNamed(effect.to)) return;
    if (effect.amount > microsPerTransfer) {
      throw new Refusal(
        'PAYOUT_LIMIT',
        `A payout of tokens is ${microsPerTransfer} micro-units at the most; this is ${effect.amount}.`,
      );
    }
    if (tokenPayouts.total(atMs) + effect.amount > microsPerDay) {
      throw new Refusal(
        'PAYOUT_LIMIT',
        `With this, ${effect.owner} would pay out more than ${microsPerDay} micro-units of tokens within a day.`,
      );
    }
  }

  #memory(owner: Address): Memory {
    const known = this.#memories.get(owner);
    if (known) return known;
    const made: Memory = {
      signed: new Map(),
      delegations: new SlidingSum(MINUTE_MS),
      sun: new SlidingSum(HOUR_MS),
      payouts: new SlidingSum(DAY_MS),
      tokenPayouts: new SlidingSum(DAY_MS),
    };
    this.#memories.set(owner, made);
    return made;
  }
}

/** Who gets something by it; an undelegation only takes. */
export function enriched(effect: ChainEffect): Address | null {
  if (effect.kind === 'delegate') return effect.receiver;
  return effect.kind === 'transfer' || effect.kind === 'tokenTransfer' ? effect.to : null;
}

/** Sun that it moves or, of a call, may burn. */
export function sunOf(effect: ChainEffect): bigint {
  if (effect.kind === 'tokenTransfer') return effect.feeLimitSun;
  return 'amountSun' in effect ? effect.amountSun : 0n;
}

function forget({ signed }: Memory, atMs: number): void {
  for (const [timestamp, { at }] of signed) {
    if (at >= atMs - MEMORY_MS) return;
    signed.delete(timestamp);
  }
}
