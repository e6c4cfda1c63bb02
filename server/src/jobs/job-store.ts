import type { AgendaBackend } from 'agenda';
import pg from 'pg';

/** A connected store for Agenda, and how to let go of it. */
export interface JobStore {
  readonly backend: AgendaBackend;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 10_000;
/** One of them listens. */
const CONNECTIONS = 3;
const COLLECTION = 'agenda_jobs';

/**
 * Connects to the store of the address: `mongodb:` is MongoDB, everything else the desk's PostgreSQL,
 * where Agenda's table is in the schema `jobs`. Rejects when the store cannot be reached.
 */
export async function openJobStore(
  url: string,
  onError: (error: unknown) => void,
): Promise<JobStore> {
  // Only the driver in use is loaded: MongoDB's alone takes 30 MB of memory.
  const isMongo = /^mongodb(\+srv)?:/.test(url);
  const store = await (isMongo ? mongoStore(url) : postgresStore(url, onError));
  try {
    await store.backend.connect();
  } catch (error) {
    await store.close().catch(onError);
    throw error;
  }
  return { backend: connected(store.backend, onError), close: () => store.close() };
}

async function mongoStore(address: string): Promise<JobStore> {
  const { MongoBackend } = await import('@agendajs/mongo-backend');
  const backend = new MongoBackend({
    address,
    collection: COLLECTION,
    options: {
      appName: 'energy-desk',
      serverSelectionTimeoutMS: CONNECT_TIMEOUT_MS,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      socketTimeoutMS: QUERY_TIMEOUT_MS,
      maxPoolSize: CONNECTIONS,
    },
  });
  return { backend, close: () => backend.disconnect() };
}

async function postgresStore(
  connectionString: string,
  onError: (error: unknown) => void,
): Promise<JobStore> {
  const { PostgresBackend } = await import('@agendajs/postgres-backend');
  const pool = new pg.Pool({
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'energy-desk-jobs',
    options: '-c role=energy_desk -c search_path=jobs -c timezone=UTC',
  });
  // A connection that breaks while idle is the pool's error; unheard it would end the process.
  pool.on('error', onError);
  const backend = new PostgresBackend({ pool, tableName: COLLECTION, channelName: COLLECTION });
  const channel = backend.notificationChannel;
  if (channel && 'on' in channel && typeof channel.on === 'function') channel.on('error', onError);
  return { backend, close: () => pool.end() };
}

/**
 * The backend as Agenda gets it. Agenda connects in its constructor without looking at the outcome,
 * and unlocks jobs without waiting: either would end the process when the store is away.
 */
function connected(backend: AgendaBackend, onError: (error: unknown) => void): AgendaBackend {
  const { repository, notificationChannel, logger } = backend;
  const unlockJob = repository.unlockJob.bind(repository);
  repository.unlockJob = (job) => unlockJob(job).catch(onError);
  return {
    name: backend.name,
    repository,
    notificationChannel,
    logger,
    ownsConnection: false,
    connect: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
  };
}
