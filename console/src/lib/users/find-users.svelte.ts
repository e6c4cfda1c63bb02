import { fetchOnce } from '../graphql/client.ts';
import { DeskError } from '../graphql/desk-error.ts';
import { FindUsersDocument, type FindUsersQuery } from '../graphql/generated/graphql.ts';

/** Somebody who can be named to the desk. */
export type FoundUser = { id: string; telegramId: string | null; externalId: string | null };

export type UserMatch = FindUsersQuery['users']['edges'][number]['node'];

/** Whom a typed id or address finds. */
export class FindUsers {
  /** Undefined before the first answer. */
  matches = $state.raw<UserMatch[]>();
  busy = $state(false);
  error = $state.raw<DeskError>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #generation = 0;

  /** Looks the text up once typing pauses; nothing finds nobody. */
  look(typed: string): void {
    clearTimeout(this.#timer);
    const generation = ++this.#generation;
    const text = typed.trim();
    this.matches = undefined;
    this.error = undefined;
    this.busy = text !== '';
    if (text !== '') this.#timer = setTimeout(() => void this.#ask(text, generation), 250);
  }

  async #ask(text: string, generation: number): Promise<void> {
    try {
      const { users } = await fetchOnce(FindUsersDocument, { text });
      if (generation === this.#generation) this.matches = users.edges.map(({ node }) => node);
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      if (generation === this.#generation) this.error = error;
    } finally {
      if (generation === this.#generation) this.busy = false;
    }
  }
}
