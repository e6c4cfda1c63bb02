/** How a user is called: by what the person who looks for them would have at hand. */
export function userName(user: {
  id: string;
  telegramId: string | null;
  externalId: string | null;
}): string {
  return user.telegramId ?? user.externalId ?? user.id.slice(-8);
}
