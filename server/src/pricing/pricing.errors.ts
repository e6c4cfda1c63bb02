import { DomainError } from '../kernel/domain-error.ts';

export class EnergyOutOfRange extends DomainError {
  readonly code = 'ENERGY_OUT_OF_RANGE';

  constructor(energy: bigint, least: bigint, most: bigint, field = 'input.energy') {
    super(`Order between ${least.toString()} and ${most.toString()} Energy.`, {
      field,
      details: { energy: String(energy), minEnergy: String(least), maxEnergy: String(most) },
    });
  }
}

export class UnknownDuration extends DomainError {
  readonly code = 'UNKNOWN_DURATION';

  constructor(duration: string, sold: readonly string[], field = 'input.duration') {
    super(`Choose a duration that is sold: ${sold.join(', ')}.`, {
      field,
      details: { duration, durations: sold },
    });
  }
}
