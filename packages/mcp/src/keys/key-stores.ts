import type { RunProgram } from './run-program.ts';

/** Where a system keeps a person's secrets. */
export interface KeyStore {
  /** For people. */
  name: string;
  /** The key; `none` if there is no key yet; `unavailable` if the store can't be asked. */
  read(): Promise<{ key: string } | 'none' | 'unavailable'>;
  /** Adds the key. Returns whether that worked. */
  write(key: string): Promise<boolean>;
}

const SERVICE = 'context-sdk-mcp';
const ACCOUNT = 'store-key';

/** The status of `security` for an item that isn't there: errSecItemNotFound. */
const NOT_IN_KEYCHAIN = 44;

/** macOS: the login keychain. `security -i` reads its commands from stdin. */
export function keychain(run: RunProgram): KeyStore {
  return {
    name: 'the keychain',
    async read() {
      const { code, stdout } = await run('security', [
        'find-generic-password',
        '-s',
        SERVICE,
        '-a',
        ACCOUNT,
        '-w',
      ]);
      if (code === NOT_IN_KEYCHAIN) return 'none';
      return code === 0 ? { key: stdout.trim() } : 'unavailable';
    },
    async write(key) {
      const { code } = await run(
        'security',
        ['-i'],
        `add-generic-password -s ${SERVICE} -a ${ACCOUNT} -w ${key}\n`,
      );
      return code === 0;
    },
  };
}

/** Linux: the Secret Service (GNOME Keyring, KWallet) by libsecret's `secret-tool`. */
export function secretService(run: RunProgram): KeyStore {
  const attributes = ['service', SERVICE, 'account', ACCOUNT];
  return {
    name: 'the Secret Service',
    async read() {
      const { code, stdout, stderr } = await run('secret-tool', ['lookup', ...attributes]);
      if (code === 0) return { key: stdout.trim() };
      // It exits with 1 for both, and says something only if the service is not there.
      return code === 1 && stderr.trim() === '' ? 'none' : 'unavailable';
    },
    async write(key) {
      const label = ['store', '--label=Context SDK MCP server', ...attributes];
      return (await run('secret-tool', label, key)).code === 0;
    },
  };
}
