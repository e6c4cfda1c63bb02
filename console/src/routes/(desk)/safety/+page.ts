import { SafetyPage } from '#lib/safety/safety-page.ts';

/** What holds the desk back, and what signs for it. */
export function load(): { safety: SafetyPage } {
  return { safety: new SafetyPage() };
}
