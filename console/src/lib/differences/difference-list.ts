import { fetchOnce } from '../graphql/client.ts';
import {
  DifferenceChangedDocument,
  type DifferenceRowFragment,
  DifferencesDocument,
} from '../graphql/generated/graphql.ts';
import { pageOf, Pages } from '../graphql/pages.svelte.ts';
import { listen } from '../live/live.ts';
import { type DifferenceView, isInDifferenceView, toDifferenceFilter } from './difference-view.ts';

const pageSize = 50;

/** The differences of a view, newest first; read when it begins to follow the desk. */
export class DifferenceList extends Pages<DifferenceRowFragment> {
  readonly view: DifferenceView;

  constructor(view: DifferenceView) {
    const filter = toDifferenceFilter(view);
    super(
      async (after) =>
        pageOf(
          (await fetchOnce(DifferencesDocument, { filter, first: pageSize, after })).differences,
        ),
      { wait: true },
    );
    this.view = view;
  }

  /** Keeps the list in step with the desk until the result is called. Start it inside an effect. */
  follow(): () => void {
    return listen({
      document: DifferenceChangedDocument,
      variables: {},
      cursorOf: (data) => data.differenceChanged.cursor,
      onChange: ({ differenceChanged: { difference } }) =>
        this.take(difference, isInDifferenceView(difference, this.view)),
      onStart: () => void this.refresh(),
    });
  }
}
