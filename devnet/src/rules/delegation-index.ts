import type { IndexBucket, StateView } from '../state/chain-state.ts';
import type { RuleContext } from './context.ts';

type Side = 'to' | 'from';

function bucketKey(account: string, side: Side, other: string): string {
  return `${account}:${side}:${other.slice(-2)}`;
}

function put(context: RuleContext, account: string, side: Side, other: string): void {
  const { index } = context.state;
  const key = bucketKey(account, side, other);
  index.set(key, [...(index.get(key) ?? []), { address: other, at: context.now }]);
}

function remove(context: RuleContext, account: string, side: Side, other: string): void {
  const { index } = context.state;
  const key = bucketKey(account, side, other);
  const rest = (index.get(key) ?? []).filter((entry) => entry.address !== other);
  if (rest.length === 0) index.delete(key);
  else index.set(key, rest);
}

/** Notes that `from` delegates to `to`. */
export function addToIndex(context: RuleContext, from: string, to: string): void {
  put(context, from, 'to', to);
  put(context, to, 'from', from);
}

/** Notes that `from` no longer delegates to `to`. */
export function removeFromIndex(context: RuleContext, from: string, to: string): void {
  remove(context, from, 'to', to);
  remove(context, to, 'from', from);
}

/** All counterparts of an account on one side, oldest first. */
export function counterparts(view: StateView, account: string, side: Side): string[] {
  const all: IndexBucket[number][] = [];
  for (let bucket = 0; bucket < 256; bucket++) {
    const last = bucket.toString(16).padStart(2, '0');
    all.push(...(view.index.get(`${account}:${side}:${last}`) ?? []));
  }
  return all.sort((a, b) => a.at - b.at).map((entry) => entry.address);
}
