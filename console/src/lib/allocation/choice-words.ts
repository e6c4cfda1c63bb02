import { share, sunToTrx } from '../format/decimal.ts';
import type { Language } from '../messages/language.svelte.ts';

/** The sentence of a choice in the reader's language. */
export function sentenceOf(choice: { zh: string; en: string }, language: Language): string {
  return choice[language];
}

/** How much of what a wallet had free a choice takes, between 0 and 1. */
export function takenShare({ stakeSun, freeSun }: { stakeSun: string; freeSun: string }): number {
  return share(sunToTrx(stakeSun), sunToTrx(freeSun));
}
