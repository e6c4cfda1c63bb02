/** What an operator or an API client may do; several may be held at once. */
export const ROLES = ['ADMIN', 'OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT'] as const;
export type Role = (typeof ROLES)[number];

const known: ReadonlySet<string> = new Set(ROLES);

/** Only the known ones: a role that a newer version wrote gives no right here. */
export function knownRoles(roles: readonly string[]): Role[] {
  return roles.filter((role): role is Role => known.has(role));
}
