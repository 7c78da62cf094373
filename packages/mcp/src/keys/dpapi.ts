import { readFile, writeFile } from 'node:fs/promises';
import type { KeyStore } from './key-stores.ts';
import type { RunProgram } from './run-program.ts';

/** A script that protects what is on stdin for this user of the machine, or opens it. Both are Base64. */
function script(method: 'Protect' | 'Unprotect'): string[] {
  const lines = [
    'Add-Type -AssemblyName System.Security',
    '$bytes = [Convert]::FromBase64String([Console]::In.ReadToEnd().Trim())',
    `$result = [Security.Cryptography.ProtectedData]::${method}($bytes, $null, 'CurrentUser')`,
    '[Console]::Out.Write([Convert]::ToBase64String($result))',
  ];
  return ['-NoProfile', '-NonInteractive', '-Command', lines.join('; ')];
}

/**
 * Windows: DPAPI by PowerShell, which encrypts for the user who is signed in. The result lies in a file.
 * https://learn.microsoft.com/dotnet/api/system.security.cryptography.protecteddata
 */
export function dpapi(run: RunProgram, file: string): KeyStore {
  return {
    name: 'DPAPI',
    async read() {
      const protectedKey = await readFile(file, 'utf8').catch(() => undefined);
      if (protectedKey === undefined) return 'none';
      const { code, stdout } = await run('powershell', script('Unprotect'), protectedKey);
      return code === 0 && stdout !== '' ? { key: stdout.trim() } : 'unavailable';
    },
    async write(key) {
      const { code, stdout } = await run('powershell', script('Protect'), key);
      if (code !== 0 || stdout === '') return false;
      // Another process may have been first: its key counts.
      await writeFile(file, stdout, { flag: 'wx', mode: 0o600 }).catch(() => undefined);
      return true;
    },
  };
}
