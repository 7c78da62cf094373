import { type ChildProcess, execFileSync, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { answered } from './postgres.ts';
import { freePort } from './processes.ts';
import { found, type Service } from './service.ts';

/** A PostgreSQL of the test's own, on a port of its own. */
export interface OwnPostgres {
  readonly url: string;
  /** Makes and starts another server that follows this one. */
  startReplica(): Promise<OwnPostgres>;
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>;
  /** Ends the server at once, as a crash does. */
  crash(): Promise<void>;
  remove(): Promise<void>;
}

const PROGRAMS = ['initdb', 'postgres', 'pg_basebackup'];

/** Debian keeps the server's programs out of the path. */
function folderOfPrograms(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const debian = globSync('/usr/lib/postgresql/*/bin/initdb').map((path) => dirname(path));
  const hasAll = (folder: string): boolean => PROGRAMS.every((name) => existsSync(join(folder, name)));
  return [...folders, ...debian.toSorted().toReversed()].find(hasAll);
}

const programs = folderOfPrograms();

/** Whether a test can start a PostgreSQL of its own. */
export const postgresServer: Service = found(
  "PostgreSQL's server",
  programs !== undefined,
  'is not installed',
);

/** PostgreSQL refuses to run as root. */
function owner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (option: string): number =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function run(name: string, options: readonly string[], cwd: string, stdio: StdioOptions): ChildProcess {
  return spawn(join(programs ?? '', name), options, { stdio, cwd, ...owner() });
}

async function finished(name: string, options: readonly string[], cwd: string): Promise<void> {
  const [code] = (await once(run(name, options, cwd, 'ignore'), 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}.`);
}

async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'context-sdk-postgres-'));
  const { uid, gid } = owner();
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
  return folder;
}

class Server implements OwnPostgres {
  readonly url: string;
  readonly #folder: string;
  readonly #port: number;
  #server: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  }

  async start(): Promise<void> {
    const port = String(this.#port);
    // Only the server crashes, not the machine.
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
    this.#server = run(
      'postgres',
      ['-D', 'data', '-p', port, ...settings.flatMap((setting) => ['-c', setting])],
      this.#folder,
      'ignore',
    );
    this.#ended = once(this.#server, 'exit');
    await answered(this.url);
  }

  async startReplica(): Promise<OwnPostgres> {
    const folder = await ownFolder();
    const following = ['-h', '127.0.0.1', '-p', String(this.#port), '-U', 'postgres', '-R', '-c', 'fast'];
    await finished('pg_basebackup', ['-D', 'data', ...following], folder);
    const replica = new Server(folder, await freePort());
    await replica.start();
    return replica;
  }

  async crash(): Promise<void> {
    this.#server?.kill('SIGQUIT');
    this.#server = undefined;
    await this.#ended;
  }

  async remove(): Promise<void> {
    await this.crash();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Starts a PostgreSQL with an empty database. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = await ownFolder();
  const login = ['-U', 'postgres', '-A', 'trust'];
  const small = ['--no-locale', '--encoding=UTF8', '--wal-segsize=1', '--no-sync'];
  await finished('initdb', ['-D', 'data', ...login, ...small], folder);
  const server = new Server(folder, await freePort());
  await server.start();
  return server;
}
