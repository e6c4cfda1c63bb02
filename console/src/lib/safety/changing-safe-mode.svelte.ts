import type { SafeModeScope } from '../graphql/generated/graphql.ts';
import type { Target } from './safety-words.ts';

type Changing = {
  step: 'set' | 'lift';
  target: Target;
  /** One key for one intention: sending it again after a broken connection does it once. */
  key: string;
};

/** The change of the safe mode that a person is about to make, if any. */
class ChangingSafeMode {
  now = $state.raw<Changing>();

  set(scope: SafeModeScope = 'ALL', subject: string | null = null): void {
    this.now = { step: 'set', target: { scope, subject }, key: crypto.randomUUID() };
  }

  lift(target: Target): void {
    this.now = { step: 'lift', target, key: crypto.randomUUID() };
  }

  end(): void {
    this.now = undefined;
  }
}

export const changingSafeMode = new ChangingSafeMode();
