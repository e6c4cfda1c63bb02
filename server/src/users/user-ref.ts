import { BadInput } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';

/** How a caller names a user: by exactly one of the three. */
export interface UserRefInput {
  readonly id?: string | null | undefined;
  readonly telegramId?: string | null | undefined;
  readonly externalId?: string | null | undefined;
}

/** A user as named by a caller, checked in form but not looked up. */
export type UserRef =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'telegramId'; readonly telegramId: bigint }
  | { readonly by: 'externalId'; readonly clientId: string; readonly externalId: string };

/** Telegram promises at most 52 significant bits. */
const MAX_TELEGRAM_ID = 2n ** 52n;
const MAX_EXTERNAL_ID = 128;

/**
 * Reads a reference to a user.
 * @param clientId the API client that asks, in whose namespace an external id is; null for operators
 * @throws BadInput unless exactly one of id, telegramId and externalId is there and well-formed
 */
export function parseUserRef(
  input: UserRefInput,
  clientId: string | null,
  field = 'input.user',
): UserRef {
  const given = (['id', 'telegramId', 'externalId'] as const).filter(
    (name) => input[name] !== undefined && input[name] !== null,
  );
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none is given' : `${given.join(' and ')} are given`;
    throw new BadInput(`Name the user by exactly one of id, telegramId and externalId: ${found}.`, {
      field,
    });
  }
  if (typeof input.id === 'string') return byId(input.id, `${field}.id`);
  if (typeof input.telegramId === 'string') {
    return byTelegramId(input.telegramId, `${field}.telegramId`);
  }
  return byExternalId(input.externalId ?? '', clientId, `${field}.externalId`);
}

/** The same text for the same user reference, different for different ones. */
export function refKey(ref: UserRef): string {
  switch (ref.by) {
    case 'id':
      return `id ${ref.id}`;
    case 'telegramId':
      return `telegram ${ref.telegramId.toString()}`;
    case 'externalId':
      return `external ${ref.clientId} ${ref.externalId}`;
  }
}

function byId(id: string, field: string): UserRef {
  if (!isUuid(id)) throw new BadInput('A user id is a UUID, as the desk gave it.', { field });
  return { by: 'id', id: id.toLowerCase() };
}

function byTelegramId(text: string, field: string): UserRef {
  const telegramId = /^[1-9]\d{0,15}$/.test(text) ? BigInt(text) : 0n;
  if (telegramId <= 0n || telegramId >= MAX_TELEGRAM_ID) {
    throw new BadInput('A Telegram id is a whole number above 0, written as a string.', { field });
  }
  return { by: 'telegramId', telegramId };
}

function byExternalId(externalId: string, clientId: string | null, field: string): UserRef {
  if (clientId === null) {
    throw new BadInput(
      'An external id is known to the API client that gave it: name the user by id or telegramId.',
      { field },
    );
  }
  // Control characters and surrounding blanks make two ids that look the same.
  if (
    externalId.length === 0 ||
    externalId.length > MAX_EXTERNAL_ID ||
    externalId !== externalId.trim() ||
    /\p{C}/u.test(externalId)
  ) {
    throw new BadInput(
      `An external id has 1 to ${MAX_EXTERNAL_ID} printable characters and no blanks around them.`,
      { field },
    );
  }
  return { by: 'externalId', clientId, externalId };
}
