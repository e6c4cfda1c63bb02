/** The wallet that a person is about to top up, if any. */
class ToppingUp {
  subject = $state.raw<{
    readonly wallet: { id: string; label: string };
    /** One key for one intention: sending it again after a broken connection pays once. */
    readonly key: string;
  }>();

  begin(wallet: { id: string; label: string }): void {
    this.subject = { wallet, key: crypto.randomUUID() };
  }

  end(): void {
    this.subject = undefined;
  }
}

export const toppingUp = new ToppingUp();
