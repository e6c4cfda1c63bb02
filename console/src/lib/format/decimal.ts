/** One thin space between groups of three digits. */
export const thinSpace = '\u2009';

const shape = /^([+-]?)(\d+)(?:\.(\d+))?$/;
const micro = 1_000_000n;

/** Writes the digits of a whole number in groups of three, from the right. */
export function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, thinSpace);
}

/**
 * Writes a decimal string for people: grouped, with a true minus sign, trailing zeros dropped, or
 * kept to at least `places`. The value never becomes a floating-point number; text that is not a
 * decimal comes back as it is.
 */
export function formatDecimal(
  text: string,
  options: { places?: number; plus?: boolean } = {},
): string {
  const match = shape.exec(text.trim());
  if (match === null) return text;
  const [, sign = '', whole = '0', fraction = ''] = match;
  const kept = fraction.replace(/0+$/, '').padEnd(options.places ?? 0, '0');
  const isZero = !/[1-9]/.test(whole + fraction);
  const shownSign = sign === '-' && !isZero ? '−' : options.plus === true && !isZero ? '+' : '';
  const shownWhole = groupDigits(whole.replace(/^0+(?=\d)/, ''));
  return `${shownSign}${shownWhole}${kept === '' ? '' : `.${kept}`}`;
}

/** Reads an amount of at most six places as millionths; undefined when it is not one. */
export function parseMicro(text: string): bigint | undefined {
  const match = shape.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = '', whole = '0', fraction = ''] = match;
  if (fraction.length > 6) return undefined;
  const value = BigInt(whole) * micro + BigInt(fraction.padEnd(6, '0'));
  return sign === '-' ? -value : value;
}

/** Millionths as a decimal string without trailing zeros, as the API writes amounts. */
export function fromMicro(value: bigint): string {
  const magnitude = value < 0n ? -value : value;
  const fraction = (magnitude % micro).toString().padStart(6, '0').replace(/0+$/, '');
  const whole = (magnitude / micro).toString();
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Sun (whole, as a decimal string) as TRX; text that is not whole comes back as it is. */
export function sunToTrx(sun: string): string {
  return /^-?\d+$/.test(sun) ? fromMicro(BigInt(sun)) : sun;
}

/** The exact sum of amounts of at most six places; what is not an amount is left out. */
export function sumAmounts(amounts: readonly string[]): string {
  return fromMicro(amounts.reduce((sum, amount) => sum + (parseMicro(amount) ?? 0n), 0n));
}

/** `part` of `whole` between 0 and 1, for lengths on the screen; 0 when there is no whole. */
export function share(part: string, whole: string): number {
  const [of, all] = [parseMicro(part) ?? 0n, parseMicro(whole) ?? 0n];
  if (all <= 0n || of <= 0n) return 0;
  return of >= all ? 1 : Number((of * 1_000_000n) / all) / 1_000_000;
}

/** A share between 0 and 1 as a percentage with one place: `99.2 %`; never rounded up to 100. */
export function formatShare(value: number): string {
  const thousandths = Math.floor(value * 1000);
  const text = (thousandths / 10).toFixed(1).replace(/\.0$/, '');
  return `${text}${thinSpace}%`;
}
