import type { Icon } from './icon.ts';

/** Something that can be done with a thing: the same data feeds its page, row menu and palette. */
export type Action = {
  id: string;
  /** The verb and the object. */
  label: string;
  icon: Icon;
  danger?: boolean;
  /** Why it cannot be done now; absent when it can. */
  blocked?: string;
} & ({ href: string } | { run: () => void });
