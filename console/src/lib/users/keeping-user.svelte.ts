import type { UserDetailFragment } from '../graphql/generated/graphql.ts';

export type UserStep =
  'setStanding' | 'setLimits' | 'setTags' | 'setLanguage' | 'addNote' | 'addAddress' | 'convert';

type Keeping =
  | { readonly step: UserStep; readonly user: UserDetailFragment; readonly key: string }
  | { readonly step: 'removeAddress'; readonly user: UserDetailFragment; readonly address: string };

/** The user about whom a person is about to change something, if any. */
class KeepingUser {
  now = $state.raw<Keeping>();
  /** Counts conversions, so that a statement knows when to look again. */
  converted = $state(0);

  begin(step: UserStep, user: UserDetailFragment): void {
    // One key for one intention: sending it again after a broken connection does it once.
    this.now = { step, user, key: crypto.randomUUID() };
  }

  removeAddress(user: UserDetailFragment, address: string): void {
    this.now = { step: 'removeAddress', user, address };
  }

  end(): void {
    this.now = undefined;
  }
}

export const keepingUser = new KeepingUser();
