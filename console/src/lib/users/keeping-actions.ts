import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import Gauge from '@lucide/svelte/icons/gauge';
import Languages from '@lucide/svelte/icons/languages';
import MapPinPlus from '@lucide/svelte/icons/map-pin-plus';
import StickyNote from '@lucide/svelte/icons/sticky-note';
import Tag from '@lucide/svelte/icons/tag';
import UserCog from '@lucide/svelte/icons/user-cog';
import { may, type Permission } from '../access/permissions.ts';
import type { Action } from '../design/action.ts';
import type { Icon } from '../design/icon.ts';
import type { UserDetailFragment } from '../graphql/generated/graphql.ts';
import { t } from '../messages/messages.ts';
import { keepingUser, type UserStep } from './keeping-user.svelte.ts';

const steps: readonly { step: UserStep; icon: Icon; needs: Permission }[] = [
  { step: 'convert', icon: ArrowLeftRight, needs: 'convertBalance' },
  { step: 'setStanding', icon: UserCog, needs: 'judgeUser' },
  { step: 'setLimits', icon: Gauge, needs: 'judgeUser' },
  { step: 'setTags', icon: Tag, needs: 'judgeUser' },
  { step: 'addNote', icon: StickyNote, needs: 'judgeUser' },
  { step: 'setLanguage', icon: Languages, needs: 'changeUser' },
  { step: 'addAddress', icon: MapPinPlus, needs: 'changeUser' },
];

/** What can be changed about a user on the user's own page. */
export function keepingActions(user: UserDetailFragment): Action[] {
  return steps.map(({ step, icon, needs }) => ({
    id: step,
    label: t.users[step].verb,
    icon,
    ...(!may(needs) && { blocked: t.access.notAllowed }),
    run: () => keepingUser.begin(step, user),
  }));
}
