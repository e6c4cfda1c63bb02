const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const VALUES = new Map(Array.from(ALPHABET, (letter, value) => [letter, value]));

/** Eight digits at a time fit a double exactly (58⁸ < 2⁵³). */
const CHUNK_DIGITS = 8;
const CHUNK_SCALE = 58 ** CHUNK_DIGITS;
const CHUNK = BigInt(CHUNK_SCALE);

/** Bytes in base58, leading zero bytes as leading ones. Written here because blocks need it fast. */
export function encodeBase58(bytes: Buffer): string {
  let rest = bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  while (rest > 0n) {
    let chunk = Number(rest % CHUNK);
    rest /= CHUNK;
    for (let digit = 0; digit < CHUNK_DIGITS && (rest > 0n || chunk > 0); digit += 1) {
      text = ALPHABET.charAt(chunk % 58) + text;
      chunk = Math.floor(chunk / 58);
    }
  }
  for (const byte of bytes) {
    if (byte !== 0) break;
    text = `1${text}`;
  }
  return text;
}

/** The bytes of a base58 text, or the first letter that is none of base58's. */
export function decodeBase58(text: string): Buffer | { readonly badLetter: string } {
  let value = 0n;
  let chunk = 0;
  let scale = 1;
  for (const letter of text) {
    const digit = VALUES.get(letter);
    if (digit === undefined) return { badLetter: letter };
    chunk = chunk * 58 + digit;
    scale *= 58;
    if (scale !== CHUNK_SCALE) continue;
    value = value * CHUNK + BigInt(chunk);
    chunk = 0;
    scale = 1;
  }
  value = value * BigInt(scale) + BigInt(chunk);
  const hex = value === 0n ? '' : value.toString(16);
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  return Buffer.concat([
    Buffer.alloc(zeros),
    Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'),
  ]);
}
