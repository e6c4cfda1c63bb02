import { fetchOnce } from '../graphql/client.ts';
import { DeskError } from '../graphql/desk-error.ts';
import { type OperationRowFragment, OperationsDocument } from '../graphql/generated/graphql.ts';
import { pageOf, Pages, type Page } from '../graphql/pages.svelte.ts';
import { followInventory } from '../live/follow-inventory.ts';
import { type OperationView, toOperationFilter } from './operation-view.ts';

/** The desk streams no operations, so a followed list looks again this often, in ms. */
const pause = 3_000;

/** The operations of a view, newest first, page by page; read when it begins to follow the desk. */
export class OperationList extends Pages<OperationRowFragment> {
  readonly view: OperationView;
  readonly #read: (after: string | null) => Promise<Page<OperationRowFragment>>;

  constructor(view: OperationView, pageSize = 50) {
    const read = async (after: string | null): Promise<Page<OperationRowFragment>> => {
      const filter = toOperationFilter(view);
      return pageOf(
        (await fetchOnce(OperationsDocument, { filter, first: pageSize, after })).operations,
      );
    };
    super(read, { wait: true });
    this.view = view;
    this.#read = read;
  }

  /** Takes in what has changed among the newest, and says of new ones that they are there. */
  look = async (): Promise<void> => {
    if (this.loading || this.loadingMore || document.visibilityState !== 'visible') return;
    try {
      const { rows } = await this.#read(null);
      for (const row of rows.toReversed()) this.take(row, true);
    } catch (error) {
      // What is shown stays; the frame says that the desk is away.
      if (!(error instanceof DeskError)) throw error;
    }
  };

  /** Keeps the list in step with the desk until the result is called. Start it inside an effect. */
  follow(): () => void {
    return followInventory(this.#lookOrRefresh, pause);
  }

  /** The first look reads the list; later ones only take in what has changed. */
  readonly #lookOrRefresh = (): Promise<void> =>
    this.data === undefined ? this.refresh() : this.look();
}
