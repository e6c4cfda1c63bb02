/** How one protobuf field is written; `zero` is the proto3 default that JSON omits. */
export interface Field<T> {
  readonly tag: number;
  readonly kind: 'int64' | 'int32' | 'bool' | 'enum' | 'bytes' | 'string' | 'message';
  readonly repeated: boolean;
  readonly zero: T;
  /** Bytes that `visible: true` shows as base58check. */
  readonly address: boolean;
  readonly names: readonly (readonly [number, string])[];
  readonly schema: Schema<object> | undefined;
}

/** A protobuf message: its name and its fields in the order of their tags. */
export interface Schema<T extends object> {
  readonly name: string;
  readonly fields: readonly (readonly [string, Field<unknown>])[];
  readonly byTag: ReadonlyMap<number, readonly [string, Field<unknown>]>;
  /** Only for inference: never present at run time. */
  readonly phantom?: T;
}

/** The TypeScript shape of a schema's messages. */
export type MessageOf<S> = S extends Schema<infer T> ? T : never;

type Shape<F extends Record<string, Field<unknown>>> = {
  -readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

const plain = { repeated: false, address: false, names: [], schema: undefined } as const;

/** A signed 64-bit number, held as bigint. */
export const int64 = (tag: number): Field<bigint> => ({ ...plain, tag, kind: 'int64', zero: 0n });

/** A signed 32-bit number. */
export const int32 = (tag: number): Field<number> => ({ ...plain, tag, kind: 'int32', zero: 0 });

/** A boolean. */
export const bool = (tag: number): Field<boolean> => ({ ...plain, tag, kind: 'bool', zero: false });

/** Bytes, held as lower-case hex. */
export const bytes = (tag: number): Field<string> => ({ ...plain, tag, kind: 'bytes', zero: '' });

/** An address of 21 bytes, held as lower-case hex that starts with 41. */
export const address = (tag: number): Field<string> => ({ ...bytes(tag), address: true });

/** UTF-8 text. */
export const text = (tag: number): Field<string> => ({ ...plain, tag, kind: 'string', zero: '' });

/** An enumeration, held as its number and shown as its name. */
export const enumeration = (
  tag: number,
  names: Readonly<Record<number, string>>,
): Field<number> => ({
  ...plain,
  tag,
  kind: 'enum',
  zero: 0,
  names: Object.entries(names).map(([value, name]) => [Number(value), name] as const),
});

/** A message inside a message; absent when it was not sent. */
export const nested = <T extends object>(tag: number, schema: Schema<T>): Field<T | undefined> => ({
  ...plain,
  tag,
  kind: 'message',
  zero: undefined,
  schema: schema,
});

/** A repeated field. */
export const repeated = <T>(field: Field<T>): Field<NonNullable<T>[]> => ({
  ...field,
  repeated: true,
  zero: [],
});

/** Declares a message; `fields` must be in the order of their tags, as java-tron writes them. */
export function message<F extends Record<string, Field<unknown>>>(
  name: string,
  fields: F,
): Schema<Shape<F>> {
  const entries = Object.entries(fields);
  return {
    name,
    fields: entries,
    byTag: new Map(entries.map((entry) => [entry[1].tag, entry])),
  };
}
