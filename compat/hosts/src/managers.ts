import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Manager {
  name: string;
  /** Writes what tells the manager to keep packages apart, and where the packed packages are. */
  configure: (folder: string, manifest: object, tarballs: Readonly<Record<string, string>>) => void;
  install: readonly string[];
}

const BIN = join(import.meta.dirname, '..', 'node_modules');

const writeJson = (folder: string, file: string, value: object): void =>
  writeFileSync(join(folder, file), JSON.stringify(value, null, 2));

/** Each installs only what package.json names at the top: what a package uses without depending on it can't be found. */
export const managers: readonly Manager[] = [
  {
    name: 'npm, install-strategy: linked',
    configure: (folder, manifest, tarballs) => {
      // npm takes no override for a direct dependency that says something else.
      const overrides = Object.fromEntries(
        Object.entries(tarballs).filter(
          ([name]) => !(name in (manifest as { dependencies: object }).dependencies),
        ),
      );
      writeJson(folder, 'package.json', { ...manifest, overrides });
    },
    install: ['npm', 'install', '--install-strategy=linked', '--no-audit', '--no-fund'],
  },
  {
    name: 'pnpm, hoist: false',
    configure: (folder, manifest, tarballs) => {
      writeJson(folder, 'package.json', manifest);
      const overrides = Object.entries(tarballs).map(([name, path]) => `  '${name}': '${path}'`);
      const settings = [
        'hoist: false',
        'shamefullyHoist: false',
        'storeDir: .store',
        'overrides:',
        ...overrides,
      ];
      writeFileSync(join(folder, 'pnpm-workspace.yaml'), `${settings.join('\n')}\n`);
      mkdirSync(join(folder, '.store'), { recursive: true });
    },
    install: ['node', join(BIN, 'pnpm/bin/pnpm.mjs'), 'install', '--no-frozen-lockfile'],
  },
  {
    name: 'yarn, nodeLinker: pnpm',
    configure: (folder, manifest, tarballs) => {
      writeJson(folder, 'package.json', { ...manifest, resolutions: tarballs });
      const settings = ['nodeLinker: pnpm', 'enableTelemetry: false', 'enableImmutableInstalls: false'];
      writeFileSync(join(folder, '.yarnrc.yml'), `${settings.join('\n')}\n`);
      // Otherwise the folders above decide what the project is.
      writeFileSync(join(folder, 'yarn.lock'), '');
    },
    install: ['node', join(BIN, '@yarnpkg/cli-dist/bin/yarn.js'), 'install'],
  },
];
