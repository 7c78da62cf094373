import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext } from '@context-sdk/context';
import { encryptedStore } from '@context-sdk/context/encrypted';
import { fileStore } from '@context-sdk/context/file';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'unencrypted-'));
const warnings: unknown[] = [];

beforeEach(() => {
  warnings.length = 0;
  vi.spyOn(process, 'emitWarning').mockImplementation((...values: unknown[]) => void warnings.push(values));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function start(store: RecordStore, options: { allowUnencryptedStore?: boolean } = {}): void {
  const google = { clientId: 'app', clientSecret: 'secret' };
  createContext({ store, providers: { google }, baseUrl: 'https://host.example', ...options });
}

test('16.27: a production process says once that its store is not encrypted', () => {
  const plain = fileStore(folder);
  const keys = { one: new Uint8Array(32).fill(1) };
  start(plain);
  vi.stubEnv('NODE_ENV', 'production');
  start(memoryStore());
  start(encryptedStore(plain, { current: 'one', keys }));
  start(plain, { allowUnencryptedStore: true });
  expect(warnings).toEqual([]);
  start(plain);
  start(plain);
  expect(warnings).toEqual([
    [
      expect.stringContaining('is not encrypted'),
      { type: 'SecurityWarning', code: 'CONTEXT_SDK_UNENCRYPTED_STORE' },
    ],
  ]);
});
