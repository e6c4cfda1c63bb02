import type { Attachment } from 'svelte/attachments';

const glowing: KeyframeAnimationOptions = { duration: 1_100, easing: 'ease-out' };

/** Makes an element glow for a second when what `read` returns has changed from something. */
export function glow(read: () => unknown): Attachment<HTMLElement> {
  let first = true;
  let last: unknown;
  return (element) => {
    const value = read();
    if (!first && last !== undefined && value !== last) {
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (!still) element.animate({ backgroundColor: ['var(--glow)', 'transparent'] }, glowing);
    }
    first = false;
    last = value;
  };
}
