import type { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { type ChainSource, readChainState } from './chain-state.ts';
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
  ];
}
