import type { DifferenceRowFragment } from '../graphql/generated/graphql.ts';

type Details = Readonly<Record<string, unknown>>;

const fieldsOf = (details: unknown): Details =>
  typeof details === 'object' && details !== null ? { ...details } : {};

const wholeOf = (value: unknown): bigint =>
  typeof value === 'string' && /^-?\d+$/.test(value)
    ? BigInt(value)
    : typeof value === 'number' && Number.isSafeInteger(value)
      ? BigInt(value)
      : 0n;

/** Sun of the pair that is locked and cannot be taken back yet. */
export function lockedSun(details: unknown): bigint {
  return wholeOf(fieldsOf(details)['lockedSun']);
}

/**
 * Sun that taking an orphan back would undelegate by the last comparison: what the chain has beyond
 * the books, without what is locked; 0 when there is nothing.
 */
export function reclaimableSun({
  chain,
  books,
  details,
}: Pick<DifferenceRowFragment, 'chain' | 'books' | 'details'>): bigint {
  if (chain === null || books === null) return 0n;
  const sun = BigInt(chain) - lockedSun(details) - BigInt(books);
  return sun > 0n ? sun : 0n;
}

/**
 * Energy a day that so much stake yields at a ratio of Energy per TRX (a decimal of at most three
 * places), rounded down; undefined while the ratio is unknown.
 */
export function energyOfSun(sun: bigint, energyPerTrx: string | null): bigint | undefined {
  const match = /^(\d+)(?:\.(\d{1,3}))?$/.exec(energyPerTrx ?? '');
  if (match === null) return undefined;
  const thousandths = BigInt((match[1] ?? '') + (match[2] ?? '').padEnd(3, '0'));
  return (sun * thousandths) / 1_000_000_000n;
}

/** What is told of a foreign transaction; undefined where it is not. */
export function transactionFacts(details: unknown): {
  contract: string | undefined;
  timeMs: number | undefined;
  value: string | undefined;
} {
  const { contract, timeMs, value } = fieldsOf(details);
  const time = Number(wholeOf(timeMs));
  return {
    contract: typeof contract === 'string' ? contract : undefined,
    timeMs: time > 0 ? time : undefined,
    value:
      value === null || value === undefined
        ? undefined
        : typeof value === 'string'
          ? value
          : JSON.stringify(value, null, 2),
  };
}
