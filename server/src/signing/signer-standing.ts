import type { EntityManager } from '../database/database.ts';
import { openHalt, type SignerHalt } from './signer-halts.ts';
import { type KnownJournal, knownJournals } from './signer-journals.ts';

export interface SignerStanding {
  readonly halt: SignerHalt | undefined;
  /** Why nothing is signed, by the desk's word or by a file at a machine; null when signing goes on. */
  readonly haltedBecause: string | null;
  readonly journals: readonly KnownJournal[];
}

/** How the signers are, as any process sees it. */
export async function signerStanding(em: EntityManager): Promise<SignerStanding> {
  const halt = await openHalt(em);
  const journals = await knownJournals(em);
  const shown = journals.filter(({ unseen }) => !unseen);
  const stopped = shown.filter(({ haltedBecause }) => haltedBecause !== null);
  // Another worker may go on where one is stopped by a file.
  const atMachine = stopped.length === shown.length ? stopped[0]?.haltedBecause : null;
  return { halt, haltedBecause: halt?.reason ?? atMachine ?? null, journals };
}

/** For the health of a process that has no signer of its own. */
export async function signerFinding(
  em: EntityManager,
): Promise<{ readonly status: 'UP' | 'DEGRADED' | 'DOWN'; readonly detail: string | null }> {
  const { haltedBecause, journals } = await signerStanding(em);
  if (haltedBecause !== null) {
    return { status: 'DOWN', detail: `its kill switch is on: ${haltedBecause}` };
  }
  if (journals.every(({ unseen }) => unseen)) {
    return { status: 'DEGRADED', detail: 'no worker has shown its signer for three minutes' };
  }
  return { status: 'UP', detail: null };
}
