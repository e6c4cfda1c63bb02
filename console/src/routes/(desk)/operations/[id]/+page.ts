import { OperationPage } from '#lib/operations/operation-page.ts';

/** One operation by its id. */
export function load({ params }: { params: { id: string } }): { operation: OperationPage } {
  return { operation: new OperationPage(params.id) };
}
