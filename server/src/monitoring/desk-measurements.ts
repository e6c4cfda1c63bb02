import type { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { type ChainSource, type NodeState, readChainState } from './chain-state.ts';
import type { Measurement } from './metrics.ts';

interface Count {
  readonly label: string;
  readonly count: bigint;
}

/** What the desk's tables and nodes say at a scrape; each is a read over a small index. */
export function deskMeasurements(database: Database, chain: ChainSource): Measurement[] {
  const counts = async (sql: string): Promise<[string, number][]> =>
    (await query<Count>(database.read(), sql)).map(({ label, count }) => [label, Number(count)]);
  return [
    {
      name: 'desk_orders_open',
      help: 'Orders that are neither delivered nor ended, by state.',
      label: 'state',
      read: () =>
        counts(
          `select s.state as label, count(o.id) as count
           from unnest(array['PENDING', 'PROCESSING']) as s(state)
           left join orders o on o.state = s.state and o.state in ('PENDING', 'PROCESSING')
           group by s.state`,
        ),
    },
    {
      name: 'desk_orders_last_hour',
      help: 'Orders placed within the last hour, by the state they are in.',
      label: 'state',
      read: () =>
        counts(
          `select state as label, count(*) as count from orders
           where placed_at > now() - interval '1 hour' group by state`,
        ),
    },
    {
      name: 'desk_engine_operations',
      help: 'Chain operations that the engine has to move on, by state.',
      label: 'state',
      read: () =>
        counts(
          `select state as label, count(*) as count from chain_operations
           where state in ('INTENDED', 'ATTEMPTING') group by state`,
        ),
    },
    {
      name: 'desk_attempts_undecided',
      help: 'Signed transactions whose fate is not final, by state.',
      label: 'state',
      read: () =>
        counts(
          `select state as label, count(*) as count from attempts
           where state in ('BUILT', 'SIGNED', 'SENDING', 'INCLUDED') group by state`,
        ),
    },
    {
      name: 'desk_reader_block',
      help: 'Newest solid block that each reader of the chain has worked through.',
      label: 'reader',
      read: () => counts('select name as label, number as count from chain_cursors'),
    },
    {
      name: 'desk_reader_lag_blocks',
      help: 'Solid blocks that the nodes have shown and a reader has not worked through.',
      label: 'reader',
      read: async () => {
        const { solid } = readChainState(chain);
        if (solid === null) return [];
        const read = await counts('select name as label, number as count from chain_cursors');
        return read.map(([name, number]) => [name, Math.max(0, solid - number)]);
      },
    },
    {
      name: 'desk_database_connections',
      help: 'Connections to the database by what they do, of all processes.',
      label: 'state',
      read: () =>
        counts(
          `select coalesce(state, 'unknown') as label, count(*) as count from pg_stat_activity
           where datname = current_database() and application_name = 'energy-desk' group by 1`,
        ),
    },
    {
      name: 'desk_chain_block',
      help: 'Newest blocks that the nodes have shown.',
      label: 'view',
      read: () => {
        const { head, solid } = readChainState(chain);
        return [
          ...(head === null ? [] : [['head', head] as const]),
          ...(solid === null ? [] : [['solid', solid] as const]),
        ];
      },
    },
    {
      name: 'desk_node_up',
      help: 'How each node is: 1 up, 0.5 degraded, 0 down.',
      label: 'node',
      read: () => {
        const value = { UP: 1, DEGRADED: 0.5, DOWN: 0 };
        return readChainState(chain).nodes.map(({ url, status }) => [url, value[status]] as const);
      },
    },
    ...nodeMeasurements(chain),
  ];
}

/** What each node is asked, and how it bears that. */
function nodeMeasurements(chain: ChainSource): Measurement[] {
  const ofEach = (value: (node: NodeState) => number | null): [string, number][] =>
    readChainState(chain).nodes.flatMap((node): [string, number][] => {
      const number = value(node);
      return number === null ? [] : [[node.url, number]];
    });
  return [
    {
      name: 'desk_node_requests',
      help: 'Requests sent to each node since the start.',
      label: 'node',
      read: () => ofEach(({ requests }) => requests),
    },
    {
      name: 'desk_node_rate_limited',
      help: 'How often each node said "too much" since the start.',
      label: 'node',
      read: () => ofEach(({ rateLimited }) => rateLimited),
    },
    {
      name: 'desk_node_held',
      help: 'Requests to each node that were held back since the start.',
      label: 'node',
      read: () => ofEach(({ held }) => held),
    },
    {
      name: 'desk_node_tokens',
      help: 'Requests that each node with a limit would bear at once now.',
      label: 'node',
      read: () => ofEach(({ tokens }) => tokens),
    },
    {
      name: 'desk_node_latency_seconds',
      help: 'How long the last check of each node took.',
      label: 'node',
      read: () => ofEach(({ latencyMs }) => (latencyMs === null ? null : latencyMs / 1_000)),
    },
    {
      name: 'desk_node_disagreement_block',
      help: 'The solid block about which nodes disagree; none while they agree.',
      label: 'view',
      read: () => {
        const { disagreement } = readChainState(chain);
        return disagreement === null ? [] : [['solid', disagreement.number] as const];
      },
    },
  ];
}
