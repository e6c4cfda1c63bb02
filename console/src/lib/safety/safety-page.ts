import { fetchOnce } from '../graphql/client.ts';
import {
  SafeModeChangedDocument,
  SafeModeHistoryDocument,
  type SafeModeHistoryQuery,
  SafetyDocument,
  type SafetyQuery,
  type SafetyQueryVariables,
} from '../graphql/generated/graphql.ts';
import { Pages } from '../graphql/pages.svelte.ts';
import { Query } from '../graphql/query.svelte.ts';
import { listen } from '../live/live.ts';

type Step = SafeModeHistoryQuery['safeMode']['history']['edges'][number]['node'];

/** One change of the safe mode; its place in the history is its id. */
export type SafeModeStep = Step & { id: string };

/** Checks and signers are not streamed: they are read again this often, in ms. */
const pause = 5_000;

/** Safe mode, its history, its checks and the signers, kept in step with the desk. */
export class SafetyPage extends Query<SafetyQuery, SafetyQueryVariables> {
  readonly history: Pages<SafeModeStep>;

  constructor() {
    super(SafetyDocument, {});
    this.history = new Pages(
      async (after) => {
        const { safeMode } = await fetchOnce(SafeModeHistoryDocument, { first: 20, after });
        const { edges, pageInfo } = safeMode.history;
        return { rows: edges.map(({ cursor, node }) => ({ ...node, id: cursor })), ...pageInfo };
      },
      { wait: true },
    );
  }

  /** Follows the desk until the result is called. Start it inside an effect. */
  follow(): () => void {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.refresh();
    }, pause);
    const read = (): void => {
      void this.refresh();
      void this.history.refresh();
    };
    const stop = listen({
      document: SafeModeChangedDocument,
      variables: {},
      cursorOf: (data) => data.safeModeChanged.cursor,
      onChange: read,
      onStart: read,
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }
}
