import { hash } from 'node:crypto';
import { sign } from '../crypto/keys.ts';
import { toBase58 } from '../wire/address.ts';
import { encode } from '../wire/codec.ts';
import { printMessage } from '../wire/json.ts';
import { rawHeader } from '../wire/messages.ts';
import { decodeTransaction, encodeTransaction, printTransaction } from '../wire/transaction.ts';
import type { Transaction } from '../wire/transaction.ts';
import { witnessKeys } from './genesis.ts';
import type { Operation } from './operation.ts';

/** A block's identity and place. */
export interface BlockHeader {
  readonly number: number;
  readonly id: string;
  readonly parentId: string;
  /** ms; 0 for genesis */
  readonly timestamp: number;
  readonly witness: string;
  readonly root: string;
}

const blockVersion = 31;

function rawHeaderOf(header: Omit<BlockHeader, 'id'>): Buffer {
  return encode(rawHeader, {
    timestamp: BigInt(header.timestamp),
    txTrieRoot: header.root,
    parentHash: header.parentId,
    number: BigInt(header.number),
    witness_id: 0n,
    witness_address: header.witness,
    version: blockVersion,
  });
}

/** Completes a header: its id is the number and the end of the hash of its content. */
export function sealHeader(header: Omit<BlockHeader, 'id'>): BlockHeader {
  const digest = hash('sha256', rawHeaderOf(header), 'hex');
  const id = header.number.toString(16).padStart(16, '0') + digest.slice(16);
  return { ...header, id };
}

/** Block 0: the same on every local network, as a chain id should be. */
export function genesisHeader(): BlockHeader {
  return sealHeader({
    number: 0,
    parentId: 'e58f33f9baf9305dc6f82b9f1934ea8f0ade2defb951258d50167028c780351f',
    timestamp: 0,
    witness: '',
    root: '0'.repeat(64),
  });
}

/**
 * Merkle root over whole transactions, signatures and results included, as java-tron's
 * BlockCapsule.calcMerkleRoot makes it: an odd one is carried up. Zeros when there are none.
 */
export function merkleRoot(
  transactions: readonly Transaction[],
  results: readonly string[],
): string {
  let level: Uint8Array[] = transactions.map((entry, position) =>
    hash('sha256', encodeTransaction(entry, results[position]), 'buffer'),
  );
  if (level.length === 0) return '0'.repeat(64);
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const left = level[index] ?? new Uint8Array();
      const right = level[index + 1];
      next.push(right ? hash('sha256', Buffer.concat([left, right]), 'buffer') : left);
    }
    level = next;
  }
  return Buffer.from(level[0] ?? new Uint8Array(32)).toString('hex');
}

/** The content of a block as it was executed. */
export interface BlockBody {
  readonly transactions: readonly Transaction[];
  /** contractRet of each transaction. */
  readonly results: readonly string[];
  /** Transaction infos as JSON with hex addresses, in the order of the transactions. */
  readonly infos: readonly string[];
  readonly operations: readonly Operation[];
}

/** A body as the archive keeps it. */
export interface StoredBody {
  readonly transactions: readonly Uint8Array[];
  readonly results: readonly string[];
  readonly operations: readonly Operation[];
}

/** JSON as text, or as UTF-8 when it comes out of the archive. */
export type Text = string | Uint8Array;

/** An archived block's parts, each read when it is asked for: the JSON of a full block is large. */
export interface BlockParts {
  body(): StoredBody;
  /** The block's JSON with hex addresses, as bytes that go to the socket as they are. */
  json(): Uint8Array;
  infos(): Uint8Array;
}

/** One block; its JSON is made or read when first asked for. */
export class Block {
  readonly header: BlockHeader;
  private readonly body: BlockBody | undefined;
  private readonly parts: BlockParts | undefined;
  private cachedStored: StoredBody | undefined;
  private rendered: Text | undefined;
  private signed: string | undefined;

  private constructor(header: BlockHeader, body?: BlockBody, parts?: BlockParts) {
    this.header = header;
    this.body = body;
    this.parts = parts;
  }

  /** A block just executed; `signed`: whether its header will carry its witness's signature. */
  static executed(header: BlockHeader, body: BlockBody, signed = true): Block {
    const block = new Block(header, body);
    if (!signed) block.signed = '';
    return block;
  }

  /** A block without content. */
  static empty(header: BlockHeader): Block {
    return new Block(header, { transactions: [], results: [], infos: [], operations: [] });
  }

  /** A block out of the archive. */
  static stored(header: BlockHeader, parts: BlockParts): Block {
    return new Block(header, undefined, parts);
  }

  private get stored(): StoredBody | undefined {
    this.cachedStored ??= this.parts?.body();
    return this.cachedStored;
  }

  /** This block with its body read: needed before the archive forgets it. */
  loaded(): this {
    this.cachedStored = this.stored;
    return this;
  }

  get operations(): readonly Operation[] {
    return this.body?.operations ?? this.stored?.operations ?? [];
  }

  get results(): readonly string[] {
    return this.body?.results ?? this.stored?.results ?? [];
  }

  get transactions(): readonly Transaction[] {
    return this.body?.transactions ?? this.stored?.transactions.map(decodeTransaction) ?? [];
  }

  /** The body in the archive's form. */
  toStored(): StoredBody {
    if (this.stored) return this.stored;
    const transactions = this.transactions.map((transaction) => encodeTransaction(transaction));
    return { transactions, results: this.results, operations: this.operations };
  }

  /** gettransactioninfobyblocknum's answer, hex addresses. */
  get infosJson(): Text {
    return this.parts?.infos() ?? `[${(this.body?.infos ?? []).join(',\n')}]`;
  }

  /** One transaction's info, hex addresses. */
  infoJson(position: number): string {
    if (this.body) return this.body.infos[position] ?? '{}';
    return textOf(this.infosJson).slice(1, -1).split(',\n')[position] ?? '{}';
  }

  /** One transaction as a node shows it. */
  transactionJson(position: number, visible: boolean): string {
    const bytes = this.stored?.transactions[position];
    const transaction = this.body?.transactions[position] ?? (bytes && decodeTransaction(bytes));
    if (!transaction) return '{}';
    return printTransaction(transaction, visible, this.results[position] ?? 'SUCCESS');
  }

  /** The whole block as a node shows it. */
  json(visible: boolean): Text {
    if (visible) return this.render(true);
    this.rendered ??= this.parts?.json() ?? this.render(false);
    return this.rendered;
  }

  private render(visible: boolean): string {
    const header = this.headerJson(visible);
    if (this.transactions.length === 0) return header;
    const list = this.transactions.map((transaction, position) =>
      printTransaction(transaction, visible, this.results[position] ?? 'SUCCESS'),
    );
    return `${header.slice(0, -1)},"transactions":[${list.join(',')}]}`;
  }

  /** Id and header only, as getblock without detail shows it. */
  headerJson(visible: boolean): string {
    const { header } = this;
    const signature = this.signature();
    const rawJson = printMessage(
      rawHeader,
      {
        timestamp: BigInt(header.timestamp),
        txTrieRoot: header.root,
        parentHash: header.parentId,
        number: BigInt(header.number),
        witness_id: 0n,
        witness_address: header.witness === '' ? '' : header.witness,
        version: blockVersion,
      },
      visible,
    );
    const signed = signature === '' ? '' : `,"witness_signature":"${signature}"`;
    return `{"blockID":"${header.id}","block_header":{"raw_data":${rawJson}${signed}}}`;
  }

  /** The witness's, made once: headers are asked for all the time. Empty for the first block. */
  private signature(): string {
    if (this.signed === undefined) {
      const key = witnessKeys().get(this.header.witness);
      this.signed = key === undefined ? '' : sign(key, rawHeaderOf(this.header));
    }
    return this.signed;
  }
}

/** JSON as text. */
export function textOf(json: Text): string {
  return typeof json === 'string'
    ? json
    : Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8');
}

/** Base58 or hex, as the caller wants to see it. */
export function shownAddress(hexAddress: string, visible: boolean): string {
  return visible ? toBase58(hexAddress) : hexAddress;
}
