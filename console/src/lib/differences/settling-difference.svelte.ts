import type { DifferenceRowFragment } from '../graphql/generated/graphql.ts';

type Settling = {
  step: 'explain' | 'reclaim';
  difference: DifferenceRowFragment;
  /** One key for one intention: sending it again after a broken connection does it once. */
  key: string;
};

/** The difference that a person is about to explain or to take back, if any. */
class SettlingDifference {
  now = $state.raw<Settling>();

  begin(step: Settling['step'], difference: DifferenceRowFragment): void {
    this.now = { step, difference, key: crypto.randomUUID() };
  }

  end(): void {
    this.now = undefined;
  }
}

export const settlingDifference = new SettlingDifference();
