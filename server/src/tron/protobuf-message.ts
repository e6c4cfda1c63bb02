import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/**
 * Writes one protobuf message, fields in the order of the calls. Default values (0, empty) are left
 * out, as proto3 wants it: only so are the bytes, and with them the txid, the chain's own.
 */
export class MessageWriter {
  readonly #writer = new BinaryWriter();

  int(field: number, value: bigint | number): this {
    if (BigInt(value) !== 0n) this.#writer.tag(field, WireType.Varint).int64(value);
    return this;
  }

  bool(field: number, value: boolean): this {
    return this.int(field, value ? 1 : 0);
  }

  bytes(field: number, value: Uint8Array): this {
    if (value.length > 0) this.#writer.tag(field, WireType.LengthDelimited).bytes(value);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, Buffer.from(value, 'utf8'));
  }

  /** A message inside, written even when it is empty: its presence is information. */
  message(field: number, value: Uint8Array): this {
    this.#writer.tag(field, WireType.LengthDelimited).bytes(value);
    return this;
  }

  finish(): Buffer {
    return Buffer.from(this.#writer.finish());
  }
}

/** The bytes are no message of the expected shape. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage';
}

/** The fields of one message by number, each read as what it is; absent ones are the default. */
export class Message {
  readonly #varints = new Map<number, bigint>();
  readonly #chunks = new Map<number, Uint8Array[]>();

  /** @throws BadMessage when the bytes are not protobuf */
  constructor(bytes: Uint8Array) {
    try {
      const reader = new BinaryReader(bytes);
      while (reader.pos < reader.len) {
        const [field, type] = reader.tag();
        if (type === WireType.Varint) this.#varints.set(field, BigInt(reader.int64()));
        else if (type === WireType.LengthDelimited) this.#add(field, reader.bytes());
        else reader.skip(type, field);
      }
    } catch (error) {
      throw new BadMessage('not a protobuf message', { cause: error });
    }
  }

  #add(field: number, chunk: Uint8Array): void {
    const chunks = this.#chunks.get(field);
    if (chunks === undefined) this.#chunks.set(field, [chunk]);
    else chunks.push(chunk);
  }

  /** Every field number that occurs. */
  fields(): number[] {
    return [...this.#varints.keys(), ...this.#chunks.keys()];
  }

  int(field: number): bigint {
    return this.#varints.get(field) ?? 0n;
  }

  number(field: number): number {
    const value = Number(this.int(field));
    if (!Number.isSafeInteger(value)) throw new BadMessage(`field ${field} is out of range`);
    return value;
  }

  bool(field: number): boolean {
    return this.int(field) !== 0n;
  }

  bytes(field: number): Buffer {
    const last = this.#chunks.get(field)?.at(-1);
    return last === undefined
      ? Buffer.alloc(0)
      : Buffer.from(last.buffer, last.byteOffset, last.length);
  }

  hex(field: number): string {
    return this.bytes(field).toString('hex');
  }

  text(field: number): string {
    return this.bytes(field).toString('utf8');
  }

  has(field: number): boolean {
    return this.#chunks.has(field) || this.#varints.has(field);
  }

  message(field: number): Message {
    return new Message(this.bytes(field));
  }

  messages(field: number): Message[] {
    return (this.#chunks.get(field) ?? []).map((chunk) => new Message(chunk));
  }
}
