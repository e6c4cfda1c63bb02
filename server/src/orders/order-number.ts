/** Crockford's base 32: no I, L, O or U to be misread. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/**
 * The short reference that people read to each other, from the random end of the order's id:
 * `A7K29-QWDX3`, 50 bits.
 */
export function orderNumber(orderId: string): string {
  let bits = BigInt(`0x${orderId.replaceAll('-', '').slice(-16)}`);
  let text = '';
  for (let digit = 0; digit < LENGTH; digit += 1) {
    text += DIGITS[Number(bits % 32n)] ?? '';
    bits /= 32n;
  }
  return `${text.slice(0, LENGTH / 2)}-${text.slice(LENGTH / 2)}`;
}
