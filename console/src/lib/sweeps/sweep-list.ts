import { fetchOnce } from '../graphql/client.ts';
import { type SweepRowFragment, SweepsDocument } from '../graphql/generated/graphql.ts';
import { pageOf, Pages } from '../graphql/pages.svelte.ts';

const pageSize = 30;
/** Sweeps are not streamed: while one is under way the newest page is looked at this often, in ms. */
const pause = 3_000;

/** Sweeps, newest first. */
export class SweepList extends Pages<SweepRowFragment> {
  constructor() {
    super(async (after) =>
      pageOf((await fetchOnce(SweepsDocument, { first: pageSize, after })).sweeps),
    );
  }

  /** Keeps the list in step with the desk until the result is called. Start it inside an effect. */
  follow(): () => void {
    const timer = setInterval(() => {
      const running = this.rows.some(({ endedAt }) => endedAt === null);
      if (running && document.visibilityState === 'visible') void this.refresh();
    }, pause);
    return () => clearInterval(timer);
  }
}
