import { t } from '../messages/messages.ts';

const known = (words: Record<string, string>, code: string): string | undefined =>
  Object.hasOwn(words, code) ? words[code] : undefined;

/** A ledger account's name in the person's language; the server's own where there is none. */
export function accountName(account: { code: string; name: string }): string {
  return known(t.ledger.accountNames, account.code) ?? account.name;
}

/** A movement's kind in the person's language; the server's code where there is none. */
export function kindName(kind: string): string {
  return known(t.ledger.kinds, kind) ?? kind;
}

/** Why a state changed: the desk's own sentences are translated, people's reasons stay theirs. */
export function causeText(cause: string): string {
  return known(t.ledger.causes, cause) ?? cause;
}
