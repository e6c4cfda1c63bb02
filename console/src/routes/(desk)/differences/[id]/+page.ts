import { DifferencePage } from '#lib/differences/difference-page.ts';

/** One difference by its id. */
export function load({ params }: { params: { id: string } }): { difference: DifferencePage } {
  return { difference: new DifferencePage(params.id) };
}
