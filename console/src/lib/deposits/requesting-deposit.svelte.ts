import type { FoundUser } from '../users/find-users.svelte.ts';

/** The deposit request that a person is about to open, if any. */
class RequestingDeposit {
  now = $state.raw<{
    /** Who is to pay; without it the dialog asks. */
    readonly user: FoundUser | undefined;
    /** One key for one dialog: sending it again after a broken connection opens one request. */
    readonly key: string;
  }>();

  begin(user?: FoundUser): void {
    this.now = { user, key: crypto.randomUUID() };
  }

  end(): void {
    this.now = undefined;
  }
}

export const requestingDeposit = new RequestingDeposit();
