import { goto } from '$app/navigation';
import { palette } from '../search/palette.svelte.ts';
import { openRooms } from './rooms.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

/** `/` and Ctrl-K open the palette; `g` and a room's letter go there. Returns the undo. */
export function shortcuts(): () => void {
  let goingUntil = 0;
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      palette.show();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector('[role="dialog"]') !== null) return;
    if (event.key === '/') {
      event.preventDefault();
      palette.show();
    } else if (event.key === 'g') {
      goingUntil = event.timeStamp + 1_200;
    } else if (event.timeStamp < goingUntil) {
      goingUntil = 0;
      const room = openRooms().find(({ key }) => key === event.key);
      if (room !== undefined) void goto(room.href);
    }
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
