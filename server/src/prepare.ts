import 'reflect-metadata';
import { createFirstOperator } from './access/operators.ts';
import { assembleChain } from './app/chain.ts';
import { ensureKeyPair } from './app/key-pair.ts';
import { openLocalPolicy } from './app/open-local-policy.ts';
import { seedLocalNetwork, type Seeded } from './app/seed-local-network.ts';
import { Database } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import { entities } from './entities.ts';
import { type Environment, EnvironmentError, readEnvironment } from './environment.ts';
import { system } from './kernel/actor.ts';
import { systemClock } from './kernel/clock.ts';
import { IdMaker } from './kernel/ids.ts';
import { systemRandom } from './kernel/random.ts';
import { referenceData } from './reference-data.ts';

/** What a start needs to know, as one line of JSON; secrets only when they have just been made. */
interface Prepared extends Partial<Seeded> {
  readonly migrations: readonly string[];
  readonly keyRecipient: string | undefined;
  readonly operator?: { readonly email: string; readonly password: string };
}

/**
 * Run before every start, any number of times: brings the database up to date, makes the age key
 * pair and the first operator where they are missing, and seeds a local network.
 */
async function prepare(environment: Environment): Promise<Prepared> {
  const { databaseUrl, keyIdentityFile, tronNetwork, tronNodes } = environment;
  const migrations = await migrate(databaseUrl, referenceData);
  const keyRecipient =
    environment.keyRecipient ?? (keyIdentityFile && (await ensureKeyPair(keyIdentityFile)));
  const ids = new IdMaker(systemClock, systemRandom);
  const database = await Database.connect({
    url: databaseUrl,
    poolSize: 2,
    entities,
    clock: systemClock,
    random: systemRandom,
  });
  try {
    const operator = await database.transaction(system('prepare'), (em) =>
      createFirstOperator(em, environment.firstOperatorEmail, { ids, random: systemRandom }),
    );
    const networkUrl = tronNodes[0];
    const seeded =
      tronNetwork === 'local' && networkUrl !== undefined && keyRecipient !== undefined
        ? await seed(environment, { database, networkUrl, recipient: keyRecipient, ids })
        : undefined;
    return {
      migrations,
      keyRecipient,
      ...(operator && {
        operator: { email: operator.operator.email, password: operator.password },
      }),
      ...seeded,
    };
  } finally {
    await database.close();
  }
}

async function seed(
  environment: Environment,
  parts: { database: Database; networkUrl: string; recipient: string; ids: IdMaker },
): Promise<Seeded | undefined> {
  const chain = assembleChain({
    nodeUrls: environment.tronNodes,
    apiKey: environment.tronApiKey,
    nodeLimits: environment.tronNodeLimits,
    genesisId: environment.tronGenesis,
    clock: systemClock,
    random: systemRandom,
    report: (error) => console.error(error),
  });
  try {
    const seeded = await seedLocalNetwork({ ...parts, chain, random: systemRandom });
    const { signerDir } = environment;
    if (signerDir !== undefined) await openLocalPolicy(parts.database, signerDir);
    return seeded;
  } finally {
    await chain.stop();
  }
}

try {
  console.log(JSON.stringify(await prepare(readEnvironment())));
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.message : error);
  process.exitCode = 1;
}
