import { hash } from 'node:crypto';
import { z } from 'zod';
import { addressFromHex } from '../chain/address.ts';
import { type BlockHeader, type ChainBlock, RawTransaction } from '../chain/block.ts';
import { count, hash64, hexBytes } from './node-json.ts';
import { MessageWriter } from '../chain/protobuf-message.ts';
import { txidOf } from '../chain/raw-data.ts';
import {
  NotRebuildable,
  type PrintedTransaction,
  transactionRoot,
} from '../chain/transaction-root.ts';

const NO_HASH = '00'.repeat(32);

const rawHeader = z.looseObject({
  number: count,
  txTrieRoot: hexBytes,
  witness_address: hexBytes,
  parentHash: hash64.default(NO_HASH),
  version: count,
  timestamp: count,
  witness_id: count,
  accountStateRoot: hexBytes,
});
const KNOWN_HEADER_FIELDS = new Set(Object.keys(rawHeader.shape));

const headerReply = z.object({
  blockID: hash64,
  block_header: z.object({ raw_data: rawHeader }),
});

interface TransactionReply {
  readonly txID: string;
  readonly raw_data_hex: string;
  readonly signature: readonly string[];
  readonly ret: readonly Readonly<Record<string, unknown>>[];
}

const blockReply = headerReply.extend({ transactions: z.array(z.unknown()).default([]) });

/** Contract types that run in the TVM and so can be included and fail (tron-facts 2.5). */
const TVM = new Set(['TriggerSmartContract', 'CreateSmartContract']);

/** What is wrong with a reply that has the right types. */
export class ContradictoryReply extends Error {
  override readonly name = 'ContradictoryReply';
}

/**
 * The transactions of a block do not make up the root that its header names: one is left out, added
 * or changed; or one holds what JSON does not tell (fields that the protocol does not know, a result
 * beyond its usual fields), which is to be told from a lie only by asking others.
 */
export class UnprovenBlock extends Error {
  override readonly name = 'UnprovenBlock';
  readonly number: number;

  constructor(number: number, why: string) {
    super(`the transactions of block ${number} are not proved by its header: ${why}`);
    this.number = number;
  }
}

/**
 * A block's header as getblock tells it, its id recomputed from its fields.
 * @throws ZodError, ContradictoryReply
 */
export function readHeader(reply: unknown): BlockHeader {
  return headerOf(headerReply.parse(reply));
}

/**
 * A block with its transactions. Nothing is believed that can be recomputed: the id comes from the
 * header's bytes, each txid and each field of a transaction from its raw bytes, and all of them
 * together, their results too, from the root that the header names. With `unproved` the last is left
 * out, for a block that several nodes are asked for.
 * @throws ZodError, ContradictoryReply, BadMessage, UnprovenBlock
 */
export function readBlock(reply: unknown, options: { unproved?: boolean } = {}): ChainBlock {
  const block = blockReply.parse(reply);
  const header = headerOf(block);
  const replies = block.transactions.map(transactionReply);
  const printed = replies.map(readPrinted);
  if (options.unproved !== true) proveTransactions(header.number, rootOf(block), printed);
  const transactions = printed.map((one, index) => {
    const reply = replies[index];
    return readTransaction(one, index, reply?.txID, reply?.ret[0]?.['contractRet']);
  });
  return { ...header, transactions };
}

function rootOf(block: z.infer<typeof headerReply>): string {
  return block.block_header.raw_data.txTrieRoot;
}

function proveTransactions(
  number: number,
  root: string,
  transactions: readonly PrintedTransaction[],
): void {
  // Block 0 is proved by being the one that we expect, and no reader begins with it.
  if (number === 0) return;
  let computed: string;
  try {
    computed = transactionRoot(transactions);
  } catch (error) {
    if (error instanceof NotRebuildable) throw new UnprovenBlock(number, error.message);
    throw error;
  }
  // A header that names no root is one of no transactions.
  if (computed === (root === '' ? NO_HASH : root)) return;
  throw new UnprovenBlock(number, `they make ${computed}, it says ${root || 'nothing'}`);
}

/** By hand: blocks have very many of them, and each text is held to the bytes later. */
function transactionReply(reply: unknown, index: number): TransactionReply {
  const given = typeof reply === 'object' && reply !== null ? reply : {};
  const { txID, raw_data_hex, signature = [], ret = [] } = given as Record<string, unknown>;
  if (
    typeof txID !== 'string' ||
    typeof raw_data_hex !== 'string' ||
    !isListOf(signature, (one): one is string => typeof one === 'string') ||
    !isListOf(
      ret,
      (one): one is Readonly<Record<string, unknown>> => typeof one === 'object' && one !== null,
    )
  ) {
    throw new ContradictoryReply(`transaction ${index} is not what a node prints`);
  }
  return { txID, raw_data_hex, signature, ret };
}

function isListOf<T>(list: unknown, isOne: (one: unknown) => one is T): list is readonly T[] {
  return Array.isArray(list) && list.every(isOne);
}

function readPrinted(
  reply: TransactionReply,
  index: number,
): PrintedTransaction & { readonly rawData: Buffer } {
  const rawData = Buffer.from(reply.raw_data_hex, 'hex');
  // Node cuts a text off at the first letter that is no hexadecimal.
  if (rawData.length * 2 !== reply.raw_data_hex.length) {
    throw new ContradictoryReply(`transaction ${index} has raw data that is not hexadecimal`);
  }
  return { rawData, signatures: reply.signature, results: reply.ret };
}

function readTransaction(
  { rawData }: { readonly rawData: Buffer },
  index: number,
  claimedTxid: string | undefined,
  result: unknown,
): RawTransaction {
  const txid = txidOf(rawData);
  if (txid !== claimedTxid) {
    throw new ContradictoryReply(`transaction ${index} has the bytes of ${txid}`);
  }
  const read = new RawTransaction(txid, index, result === 'SUCCESS', rawData);
  // A system contract is in a block only if it worked; old nodes then say nothing.
  return result === undefined && !TVM.has(read.kind)
    ? new RawTransaction(txid, index, true, rawData)
    : read;
}

/** Blocks from getblockbylimitnext; none past the node's head is no error. */
export function readBlocks(reply: unknown): ChainBlock[] {
  return z
    .object({ block: z.array(z.unknown()).default([]) })
    .parse(reply)
    .block.map((block) => readBlock(block));
}

function headerOf(reply: z.infer<typeof headerReply>): BlockHeader {
  const raw = reply.block_header.raw_data;
  const prefix = raw.number.toString(16).padStart(16, '0');
  if (!reply.blockID.startsWith(prefix)) {
    throw new ContradictoryReply(`block ${raw.number} has the id of another height`);
  }
  // A header with a field that is newer than this program cannot be recomputed.
  const complete = Object.keys(raw).every((field) => KNOWN_HEADER_FIELDS.has(field));
  // Block 0 is checked by being the one that we expect; its header is no block producer's.
  if (complete && raw.number > 0 && reply.blockID !== prefix + headerHash(raw).slice(16)) {
    throw new ContradictoryReply(`the id of block ${raw.number} is not its header's`);
  }
  return {
    number: raw.number,
    id: reply.blockID,
    parentId: raw.parentHash,
    timeMs: raw.timestamp,
    witness: /^41[0-9a-f]{40}$/.test(raw.witness_address)
      ? addressFromHex(raw.witness_address)
      : null,
  };
}

function headerHash(raw: z.infer<typeof rawHeader>): string {
  const bytes = new MessageWriter()
    .int(1, raw.timestamp)
    .bytes(2, Buffer.from(raw.txTrieRoot, 'hex'))
    .bytes(3, Buffer.from(raw.parentHash, 'hex'))
    .int(7, raw.number)
    .int(8, raw.witness_id)
    .bytes(9, Buffer.from(raw.witness_address, 'hex'))
    .int(10, raw.version)
    .bytes(11, Buffer.from(raw.accountStateRoot, 'hex'))
    .finish();
  return hash('sha256', bytes, 'hex');
}
