import { addressFromHex, type Address } from '../chain/address.ts';
import type { ChainBlock, ChainTransaction } from '../chain/block.ts';
import { Message } from '../chain/protobuf-message.ts';
import { lastBytes } from '../chain/protobuf-scan.ts';
import { OWN_TRANSFER, type Payment, within } from './payment.ts';

/** Which addresses may be watched, and which contract is USDT. */
export interface Watch {
  readonly usdt: Address;
  /** @param hex an account as 42 hexadecimal digits */
  mayHave(hex: string): boolean;
}

// First four bytes of keccak256 of transfer(address,uint256) and transferFrom(address,address,uint256).
const TRANSFER = 'a9059cbb';
const TRANSFER_FROM = '23b872dd';
const WORD = 64;
const HEX_ADDRESS = /^41[0-9a-f]{40}$/;

/** Where a transfer that needs no receipt names who gets it (balance_contract, asset_issue_contract). */
const RECEIVER_FIELD: ReadonlyMap<string, number> = new Map([
  ['TransferContract', 2],
  ['TransferAssetContract', 3],
]);

/** A call of the USDT contract that, where it succeeds, moves tokens; as the call says it. */
interface TokenCall {
  readonly toHex: string;
  /** Null for the caller. */
  readonly fromHex: string | null;
  readonly amountHex: string;
}

/** Transfers to watched addresses that need no receipts: TRX and TRC-10 tokens, sent by holders of keys. */
export function findTransfers(blocks: readonly ChainBlock[], watch: Watch): Payment[] {
  return blocks.flatMap((block) =>
    block.transactions.flatMap((transaction) => {
      if (!transaction.succeeded) return [];
      const field = RECEIVER_FIELD.get(transaction.kind);
      const receiver = field && lastBytes(transaction.parameter, field)?.toString('hex');
      // Nearly all transfers are of others: they are told from ours before anything else is read.
      if (!receiver || !watch.mayHave(receiver)) return [];
      return transferOf(block, transaction) ?? [];
    }),
  );
}

/** What direct calls of USDT in these blocks say that they move to watched addresses. A hint. */
export function findTokenCalls(blocks: readonly ChainBlock[], watch: Watch): Payment[] {
  return blocks.flatMap((block) =>
    block.transactions.flatMap((transaction): Payment[] => {
      const call = tokenCall(transaction, watch);
      if (!call || !watch.mayHave(call.toHex)) return [];
      const address = addressFromHex(call.toHex);
      const sender = call.fromHex === null ? transaction.value.owner : addressFromHex(call.fromHex);
      if (sender === null) return [];
      const amount = BigInt(`0x${call.amountHex}`);
      const base = within(block, transaction);
      const how = { logIndex: 0, currency: 'USDT', token: null, fromContract: false } as const;
      return [{ ...base, ...how, address, sender, amount }];
    }),
  );
}

/**
 * Whether the receipts of a block can name a watched address: a contract was called that may pay by
 * its event logs or within, beyond plain calls of USDT that pay somebody else.
 * @param all whether calls of contracts other than USDT count
 */
export function needsReceipts(block: ChainBlock, watch: Watch, all: boolean): boolean {
  return block.transactions.some((transaction) => {
    if (transaction.kind !== 'TriggerSmartContract' || !transaction.succeeded) return false;
    const call = tokenCall(transaction, watch);
    if (call) return watch.mayHave(call.toHex);
    return all || isCallOf(transaction, watch.usdt);
  });
}

/** By the field contract_address (smart_contract.proto). Few contracts get nearly all calls. */
function isCallOf({ parameter }: ChainTransaction, contract: Address): boolean {
  const called = lastBytes(parameter, 2)?.toString('hex') ?? '';
  return HEX_ADDRESS.test(called) && addressFromHex(called) === contract;
}

function transferOf(block: ChainBlock, transaction: ChainTransaction): Payment | null {
  const how = { logIndex: OWN_TRANSFER, fromContract: false };
  if (transaction.kind === 'TransferContract') {
    const { value } = transaction;
    if (value.kind !== 'TransferContract') return null;
    const { owner: sender, to: address, amountSun: amount } = value;
    const base = within(block, transaction);
    return { ...base, ...how, address, sender, currency: 'TRX', token: null, amount };
  }
  if (transaction.kind !== 'TransferAssetContract') return null;
  const { value, owner: sender } = transaction;
  if (value.kind !== 'OTHER' || sender === null) return null;
  // asset_issue_contract.proto: asset_name 1, owner_address 2, to_address 3, amount 4.
  const asset = new Message(Buffer.from(value.parameterHex, 'hex'));
  const address = addressFromHex(asset.hex(3));
  const token = `TRC10:${asset
    .text(1)
    .replace(/[^ -~]/g, '?')
    .slice(0, 40)}`;
  const base = within(block, transaction);
  return { ...base, ...how, address, sender, currency: null, token, amount: asset.int(4) };
}

/** A plain transfer by the USDT contract, by the words of the call; null for any other call. */
function tokenCall(transaction: ChainTransaction, { usdt }: Watch): TokenCall | null {
  if (transaction.kind !== 'TriggerSmartContract' || !transaction.succeeded) return null;
  if (!isCallOf(transaction, usdt)) return null;
  // smart_contract.proto: data 4.
  const dataHex = lastBytes(transaction.parameter, 4)?.toString('hex') ?? '';
  const words = dataHex.length - 8;
  if (dataHex.startsWith(TRANSFER) && words >= 2 * WORD) {
    return { fromHex: null, toHex: wordAddress(dataHex, 0), amountHex: word(dataHex, 1) };
  }
  if (dataHex.startsWith(TRANSFER_FROM) && words >= 3 * WORD) {
    const [fromHex, toHex] = [wordAddress(dataHex, 0), wordAddress(dataHex, 1)];
    return { fromHex, toHex, amountHex: word(dataHex, 2) };
  }
  return null;
}

function word(dataHex: string, place: number): string {
  return dataHex.slice(8 + place * WORD, 8 + (place + 1) * WORD);
}

/** In hexadecimal. The contract looks at the last 20 bytes of the word only. */
function wordAddress(dataHex: string, place: number): string {
  return `41${word(dataHex, place).slice(24)}`;
}
