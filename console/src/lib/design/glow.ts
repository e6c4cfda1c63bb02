import type { Attachment } from 'svelte/attachments';

/** Makes an element glow for a second when what `read` returns has changed from something. */
export function glow(read: () => unknown): Attachment<HTMLElement> {
  let first = true;
  let last: unknown;
  return (element) => {
    const value = read();
    if (!first && last !== undefined && value !== last) {
      element.classList.remove('glow');
      // Reading the size makes the browser begin the animation anew.
      void element.offsetWidth;
      element.classList.add('glow');
    }
    first = false;
    last = value;
  };
}
