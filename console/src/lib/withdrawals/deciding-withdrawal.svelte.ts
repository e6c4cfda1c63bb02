import type { WithdrawalRowFragment } from '../graphql/generated/graphql.ts';

export type WithdrawalStep = 'approve' | 'reject';

/** The withdrawal that a person is about to decide on, if any. */
class DecidingWithdrawal {
  now = $state.raw<{ readonly step: WithdrawalStep; readonly withdrawal: WithdrawalRowFragment }>();
  /** Counts decisions: what was decided is let into a list at once. */
  made = $state(0);

  begin(step: WithdrawalStep, withdrawal: WithdrawalRowFragment): void {
    this.now = { step, withdrawal };
  }

  end(): void {
    this.now = undefined;
  }
}

export const decidingWithdrawal = new DecidingWithdrawal();
