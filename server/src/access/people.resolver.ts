import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Database } from '../database/database.ts';
import type { DeskContext } from '../graphql/context.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import type { ApiClient } from './api-client.entity.ts';
import { ApiClientType, CreateApiKeyInput, CreateApiKeyPayload } from './api-client.graphql.ts';
import {
  createApiClient,
  type CreatedApiClient,
  listApiClients,
  revokeApiClient,
} from './api-clients.ts';
import type { Authenticator } from './authenticator.ts';
import type { Operator } from './operator.entity.ts';
import { CreateOperatorInput, CreateOperatorPayload, OperatorType } from './operator.graphql.ts';
import { type CreatedOperator, createOperator, listOperators } from './operators.ts';

export interface PeopleResolverParts {
  readonly database: Database;
  readonly authenticator: Authenticator;
  readonly ids: IdMaker;
  readonly random: Random;
}

/** Operators and API clients, as administrators keep them. */
@Resolver()
export class PeopleResolver {
  readonly #parts: PeopleResolverParts;

  constructor(parts: PeopleResolverParts) {
    this.#parts = parts;
  }

  @Query(() => [OperatorType], { description: 'All operators by name.' })
  operators(): Promise<Operator[]> {
    return listOperators(this.#parts.database.read());
  }

  @Query(() => [ApiClientType], { description: 'All API clients, the newest first.' })
  apiClients(): Promise<ApiClient[]> {
    return listApiClients(this.#parts.database.read());
  }

  @Mutation(() => CreateOperatorPayload, { description: 'Adds an operator.' })
  createOperator(
    @Arg('input', () => CreateOperatorInput, { description: 'Who, and what they may do.' })
    input: CreateOperatorInput,
    @Ctx() { actor, audit }: DeskContext,
  ): Promise<CreatedOperator> {
    return this.#parts.database.transaction(actor, async (em) => {
      const created = await createOperator(em, input, this.#parts);
      const { id, email, roles } = created.operator;
      await audit.record(em, 'operator.create', { kind: 'operator', id }, { email, roles });
      return created;
    });
  }

  @Mutation(() => CreateApiKeyPayload, { description: 'Adds an API client with a new key.' })
  createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'Which program, and its rights.' })
    input: CreateApiKeyInput,
    @Ctx() { actor, audit }: DeskContext,
  ): Promise<CreatedApiClient> {
    return this.#parts.database.transaction(actor, async (em) => {
      const created = await createApiClient(em, input, actor, this.#parts);
      const { id, name, roles, keyPrefix } = created.client;
      await audit.record(
        em,
        'apiKey.create',
        { kind: 'apiClient', id },
        { name, roles, keyPrefix },
      );
      return created;
    });
  }

  @Mutation(() => ApiClientType, {
    description: 'Takes a key\u2019s validity away for ever; its open streams end.',
  })
  async revokeApiKey(
    @Arg('id', () => ID, { description: 'The API client\u2019s id.' }) id: string,
    @Ctx() { actor, audit }: DeskContext,
  ): Promise<ApiClient> {
    const client = await this.#parts.database.transaction(actor, async (em) => {
      const revoked = await revokeApiClient(em, id);
      await audit.record(em, 'apiKey.revoke', { kind: 'apiClient', id });
      return revoked;
    });
    this.#parts.authenticator.forget();
    return client;
  }
}
