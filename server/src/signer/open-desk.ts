import path from 'node:path';
import { Judge, MEMORY_MS } from './judge.ts';
import { FileJournal } from './journal.ts';
import { FileKillSwitch } from './kill-switch.ts';
import type { HandOver } from './messages.ts';
import { keyOpener } from './open-key.ts';
import { readPolicy } from './policy.ts';
import { SigningDesk } from './signing-desk.ts';
import { takeSlot } from './take-slot.ts';

/** The name in the signer's folder that people know. */
export const POLICY_FILE = 'policy.json';

/**
 * A signing desk on the folder's policy, kill switch and journal.
 * @throws CannotStart
 */
export async function openDesk(
  { identityFile, folder }: HandOver,
  now: () => number,
  nonce: string,
): Promise<{ readonly desk: SigningDesk; close(): Promise<void> }> {
  const openKey = await keyOpener(identityFile);
  const judge = new Judge(await readPolicy(path.join(folder, POLICY_FILE)));
  const slot = takeSlot(folder);
  const begin = now();
  const journal = await FileJournal.open(slot.journalFile, {
    at: begin,
    nonce,
    recallFrom: begin - MEMORY_MS,
    recall(entry) {
      if (entry.kind === 'signed') judge.remember(entry);
    },
  }).catch((error: unknown) => {
    slot.release();
    throw error;
  });
  const killSwitch = new FileKillSwitch(folder);
  return {
    desk: new SigningDesk({ judge, journal, killSwitch, openKey, now, lastAt: journal.openedAt }),
    async close() {
      await journal.close().finally(() => slot.release());
    },
  };
}
