import 'reflect-metadata';
import { GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { BadInput, DomainError } from '../kernel/domain-error.ts';
import { assert } from '../kernel/assert.ts';
import { formatAmount, MAX_MICROS, parseAmount } from '../kernel/money.ts';
import { parseAddress } from '../chain/address.ts';

/** Energy beyond what can be meant at all. */
export class EnergyOutOfRange extends DomainError {
  readonly code = 'ENERGY_OUT_OF_RANGE';
}

interface TextScalar<T> {
  readonly name: string;
  readonly description: string;
  readonly parse: (text: string) => T;
  readonly serialize: (value: unknown) => string;
  /** What to write instead of a value that is no string. */
  readonly remedy: string;
  /** Whole numbers may be written without quotes; they are exact up to 2⁵³. */
  readonly integersToo?: boolean;
}

/** A scalar that is a string in every answer. */
function textScalar<T>(options: TextScalar<T>): GraphQLScalarType<T, string> {
  const bad = (): BadInput => new BadInput(options.remedy);
  return new GraphQLScalarType<T, string>({
    name: options.name,
    description: options.description,
    serialize: options.serialize,
    parseValue(value) {
      if (typeof value === 'string') return options.parse(value);
      if (options.integersToo === true && Number.isSafeInteger(value)) {
        return options.parse(String(value));
      }
      throw bad();
    },
    parseLiteral(node: ValueNode) {
      if (node.kind === Kind.STRING) return options.parse(node.value);
      if (options.integersToo === true && node.kind === Kind.INT) return options.parse(node.value);
      throw bad();
    },
  });
}

const digits = (value: unknown): string => {
  assert(typeof value === 'bigint', 'whole units are bigints inside');
  return value.toString();
};

const ISO_8601 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const DATE_REMEDY =
  'Write a time as ISO 8601 with its zone, like "2026-11-22T08:30:00Z" or "2026-11-22T16:30:00+08:00".';

export const DateTime = textScalar<Date>({
  name: 'DateTime',
  description: 'A moment as ISO 8601 in UTC: "2026-11-22T08:30:00.000Z". Input may have any zone.',
  remedy: DATE_REMEDY,
  parse(text) {
    const date = new Date(text);
    if (!ISO_8601.test(text) || Number.isNaN(date.getTime())) throw new BadInput(DATE_REMEDY);
    return date;
  },
  serialize(value) {
    assert(value instanceof Date, 'a DateTime is a Date inside');
    return value.toISOString();
  },
});

export const Amount = textScalar<bigint>({
  name: 'Amount',
  description:
    'An amount of TRX or USDT as a decimal string with at most six places: "4.225". Never a number.',
  remedy: 'Write the amount as a string in quotes, like "12.5", so that no digit is lost.',
  parse(text) {
    const micros = parseAmount(text);
    if (micros > MAX_MICROS || -micros > MAX_MICROS) {
      throw new BadInput('The amount is too large: at most 9223372036854.775807.');
    }
    return micros;
  },
  serialize(value) {
    assert(typeof value === 'bigint', 'an Amount is micro-units inside');
    return formatAmount(value);
  },
});

export const Energy = textScalar<bigint>({
  name: 'Energy',
  description: 'Whole units of Energy as a decimal string: "65000".',
  remedy: 'Write the Energy in whole units, like "65000".',
  integersToo: true,
  parse(text) {
    if (!/^-?\d{1,30}$/.test(text)) {
      throw new BadInput('Write the Energy in whole units, like "65000".');
    }
    const energy = BigInt(text);
    if (energy <= 0n || energy > MAX_MICROS) {
      throw new EnergyOutOfRange('The Energy must be at least 1 and at most what the pool holds.');
    }
    return energy;
  },
  serialize: digits,
});

export const Sun = textScalar<bigint>({
  name: 'Sun',
  description: 'Whole sun as a decimal string: "1000000" is one TRX. Exact, for stakes.',
  remedy: 'Write whole sun as a string in quotes, like "1000000".',
  parse(text) {
    if (!/^\d{1,18}$/.test(text)) {
      throw new BadInput('Write whole sun as a string in quotes, like "1000000".');
    }
    return BigInt(text);
  },
  serialize: digits,
});

export const AddressScalar = textScalar<string>({
  name: 'Address',
  description: 'A TRON address in its base58check form: 34 characters that begin with T.',
  remedy: 'Write the address as a string that begins with T.',
  parse: (text) => parseAddress(text.trim()),
  serialize: String,
});

export const Txid = textScalar<string>({
  name: 'Txid',
  description: 'The id of a transaction on chain: 64 lower-case hexadecimal digits.',
  remedy: 'Write the transaction id as a string of 64 hexadecimal digits.',
  parse(text) {
    if (!/^[0-9a-fA-F]{64}$/.test(text)) {
      throw new BadInput('Write the transaction id as 64 hexadecimal digits.');
    }
    return text.toLowerCase();
  },
  serialize: String,
});

export const Json = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value. Amounts within are decimal strings.',
  serialize: (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? String(one) : one)),
    ),
  parseValue: (value: unknown) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
