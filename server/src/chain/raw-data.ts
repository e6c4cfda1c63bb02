import { hash } from 'node:crypto';
import { CONTRACT_TYPES } from './contract.ts';
import { BadMessage, Message, MessageWriter } from './protobuf-message.ts';

/** The signed part of a transaction (Transaction.raw) with its one contract still in bytes. */
export interface RawData {
  /** Hexadecimal: bytes 6 and 7 of the reference block's number. */
  readonly refBlockBytes: string;
  /** Hexadecimal: bytes 8 to 15 of the reference block's id. */
  readonly refBlockHash: string;
  readonly expirationMs: number;
  readonly timestampMs: number;
  readonly feeLimitSun: bigint;
  readonly memo: Buffer;
  /** Name of the contract type; `UNKNOWN_<number>` for one that is newer than this program. */
  readonly type: string;
  readonly parameter: Buffer;
  readonly permissionId: number;
}

/** The txid: SHA-256 of the raw data, which the signatures are not part of. */
export function txidOf(rawData: Uint8Array): string {
  return hash('sha256', rawData, 'hex');
}

/** The bytes of raw data with one contract of the given type number. */
export function encodeRawData(raw: RawData, typeNumber: number): Buffer {
  const any = new MessageWriter()
    .text(1, `type.googleapis.com/protocol.${raw.type}`)
    .bytes(2, raw.parameter)
    .finish();
  const contract = new MessageWriter()
    .int(1, typeNumber)
    .message(2, any)
    .int(5, raw.permissionId)
    .finish();
  return new MessageWriter()
    .bytes(1, Buffer.from(raw.refBlockBytes, 'hex'))
    .bytes(4, Buffer.from(raw.refBlockHash, 'hex'))
    .int(8, raw.expirationMs)
    .bytes(10, raw.memo)
    .message(11, contract)
    .int(14, raw.timestampMs)
    .int(18, raw.feeLimitSun)
    .finish();
}

/** Reads raw data. @throws BadMessage when it is not a transaction of exactly one contract */
export function decodeRawBytes(bytes: Uint8Array): RawData {
  const raw = new Message(bytes);
  return {
    refBlockBytes: raw.hex(1),
    refBlockHash: raw.hex(4),
    timestampMs: raw.number(14),
    feeLimitSun: raw.int(18),
    ...contentOf(raw),
  };
}

/** What a transaction in a block is about; the rest of its raw data is of no more use there. */
export type RawContent = Pick<
  RawData,
  'type' | 'parameter' | 'permissionId' | 'expirationMs' | 'memo'
>;

/** The same as {@link decodeRawBytes}, less of it. @throws BadMessage */
export function decodeRawContent(bytes: Uint8Array): RawContent {
  return contentOf(new Message(bytes));
}

function contentOf(raw: Message): RawContent {
  const [contract, ...more] = raw.messages(11);
  if (contract === undefined || more.length > 0) {
    throw new BadMessage('a transaction has exactly one contract');
  }
  const typeNumber = contract.number(1);
  return {
    expirationMs: raw.number(8),
    memo: raw.bytes(10),
    type: CONTRACT_TYPES.get(typeNumber) ?? `UNKNOWN_${typeNumber}`,
    parameter: contract.message(2).bytes(2),
    permissionId: contract.number(5),
  };
}
