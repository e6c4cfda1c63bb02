import { addressFromHex, type Address } from '../chain/address.ts';
import type { ChainBlock, ChainTransaction } from '../chain/block.ts';
import { Message } from '../chain/protobuf-message.ts';
import { OWN_TRANSFER, type Payment, within } from './payment.ts';

/** Which addresses may be watched, and which contract is USDT. */
export interface Watch {
  readonly usdt: Address;
  mayHave(address: string): boolean;
}

// First four bytes of keccak256 of transfer(address,uint256) and transferFrom(address,address,uint256).
const TRANSFER = 'a9059cbb';
const TRANSFER_FROM = '23b872dd';
const WORD = 64;

/** A call of the USDT contract that, where it succeeds, moves tokens to a watched address. */
interface TokenCall {
  readonly from: Address;
  readonly to: Address;
  readonly amount: bigint;
}

/** Transfers to watched addresses that need no receipts: TRX and TRC-10 tokens, sent by holders of keys. */
export function findTransfers(blocks: readonly ChainBlock[], watch: Watch): Payment[] {
  return blocks.flatMap((block) =>
    block.transactions.flatMap((transaction) => {
      if (!transaction.succeeded) return [];
      const payment = transferOf(block, transaction);
      return payment && watch.mayHave(payment.address) ? [payment] : [];
    }),
  );
}

/** What direct calls of USDT in these blocks say that they move to watched addresses. A hint. */
export function findTokenCalls(blocks: readonly ChainBlock[], watch: Watch): Payment[] {
  return blocks.flatMap((block) =>
    block.transactions.flatMap((transaction): Payment[] => {
      const call = tokenCall(transaction, watch);
      if (!call || !watch.mayHave(call.to)) return [];
      const { from: sender, to: address, amount } = call;
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
    if (call) return watch.mayHave(call.to);
    return all || isCallOf(transaction, watch.usdt);
  });
}

function isCallOf({ value }: ChainTransaction, contract: Address): boolean {
  return value.kind === 'TriggerSmartContract' && value.contract === contract;
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
  const { value } = transaction;
  if (value.kind !== 'TriggerSmartContract' || value.contract !== usdt) return null;
  const { dataHex, owner } = value;
  const words = dataHex.length - 8;
  if (dataHex.startsWith(TRANSFER) && words >= 2 * WORD) {
    return { from: owner, to: wordAddress(dataHex, 0), amount: wordAmount(dataHex, 1) };
  }
  if (dataHex.startsWith(TRANSFER_FROM) && words >= 3 * WORD) {
    const [from, to] = [wordAddress(dataHex, 0), wordAddress(dataHex, 1)];
    return { from, to, amount: wordAmount(dataHex, 2) };
  }
  return null;
}

function word(dataHex: string, place: number): string {
  return dataHex.slice(8 + place * WORD, 8 + (place + 1) * WORD);
}

/** The contract looks at the last 20 bytes of the word only. */
function wordAddress(dataHex: string, place: number): Address {
  return addressFromHex(`41${word(dataHex, place).slice(24)}`);
}

function wordAmount(dataHex: string, place: number): bigint {
  return BigInt(`0x${word(dataHex, place)}`);
}
