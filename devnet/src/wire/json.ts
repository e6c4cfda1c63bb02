import { toBase58, fromBase58 } from './address.ts';
import { empty } from './codec.ts';
import type { Field, Schema } from './schema.ts';

function printValue(field: Field<unknown>, value: unknown, visible: boolean): string {
  switch (field.kind) {
    case 'int64':
    case 'int32':
    case 'bool':
      return String(value);
    case 'enum':
      return JSON.stringify(field.names.find(([number]) => number === value)?.[1] ?? value);
    case 'bytes':
      return `"${visible && field.address ? toBase58(value as string) : (value as string)}"`;
    case 'string':
      return JSON.stringify(value);
    case 'message':
      return field.schema ? printMessage(field.schema, value as object, visible) : '{}';
  }
}

/** Prints a message as java-tron's JsonFormat does: every proto3 default is left out. */
export function printMessage<T extends object>(
  schema: Schema<T>,
  value: T,
  visible: boolean,
): string {
  const record = value as Record<string, unknown>;
  const parts: string[] = [];
  for (const [name, field] of schema.fields) {
    const present = record[name];
    if (field.repeated) {
      const items = present as unknown[];
      if (items.length === 0) continue;
      parts.push(`"${name}":[${items.map((item) => printValue(field, item, visible)).join(',')}]`);
    } else if (present !== field.zero && present !== undefined) {
      parts.push(`"${name}":${printValue(field, present, visible)}`);
    }
  }
  return `{${parts.join(',')}}`;
}

/** A JSON request that does not fit the message; its text goes to the caller as java-tron's. */
export class ParseError extends Error {}

/** A whole number given as JSON number or text. Throws ParseError. */
export function wholeNumber(value: unknown, name: string): bigint {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  if (typeof value === 'string' && /^-?\d{1,30}$/.test(value)) return BigInt(value);
  throw new ParseError(`Invalid ${name}: expected a whole number`);
}

function parseBytes(field: Field<unknown>, value: unknown, name: string, visible: boolean): string {
  if (typeof value !== 'string') throw new ParseError(`INVALID hex String, ${name}`);
  if (visible && field.address) {
    const decoded = fromBase58(value);
    if (decoded === undefined) throw new ParseError(`INVALID base58 String, ${value}`);
    return decoded;
  }
  const hex = value.toLowerCase().replace(/^0x/, '');
  if (!/^([0-9a-f]{2})*$/.test(hex)) throw new ParseError(`INVALID hex String, ${name}`);
  return hex;
}

function parseValue(
  field: Field<unknown>,
  value: unknown,
  name: string,
  visible: boolean,
): unknown {
  switch (field.kind) {
    case 'int64':
      return BigInt.asIntN(64, wholeNumber(value, name));
    case 'int32':
      return Number(BigInt.asIntN(32, wholeNumber(value, name)));
    case 'bool':
      return value === true || value === 'true';
    case 'enum': {
      const found = field.names.find(([number, label]) => value === number || value === label);
      if (!found) throw new ParseError(`INVALID enum value, ${name}`);
      return found[0];
    }
    case 'bytes':
      return parseBytes(field, value, name, visible);
    case 'string':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'message':
      return field.schema ? parseMessage(field.schema, value, visible) : undefined;
  }
}

/** Whether a JSON value is an object (not a list, not null). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a message from JSON; unknown names are ignored, as java-tron does. Throws ParseError. */
export function parseMessage<T extends object>(
  schema: Schema<T>,
  json: unknown,
  visible: boolean,
): T {
  if (!isRecord(json)) throw new ParseError(`${schema.name} must be an object`);
  const result = empty(schema) as Record<string, unknown>;
  for (const [name, field] of schema.fields) {
    const given = json[name];
    if (given === undefined || given === null) continue;
    if (!field.repeated) {
      result[name] = parseValue(field, given, name, visible);
    } else {
      const items = Array.isArray(given) ? given : [given];
      result[name] = items.map((item: unknown) => parseValue(field, item, name, visible));
    }
  }
  return result as T;
}
