import { addressFromHex, addressToHex, type Address } from './address.ts';

/** First four bytes of keccak256 of transfer(address,uint256). */
export const TRANSFER_SELECTOR = 'a9059cbb';

const WORD = 64;
/** A word holds an address in its last 20 bytes. */
const PADDING = '0'.repeat(24);

/** What a token's transfer is asked for. */
export interface TokenCall {
  readonly to: Address;
  /** In the token's own smallest units. */
  readonly amount: bigint;
}

/** The call `transfer(to, amount)`, hexadecimal. */
export function encodeTokenCall({ to, amount }: TokenCall): string {
  const receiver = addressToHex(to).slice(2);
  return `${TRANSFER_SELECTOR}${PADDING}${receiver}${amount.toString(16).padStart(WORD, '0')}`;
}

/** Reads a call back; null for any that {@link encodeTokenCall} does not write, byte for byte. */
export function decodeTokenCall(dataHex: string): TokenCall | null {
  const match = /^a9059cbb0{24}([0-9a-f]{40})([0-9a-f]{64})$/.exec(dataHex);
  const [, receiver, amount] = match ?? [];
  if (receiver === undefined || amount === undefined) return null;
  return { to: addressFromHex(`41${receiver}`), amount: BigInt(`0x${amount}`) };
}
