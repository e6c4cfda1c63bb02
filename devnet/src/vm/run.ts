import type { StateView } from '../state/chain-state.ts';
import type { Call, Outcome } from './code.ts';
import { done } from './code.ts';
import { runPayout } from './payout.ts';
import { runTrc20 } from './trc20.ts';

/** Runs the code behind a contract address; undefined when there is no contract. */
export function runCode(view: StateView, call: Call): Outcome | undefined {
  const kind = view.accounts.get(call.contract)?.contract;
  if (kind === undefined) return undefined;
  if (kind === 'trc20') return runTrc20(call);
  if (kind === 'payout') return runPayout(call);
  return done(300n, 0n, '');
}
