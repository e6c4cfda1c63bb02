/** What happened, counted; one line every few seconds. */
export class Figures {
  readonly #began = performance.now();
  #placed = 0;
  readonly #ended = new Map<string, number>();
  readonly #refused = new Map<string, number>();
  #answerMs: number[] = [];

  placed(answerMs: number): void {
    this.#placed += 1;
    this.#answerMs.push(answerMs);
  }

  ended(state: string): void {
    this.#ended.set(state, (this.#ended.get(state) ?? 0) + 1);
  }

  refused(code: string): void {
    this.#refused.set(code, (this.#refused.get(code) ?? 0) + 1);
  }

  /** The figures since the start; answer times since the last line. */
  line(open: number): string {
    const times = this.#answerMs.toSorted((a, b) => a - b);
    this.#answerMs = [];
    const at = (share: number): string =>
      times.length === 0
        ? '–'
        : `${(times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(0)} ms`;
    const seconds = Math.round((performance.now() - this.#began) / 1000);
    const ended = [...this.#ended].map(([state, count]) => `${count} ${state.toLowerCase()}`);
    const refused = [...this.#refused].map(([code, count]) => `${count} ${code}`);
    return [
      `${String(seconds).padStart(5)} s`,
      `${this.#placed} placed (answer p50 ${at(0.5)}, p95 ${at(0.95)})`,
      `${open} under way`,
      ...ended,
      ...(refused.length > 0 ? [`refused: ${refused.join(', ')}`] : []),
    ].join(' · ');
  }
}
