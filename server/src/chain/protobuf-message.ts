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
  /** In the order of the bytes; messages are short, and blocks have very many of them. */
  readonly #fields: number[] = [];
  readonly #values: (bigint | Uint8Array)[] = [];

  /** @throws BadMessage when the bytes are not protobuf */
  constructor(bytes: Uint8Array) {
    try {
      const reader = new BinaryReader(bytes);
      while (reader.pos < reader.len) {
        const [field, type] = reader.tag();
        if (type === WireType.Varint) this.#add(field, BigInt(reader.int64()));
        else if (type === WireType.LengthDelimited) this.#add(field, reader.bytes());
        else reader.skip(type, field);
      }
    } catch (error) {
      throw new BadMessage('not a protobuf message', { cause: error });
    }
  }

  #add(field: number, value: bigint | Uint8Array): void {
    this.#fields.push(field);
    this.#values.push(value);
  }

  /** The last one counts, as everywhere in protobuf. */
  #last(field: number): bigint | Uint8Array | undefined {
    return this.#values[this.#fields.lastIndexOf(field)];
  }

  int(field: number): bigint {
    const value = this.#last(field);
    return typeof value === 'bigint' ? value : 0n;
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
    const value = this.#last(field);
    return value instanceof Uint8Array
      ? Buffer.from(value.buffer, value.byteOffset, value.length)
      : Buffer.alloc(0);
  }

  hex(field: number): string {
    return this.bytes(field).toString('hex');
  }

  text(field: number): string {
    return this.bytes(field).toString('utf8');
  }

  has(field: number): boolean {
    return this.#fields.includes(field);
  }

  message(field: number): Message {
    return new Message(this.bytes(field));
  }

  messages(field: number): Message[] {
    return this.#values
      .filter((value, place) => this.#fields[place] === field && value instanceof Uint8Array)
      .map((chunk) => new Message(chunk as Uint8Array));
  }
}
