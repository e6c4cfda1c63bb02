import type { RuleContext } from '../rules/context.ts';
import { dayMs, slotMs } from '../rules/parameters.ts';
import type { Transaction } from '../wire/transaction.ts';

/** Refused before execution; the name says which broadcast code it becomes. */
export class AdmissionError extends Error {
  readonly reason: 'TAPOS' | 'EXPIRED' | 'DUP' | 'TOO_BIG';

  constructor(reason: AdmissionError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Blocks that a transaction may refer to: the last so many. */
const referableBlocks = 65_536;
const maxSize = 512_000;

/** What admission asks of the chain. */
export interface KnownBlocks {
  readonly headNumber: number;
  blockId(number: number): string | undefined;
  includes(txid: string): boolean;
}

function checkReference(transaction: Transaction, chain: KnownBlocks): void {
  const low = Number.parseInt(transaction.raw.ref_block_bytes || '0', 16);
  const head = chain.headNumber;
  const number = head - ((((head - low) % referableBlocks) + referableBlocks) % referableBlocks);
  const id = number < 0 ? undefined : chain.blockId(number);
  if (id?.slice(16, 32) !== transaction.raw.ref_block_hash) {
    throw new AdmissionError('TAPOS', 'Tapos check error.');
  }
}

/**
 * Checks that need no execution, in java-tron's order: reference block, size, expiration against
 * the parent's time, and that the txid is new. Throws AdmissionError.
 */
export function admit(context: RuleContext, transaction: Transaction, chain: KnownBlocks): void {
  checkReference(transaction, chain);
  if (transaction.size > maxSize) {
    throw new AdmissionError(
      'TOO_BIG',
      `Too big transaction, the size is ${transaction.size} bytes`,
    );
  }
  const { expiration } = transaction;
  // Proposal 88: a transaction must live at least until the next slot after the parent.
  if (expiration < context.now + slotMs || expiration > context.now + dayMs) {
    throw new AdmissionError('EXPIRED', 'Transaction expired');
  }
  if (chain.includes(transaction.txid)) throw new AdmissionError('DUP', 'Dup transaction.');
}
