import { formatDecimal, groupDigits, sunToTrx } from '../format/decimal.ts';
import type { SafeMode, SafeModeScope, SafeModeSource } from '../graphql/generated/graphql.ts';
import type { Messages } from '../messages/zh/zh.ts';
import { readEvidence } from './evidence.ts';

/** What is restricted: everything (subject null), a product by its name, a wallet by its id. */
export type Target = { scope: SafeModeScope; subject: string | null };

const strictness: Record<SafeMode, number> = { ACCEPT: 0, QUEUE: 1, REFUSE: 2 };

/** The one product there is. */
export const rental = 'ENERGY_RENTAL';

/** Names what is restricted; `wallets` gives labels by id. */
export function targetName(
  { scope, subject }: Target,
  wallets: ReadonlyMap<string, string>,
  t: Messages,
): string {
  if (scope === 'WALLET') {
    return t.safety.scopeOf(wallets.get(subject ?? '') ?? (subject ?? '').slice(0, 8));
  }
  if (scope === 'PRODUCT' && subject !== rental) return subject ?? t.safety.scopes.PRODUCT;
  return t.safety.scopes[scope];
}

/** Why, in the reader's language where a check says so; people's reasons stay theirs. */
export function whyRestricted(
  word: { source: SafeModeSource; reason: string; evidence: unknown },
  t: Messages,
): string {
  const found = readEvidence(word.source, word.evidence);
  switch (found?.kind) {
    case 'BOOKS':
      return t.safety.found.BOOKS(groupDigits(String(found.found)));
    case 'DRIFT': {
      const sun = (BigInt(found.chain) - BigInt(found.books)).toString();
      return t.safety.found.DRIFT(formatDecimal(sunToTrx(sun), { plus: true }));
    }
    case 'REFUNDS':
      return t.safety.found.REFUNDS(String(found.failed), String(found.orders));
    case 'NODES':
      return t.safety.found.NODES(groupDigits(String(found.block)));
    default:
      return word.reason;
  }
}

/** Whether two targets are the same. */
export function sameTarget(a: Target, b: Target): boolean {
  return a.scope === b.scope && a.subject === b.subject;
}

/**
 * One word for each target, the strictest first: of several about the same the strictest stands for
 * all, the first of them where they are equally strict.
 */
export function strictestWords<Word extends Target & { mode: SafeMode }>(
  words: readonly Word[],
): Word[] {
  const sorted = words.toSorted((a, b) => strictness[b.mode] - strictness[a.mode]);
  return sorted.filter(
    (word, index) => sorted.findIndex((other) => sameTarget(other, word)) === index,
  );
}
