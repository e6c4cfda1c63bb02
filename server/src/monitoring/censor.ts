const REDACTED = '[redacted]';

/** Names whose values are never written, whatever they are part of: `privateKey`, `x-csrf-token`. */
const SECRET_NAME =
  /pass(word|wd|phrase)|secret|token|private_?key|api_?key|authorization|cookie|csrf|identity|mnemonic|seed|sealed|signed_?hex|^key$|_key$|Key$/i;
/** Names that look like one of those and are none. */
const HARMLESS_NAME = /^(idempotencyKey|idempotency_key|keyPrefix|key_prefix|tokens|settingKey)$/;

/** Shapes of secrets, wherever they stand in a line. */
const SECRET_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/AGE-SECRET-KEY-1[0-9A-Z]+/gi, REDACTED],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  // API keys keep the part that people recognise them by.
  [/\b(edk_[0-9a-f]{8})_[\w-]+/g, `$1_${REDACTED}`],
  // The password of an address: postgres://user:password@host
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*):[^\s@"]+@/gi, `$1:${REDACTED}@`],
  [/\$argon2\w*\$[\w$=,+/.-]+/g, REDACTED],
];

const DEEPEST = 6;
const MOST_ITEMS = 50;
const LONGEST = 8_000;

/** A copy fit for the log: secrets by name taken out, errors cut down to what tells about them. */
export function censor(object: Record<string, unknown>): Record<string, unknown> {
  return censorFields(object, 0);
}

/** A line without anything that has the shape of a secret. */
export function scrub(line: string): string {
  let clean = line;
  for (const [shape, instead] of SECRET_SHAPES) clean = clean.replace(shape, instead);
  return clean;
}

function censorFields(object: object, depth: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(object)) {
    const secret = SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
    fields[name] = secret ? REDACTED : censorValue(value, depth + 1);
  }
  return fields;
}

function censorValue(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'string':
      return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
    case 'function':
    case 'symbol':
      return undefined;
    case 'object':
      break;
    default:
      return value;
  }
  if (value === null || value instanceof Date) return value;
  if (value instanceof Error) return censorError(value, depth);
  if (depth >= DEEPEST) return '[deeper]';
  // Bytes may be keys.
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) {
    return value.slice(0, MOST_ITEMS).map((item) => censorValue(item, depth + 1));
  }
  return censorFields(value, depth);
}

/** Drivers hang requests, settings and whole sockets on their errors: only these fields are kept. */
function censorError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  const constraint = 'constraint' in error ? error.constraint : undefined;
  return {
    type: name,
    message,
    stack,
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(cause instanceof Error && depth < DEEPEST && { cause: censorError(cause, depth + 1) }),
  };
}
