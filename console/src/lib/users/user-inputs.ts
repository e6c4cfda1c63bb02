import { parseMicro } from '../format/decimal.ts';

const mostOrders = 1_000_000;
const mostTags = 20;
const longestTag = 40;

/** Orders a day as typed: null when empty, undefined when it is no whole number of the range. */
export function readOrderLimit(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  const orders = /^\d{1,7}$/.test(typed) ? Number(typed) : 0;
  return orders >= 1 && orders <= mostOrders ? orders : undefined;
}

/** An amount as typed: null when empty, undefined when it is none above zero. */
export function readSpendLimit(text: string): string | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  return isPositive(typed) ? typed : undefined;
}

/** An amount above zero of at most six decimals. */
export function isPositive(text: string): boolean {
  const micro = parseMicro(text);
  return micro !== undefined && micro > 0n;
}

/** Tags as typed, parted by commas of either script: each once; undefined when too many or long. */
export function readTags(text: string): string[] | undefined {
  const tags = [...new Set(text.split(/[,\uFF0C\u3001\n]/).map((tag) => tag.trim()))].filter(
    (tag) => tag !== '',
  );
  const fits = tags.length <= mostTags && tags.every((tag) => tag.length <= longestTag);
  return fits ? tags : undefined;
}

/** Whether a text has the form of a TRON address; the desk checks its checksum. */
export function looksLikeAddress(text: string): boolean {
  return /^T[1-9A-HJ-NP-Za-km-z]{33}$/.test(text.trim());
}
