import type { Address } from '../chain/address.ts';
import type { ChainBlock, ChainTransaction } from '../chain/block.ts';
import type { Currency } from '../kernel/money.ts';

/** Place of a transaction's own transfer among those that it makes; event logs count from 0. */
export const OWN_TRANSFER = -1;

/** A transfer that is, or will be, on chain; (txid, logIndex) is its name. */
export interface Payment {
  readonly txid: string;
  /** Of the event log; {@link OWN_TRANSFER}, or below it for what a contract sent within. */
  readonly logIndex: number;
  /** Who gets it. */
  readonly address: Address;
  readonly sender: Address;
  /** Null for a token that the desk does not take. */
  readonly currency: Currency | null;
  /** The contract of such a token, or `TRC10:<id>`. */
  readonly token: string | null;
  /** Micro-units; of a token whatever its contract says. */
  readonly amount: bigint;
  /** Printable text, empty where there is none. */
  readonly memo: string;
  /** Whether a contract sent it, and not the holder of a key. */
  readonly fromContract: boolean;
  readonly block: number;
  readonly blockId: string;
  /** Chain time of its block. */
  readonly timeMs: number;
}

const MAX_MEMO = 200;

/** What every payment of a transaction has. */
export function within(
  block: ChainBlock,
  { txid, memo }: ChainTransaction,
): Pick<Payment, 'txid' | 'memo' | 'block' | 'blockId' | 'timeMs'> {
  return { txid, memo: textOf(memo), block: block.number, blockId: block.id, timeMs: block.timeMs };
}

/** Bytes that anybody may have written, as a short text without control characters. */
function textOf(bytes: Buffer): string {
  if (bytes.length === 0) return '';
  return bytes
    .subarray(0, 4 * MAX_MEMO)
    .toString('utf8')
    .replace(/[\p{C}\uFFFD]/gu, ' ')
    .trim()
    .slice(0, MAX_MEMO);
}
