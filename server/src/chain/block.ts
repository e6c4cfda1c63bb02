import type { Address } from './address.ts';
import type { Contract } from './contract.ts';
import { decodeContract, ownerHexOf, ownerOf } from './contract-codec.ts';
import { decodeRawContent, type RawContent } from './raw-data.ts';

/** Head: the node's newest block, may be forked away. Solid: final for ever, some 19 blocks older. */
export type View = 'head' | 'solid';

/** A block without what is in it. `number` is the height, `timeMs` the chain's own time. */
export interface BlockHeader {
  readonly number: number;
  /** 64 hexadecimal digits: the number in 16, then the tail of the header's hash. */
  readonly id: string;
  readonly parentId: string;
  readonly timeMs: number;
  /** Who made the block; null in the first one. An account that exists on any network. */
  readonly witness: Address | null;
}

export interface ChainBlock extends BlockHeader {
  readonly transactions: readonly ChainTransaction[];
}

/** A transaction in a block. All but `succeeded` is read from the bytes that make up its txid. */
export interface ChainTransaction {
  readonly txid: string;
  /** Place in the block, from 0. */
  readonly index: number;
  /** Name of the contract type, like `DelegateResourceContract`. */
  readonly kind: string;
  readonly owner: Address | null;
  /** The same as 42 hexadecimal digits, which cost much less: to see whom it does not concern. */
  readonly ownerHex: string | null;
  readonly permissionId: number;
  /** False only for contract calls (TVM) that were included and failed: system contracts cannot. */
  readonly succeeded: boolean;
  /** Chain time from which no block could have held it. */
  readonly expirationMs: number;
  /** What the sender wrote beside it (raw_data.data): any bytes, mostly none. */
  readonly memo: Buffer;
  /** The bytes that `value` is read from. */
  readonly parameter: Buffer;
  readonly value: Contract;
}

/**
 * Reads itself from its raw bytes, the parts as they are asked for: of most transactions of a block
 * nobody asks more than the kind.
 */
export class RawTransaction implements ChainTransaction {
  readonly txid: string;
  readonly index: number;
  readonly succeeded: boolean;
  readonly #raw: RawContent;
  #value: Contract | undefined;
  #owner: Address | null | undefined;

  /** @throws BadMessage when the bytes are no transaction */
  constructor(txid: string, index: number, succeeded: boolean, rawData: Buffer) {
    this.txid = txid;
    this.index = index;
    this.succeeded = succeeded;
    this.#raw = decodeRawContent(rawData);
  }

  get kind(): string {
    return this.#raw.type;
  }

  get permissionId(): number {
    return this.#raw.permissionId;
  }

  get expirationMs(): number {
    return this.#raw.expirationMs;
  }

  get memo(): Buffer {
    return this.#raw.memo;
  }

  get parameter(): Buffer {
    return this.#raw.parameter;
  }

  get ownerHex(): string | null {
    return ownerHexOf(this.#raw.type, this.#raw.parameter);
  }

  get owner(): Address | null {
    this.#owner ??= this.#value?.owner ?? ownerOf(this.#raw.type, this.#raw.parameter);
    return this.#owner;
  }

  /** @throws BadMessage when the chain let a contract pass that its type does not describe */
  get value(): Contract {
    this.#value ??= decodeContract(this.#raw.type, this.#raw.parameter);
    return this.#value;
  }
}
