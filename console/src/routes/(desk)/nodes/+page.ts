import { NodesPage } from '#lib/nodes/nodes-page.ts';

/** The chain's nodes and parameters. */
export function load(): { nodes: NodesPage } {
  return { nodes: new NodesPage() };
}
