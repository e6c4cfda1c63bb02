/** What the dialog needs to name the order and say what will happen. */
export type Cancellable = {
  id: string;
  number: string;
  price: { amount: string; currency: string };
};

/** The order that a person is about to cancel, if any. */
class Cancelling {
  order = $state.raw<Cancellable>();

  begin(order: Cancellable): void {
    this.order = order;
  }

  end(): void {
    this.order = undefined;
  }
}

export const cancelling = new Cancelling();
