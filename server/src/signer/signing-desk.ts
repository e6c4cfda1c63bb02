import { LRUCache } from 'lru-cache';
import { addressOfKey, type Address } from '../chain/address.ts';
import { decodeRawData, type DecodedTransaction } from '../chain/build-transaction.ts';
import { BadMessage } from '../chain/protobuf-message.ts';
import { signTransaction } from '../chain/sign-transaction.ts';
import { BadAddress } from '../chain/chain.errors.ts';
import { ACCOUNT_BYTES, deriveKey } from './derive-key.ts';
import { type Claim, type Judge, sunOf } from './judge.ts';
import type { Journal, JournalTail } from './journal.ts';
import type { SignedEntry } from './journal-entry.ts';
import type { KillSwitch } from './kill-switch.ts';
import type { OpenKey } from './open-key.ts';
import { Refusal } from './refusal.ts';

/** What is asked of the signer. It is told no txid: it computes its own. */
export interface SignRequest extends Claim {
  readonly rawDataHex: string;
  /** The owner's key as the database has it. */
  readonly sealedKey: string;
  /** Where that is the key of an account: the index of the address that signs. */
  readonly child?: number | undefined;
}

export interface Signature {
  readonly txid: string;
  /** The whole signed transaction as a node takes it. */
  readonly signedHex: string;
}

interface DeskParts {
  readonly judge: Judge;
  readonly journal: Journal;
  readonly killSwitch: KillSwitch;
  readonly openKey: OpenKey;
  /** Milliseconds. */
  readonly now: () => number;
  /** The time of the journal's last entry. */
  readonly lastAt: number;
}

const MOST_KEYS = 10_000;

/** Signs what switch, policy and memory allow, and writes it down first. The only holder of opened keys. */
export class SigningDesk {
  readonly #parts: DeskParts;
  readonly #keys = new LRUCache<string, Promise<string>>({ max: MOST_KEYS });
  #lastAt: number;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#lastAt = parts.lastAt;
  }

  /** @throws Refusal, or whatever kept the journal from being written: then nothing was signed */
  async sign(request: SignRequest): Promise<Signature> {
    const { judge, journal } = this.#parts;
    this.#requireRunning();
    const transaction = decode(request.rawDataHex);
    const key = keyOf(await this.#key(request.sealedKey), request);
    // From the decision to the append nothing else may be decided: no await between.
    const at = this.#at();
    if (judge.decide(transaction, request, at) === 'NEW') {
      const entry = entryOf(transaction, at);
      judge.remember(entry);
      await journal.append(entry);
    } else {
      await journal.flushed();
    }
    this.#requireRunning();
    const { signedHex } = signTransaction(request.rawDataHex, key);
    return { txid: transaction.txid, signedHex };
  }

  /** Refuses everything from now on, also after a restart, until `resume`. Again is no change. */
  async halt(reason: string): Promise<void> {
    const { killSwitch, journal } = this.#parts;
    if (!(await killSwitch.halt(reason))) return;
    await journal.append({ kind: 'halted', at: this.#at(), reason });
  }

  /** Takes back what `halt` said, and nothing that a person said at the machine. */
  async resume(): Promise<void> {
    const { killSwitch, journal } = this.#parts;
    if (!(await killSwitch.resume())) return;
    await journal.append({ kind: 'resumed', at: this.#at() });
  }

  /** How far its journal has come. */
  tail(): JournalTail {
    return this.#parts.journal.tail();
  }

  /** Why nothing is signed, or null. */
  haltedBecause(): string | null {
    return this.#parts.killSwitch.reason();
  }

  #requireRunning(): void {
    const reason = this.haltedBecause();
    if (reason !== null) {
      throw new Refusal('HALTED', `The signer's kill switch is on: ${reason}`);
    }
  }

  /** A clock that is set back must not open the limits again. */
  #at(): number {
    this.#lastAt = Math.max(this.#lastAt, this.#parts.now());
    return this.#lastAt;
  }

  async #key(sealed: string): Promise<string> {
    let opening = this.#keys.get(sealed);
    if (!opening) {
      opening = this.#parts.openKey(sealed);
      this.#keys.set(sealed, opening);
      opening.catch(() => this.#keys.delete(sealed));
    }
    try {
      return await opening;
    } catch {
      // What a library says about a key is not for anybody's log.
      throw new Refusal(
        'KEY_UNUSABLE',
        'The sealed key cannot be opened: it was sealed for another identity, or it is damaged.',
      );
    }
  }
}

/** Of a derived address the key itself: it is the owner's own, or the wrong one. */
function keyOf(opened: string, { child, owner }: SignRequest): string {
  if ((opened.length === 2 * ACCOUNT_BYTES) !== (child !== undefined)) {
    throw new Refusal('KEY_UNUSABLE', 'The sealed key is of another kind than was asked for.');
  }
  if (child === undefined) return opened;
  const key = deriveKey(opened, child);
  if (addressOfKey(key) === owner) return key;
  throw new Refusal('KEY_UNUSABLE', `The sealed account has no address ${owner} at ${child}.`);
}

function decode(rawDataHex: string): DecodedTransaction {
  try {
    return decodeRawData(rawDataHex);
  } catch (error) {
    if (!(error instanceof BadMessage || error instanceof BadAddress)) throw error;
    throw new Refusal('BAD_TRANSACTION', `This is not signed: ${error.message}.`);
  }
}

function entryOf(transaction: DecodedTransaction, at: number): SignedEntry {
  const { effect, txid, timestampMs, expirationMs, permissionId } = transaction;
  let receiver: Address | null = null;
  if ('receiver' in effect) receiver = effect.receiver;
  if ('to' in effect) receiver = effect.to;
  return {
    kind: 'signed',
    at,
    owner: effect.owner,
    permissionId,
    effect: effect.kind,
    receiver,
    amountSun: sunOf(effect).toString(),
    ...(effect.kind === 'tokenTransfer' && { tokens: effect.amount.toString() }),
    timestampMs,
    expirationMs,
    txid,
  };
}
