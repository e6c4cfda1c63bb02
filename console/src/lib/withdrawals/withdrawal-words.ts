import type { Messages } from '../messages/zh/zh.ts';

const known = (words: Record<string, string>, sentence: string): string | undefined =>
  Object.hasOwn(words, sentence) ? words[sentence] : undefined;

/** Why a person has to agree, in the person's language where the desk's sentence is known. */
export function waitsText(sentence: string, t: Messages): string {
  const words = t.withdrawals;
  const over = /^It is more than (\S+ [A-Z]+)\.$/.exec(sentence)?.[1];
  if (over !== undefined) return words.waitsOver(over);
  const day = /^All withdrawals of 24 hours come to more than (\S+ [A-Z]+)\.$/.exec(sentence)?.[1];
  if (day !== undefined) return words.waitsOverDay(day);
  return known(words.waits, sentence) ?? sentence;
}
