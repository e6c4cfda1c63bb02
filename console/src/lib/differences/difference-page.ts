import {
  DifferenceChangedDocument,
  DifferenceDocument,
  type DifferenceQuery,
  type DifferenceQueryVariables,
} from '../graphql/generated/graphql.ts';
import { Query } from '../graphql/query.svelte.ts';
import { listen } from '../live/live.ts';
import { hasEnded } from '../operations/operation-states.ts';

/** While something is being taken back, it is looked at this often, in ms; else ten times as seldom. */
const pause = 1_500;

/** One difference, kept in step with the desk. */
export class DifferencePage extends Query<DifferenceQuery, DifferenceQueryVariables> {
  readonly id: string;

  constructor(id: string) {
    super(DifferenceDocument, { id });
    this.id = id;
  }

  /** Follows it until the result is called. Start it inside an effect. */
  follow(): () => void {
    let beats = 0;
    const timer = setInterval(() => {
      beats += 1;
      const reclaims = this.latest?.difference?.reclaims ?? [];
      const running = reclaims.some(({ operation }) => !hasEnded(operation.state));
      if (!running && beats % 10 !== 0) return;
      if (document.visibilityState === 'visible') void this.refresh();
    }, pause);
    const stop = listen({
      document: DifferenceChangedDocument,
      variables: {},
      cursorOf: (data) => data.differenceChanged.cursor,
      onChange: ({ differenceChanged: { difference } }) => {
        if (difference.id === this.id) void this.refresh();
      },
      onStart: () => void this.refresh(),
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }
}
