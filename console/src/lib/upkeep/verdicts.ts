import ShieldAlert from '@lucide/svelte/icons/shield-alert';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import ShieldX from '@lucide/svelte/icons/shield-x';
import type { PowerVerdict } from '../graphql/generated/graphql.ts';
import type { Messages } from '../messages/zh/zh.ts';
import type { Look } from '../orders/order-states.ts';

export const verdictLooks: Record<PowerVerdict, Look> = {
  CONFINED: { tone: 'done', icon: ShieldCheck },
  TOO_MUCH: { tone: 'doubt', icon: ShieldAlert },
  TOO_LITTLE: { tone: 'failed', icon: ShieldX },
};

/** A contract of the chain without the word that all their names end with. */
export function contractName(contract: string): string {
  return contract.replace(/Contract$/, '');
}

const warnings: [RegExp, keyof Omit<Messages['permissions']['warningTexts'], 'othersLose'>][] = [
  [/alone owns the account\. The desk can never undo/, 'coldAlone'],
  [/then need the cold key/, 'needsCold'],
  [/^Without a cold owner this is no confinement/, 'noCold'],
  [/signed under the old permission/, 'oldPermission'],
  [/^A stolen key can then still/, 'stolen'],
  [/could not sell from this wallet/, 'cannotSell'],
];

/** A warning of a plan in the reader's language; one that is not known stays as it came. */
export function warningText(text: string, words: Messages['permissions']['warningTexts']): string {
  const others = /^Other keys lose what these permissions gave them: (.*)\.$/.exec(text)?.[1];
  if (others !== undefined) return words.othersLose(others);
  const known = warnings.find(([pattern]) => pattern.test(text));
  return known === undefined ? text : words[known[1]];
}

/** The name of a check in the reader's language; one that is not known stays as it came. */
export function checkName(name: string, words: Messages['permissions']['checkNames']): string {
  return Object.entries(words).find(([known]) => known === name)?.[1] ?? name;
}
