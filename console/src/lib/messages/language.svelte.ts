import { readChoice, writeChoice } from '../settings/choice.ts';

export type Language = 'zh' | 'en';
const languages: readonly Language[] = ['zh', 'en'];

/** The language the person reads; remembered on this machine. */
class CurrentLanguage {
  #current = $state<Language>(readChoice('desk.language', languages, 'zh'));

  get current(): Language {
    return this.#current;
  }

  /** BCP 47, for dates, numbers and the document. */
  get tag(): string {
    return this.#current === 'zh' ? 'zh-CN' : 'en';
  }

  set(language: Language): void {
    this.#current = language;
    writeChoice('desk.language', language);
    document.documentElement.lang = this.tag;
  }
}

export const language = new CurrentLanguage();
