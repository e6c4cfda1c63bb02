import type {
  DifferenceFilter,
  DifferenceKind,
  DifferenceRowFragment,
  DifferenceState,
} from '../graphql/generated/graphql.ts';
import { differenceKinds, differenceStates } from './difference-states.ts';

/** Which differences a page shows. */
export type DifferenceView = {
  kinds: DifferenceKind[];
  states: DifferenceState[];
  wallet: string | undefined;
};

export const everyDifference: DifferenceView = { kinds: [], states: [], wallet: undefined };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads a view from a query string; what is unknown is left out. */
export function readDifferenceView(params: URLSearchParams): DifferenceView {
  const kinds = new Set((params.get('kind') ?? '').split(','));
  const states = new Set((params.get('state') ?? '').split(','));
  const wallet = params.get('wallet') ?? '';
  return {
    kinds: differenceKinds.filter((kind) => kinds.has(kind)),
    states: differenceStates.filter((state) => states.has(state)),
    wallet: uuid.test(wallet) ? wallet.toLowerCase() : undefined,
  };
}

/** Writes the view as a query string, `` when it is the whole list; the same view, the same text. */
export function writeDifferenceView(view: DifferenceView): string {
  const pairs: [string, string][] = [
    ['kind', differenceKinds.filter((kind) => view.kinds.includes(kind)).join(',')],
    ['state', differenceStates.filter((state) => view.states.includes(state)).join(',')],
    ['wallet', view.wallet ?? ''],
  ];
  const params = new URLSearchParams(pairs.filter(([, value]) => value !== ''));
  const text = params.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** The view as the API's filter. */
export function toDifferenceFilter(view: DifferenceView): DifferenceFilter {
  return {
    ...(view.kinds.length > 0 && { kinds: view.kinds }),
    ...(view.states.length > 0 && { states: view.states }),
    ...(view.wallet !== undefined && { walletId: view.wallet }),
  };
}

/** Whether a difference that was just reported would be in the view. */
export function isInDifferenceView(
  { kind, state, wallet }: Pick<DifferenceRowFragment, 'kind' | 'state' | 'wallet'>,
  view: DifferenceView,
): boolean {
  return (
    (view.kinds.length === 0 || view.kinds.includes(kind)) &&
    (view.states.length === 0 || view.states.includes(state)) &&
    (view.wallet === undefined || view.wallet === wallet.id)
  );
}
