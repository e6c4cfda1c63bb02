import { assert } from '../kernel/assert.ts';
import { addressToHex, type Address } from '../chain/address.ts';
import { type AccountState, isEmpty, readAccount } from './account-reply.ts';
import type { BlockHeader, ChainBlock, View } from '../chain/block.ts';
import { readBlock, readBlocks, readHeader, UnprovenBlock } from './block-reply.ts';
import { type BroadcastAnswer, readBroadcastAnswer } from './broadcast-answer.ts';
import { NodeFault } from './node-fault.ts';
import { NodeHttp, type NodeHttpOptions, type NodeTransport } from './node-http.ts';
import {
  type AccountResource,
  type ConstantCall,
  type DelegatedIndex,
  type DelegatedRow,
  readAccountResource,
  readChainParameters,
  readConstantCall,
  readDelegated,
  readDelegatedIndex,
  readMaxSize,
  readReward,
  readTransactionInfo,
  readTransactionInfos,
  type TransactionInfo,
} from './node-replies.ts';
import type { NodeTraffic } from './paced-transport.ts';
import type { Resource } from '../chain/transaction.ts';
import { readBrokerage, readWitnesses, type Witness } from './witness-reply.ts';

/** What a node's limit of getblockbylimitnext allows in one call. */
export const MAX_BLOCK_RANGE = 100;

/** Code of a broadcast that did not leave this process. */
export const NOT_SENT = 'NOT_SENT';

/**
 * One TRON node. Every reply is read by a schema that knows proto3's rule (absent means 0), and
 * checked against what was asked; whatever does not fit is a {@link NodeFault}, never data. Amounts
 * are bigint from the reply's own digits. Nothing is tried twice here; see TronNodes.
 */
export class TronNode {
  readonly #http: NodeTransport;

  /** Over HTTP, or by whatever carries questions and answers in its place. */
  constructor(options: NodeHttpOptions | { readonly transport: NodeTransport }) {
    this.#http = 'transport' in options ? options.transport : new NodeHttp(options);
  }

  /** How the node is called in logs and health; holds no credentials. */
  get name(): string {
    return this.#http.name;
  }

  /** What it was asked; null where nobody counts. */
  traffic(): NodeTraffic | null {
    return this.#http.traffic?.() ?? null;
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  /** Hands a signed transaction over. Never throws: no answer is an `unknown` one that may land. */
  async broadcastHex(signedHex: string): Promise<BroadcastAnswer> {
    try {
      const reply = await this.#http.post('/wallet/broadcasthex', { transaction: signedHex });
      const answer = readBroadcastAnswer(reply);
      if (answer.code === 'RATE_LIMITED') this.#http.noteRateLimit?.();
      return answer;
    } catch (error) {
      if (!(error instanceof NodeFault)) throw error;
      if (!error.sent) {
        return { kind: 'busy', code: NOT_SENT, message: error.message, mayLand: false };
      }
      const code = error.kind.toUpperCase().replace('-', '_');
      return { kind: 'unknown', code, message: error.message, mayLand: true };
    }
  }

  /** The newest block without its content: what a poll costs least with. */
  header(view: View): Promise<BlockHeader> {
    return this.#ask(`${root(view)}/getblock`, { detail: false }, readHeader);
  }

  /** The header at a height, or null when the node has none there (yet). */
  headerByNumber(view: View, number: number): Promise<BlockHeader | null> {
    const question = { id_or_num: String(number), detail: false };
    return this.#ask(`${root(view)}/getblock`, question, (reply) => {
      if (isEmpty(reply)) return null;
      const header = readHeader(reply);
      if (header.number !== number) throw new Error(`block ${header.number} is not ${number}`);
      return header;
    });
  }

  /** The id of block 0: it names the network. */
  async genesisId(): Promise<string> {
    const question = { id_or_num: '0', detail: false };
    return this.#ask('/wallet/getblock', question, (reply) => {
      const { number, id } = readHeader(reply);
      if (number !== 0) throw new Error(`block ${number} is not 0`);
      return id;
    });
  }

  nowBlock(view: View): Promise<ChainBlock> {
    return this.#ask(`${root(view)}/getnowblock`, {}, (reply) => readBlock(reply));
  }

  /**
   * The block at a height, or null when the node has none there (yet). With `unproved` also one
   * whose transactions its header does not prove.
   */
  async blockByNumber(
    view: View,
    number: number,
    options: { readonly unproved?: boolean } = {},
  ): Promise<ChainBlock | null> {
    return this.#ask(`${root(view)}/getblockbynum`, { num: number }, (reply) => {
      if (isEmpty(reply)) return null;
      const block = readBlock(reply, options);
      if (block.number !== number) throw new Error(`block ${block.number} is not ${number}`);
      return block;
    });
  }

  /** Up to 100 blocks in order from `from` on; fewer where the node's head is lower. */
  blockRange(view: View, from: number, toExclusive: number): Promise<ChainBlock[]> {
    const end = Math.min(toExclusive, from + MAX_BLOCK_RANGE);
    const range = { startNum: from, endNum: end };
    return this.#ask(`${root(view)}/getblockbylimitnext`, range, (reply) => {
      const blocks = readBlocks(reply);
      const fits =
        blocks.length <= end - from && blocks.every(({ number }, i) => number === from + i);
      if (!fits) throw new Error('other blocks than those asked for');
      return blocks;
    });
  }

  transactionInfosOfBlock(view: View, number: number): Promise<TransactionInfo[]> {
    const path = `${root(view)}/gettransactioninfobyblocknum`;
    return this.#ask(path, { num: number }, (reply) => {
      const infos = readTransactionInfos(reply);
      if (infos.some(({ blockNumber }) => blockNumber !== number)) {
        throw new Error('transactions of another block');
      }
      return infos;
    });
  }

  /** Null when the transaction is in no block that the view has: pending ones do not count. */
  async transactionInfo(view: View, txid: string): Promise<TransactionInfo | null> {
    return this.#ask(`${root(view)}/gettransactioninfobyid`, { value: txid }, (reply) => {
      if (isEmpty(reply)) return null;
      const info = readTransactionInfo(reply);
      if (info.txid !== txid) throw new Error('another transaction');
      return info;
    });
  }

  /** Null when the address is not activated. The head view counts the node's pending pool in. */
  async account(view: View, address: Address): Promise<AccountState | null> {
    const question = { address: addressToHex(address) };
    return this.#ask(`${root(view)}/getaccount`, question, (reply) => {
      const account = readAccount(reply);
      if (account && account.address !== address) throw new Error('another account');
      return account;
    });
  }

  /** Head only; null when the address is not activated. */
  async accountResource(address: Address): Promise<AccountResource | null> {
    const question = { address: addressToHex(address) };
    return this.#ask('/wallet/getaccountresource', question, (reply) =>
      isEmpty(reply) ? null : readAccountResource(reply),
    );
  }

  delegatedResource(view: View, from: Address, to: Address): Promise<DelegatedRow[]> {
    const question = { fromAddress: addressToHex(from), toAddress: addressToHex(to) };
    return this.#ask(`${root(view)}/getdelegatedresourcev2`, question, (reply) => {
      const rows = readDelegated(reply);
      if (rows.some((row) => row.from !== from || row.to !== to)) throw new Error('another pair');
      return rows;
    });
  }

  delegatedIndex(view: View, address: Address): Promise<DelegatedIndex> {
    const question = { value: addressToHex(address) };
    const path = `${root(view)}/getdelegatedresourceaccountindexv2`;
    return this.#ask(path, question, readDelegatedIndex);
  }

  /** Sun that the chain would let the owner delegate now; 0 below 1 TRX. */
  canDelegateMaxSize(view: View, owner: Address, resource: Resource): Promise<bigint> {
    const question = { owner_address: addressToHex(owner), type: resource === 'ENERGY' ? 1 : 0 };
    return this.#ask(`${root(view)}/getcandelegatedmaxsize`, question, readMaxSize);
  }

  /**
   * Why the node would refuse a delegation of Energy at its head, in its own words; null when it
   * would not. It builds and validates one, which nobody signs or sends.
   */
  async refusalOfDelegation(wish: {
    readonly owner: Address;
    readonly receiver: Address;
    readonly sun: bigint;
    readonly permissionId: number;
  }): Promise<string | null> {
    const question = {
      owner_address: addressToHex(wish.owner),
      receiver_address: addressToHex(wish.receiver),
      balance: jsonAmount(wish.sun),
      resource: 'ENERGY',
      Permission_id: wish.permissionId,
    };
    try {
      return await this.#ask('/wallet/delegateresource', question, (reply) => {
        if (isEmpty(reply)) throw new Error('neither a transaction nor an error');
        return null;
      });
    } catch (error) {
      if (error instanceof NodeFault && error.kind === 'refused') return error.message;
      throw error;
    }
  }

  /** What a call of a contract would come to, at once and without a trace. */
  constantCall(view: View, contract: Address, owner: Address, data: string): Promise<ConstantCall> {
    const [owner_address, contract_address] = [addressToHex(owner), addressToHex(contract)];
    const path = `${root(view)}/triggerconstantcontract`;
    return this.#ask(path, { owner_address, contract_address, data }, readConstantCall);
  }

  /** Values by the names of getchainparameters. */
  chainParameters(): Promise<ReadonlyMap<string, bigint>> {
    return this.#ask('/wallet/getchainparameters', {}, readChainParameters);
  }

  /** Voting rewards that the owner could claim, in sun. */
  reward(view: View, address: Address): Promise<bigint> {
    return this.#ask(`${root(view)}/getReward`, { address: addressToHex(address) }, readReward);
  }

  /** Every witness, in the node's order. */
  witnesses(view: View): Promise<Witness[]> {
    return this.#ask(`${root(view)}/listwitnesses`, {}, readWitnesses);
  }

  /** Per cent of the rewards that a witness keeps for itself, 0 to 100. */
  brokerage(view: View, witness: Address): Promise<number> {
    const question = { address: addressToHex(witness) };
    return this.#ask(`${root(view)}/getBrokerage`, question, readBrokerage);
  }

  async #ask<T>(path: string, question: object, read: (reply: unknown) => T): Promise<T> {
    const reply = await this.#http.post(path, question);
    const error = errorIn(reply);
    if (error !== undefined) {
      const limited = error.includes('lack of computing resources');
      if (limited) this.#http.noteRateLimit?.();
      const kind = limited ? 'rate-limited' : 'refused';
      throw new NodeFault(kind, this.name, `${path}: ${error.slice(0, 300)}`);
    }
    try {
      return read(reply);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message.slice(0, 300) : 'unreadable';
      if (cause instanceof UnprovenBlock) throw new NodeFault('unproven', this.name, why, cause);
      throw new NodeFault(
        'garbage',
        this.name,
        `${path} answered what it cannot mean: ${why}`,
        cause,
      );
    }
  }
}

function root(view: View): string {
  return view === 'head' ? '/wallet' : '/walletsolidity';
}

/** Nodes take an amount as a JSON number only, which says sums up to 9 thousand million TRX exactly. */
function jsonAmount(sun: bigint): number {
  const amount = Number(sun);
  assert(Number.isSafeInteger(amount), 'an amount asked about fits a JSON number');
  return amount;
}

function errorIn(reply: unknown): string | undefined {
  return typeof reply === 'object' &&
    reply !== null &&
    'Error' in reply &&
    typeof reply.Error === 'string'
    ? reply.Error
    : undefined;
}
