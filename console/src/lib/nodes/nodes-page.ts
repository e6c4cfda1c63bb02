import { fetchOnce } from '../graphql/client.ts';
import {
  NodesDocument,
  type NodesQuery,
  type NodesQueryVariables,
  ParameterEventsDocument,
  type ParameterEventsQuery,
} from '../graphql/generated/graphql.ts';
import { Pages } from '../graphql/pages.svelte.ts';
import { Query } from '../graphql/query.svelte.ts';

/** Nodes are not streamed: they are read this often, in ms; parameters ten times as seldom. */
const pause = 3_000;
/** Parameters change some times a year: more pages than these there are not in a desk's life. */
const mostPages = 10;

type Events = ParameterEventsQuery['events'];
type DeskEvent = Events['events'][number] & { id: string };

async function readEvents(): Promise<DeskEvent[]> {
  const all: DeskEvent[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { events }: ParameterEventsQuery = await fetchOnce(ParameterEventsDocument, { after });
    all.push(...events.events.map((event) => ({ ...event, id: event.cursor })));
    if (!events.hasMore) break;
    after = events.endCursor;
  }
  return all;
}

/** The nodes, the chain as they show it, and what the network decided. */
export class NodesPage extends Query<NodesQuery, NodesQueryVariables> {
  /** The oldest first. */
  readonly parameters = new Pages<DeskEvent>(async () => ({
    rows: await readEvents(),
    endCursor: null,
    hasNextPage: false,
  }));

  constructor() {
    super(NodesDocument, {});
  }

  /** Follows the nodes until the result is called. Start it inside an effect. */
  follow(): () => void {
    let beats = 0;
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      beats += 1;
      void this.refresh();
      if (beats % 10 === 0) void this.parameters.refresh();
    }, pause);
    return () => clearInterval(timer);
  }
}
