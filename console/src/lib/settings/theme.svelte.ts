import { readChoice, writeChoice } from './choice.ts';

export type Theme = 'system' | 'light' | 'dark';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];

/** Light or dark, as chosen or as the system has it. `static/first-paint.js` does it first. */
class CurrentTheme {
  #chosen = $state<Theme>(readChoice('desk.theme', themes, 'system'));
  #systemDark = $state(matchMedia('(prefers-color-scheme: dark)').matches);

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
      this.#systemDark = event.matches;
      this.#show();
    });
  }

  get chosen(): Theme {
    return this.#chosen;
  }

  get shown(): 'light' | 'dark' {
    if (this.#chosen !== 'system') return this.#chosen;
    return this.#systemDark ? 'dark' : 'light';
  }

  set(theme: Theme): void {
    this.#chosen = theme;
    writeChoice('desk.theme', theme);
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset['theme'] = this.shown;
  }
}

export const theme = new CurrentTheme();
