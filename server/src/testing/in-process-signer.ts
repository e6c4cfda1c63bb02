import type { Clock } from '../kernel/clock.ts';
import { GENESIS } from '../signer/journal-entry.ts';
import { Judge } from '../signer/judge.ts';
import type { OpenKey } from '../signer/open-key.ts';
import { parsePolicy, type SignerPolicy } from '../signer/policy.ts';
import { SigningDesk } from '../signer/signing-desk.ts';
import type { AskSigner } from '../wallets/pool-signer.ts';

/** The signer's own judgement, by default with the default policy, without its process and its disk. */
export function inProcessSigner(
  openKey: OpenKey,
  clock: Clock,
  policy: SignerPolicy = parsePolicy({}),
): AskSigner {
  const desk = new SigningDesk({
    judge: new Judge(policy),
    journal: {
      append: () => Promise.resolve(),
      flushed: () => Promise.resolve(),
      tail: () => ({ journal: GENESIS, seq: 0, hash: GENESIS }),
    },
    killSwitch: {
      reason: () => null,
      halt: () => Promise.resolve(false),
      resume: () => Promise.resolve(false),
    },
    openKey,
    now: () => clock.now().getTime(),
    lastAt: 0,
  });
  return (request) => desk.sign(request);
}
