import { hash } from 'node:crypto';
import { z } from 'zod';
import { addressFromHex } from './address.ts';
import { type BlockHeader, type ChainBlock, RawTransaction } from './block.ts';
import { count, hash64, hexBytes } from './node-json.ts';
import { MessageWriter } from './protobuf-message.ts';
import { txidOf } from './raw-data.ts';

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

const transactionReply = z.object({
  // No patterns here: both are held to the bytes below, and blocks have very many of them.
  txID: z.string(),
  raw_data_hex: z.string(),
  ret: z.array(z.object({ contractRet: z.string().optional() })).optional(),
});

const blockReply = headerReply.extend({ transactions: z.array(transactionReply).default([]) });

/** Contract types that run in the TVM and so can be included and fail (tron-facts 2.5). */
const TVM = new Set(['TriggerSmartContract', 'CreateSmartContract']);

/** What is wrong with a reply that has the right types. */
export class ContradictoryReply extends Error {
  override readonly name = 'ContradictoryReply';
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
 * header's bytes, each txid and each field of a transaction from its raw bytes.
 * @throws ZodError, ContradictoryReply, BadMessage
 */
export function readBlock(reply: unknown): ChainBlock {
  const block = blockReply.parse(reply);
  return {
    ...headerOf(block),
    transactions: block.transactions.map(readTransaction),
  };
}

function readTransaction(reply: z.infer<typeof transactionReply>, index: number): RawTransaction {
  const bytes = Buffer.from(reply.raw_data_hex, 'hex');
  // Node cuts a text off at the first letter that is no hexadecimal.
  if (bytes.length * 2 !== reply.raw_data_hex.length) {
    throw new ContradictoryReply(`transaction ${index} has raw data that is not hexadecimal`);
  }
  const txid = txidOf(bytes);
  if (txid !== reply.txID) {
    throw new ContradictoryReply(`transaction ${index} has the bytes of ${txid}`);
  }
  const result = reply.ret?.[0]?.contractRet;
  const read = new RawTransaction(txid, index, result === 'SUCCESS', bytes);
  // A system contract is in a block only if it worked; old nodes then say nothing.
  return result === undefined && !TVM.has(read.kind)
    ? new RawTransaction(txid, index, true, bytes)
    : read;
}

/** Blocks from getblockbylimitnext; none past the node's head is no error. */
export function readBlocks(reply: unknown): ChainBlock[] {
  return z
    .object({ block: z.array(z.unknown()).default([]) })
    .parse(reply)
    .block.map(readBlock);
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
