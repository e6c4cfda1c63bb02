/** What the dialog needs to name the order and say what will happen. */
export type Decidable = {
  id: string;
  number: string;
  price: { amount: string; currency: string };
};

export type Decision = 'cancel' | 'retry' | 'refund';

/** The order that a person is about to decide on, if any, and what about it. */
class Deciding {
  subject = $state.raw<{ readonly order: Decidable; readonly decision: Decision }>();

  begin(decision: Decision, order: Decidable): void {
    this.subject = { decision, order };
  }

  end(): void {
    this.subject = undefined;
  }
}

export const deciding = new Deciding();
