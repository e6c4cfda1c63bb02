/** Where to go after signing in: a path of this console only, never another site. */
export function returnPath(wanted: string | null): string {
  return wanted !== null && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/sign-in')
    ? wanted
    : '/';
}
