import { DomainError } from '../kernel/domain-error.ts';
import { formatAmount } from '../kernel/money.ts';

export class WalletNotObserved extends DomainError {
  readonly code = 'WALLET_NOT_OBSERVED';
  override readonly retryable = true;

  constructor() {
    super(
      'The wallet was not looked at on the chain yet. Try again in a minute; if it stays so, no node answers.',
      { field: 'input.walletId' },
    );
  }
}

export class WalletBalanceTooLow extends DomainError {
  readonly code = 'WALLET_BALANCE_TOO_LOW';

  constructor(figures: { needed: bigint; balance: bigint; underWay: bigint; reserve: bigint }) {
    const { needed, balance, underWay, reserve } = figures;
    super(
      `It needs ${formatAmount(needed)} TRX. The wallet has ${formatAmount(balance)}, of which ${formatAmount(underWay)} are on their way elsewhere and ${formatAmount(reserve)} stay for fees. Send less, or pay TRX in first.`,
      {
        field: 'input.amount',
        details: {
          needed: needed.toString(),
          balance: balance.toString(),
          underWay: underWay.toString(),
          reserve: reserve.toString(),
        },
      },
    );
  }
}

export class StakeNotFree extends DomainError {
  readonly code = 'STAKE_NOT_FREE';

  constructor(wanted: bigint, free: bigint, resource: string) {
    super(
      `Only ${formatAmount(free)} TRX staked for ${resource} are free to be unstaked; the rest is promised, rented out or recovering. Unstake less, or drain the wallet first.`,
      { field: 'input.amount', details: { wanted: wanted.toString(), free: free.toString() } },
    );
  }
}
