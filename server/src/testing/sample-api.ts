import 'reflect-metadata';
import {
  Arg,
  Ctx,
  Field,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import { anyone, hasRole, signedIn } from '../access/rules.ts';
import type { Database } from '../database/database.ts';
import { type DeskEvent, formatCursor, parseCursor } from '../events/event.ts';
import type { DeskContext } from '../graphql/context.ts';
import { Amount, Energy } from '../graphql/scalars.ts';
import { startTestApi, type TestApi, type TestApiOptions } from './test-api.ts';

@ObjectType()
class Nest {
  @Field(() => String)
  declare name: string;

  @Field(() => Nest, { nullable: true })
  declare nest: Nest | null;
}

/** More than a few of them fit into what the system keeps for a connection. */
const LARGE_BYTES = 1_000_000;

/** Root fields of every kind, and one subscription that nobody gave a rule. */
@Resolver()
export class Sample {
  /** Lets the query `slow` answer; there while somebody waits for it. */
  held: (() => void) | undefined;
  /** How often the streams `happened` and `whoHears` were executed. */
  executions = 0;
  readonly #database: () => Database;

  constructor(database: () => Database) {
    this.#database = database;
  }

  @Query(() => Nest, { nullable: true })
  nest(): null {
    return null;
  }

  @Query(() => String)
  hello(): string {
    return 'hello';
  }

  @Query(() => Energy, { nullable: true })
  take(
    @Arg('energy', () => Energy, { nullable: true }) energy?: bigint,
    @Arg('amount', () => Amount, { nullable: true }) _amount?: bigint,
    @Arg('count', () => Int, { nullable: true }) _count?: number,
  ): bigint | undefined {
    return energy;
  }

  @Query(() => String)
  breaks(): string {
    throw new Error('the password is hunter2');
  }

  @Query(() => String)
  async slow(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.held = resolve;
    });
    return 'at last';
  }

  @Mutation(() => String)
  async change(@Ctx() { actor, audit }: DeskContext): Promise<string> {
    await this.#database().transaction(actor, (em) => audit.record(em, 'sample.change'));
    return 'changed';
  }

  @Subscription(() => String, {
    subscribe: ({ context }: { context: DeskContext }) =>
      context.feed.subscribe({ kinds: ['sample.*'], signal: context.signal }),
  })
  happened(@Root() event: DeskEvent): string {
    this.executions += 1;
    return event.kind;
  }

  @Subscription(() => String, {
    subscribe: ({ args, context }: { args: { after?: string }; context: DeskContext }) =>
      context.feed.subscribe({
        kinds: ['own.*'],
        clientId: clientScope(context.caller),
        ...(args.after !== undefined && { after: parseCursor(args.after) }),
        signal: context.signal,
      }),
  })
  ownHappened(
    @Root() event: DeskEvent,
    @Arg('after', () => String, { nullable: true }) _after?: string,
  ): string {
    this.executions += 1;
    return `${event.kind} ${formatCursor(event.cursor)}`;
  }

  @Subscription(() => String, {
    subscribe: ({ context }: { context: DeskContext }) =>
      context.feed.subscribe({ kinds: ['sample.*'], signal: context.signal }),
  })
  whoHears(@Root() event: DeskEvent, @Ctx() { caller }: DeskContext): string {
    this.executions += 1;
    return `${event.kind} ${caller.kind === 'STRANGER' ? '' : caller.id}`;
  }

  @Subscription(() => String, {
    subscribe: ({ context }: { context: DeskContext }) =>
      context.feed.subscribe({ kinds: ['large.*'], signal: context.signal }),
  })
  largeHappened(@Root() event: DeskEvent): string {
    return event.kind.padEnd(LARGE_BYTES, '.');
  }

  @Subscription(() => String, {
    subscribe: ({ context }: { context: DeskContext }) => context.feed.subscribe({}),
  })
  forAdmins(@Root() event: DeskEvent): string {
    return event.kind;
  }

  @Subscription(() => String, {
    subscribe: ({ context }: { context: DeskContext }) => context.feed.subscribe({}),
  })
  forgotten(@Root() event: DeskEvent): string {
    return event.kind;
  }
}

const rules = [
  {
    Query: { hello: anyone, nest: anyone, take: anyone, breaks: anyone, slow: anyone },
    Mutation: { change: anyone },
    Subscription: {
      happened: signedIn,
      ownHappened: signedIn,
      whoHears: signedIn,
      largeHappened: signedIn,
      forAdmins: hasRole('ADMIN'),
    },
  },
];

/** The API with the sample room alone. */
export async function startSampleApi(
  options: Pick<TestApiOptions, 'server'> = {},
): Promise<{ api: TestApi; sample: Sample }> {
  const sample: Sample = new Sample(() => api.database);
  const api: TestApi = await startTestApi({ ...options, resolvers: [sample], rules });
  return { api, sample };
}
