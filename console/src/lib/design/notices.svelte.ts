export type Notice = { id: number; text: string; tone: 'done' | 'failed' };

/** Short confirmations that leave by themselves. Errors of forms stand beside their fields. */
class Notices {
  shown = $state<Notice[]>([]);
  #next = 0;

  /** Says something for five seconds. */
  say(text: string, tone: Notice['tone'] = 'done'): void {
    const id = this.#next++;
    this.shown.push({ id, text, tone });
    setTimeout(() => this.dismiss(id), 5_000);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((notice) => notice.id !== id);
  }
}

export const notices = new Notices();
