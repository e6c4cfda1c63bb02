import { createUnionType, Field, InputType, ObjectType } from 'type-graphql';
import { DateTime } from '../graphql/scalars.ts';
import { ApiClientType } from './api-client.graphql.ts';
import { OperatorType } from './operator.graphql.ts';

/** Whoever sent the request. */
export const Viewer = createUnionType({
  name: 'Viewer',
  description: 'Whoever sent the request: an operator or a program.',
  types: () => [OperatorType, ApiClientType] as const,
  resolveType: (value: object) => ('email' in value ? OperatorType : ApiClientType),
});

@InputType({ description: 'How an operator signs in.' })
export class SignInInput {
  @Field(() => String, { description: 'The operator\u2019s e-mail address.' })
  declare email: string;

  @Field(() => String, { description: 'The password.' })
  declare password: string;
}

@ObjectType({ description: 'A new session. The cookies desk_session and desk_csrf come with it.' })
export class SignInPayload {
  @Field(() => OperatorType, { description: 'Who is signed in now.' })
  declare operator: OperatorType;

  @Field(() => String, {
    description: 'Send it in the header x-csrf-token with every request of the session.',
  })
  declare csrfToken: string;

  @Field(() => DateTime, { description: 'When the session ends unless it is used before.' })
  declare expiresAt: Date;
}

@InputType({ description: 'A change of the caller\u2019s own password.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password as it is now.' })
  declare current: string;

  @Field(() => String, {
    description: 'The new one: 12 to 200 characters, without your name or address.',
  })
  declare next: string;
}
