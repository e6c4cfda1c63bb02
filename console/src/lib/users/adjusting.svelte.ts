import type { Currency } from '../graphql/generated/graphql.ts';

export type Adjustable = {
  id: string;
  telegramId: string | null;
  externalId: string | null;
  balances: { currency: Currency; available: string }[];
};

/** The user whose balance a person is about to adjust, if any. */
class Adjusting {
  user = $state.raw<Adjustable>();
  /** One key for one intention: sending it again after a broken connection moves money once. */
  key = '';

  begin(user: Adjustable): void {
    this.user = user;
    this.key = crypto.randomUUID();
  }

  end(): void {
    this.user = undefined;
  }
}

export const adjusting = new Adjusting();
