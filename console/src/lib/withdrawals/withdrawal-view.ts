import type {
  WithdrawalFilter,
  WithdrawalRowFragment,
  WithdrawalState,
} from '../graphql/generated/graphql.ts';
import { withdrawalStates } from './withdrawal-states.ts';

/** Which withdrawals a page shows. */
export type WithdrawalView = { states: WithdrawalState[]; user: string | undefined };

export const everyWithdrawal: WithdrawalView = { states: [], user: undefined };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads a view from a query string; what is unknown is left out. */
export function readWithdrawalView(params: URLSearchParams): WithdrawalView {
  const states = new Set((params.get('state') ?? '').split(','));
  const user = params.get('user') ?? '';
  return {
    states: withdrawalStates.filter((state) => states.has(state)),
    user: uuid.test(user) ? user.toLowerCase() : undefined,
  };
}

/** Writes the view as a query string, `` when it is the whole list; the same view, the same text. */
export function writeWithdrawalView(view: WithdrawalView): string {
  const pairs: [string, string][] = [
    ['state', withdrawalStates.filter((state) => view.states.includes(state)).join(',')],
    ['user', view.user ?? ''],
  ];
  const params = new URLSearchParams(pairs.filter(([, value]) => value !== ''));
  const text = params.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** The view as the API's filter. */
export function toWithdrawalFilter(view: WithdrawalView): WithdrawalFilter {
  return {
    ...(view.states.length > 0 && { states: view.states }),
    ...(view.user !== undefined && { user: { id: view.user } }),
  };
}

/** Whether a withdrawal that was just reported would be in the view. */
export function isInWithdrawalView(
  { state, user }: Pick<WithdrawalRowFragment, 'state' | 'user'>,
  view: WithdrawalView,
): boolean {
  return (
    (view.states.length === 0 || view.states.includes(state)) &&
    (view.user === undefined || view.user === user?.id)
  );
}
