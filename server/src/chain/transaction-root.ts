import { hash } from 'node:crypto';
import { MessageWriter } from './protobuf-message.ts';

/** A transaction of a block as JSON tells it, all that its place in the root is made of. */
export interface PrintedTransaction {
  /** The bytes of raw_data_hex. */
  readonly rawData: Uint8Array;
  /** Hexadecimal. */
  readonly signatures: readonly string[];
  /** Each with the fields that are not the default, by the names of the protocol. */
  readonly results: readonly Readonly<Record<string, unknown>>[];
}

/** Something in a transaction that JSON does not tell exactly, so that its bytes cannot be had again. */
export class NotRebuildable extends Error {
  override readonly name = 'NotRebuildable';
}

/** Transaction.Result.contractResult (core/Tron.proto). */
const CONTRACT_RESULTS = [
  'DEFAULT',
  'SUCCESS',
  'REVERT',
  'BAD_JUMP_DESTINATION',
  'OUT_OF_MEMORY',
  'PRECOMPILED_CONTRACT',
  'STACK_TOO_SMALL',
  'STACK_TOO_LARGE',
  'ILLEGAL_OPERATION',
  'STACK_OVERFLOW',
  'OUT_OF_ENERGY',
  'OUT_OF_TIME',
  'JVM_STACK_OVER_FLOW',
  'UNKNOWN',
  'TRANSFER_FAILED',
  'INVALID_CODE',
];
/** Transaction.Result.code; the spelling is the protocol's. */
const CODES = ['SUCESS', 'FAILED'];

/**
 * Whole numbers of Transaction.Result. A block producer sets contractRet alone
 * (TransactionCapsule.setResultCode); the others are there when whoever sent it had put them there.
 */
const NUMBERS: Readonly<Record<string, number>> = {
  fee: 1,
  withdraw_amount: 15,
  unfreeze_amount: 16,
  exchange_received_amount: 18,
  exchange_inject_another_amount: 19,
  exchange_withdraw_another_amount: 20,
  exchange_id: 21,
  shielded_transaction_fee: 22,
  withdraw_expire_amount: 27,
};
const FIELDS_IN_ORDER = [
  'fee',
  'ret',
  'contractRet',
  'assetIssueID',
  'withdraw_amount',
  'unfreeze_amount',
  'exchange_received_amount',
  'exchange_inject_another_amount',
  'exchange_withdraw_another_amount',
  'exchange_id',
  'shielded_transaction_fee',
  'orderId',
  'withdraw_expire_amount',
];

const NOTHING = '00'.repeat(32);
/** `ret` of nearly every transaction: contractRet SUCCESS. */
const SUCCEEDED = Buffer.from('1801', 'hex');

/**
 * The Merkle root of a block's transactions, hexadecimal, as java-tron makes it
 * (BlockCapsule.calcMerkleRoot, MerkleTree): the leaves are SHA-256 of whole transactions, raw data,
 * signatures and results; two neighbours make SHA-256 of both, an odd last one is carried up as it
 * is; none at all make zeros.
 * @throws NotRebuildable when a transaction has what JSON does not tell exactly
 */
export function transactionRoot(transactions: readonly PrintedTransaction[]): string {
  let level = transactions.map(leaf);
  const pair = Buffer.allocUnsafe(64);
  while (level.length > 1) {
    const above: string[] = [];
    for (let place = 0; place < level.length; place += 2) {
      const [left, right] = [level[place] ?? '', level[place + 1]];
      if (right === undefined) {
        above.push(left);
        continue;
      }
      pair.write(left, 0, 'hex');
      pair.write(right, 32, 'hex');
      above.push(hash('sha256', pair, 'hex'));
    }
    level = above;
  }
  return level[0] ?? NOTHING;
}

/** One for all, for blocks have very many transactions; none is larger than 500 KiB (tron-facts 2.2). */
let scratch = Buffer.allocUnsafe(16_384);

/** Makes room for `length` more bytes after `used`. */
function reserve(used: number, length: number): void {
  if (used + length <= scratch.length) return;
  const larger = Buffer.allocUnsafe((used + length) * 2);
  scratch.copy(larger, 0, 0, used);
  scratch = larger;
}

function leaf({ rawData, signatures, results }: PrintedTransaction): string {
  let at = writeHead(0, 1, rawData.length);
  scratch.set(rawData, at);
  at += rawData.length;
  for (const signature of signatures) {
    const length = signature.length / 2;
    at = writeHead(at, 2, length);
    const written = scratch.write(signature, at, 'hex');
    if (written !== length) throw new NotRebuildable('a signature is not hexadecimal');
    at += written;
  }
  for (const result of results) {
    const bytes = isPlainSuccess(result) ? SUCCEEDED : resultBytes(result);
    at = writeHead(at, 5, bytes.length);
    scratch.set(bytes, at);
    at += bytes.length;
  }
  return hash('sha256', scratch.subarray(0, at), 'hex');
}

function isPlainSuccess(result: Readonly<Record<string, unknown>>): boolean {
  return result['contractRet'] === 'SUCCESS' && Object.keys(result).length === 1;
}

/** Writes tag and length of a field of bytes, makes room for it, and says where it begins. */
function writeHead(start: number, field: number, length: number): number {
  reserve(start, length + 8);
  let at = start;
  scratch[at++] = field * 8 + 2;
  let rest = length;
  while (rest >= 0x80) {
    scratch[at++] = (rest & 0x7f) | 0x80;
    rest >>= 7;
  }
  scratch[at++] = rest;
  return at;
}

function resultBytes(result: Readonly<Record<string, unknown>>): Buffer {
  const writer = new MessageWriter();
  for (const field of Object.keys(result)) {
    if (!FIELDS_IN_ORDER.includes(field)) throw new NotRebuildable(`ret has the field ${field}`);
  }
  for (const field of FIELDS_IN_ORDER) {
    const value = result[field];
    if (value !== undefined) writeField(writer, field, value);
  }
  return writer.finish();
}

function writeField(writer: MessageWriter, field: string, value: unknown): void {
  const number = NUMBERS[field];
  if (number !== undefined && (typeof value === 'bigint' || Number.isSafeInteger(value))) {
    writer.int(number, value as bigint | number);
  } else if (field === 'ret') {
    writer.int(2, numberOf(CODES, field, value));
  } else if (field === 'contractRet') {
    writer.int(3, numberOf(CONTRACT_RESULTS, field, value));
  } else if (field === 'assetIssueID' && typeof value === 'string') {
    writer.text(14, value);
  } else if (field === 'orderId' && typeof value === 'string') {
    writer.bytes(25, Buffer.from(value, 'hex'));
  } else {
    throw new NotRebuildable(`ret has an unreadable ${field}`);
  }
}

function numberOf(names: readonly string[], field: string, value: unknown): number {
  const number = names.findIndex((name) => name === value);
  if (number < 0) throw new NotRebuildable(`ret has the ${field} ${JSON.stringify(value)}`);
  return number;
}
