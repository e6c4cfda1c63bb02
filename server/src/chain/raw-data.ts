import { hash } from 'node:crypto';
import { CONTRACT_TYPES } from './contract.ts';
import { BadMessage, Message, MessageWriter } from './protobuf-message.ts';
import { lastBytes, Scan } from './protobuf-scan.ts';

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

/** The same as {@link decodeRawBytes}, less of it and faster. @throws BadMessage */
export function decodeRawContent(bytes: Buffer): RawContent {
  return scanContent(bytes) ?? contentOf(new Message(bytes));
}

const NOTHING = Buffer.alloc(0);

/** What a usual transaction is about; null where it has a field twice, or anything else unusual. */
function scanContent(bytes: Buffer): RawContent | null {
  const raw = new Scan(bytes);
  let expirationMs: number | undefined;
  let memo: Buffer | undefined;
  let contract: Buffer | undefined;
  while (raw.next()) {
    if (raw.field === 8 && expirationMs === undefined && !raw.hasBytes) expirationMs = raw.number;
    else if (raw.field === 10 && memo === undefined && raw.hasBytes)
      memo = bytes.subarray(raw.from, raw.to);
    else if (raw.field === 11 && contract === undefined && raw.hasBytes)
      contract = bytes.subarray(raw.from, raw.to);
    else if (raw.field === 8 || raw.field === 10 || raw.field === 11) return null;
  }
  if (raw.lost || contract === undefined) return null;
  const scan = new Scan(contract);
  let typeNumber: number | undefined;
  let permissionId: number | undefined;
  let any: Buffer | undefined;
  while (scan.next()) {
    if (scan.field === 1 && typeNumber === undefined && !scan.hasBytes) typeNumber = scan.number;
    else if (scan.field === 5 && permissionId === undefined && !scan.hasBytes)
      permissionId = scan.number;
    else if (scan.field === 2 && any === undefined && scan.hasBytes)
      any = contract.subarray(scan.from, scan.to);
    else if (scan.field === 1 || scan.field === 2 || scan.field === 5) return null;
  }
  if (scan.lost) return null;
  return {
    expirationMs: expirationMs ?? 0,
    memo: memo ?? NOTHING,
    type: typeName(typeNumber ?? 0),
    parameter: (any && lastBytes(any, 2)) ?? NOTHING,
    permissionId: permissionId ?? 0,
  };
}

function typeName(typeNumber: number): string {
  return CONTRACT_TYPES.get(typeNumber) ?? `UNKNOWN_${typeNumber}`;
}

function contentOf(raw: Message): RawContent {
  const [contract, ...more] = raw.messages(11);
  if (contract === undefined || more.length > 0) {
    throw new BadMessage('a transaction has exactly one contract');
  }
  return {
    expirationMs: raw.number(8),
    memo: raw.bytes(10),
    type: typeName(contract.number(1)),
    parameter: contract.message(2).bytes(2),
    permissionId: contract.number(5),
  };
}
