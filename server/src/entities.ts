import type { EntityClass } from '@mikro-orm/postgresql';
import { ApiClient } from './access/api-client.entity.ts';
import { Operator } from './access/operator.entity.ts';
import { Session } from './access/session.entity.ts';

/** What `Database.connect` must know; `check-migrations` compares each with its table. */
export const entities: readonly EntityClass<object>[] = [Operator, Session, ApiClient];
