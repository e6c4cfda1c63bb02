let remembered: string | undefined;

/** Keeps the token that signing in answered with, for browsers that hide the readable cookie. */
export function rememberCsrf(token: string | undefined): void {
  remembered = token;
}

/** The token that every POST and the WebSocket must carry; empty when nobody is signed in. */
export function csrfToken(): string {
  const cookie = document.cookie.split('; ').find((part) => part.startsWith('desk_csrf='));
  return cookie === undefined
    ? (remembered ?? '')
    : decodeURIComponent(cookie.slice('desk_csrf='.length));
}
