import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Database } from '../database/database.ts';
import type { DeskContext } from '../graphql/context.ts';
import { parseActor } from '../kernel/actor.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { haltSigning, resumeSigning } from './signer-halts.ts';
import { HaltSigningInput, ResumeSigningInput, Signer } from './signer.graphql.ts';
import { signerStanding } from './signer-standing.ts';

@Resolver(() => Signer)
export class SignerResolver {
  readonly #database: Database;
  readonly #ids: IdMaker;

  constructor(database: Database, ids: IdMaker) {
    this.#database = database;
    this.#ids = ids;
  }

  @Query(() => Signer, { description: 'What signs for the desk, and whether it does.' })
  async signer(): Promise<Signer> {
    const { halt, haltedBecause, journals } = await signerStanding(this.#database.read());
    return {
      haltedBecause,
      haltedSince: halt?.haltedAt ?? null,
      haltedBy: halt ? parseActor(halt.haltedBy) : null,
      journals: journals.map(({ journal, entries, ...row }) => ({
        ...row,
        id: journal,
        entries: Number(entries),
      })),
    };
  }

  @Mutation(() => Signer, {
    description:
      'Stops all signing within a second. What is signed already can still land. Nothing is lost: operations wait until resumeSigning, orders until their deadline. Where signing is stopped already, the first reason stays.',
  })
  async haltSigning(
    @Arg('input', () => HaltSigningInput, { description: 'Why.' }) input: HaltSigningInput,
    @Ctx() { actor, audit }: DeskContext,
  ): Promise<Signer> {
    await this.#database.transaction(actor, async (em) => {
      const id = await haltSigning(em, this.#ids, actor, input);
      const subject = id === undefined ? undefined : { kind: 'signer', id };
      await audit.record(em, 'signer.halt', subject, { reason: input.reason.trim() });
    });
    return this.signer();
  }

  @Mutation(() => Signer, {
    description:
      'Lets the signers sign again, and gives up journals that were found broken. What is stopped by a file at a machine stays stopped.',
  })
  async resumeSigning(
    @Arg('input', () => ResumeSigningInput, { description: 'Why.' }) input: ResumeSigningInput,
    @Ctx() { actor, audit }: DeskContext,
  ): Promise<Signer> {
    await this.#database.transaction(actor, async (em) => {
      const id = await resumeSigning(em, actor, input);
      const subject = id === undefined ? undefined : { kind: 'signer', id };
      await audit.record(em, 'signer.resume', subject, { reason: input.reason.trim() });
    });
    return this.signer();
  }
}
