import type { Field, Schema } from './schema.ts';

/** Bytes that are not the protobuf message they should be. */
export class WireError extends Error {}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

function readVarint(cursor: Cursor): bigint {
  let low = 0;
  let scale = 1;
  for (let index = 0; index < 7; index++) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) throw new WireError('truncated varint');
    low += (byte & 0x7f) * scale;
    if (byte < 0x80) return BigInt(low);
    scale *= 128;
  }
  let value = BigInt(low);
  for (let shift = 49n; shift < 70n; shift += 7n) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) throw new WireError('truncated varint');
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asIntN(64, value);
  }
  throw new WireError('malformed varint');
}

function readChunk(cursor: Cursor): Uint8Array {
  const length = Number(readVarint(cursor));
  const end = cursor.at + length;
  if (length < 0 || end > cursor.bytes.length) throw new WireError('truncated field');
  const chunk = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return chunk;
}

function hexOf(chunk: Uint8Array): string {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('hex');
}

function readValue(cursor: Cursor, field: Field<unknown>): unknown {
  switch (field.kind) {
    case 'int64':
      return readVarint(cursor);
    case 'int32':
    case 'enum':
      return Number(BigInt.asIntN(32, readVarint(cursor)));
    case 'bool':
      return readVarint(cursor) !== 0n;
    case 'bytes':
      return hexOf(readChunk(cursor));
    case 'string':
      return Buffer.from(readChunk(cursor)).toString('utf8');
    case 'message':
      return field.schema ? decode(field.schema, readChunk(cursor)) : undefined;
  }
}

function skip(cursor: Cursor, wireType: number): void {
  if (wireType === 0) readVarint(cursor);
  else if (wireType === 2) readChunk(cursor);
  else if (wireType === 1) cursor.at += 8;
  else if (wireType === 5) cursor.at += 4;
  else throw new WireError('unknown wire type');
}

/** A message with every field at its proto3 default. */
export function empty<T extends object>(schema: Schema<T>): T {
  const result: Record<string, unknown> = {};
  for (const [name, field] of schema.fields) result[name] = field.repeated ? [] : field.zero;
  return result as T;
}

/** Reads a message; unknown fields are skipped. Throws WireError on malformed bytes. */
export function decode<T extends object>(schema: Schema<T>, data: Uint8Array): T {
  const result = empty(schema) as Record<string, unknown>;
  const cursor: Cursor = { bytes: data, at: 0 };
  while (cursor.at < data.length) {
    const key = Number(readVarint(cursor));
    const wireType = key & 7;
    const entry = schema.byTag.get(key >>> 3);
    const wanted = entry && (isChunk(entry[1]) ? 2 : 0);
    if (!entry || wireType !== wanted) {
      skip(cursor, wireType);
      continue;
    }
    const [name, field] = entry;
    const value = readValue(cursor, field);
    if (field.repeated) (result[name] as unknown[]).push(value);
    else result[name] = value;
  }
  if (cursor.at !== data.length) throw new WireError('truncated message');
  return result as T;
}

function isChunk(field: Field<unknown>): boolean {
  return field.kind === 'bytes' || field.kind === 'string' || field.kind === 'message';
}

function varint(value: bigint): Uint8Array {
  let rest = BigInt.asUintN(64, value);
  const out: number[] = [];
  while (rest >= 0x80n) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Uint8Array.from(out);
}

function chunk(field: Field<unknown>, value: unknown): Uint8Array {
  if (field.kind === 'bytes') return Buffer.from(value as string, 'hex');
  if (field.kind === 'string') return Buffer.from(value as string, 'utf8');
  return field.schema ? encode(field.schema, value as object) : new Uint8Array();
}

function writeValue(parts: Uint8Array[], field: Field<unknown>, value: unknown): void {
  if (isChunk(field)) {
    const body = chunk(field, value);
    parts.push(varint(BigInt(field.tag * 8 + 2)), varint(BigInt(body.length)), body);
  } else {
    const number = typeof value === 'bigint' ? value : BigInt(Number(value));
    parts.push(varint(BigInt(field.tag * 8)), varint(number));
  }
}

/** Writes a message in the order of its tags, defaults left out, as java-tron does. */
export function encode<T extends object>(schema: Schema<T>, value: T): Buffer {
  const parts: Uint8Array[] = [];
  const record = value as Record<string, unknown>;
  for (const [name, field] of schema.fields) {
    const present = record[name];
    if (field.repeated) for (const item of present as unknown[]) writeValue(parts, field, item);
    else if (present !== field.zero && present !== undefined) writeValue(parts, field, present);
  }
  return Buffer.concat(parts);
}
