import { InventoryChangedDocument } from '../graphql/generated/graphql.ts';
import { listen } from './live.ts';

/**
 * Calls `look` soon after anything about the pool has changed, at most about once a second, and
 * every `pause` ms while the page is seen, since not all that a page shows is streamed. Start it
 * inside an effect; the result stops it.
 */
export function followInventory(look: () => Promise<void>, pause: number): () => void {
  let soon: ReturnType<typeof setTimeout> | undefined;
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') void look();
  }, pause);
  const stop = listen({
    document: InventoryChangedDocument,
    variables: {},
    cursorOf: (data) => data.inventoryChanged.cursor,
    onChange: () => {
      soon ??= setTimeout(() => {
        soon = undefined;
        void look();
      }, 1_000);
    },
    onStart: () => void look(),
  });
  return () => {
    clearInterval(timer);
    clearTimeout(soon);
    stop();
  };
}
