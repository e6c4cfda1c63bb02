import { en } from './en/en.ts';
import { language } from './language.svelte.ts';
import { zh, type Messages } from './zh/zh.ts';

const dictionaries: Record<'zh' | 'en', Messages> = { zh, en };

/** Every string of the console in the person's language; reading it follows a change of language. */
export const t: Messages = new Proxy(zh, {
  get: (_, room: keyof Messages) => dictionaries[language.current][room],
});
