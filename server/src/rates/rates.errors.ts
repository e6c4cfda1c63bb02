import { DomainError } from '../kernel/domain-error.ts';
import { type Currency, formatAmount } from '../kernel/money.ts';

export class RateUnavailable extends DomainError {
  readonly code = 'RATE_UNAVAILABLE';
  override readonly retryable = true;

  /** @param problem what is wrong with the last rate; null when there was none at all */
  constructor(problem: string | null) {
    super(
      `There is no fresh rate between TRX and USDT, so nothing is converted now. ${problem ?? 'No exchange was asked yet.'} Try again in a minute; all else goes on.`,
    );
  }
}

export class RateChanged extends DomainError {
  readonly code = 'RATE_CHANGED';

  /** Both in micro-units. */
  constructor(wanted: bigint, received: bigint, currency: Currency) {
    super(
      `At the rate of now the conversion gives ${formatAmount(received)} ${currency}, less than the ${formatAmount(wanted)} that were asked for. Ask for a quote and send it again.`,
      {
        field: 'input.minReceived',
        details: { received: formatAmount(received), wanted: formatAmount(wanted), currency },
      },
    );
  }
}
