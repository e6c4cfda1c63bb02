export const SESSION_COOKIE = 'desk_session';
export const CSRF_COOKIE = 'desk_csrf';

/** The value of one cookie of a Cookie header. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}

export interface SessionSecrets {
  readonly token: string;
  readonly csrfToken: string;
}

/** Set-Cookie lines of a new or prolonged session. The script of the console may read the second. */
export function sessionCookies(
  { token, csrfToken }: SessionSecrets,
  seconds: number,
  secure: boolean,
): string[] {
  const common = `Path=/; SameSite=Strict; Max-Age=${seconds}${secure ? '; Secure' : ''}`;
  return [
    `${SESSION_COOKIE}=${token}; HttpOnly; ${common}`,
    `${CSRF_COOKIE}=${csrfToken}; ${common}`,
  ];
}

/** Set-Cookie lines that take both cookies away. */
export function expiredCookies(secure: boolean): string[] {
  return sessionCookies({ token: '', csrfToken: '' }, 0, secure);
}
