import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left';
import Download from '@lucide/svelte/icons/download';
import Gift from '@lucide/svelte/icons/gift';
import Layers from '@lucide/svelte/icons/layers';
import Undo2 from '@lucide/svelte/icons/undo-2';
import Unlock from '@lucide/svelte/icons/lock-open';
import Vote from '@lucide/svelte/icons/vote';
import { may } from '../access/permissions.ts';
import type { Action } from '../design/action.ts';
import type { Icon } from '../design/icon.ts';
import type { StakeFactsFragment } from '../graphql/generated/graphql.ts';
import { t } from '../messages/messages.ts';
import { whyBlocked } from './command-facts.ts';
import { type Command, type Commandable, commanding, commands } from './commanding.svelte.ts';

const icons: Record<Command, Icon> = {
  stake: Layers,
  unstake: Unlock,
  cancelUnstaking: Undo2,
  withdraw: Download,
  vote: Vote,
  claim: Gift,
  transfer: ArrowRightLeft,
};

/** What a wallet's own account can be told to do; with its facts it is known what cannot be now. */
export function stakingActions(wallet: Commandable, facts?: StakeFactsFragment): Action[] {
  return commands.map((command) => {
    const blocked = may('runPool')
      ? facts && whyBlocked(command, facts, t.staking.blocked)
      : t.access.notAllowed;
    return {
      id: command,
      label: t.staking.commands[command].verb,
      icon: icons[command],
      ...(blocked !== undefined && { blocked }),
      run: () => commanding.begin(command, wallet),
    };
  });
}
