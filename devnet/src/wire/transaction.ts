import { hash } from 'node:crypto';
import { decode, encode, WireError } from './codec.ts';
import { isRecord, ParseError, parseMessage, printMessage } from './json.ts';
import {
  contractEnvelope,
  contractName,
  contractResult,
  contracts,
  contractSchema,
  rawTransaction,
  transactionEnvelope,
} from './messages.ts';
import type { ContractCall, ContractName, RawTransaction } from './messages.ts';

/** A transaction read from the wire, immutable. */
export interface Transaction {
  /** sha256 of the raw bytes, hex. */
  readonly txid: string;
  readonly rawHex: string;
  readonly raw: RawTransaction;
  readonly call: ContractCall;
  readonly owner: string;
  readonly permissionId: number;
  readonly signatures: readonly string[];
  /** Bytes of the whole transaction without `ret`. */
  readonly size: number;
  /** ms */
  readonly expiration: number;
}

function callOf(raw: RawTransaction): { call: ContractCall; permissionId: number } {
  const contract = raw.contract[0];
  if (raw.contract.length !== 1 || !contract) throw new WireError('miss sig or contract');
  const name = contractName(contract.type);
  if (name === undefined) throw new WireError(`contract type ${contract.type} is not supported`);
  const value = decode(contractSchema(name), Buffer.from(contract.parameter?.value ?? '', 'hex'));
  return { call: { name, value } as ContractCall, permissionId: contract.Permission_id };
}

function chunkSize(length: number): number {
  return 1 + (length < 128 ? 1 : length < 16384 ? 2 : 3) + length;
}

/** Reads raw bytes and signatures into a transaction. Throws WireError. */
export function transactionFrom(rawHex: string, signatures: readonly string[]): Transaction {
  const bytes = Buffer.from(rawHex, 'hex');
  const raw = decode(rawTransaction, bytes);
  const { call, permissionId } = callOf(raw);
  let size = chunkSize(bytes.length);
  for (const signature of signatures) size += chunkSize(signature.length / 2);
  return {
    txid: hash('sha256', bytes, 'hex'),
    rawHex,
    raw,
    call,
    owner: call.value.owner_address,
    permissionId,
    signatures,
    size,
    expiration: Number(raw.expiration),
  };
}

/** Reads a whole transaction's protobuf. Throws WireError. */
export function decodeTransaction(data: Uint8Array): Transaction {
  const envelope = decode(transactionEnvelope, data);
  return transactionFrom(envelope.raw_data, envelope.signature);
}

/** The whole transaction's protobuf; in a block with the contractRet that it got there. */
export function encodeTransaction(transaction: Transaction, result?: string): Buffer {
  return encode(transactionEnvelope, {
    raw_data: transaction.rawHex,
    signature: [...transaction.signatures],
    ret: result === undefined ? [] : [{ contractRet: contractResult(result) }],
  });
}

/** What a builder decides about a transaction besides its contract. */
export interface RawOptions {
  readonly refBlockBytes: string;
  readonly refBlockHash: string;
  readonly expiration: number;
  readonly timestamp: number;
  readonly permissionId?: number;
  readonly feeLimit?: bigint;
  readonly memoHex?: string;
}

/** Builds an unsigned transaction. */
export function buildTransaction(call: ContractCall, options: RawOptions): Transaction {
  const value = encode(contractSchema(call.name), call.value).toString('hex');
  const raw: RawTransaction = {
    ref_block_bytes: options.refBlockBytes,
    ref_block_num: 0n,
    ref_block_hash: options.refBlockHash,
    expiration: BigInt(options.expiration),
    data: options.memoHex ?? '',
    contract: [
      {
        type: contracts[call.name].type,
        parameter: { type_url: `type.googleapis.com/protocol.${call.name}`, value },
        provider: '',
        ContractName: '',
        Permission_id: options.permissionId ?? 0,
      },
    ],
    scripts: '',
    timestamp: BigInt(options.timestamp),
    fee_limit: options.feeLimit ?? 0n,
  };
  return transactionFrom(encode(rawTransaction, raw).toString('hex'), []);
}

function printRaw(transaction: Transaction, visible: boolean): string {
  const { call, permissionId } = transaction;
  const value = printMessage(contractSchema(call.name), call.value, visible);
  const permission = permissionId === 0 ? '' : `,"Permission_id":${permissionId}`;
  const contract =
    `[{"parameter":{"value":${value},"type_url":"type.googleapis.com/protocol.${call.name}"},` +
    `"type":"${call.name}"${permission}}]`;
  const rest = printMessage(rawTransaction, { ...transaction.raw, contract: [] }, visible);
  return `{"contract":${contract}${rest === '{}' ? '}' : `,${rest.slice(1)}`}`;
}

/** JSON as a node shows it; `result` is the contractRet of a pending or included transaction. */
export function printTransaction(
  transaction: Transaction,
  visible: boolean,
  result: string | undefined,
  withVisible = false,
): string {
  const parts: string[] = [];
  if (withVisible) parts.push(`"visible":${visible}`);
  if (result !== undefined) parts.push(`"ret":[{"contractRet":"${result}"}]`);
  if (transaction.signatures.length > 0) {
    parts.push(`"signature":${JSON.stringify(transaction.signatures)}`);
  }
  parts.push(`"txID":"${transaction.txid}"`, `"raw_data":${printRaw(transaction, visible)}`);
  parts.push(`"raw_data_hex":"${transaction.rawHex}"`);
  return `{${parts.join(',')}}`;
}

function parseContract(json: unknown, visible: boolean): RawTransaction['contract'][number] {
  if (!isRecord(json) || !isRecord(json['parameter'])) throw new ParseError('null');
  const name = json['type'];
  if (typeof name !== 'string' || !Object.hasOwn(contracts, name)) throw new ParseError('null');
  const schema = contractSchema(name as ContractName);
  const value = parseMessage(schema, json['parameter']['value'], visible);
  const shell = parseMessage(contractEnvelope, { Permission_id: json['Permission_id'] }, visible);
  return {
    ...shell,
    type: contracts[name as ContractName].type,
    parameter: {
      type_url: `type.googleapis.com/protocol.${name}`,
      value: encode(schema, value).toString('hex'),
    },
  };
}

/**
 * Reads a transaction from JSON as broadcasttransaction does: raw_data is serialised anew,
 * raw_data_hex and txID are ignored. Throws ParseError or WireError.
 */
export function parseTransaction(json: unknown, visible: boolean): Transaction {
  if (!isRecord(json) || !isRecord(json['raw_data'])) throw new ParseError('null');
  const rawJson = json['raw_data'];
  const list = rawJson['contract'];
  if (!Array.isArray(list)) throw new ParseError('null');
  const raw = parseMessage(rawTransaction, { ...rawJson, contract: undefined }, visible);
  raw.contract = list.map((contract: unknown) => parseContract(contract, visible));
  const signatures = Array.isArray(json['signature']) ? json['signature'] : [];
  return transactionFrom(
    encode(rawTransaction, raw).toString('hex'),
    signatures.map((signature: unknown) => String(signature).toLowerCase().replace(/^0x/, '')),
  );
}
