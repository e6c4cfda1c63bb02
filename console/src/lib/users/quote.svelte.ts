import { fetchOnce } from '../graphql/client.ts';
import { DeskError } from '../graphql/desk-error.ts';
import {
  ConversionQuoteDocument,
  type ConversionQuoteQuery,
  type Currency,
} from '../graphql/generated/graphql.ts';

/** What a conversion would give, asked for as the amount is typed. */
export class Quote {
  answer = $state.raw<ConversionQuoteQuery['conversionQuote']>();
  busy = $state(false);
  error = $state.raw<DeskError>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #generation = 0;

  /** Asks soon; undefined asks for nothing. */
  ask(wish: { from: Currency; to: Currency; amount: string } | undefined): void {
    clearTimeout(this.#timer);
    const generation = ++this.#generation;
    this.answer = undefined;
    this.error = undefined;
    this.busy = wish !== undefined;
    if (wish === undefined) return;
    this.#timer = setTimeout(() => void this.#fetch(wish, generation), 250);
  }

  async #fetch(
    wish: { from: Currency; to: Currency; amount: string },
    generation: number,
  ): Promise<void> {
    try {
      const { conversionQuote } = await fetchOnce(ConversionQuoteDocument, wish);
      if (generation === this.#generation) this.answer = conversionQuote;
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      if (generation === this.#generation) this.error = error;
    } finally {
      if (generation === this.#generation) this.busy = false;
    }
  }
}
