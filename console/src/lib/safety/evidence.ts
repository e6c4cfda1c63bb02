import type { SafeModeSource } from '../graphql/generated/graphql.ts';

/** What a check has found, by check; sums in sun, exact. */
export type Evidence =
  | { kind: 'BOOKS'; breaks: string[]; found: number }
  | { kind: 'DRIFT'; differenceId: string; chain: string; books: string; block: string }
  | { kind: 'REFUNDS'; orders: number; failed: number; newestFailedOrderId: string | undefined }
  | { kind: 'NODES'; block: number; sayings: { node: string; id: string }[] }
  | { kind: 'OTHER'; text: string };

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isSun = (value: unknown): value is string => isText(value) && /^-?\d+$/.test(value);
const isSaying = (value: unknown): value is { node: string; id: string } =>
  isFields(value) && isText(value['node']) && isText(value['id']);

/**
 * Reads what stands with a word of the safe mode; undefined when there is nothing. What has not the
 * shape that its check writes comes back as text, so that nothing is kept from the reader.
 */
export function readEvidence(source: SafeModeSource, evidence: unknown): Evidence | undefined {
  if (evidence === null || evidence === undefined) return undefined;
  const known = isFields(evidence) ? readKnown(source, evidence) : undefined;
  return known ?? { kind: 'OTHER', text: JSON.stringify(evidence, null, 2) };
}

function readKnown(source: SafeModeSource, fields: Fields): Evidence | undefined {
  switch (source) {
    case 'BOOKS': {
      const { breaks, found } = fields;
      if (!Array.isArray(breaks) || !breaks.every(isText) || typeof found !== 'number') break;
      return { kind: 'BOOKS', breaks, found };
    }
    case 'DRIFT': {
      const { differenceId, chainSun: chain, booksSun: books, block } = fields;
      if (!isText(differenceId) || !isSun(chain) || !isSun(books) || !isText(block)) break;
      return { kind: 'DRIFT', differenceId, chain, books, block };
    }
    case 'REFUNDS': {
      const { orders, failed, newestFailedOrderId: newest } = fields;
      if (typeof orders !== 'number' || typeof failed !== 'number') break;
      const newestFailedOrderId = isText(newest) ? newest : undefined;
      return { kind: 'REFUNDS', orders, failed, newestFailedOrderId };
    }
    case 'NODES': {
      const { block, sayings } = fields;
      if (typeof block !== 'number' || !Array.isArray(sayings) || !sayings.every(isSaying)) break;
      return { kind: 'NODES', block, sayings };
    }
    case 'PERSON':
      break;
  }
  return undefined;
}
