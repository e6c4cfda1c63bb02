import { DifferenceList } from '#lib/differences/difference-list.ts';
import { type DifferenceView, readDifferenceView } from '#lib/differences/difference-view.ts';

/** The view is in the URL, so that it can be shared and gone back to. */
export function load({ url }: { url: URL }): { view: DifferenceView; list: DifferenceList } {
  const view = readDifferenceView(url.searchParams);
  return { view, list: new DifferenceList(view) };
}
