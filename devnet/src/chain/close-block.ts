import type { RuleContext } from '../rules/context.ts';
import { endCycle, payBlock } from '../rules/rewards.ts';
import { globalsOf } from '../state/chain-state.ts';
import type { BlockHeader } from './block.ts';
import { witnessKeys } from './genesis.ts';

/** What happens at the end of each block: rewards, and every 6 h the maintenance. */
export function closeBlock(context: RuleContext, header: BlockHeader): void {
  const { state, parameters } = context;
  const witnesses = [...witnessKeys().keys()].flatMap(
    (address) => state.witnesses.get(address) ?? [],
  );
  payBlock(context, header.witness, witnesses);
  const { nextMaintenance } = globalsOf(state);
  if (header.timestamp < nextMaintenance) return;
  endCycle(context, witnesses);
  const { maintenanceInterval } = parameters;
  const missed = Math.floor((header.timestamp - nextMaintenance) / maintenanceInterval);
  state.globals.set('chain', {
    ...globalsOf(state),
    nextMaintenance: nextMaintenance + (missed + 1) * maintenanceInterval,
  });
}
