import { t } from '../messages/messages.ts';
import { notices } from './notices.svelte.ts';

/** Puts text on the clipboard; false, and a notice, when the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Outside HTTPS and localhost there is no clipboard.
    notices.say(t.common.copyFailed, 'failed');
    return false;
  }
}
