import { DeskError } from './desk-error.ts';

/** One page of a Relay connection, already unwrapped. */
export type Page<Row> = {
  rows: Row[];
  endCursor: string | null;
  hasNextPage: boolean;
  /** Exact up to 10,000, then 10,000; absent where the list is not counted. */
  totalCount?: number;
};

/** Unwraps a Relay connection. */
export function pageOf<Row>(connection: {
  edges: { node: Row }[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
  totalCount?: number;
}): Page<Row> {
  return {
    rows: connection.edges.map((edge) => edge.node),
    endCursor: connection.pageInfo.endCursor,
    hasNextPage: connection.pageInfo.hasNextPage,
    ...(connection.totalCount !== undefined && { totalCount: connection.totalCount }),
  };
}

/**
 * A list read page by page from the newest on. Rows that a stream reports go through `take`:
 * known rows change in place, new ones wait in `arrived` until the reader lets them in, so that
 * nothing moves under the eye.
 */
export class Pages<Row extends { id: string }> {
  #rows = $state.raw<Row[]>([]);
  arrived = $state.raw<Row[]>([]);
  total = $state<number>();
  hasMore = $state(false);
  loading = $state(true);
  loadingMore = $state(false);
  error = $state.raw<DeskError>();
  #answered = $state(false);
  #cursor: string | null = null;
  #generation = 0;
  readonly #fetch: (after: string | null) => Promise<Page<Row>>;

  /** With `wait`, nothing is read before the first `refresh`: a stream says when. */
  constructor(
    fetch: (after: string | null) => Promise<Page<Row>>,
    options: { wait?: boolean } = {},
  ) {
    this.#fetch = fetch;
    if (options.wait !== true) void this.refresh();
  }

  get rows(): Row[] {
    return this.#rows;
  }

  /** The rows, or undefined before the first answer (the shape that `Loaded` shows). */
  get data(): Row[] | undefined {
    return this.#answered ? this.#rows : undefined;
  }

  /** Reads the first page again. What was shown stays until the answer is there. */
  refresh = async (): Promise<void> => {
    const generation = ++this.#generation;
    this.loading = true;
    try {
      const page = await this.#fetch(null);
      if (generation !== this.#generation) return;
      this.#rows = page.rows;
      this.#answered = true;
      this.arrived = [];
      this.#follow(page);
      this.error = undefined;
    } catch (error) {
      this.#fail(error);
    } finally {
      if (generation === this.#generation) this.loading = false;
    }
  };

  /** Reads the next page and appends it. */
  more = async (): Promise<void> => {
    if (!this.hasMore || this.loadingMore || this.loading) return;
    const generation = this.#generation;
    this.loadingMore = true;
    try {
      const page = await this.#fetch(this.#cursor);
      if (generation !== this.#generation) return;
      const isNew = (row: Row): boolean => this.#rows.every((known) => known.id !== row.id);
      this.#rows = [...this.#rows, ...page.rows.filter(isNew)];
      this.#follow(page);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.loadingMore = false;
    }
  };

  /** Takes a row that changed. `belongs` says whether an unknown row would be in this list. */
  take(row: Row, belongs: boolean): void {
    if (this.#rows.some((known) => known.id === row.id)) {
      this.#rows = this.#rows.map((known) => (known.id === row.id ? row : known));
    } else if (this.arrived.some((known) => known.id === row.id)) {
      this.arrived = this.arrived.map((known) => (known.id === row.id ? row : known));
    } else if (belongs && !this.loading) {
      // In an empty list nobody is reading: there the row may enter at once.
      if (this.#rows.length === 0) this.#rows = [row];
      else this.arrived = [row, ...this.arrived];
      if (this.total !== undefined && this.total < 10_000) this.total += 1;
    }
  }

  /** Lets the rows that arrived meanwhile in at the top. */
  showArrived = (): void => {
    this.#rows = [...this.arrived, ...this.#rows];
    this.arrived = [];
  };

  #follow(page: Page<Row>): void {
    this.#cursor = page.endCursor;
    this.hasMore = page.hasNextPage;
    this.total = page.totalCount;
  }

  #fail(error: unknown): void {
    if (!(error instanceof DeskError)) throw error;
    this.error = error;
  }
}
