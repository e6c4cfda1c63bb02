import ShieldCheck from '@lucide/svelte/icons/shield-check';
import ShieldOff from '@lucide/svelte/icons/shield-off';
import { may } from '../access/permissions.ts';
import type { Action } from '../design/action.ts';
import { t } from '../messages/messages.ts';
import { changingSafeMode } from './changing-safe-mode.svelte.ts';
import { sameTarget, type Target } from './safety-words.ts';
import { standing } from './standing.svelte.ts';

/** What can be done with the safe mode of a target, the same on its page and in menus. */
export function safetyActions(target: Target): Action[] {
  const blocked = may('setSafeMode') ? {} : { blocked: t.access.notAllowed };
  const restricted = standing.entries.some((entry) => sameTarget(entry, target));
  return [
    {
      id: 'safe-mode',
      label: t.safety.set,
      icon: ShieldOff,
      ...blocked,
      run: () => changingSafeMode.set(target.scope, target.subject),
    },
    ...(restricted
      ? [
          {
            id: 'lift-safe-mode',
            label: t.safety.lift,
            icon: ShieldCheck,
            ...blocked,
            run: () => changingSafeMode.lift(target),
          },
        ]
      : []),
  ];
}
