import type { ParameterEventsQuery } from '../graphql/generated/graphql.ts';

type DeskEvent = ParameterEventsQuery['events']['events'][number];

/** One decision of the network: values as the chain tells them, null where there was none. */
export type ParameterChange = {
  id: string;
  at: string;
  name: string;
  old: string | null;
  new: string | null;
};

export type ChainParameters = {
  /** Values by the chain's own names, as of the last time that any of them changed. */
  values: ReadonlyMap<string, string>;
  /** When that was; null when nothing was recorded. */
  asOf: string | null;
  /** The newest first. */
  changes: ParameterChange[];
};

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** What the recorded events, the oldest first, say of the chain's parameters. */
export function readParameters(events: readonly DeskEvent[]): ChainParameters {
  const last = events.at(-1);
  const payload = isFields(last?.payload) ? last.payload : {};
  const values = isFields(payload['values']) ? payload['values'] : {};
  return {
    values: new Map(
      Object.entries(values).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      ),
    ),
    asOf: last?.at ?? null,
    changes: events.flatMap(changesOf).reverse(),
  };
}

function changesOf({ cursor, at, payload }: DeskEvent): ParameterChange[] {
  const changes = isFields(payload) ? payload['changes'] : undefined;
  if (!Array.isArray(changes)) return [];
  return changes.filter(isFields).flatMap((change) => {
    const name = textOf(change['name']);
    if (name === null) return [];
    const [old, next] = [textOf(change['old']), textOf(change['new'])];
    return [{ id: `${cursor} ${name}`, at, name, old, new: next }];
  });
}
