import { DomainError } from '../kernel/domain-error.ts';

/** The reason as a buyer reads it. */
export function inSafeMode(reason: string): string {
  const why = reason.replace(/[.\s]+$/, '');
  return `the desk is in safe mode${why === '' ? '' : ` (${why})`} until somebody releases it; try again later`;
}

export class RefusedBySafeMode extends DomainError {
  readonly code = 'SALES_PAUSED';
  override readonly retryable = true;

  /** @param reason as it was given for the safe mode */
  constructor(reason: string) {
    super(`Orders are not accepted at the moment: ${inSafeMode(reason)}.`, {
      details: { safeMode: 'REFUSE', reason },
    });
  }
}
