import { fetchOnce } from '../graphql/client.ts';
import { DeskError } from '../graphql/desk-error.ts';
import { SearchDocument, type SearchQuery } from '../graphql/generated/graphql.ts';

/** What the desk knows about a word that is being typed. */
export class Found {
  answer = $state.raw<SearchQuery>();
  busy = $state(false);
  error = $state.raw<DeskError>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #generation = 0;

  /** Looks the word up once typing pauses; fewer than two characters find nothing. */
  look(word: string): void {
    clearTimeout(this.#timer);
    const generation = ++this.#generation;
    const text = word.trim();
    if (text.length < 2) {
      this.answer = undefined;
      this.busy = false;
      return;
    }
    this.busy = true;
    this.#timer = setTimeout(() => void this.#ask(text, generation), 200);
  }

  async #ask(text: string, generation: number): Promise<void> {
    try {
      const answer = await fetchOnce(SearchDocument, { text });
      if (generation !== this.#generation) return;
      this.answer = answer;
      this.error = undefined;
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      if (generation === this.#generation) this.error = error;
    } finally {
      if (generation === this.#generation) this.busy = false;
    }
  }
}
