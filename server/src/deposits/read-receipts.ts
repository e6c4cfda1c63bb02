import { addressFromHex, addressToHex, type Address } from '../chain/address.ts';
import type { ChainBlock, ChainTransaction } from '../chain/block.ts';
import { NodeFault } from '../tron/node-fault.ts';
import type { TronNode } from '../tron/node-client.ts';
import type { TronNodes } from '../tron/node-pool.ts';
import { ChainUnavailable } from '../tron/tron.errors.ts';
import type { EventLog, TransactionInfo } from '../tron/node-replies.ts';
import { findTokenCalls, type Watch } from './find-payments.ts';
import { OWN_TRANSFER, type Payment, within } from './payment.ts';

/** keccak256 of Transfer(address,address,uint256). */
const TRANSFER_TOPIC = 'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';

/** Blocks whose receipts are asked for at once. */
const AT_ONCE = 8;

/**
 * What contract calls of solid blocks paid to watched addresses, by their receipts. These are no part
 * of what a header proves: plain calls of USDT are held against the bytes of the call, which are;
 * where a receipt names another payer or contract, every node that answers has to say the same.
 * @throws ChainUnavailable when no node has the receipts of a block, or nodes contradict each other
 */
export async function readReceipts(
  nodes: TronNodes,
  blocks: readonly ChainBlock[],
  watch: Watch,
): Promise<Payment[]> {
  const payments: Payment[] = [];
  for (let from = 0; from < blocks.length; from += AT_ONCE) {
    const some = blocks.slice(from, from + AT_ONCE);
    payments.push(
      ...(await Promise.all(some.map((block) => readBlockReceipts(nodes, block, watch)))).flat(),
    );
  }
  return payments;
}

async function readBlockReceipts(
  nodes: TronNodes,
  block: ChainBlock,
  watch: Watch,
): Promise<Payment[]> {
  const found = await nodes.read((node) => askBlock(node, block, watch));
  const called = new Set(findTokenCalls([block], watch).map(nameOf));
  const unproved = found.filter((payment) => !called.has(nameOf(payment)));
  if (unproved.length === 0) return found;
  const others = await nodes.askAll((node) => askBlock(node, block, watch));
  if (disagree(others)) {
    const message = `The nodes tell the receipts of solid block ${block.number} differently.`;
    throw new ChainUnavailable(message, []);
  }
  return markContracts(nodes, found);
}

/** Only some nodes keep what contracts send within: silence about that is no contradiction. */
function disagree(answers: readonly (readonly Payment[])[]): boolean {
  const told = (wanted: (payment: Payment) => boolean): Set<string> =>
    new Set(answers.map((payments) => payments.filter(wanted).map(nameOf).sort().join('\n')));
  const internal = told(({ logIndex }) => logIndex < OWN_TRANSFER);
  internal.delete('');
  return told(({ logIndex }) => logIndex >= 0).size > 1 || internal.size > 1;
}

/** By one node; a receipt that is missing, or contradicts the block, has another node asked. */
async function askBlock(node: TronNode, block: ChainBlock, watch: Watch): Promise<Payment[]> {
  const infos = new Map(
    (await node.transactionInfosOfBlock('solid', block.number)).map((info) => [info.txid, info]),
  );
  const found = block.transactions.flatMap((transaction) => {
    if (transaction.kind !== 'TriggerSmartContract') return [];
    const info = infos.get(transaction.txid);
    // Balanced nodes may lag behind the one that had the block (tron-facts 6.1).
    if (!info) {
      const what = `it has no receipt of ${transaction.txid} in block ${block.number} yet`;
      throw new NodeFault('stale', node.name, what);
    }
    if (info.succeeded !== transaction.succeeded) {
      const what = `its receipt of ${transaction.txid} contradicts the block`;
      throw new NodeFault('garbage', node.name, what);
    }
    return transaction.succeeded ? paymentsOf(block, transaction, info, watch) : [];
  });
  const names = new Set(found.map(nameOf));
  const missing = findTokenCalls([block], watch).find((call) => !names.has(nameOf(call)));
  // A transfer of nothing has its event too.
  if (missing) {
    const what = `its receipt of ${missing.txid} lacks the transfer that was called for`;
    throw new NodeFault('garbage', node.name, what);
  }
  return found;
}

function nameOf({ txid, logIndex, sender, address, currency, amount }: Payment): string {
  return [txid, logIndex, sender, address, currency, amount].join(' ');
}

function paymentsOf(
  block: ChainBlock,
  transaction: ChainTransaction,
  info: TransactionInfo,
  watch: Watch,
): Payment[] {
  const base = within(block, transaction);
  const tokens = info.logs.flatMap((log): Payment[] => {
    const moved = movedBy(log);
    if (!moved || !watch.mayHave(addressToHex(moved.address))) return [];
    const isUsdt = log.address === watch.usdt;
    return [
      {
        ...base,
        ...moved,
        logIndex: log.index,
        currency: isUsdt ? 'USDT' : null,
        token: isUsdt ? null : log.address,
        fromContract: false,
      },
    ];
  });
  const internal = info.internalTransfers.flatMap((transfer, place): Payment[] =>
    watch.mayHave(addressToHex(transfer.to))
      ? [
          {
            ...base,
            logIndex: OWN_TRANSFER - 1 - place,
            address: transfer.to,
            sender: transfer.from,
            currency: 'TRX',
            token: null,
            amount: transfer.amountSun,
            fromContract: true,
          },
        ]
      : [],
  );
  return [...tokens, ...internal];
}

/** What an event of any token says; null for other events, and for tokens that are no amounts. */
function movedBy({ topics, dataHex }: EventLog): {
  readonly sender: Address;
  readonly address: Address;
  readonly amount: bigint;
} | null {
  const [topic, from, to] = topics;
  if (topic !== TRANSFER_TOPIC || from === undefined || to === undefined) return null;
  if (topics.length !== 3 || dataHex.length !== 64) return null;
  return {
    sender: addressFromHex(`41${from.slice(24)}`),
    address: addressFromHex(`41${to.slice(24)}`),
    amount: BigInt(`0x${dataHex}`),
  };
}

/** Tells senders that are contracts from holders of keys who let somebody else send. */
async function markContracts(nodes: TronNodes, payments: readonly Payment[]): Promise<Payment[]> {
  const senders = [...new Set(payments.map(({ sender }) => sender))];
  const contracts = new Set<Address>();
  for (const sender of senders) {
    const account = await nodes.read((node) => node.account('solid', sender));
    if (account?.isContract === true) contracts.add(sender);
  }
  return payments.map((payment) => ({
    ...payment,
    fromContract: payment.fromContract || contracts.has(payment.sender),
  }));
}
