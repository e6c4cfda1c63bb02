import type {
  OperationFilter,
  OperationKind,
  OperationPurpose,
  OperationState,
} from '../graphql/generated/graphql.ts';
import { operationKinds, operationPurposes, operationStates } from './operation-states.ts';

/** What the list of operations shows, as it stands in the URL. */
export type OperationView = {
  kinds: OperationKind[];
  states: OperationState[];
  purpose: OperationPurpose | undefined;
  /** Id of the wallet. */
  wallet: string | undefined;
};

/** Everything. */
export const everyOperation: OperationView = {
  kinds: [],
  states: [],
  purpose: undefined,
  wallet: undefined,
};

const listed = (params: URLSearchParams, key: string): Set<string> =>
  new Set((params.get(key) ?? '').split(','));
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the view from a URL; what it does not know it leaves out. */
export function readOperationView(params: URLSearchParams): OperationView {
  const [kinds, states] = [listed(params, 'kind'), listed(params, 'state')];
  const wallet = params.get('wallet') ?? '';
  return {
    kinds: operationKinds.filter((kind) => kinds.has(kind)),
    states: operationStates.filter((state) => states.has(state)),
    purpose: operationPurposes.find((purpose) => purpose === params.get('purpose')),
    wallet: uuid.test(wallet) ? wallet.toLowerCase() : undefined,
  };
}

/** Writes the view as a query string, `` when it is the whole list; the same view, the same text. */
export function writeOperationView(view: OperationView): string {
  const pairs: [string, string][] = [
    ['kind', operationKinds.filter((kind) => view.kinds.includes(kind)).join(',')],
    ['state', operationStates.filter((state) => view.states.includes(state)).join(',')],
    ['purpose', view.purpose ?? ''],
    ['wallet', view.wallet ?? ''],
  ];
  const params = new URLSearchParams(pairs.filter(([, value]) => value !== ''));
  const text = params.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** The view as the API's filter. */
export function toOperationFilter(view: OperationView): OperationFilter {
  return {
    ...(view.kinds.length > 0 && { kind: view.kinds }),
    ...(view.states.length > 0 && { state: view.states }),
    ...(view.purpose !== undefined && { purpose: view.purpose }),
    ...(view.wallet !== undefined && { walletId: view.wallet }),
  };
}
