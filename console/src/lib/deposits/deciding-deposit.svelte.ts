import type { UnclaimedRowFragment } from '../graphql/generated/graphql.ts';
import type { FoundUser } from '../users/find-users.svelte.ts';

export type DepositStep = 'assign' | 'split' | 'return' | 'writeOff';

type Deciding = {
  step: DepositStep;
  deposit: UnclaimedRowFragment;
  /** Whom a suggestion names. */
  user: FoundUser | undefined;
  /** One key for one intention: sending it again after a broken connection decides once. */
  key: string;
};

/** The unclaimed deposit that a person is about to decide on, if any, and what about it. */
class DecidingDeposit {
  now = $state.raw<Deciding>();

  begin(step: DepositStep, deposit: UnclaimedRowFragment, user?: FoundUser): void {
    this.now = { step, deposit, user, key: crypto.randomUUID() };
  }

  end(): void {
    this.now = undefined;
  }
}

export const decidingDeposit = new DecidingDeposit();
