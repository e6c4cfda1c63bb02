/** What an operator should look at; `detail` is a sentence without secrets. */
export interface UpkeepFinding {
  readonly status: 'UP' | 'DEGRADED';
  readonly detail: string | null;
}

/** The gas station. @param problem why a wallet goes without, or the treasury is low */
export function findGasStation(problem: string | null): UpkeepFinding {
  return problem === null
    ? { status: 'UP', detail: 'No wallet goes without TRX for its fees.' }
    : { status: 'DEGRADED', detail: problem };
}

/** Wallets whose permissions somebody changed. @param labels of those that nobody has taken note of */
export function findPermissionAlarms(labels: readonly string[]): UpkeepFinding {
  if (labels.length === 0) return { status: 'UP', detail: 'No permission changed unasked.' };
  const detail = `The permissions of ${labels.join(', ')} changed, and the desk did not do it.`;
  return { status: 'DEGRADED', detail };
}
