import type { Adjustable } from '../users/adjusting.svelte.ts';

/** The withdrawal that a person is about to ask for, if any. */
class AskingWithdrawal {
  now = $state.raw<{
    /** Whose money; without it the dialog asks. */
    readonly user: Adjustable | undefined;
    /** One key for one dialog: sending it again after a broken connection pays once. */
    readonly key: string;
  }>();

  begin(user?: Adjustable): void {
    this.now = { user, key: crypto.randomUUID() };
  }

  end(): void {
    this.now = undefined;
  }
}

export const askingWithdrawal = new AskingWithdrawal();
