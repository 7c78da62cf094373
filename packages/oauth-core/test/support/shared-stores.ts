import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { createSchema } from '@context-sdk/test-support/postgres';
import { deleteKeys } from '@context-sdk/test-support/redis';
import type { Service } from '@context-sdk/test-support/service';
import { postgres, redis } from '@context-sdk/test-support/services';
import { uniqueName } from '@context-sdk/test-support/urls';
import { type OpenStore, openStore, type SharedKind } from './open-store.ts';

const LOCAL: Service = { isThere: true, note: '' };

/** Every kind of store that several processes can share, and whether its service answers here. */
export const SHARED_STORES: readonly { kind: SharedKind; service: Service }[] = [
  { kind: 'sqlite', service: LOCAL },
  { kind: 'file', service: LOCAL },
  { kind: 'redis', service: redis },
  { kind: 'postgres', service: postgres },
];

/** An empty place for records, the test's own. */
export interface Location {
  readonly location: string;
  remove(): Promise<void>;
}

export async function newLocation(kind: SharedKind): Promise<Location> {
  if (kind === 'redis') {
    const location = `${uniqueName()}:`;
    return { location, remove: () => deleteKeys(location) };
  }
  if (kind === 'postgres') {
    const { name, pool, drop } = await createSchema();
    await postgresStore(pool, { schema: name }).createTable();
    return { location: name, remove: drop };
  }
  const directory = await mkdtemp(join(tmpdir(), 'context-sdk-'));
  return {
    location: join(directory, 'store'),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A place with the stores that were opened there, all closed when it is removed. */
export interface SharedPlace extends Location {
  open(): Promise<OpenStore['store']>;
}

export async function newPlace(kind: SharedKind, encryption: '' | 'encrypted ' = ''): Promise<SharedPlace> {
  const place = await newLocation(kind);
  const opened: OpenStore[] = [];
  return {
    ...place,
    async open() {
      const one = await openStore(encryption + kind, place.location);
      opened.push(one);
      return one.store;
    },
    async remove() {
      for (const { close } of opened) await close();
      await place.remove();
    },
  };
}
