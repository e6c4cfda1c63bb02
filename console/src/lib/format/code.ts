/** Shortens an address, txid or key in the middle: the ends are what people compare. */
export function shortenMiddle(code: string, head = 6, tail = 6): string {
  return code.length <= head + tail + 1 ? code : `${code.slice(0, head)}…${code.slice(-tail)}`;
}
