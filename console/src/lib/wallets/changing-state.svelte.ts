import type { WalletState } from '../graphql/generated/graphql.ts';

export type Changeable = { id: string; label: string; state: WalletState };

/** The wallet whose state a person is about to change, if any, and the state they meant. */
class ChangingState {
  wallet = $state.raw<Changeable>();
  next = $state<WalletState>('PAUSED');

  begin(wallet: Changeable, next: WalletState): void {
    this.wallet = wallet;
    this.next = next;
  }

  end(): void {
    this.wallet = undefined;
  }
}

export const changingState = new ChangingState();
