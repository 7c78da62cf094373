import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));

/** A server in a process of its own, spoken to as a client does: one JSON-RPC message per line. */
export interface ServerProcess {
  child: ChildProcess;
  /** All that it said to people so far. */
  said: () => string;
  /** Lines of stdout so far. */
  lines: string[];
  /** Waits until it says something that matches. */
  heard: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** The text of a tool's answer. */
  call: (name: string, input?: object) => Promise<string>;
  request: (method: string, params?: object) => Promise<{ result?: Record<string, unknown> }>;
  /** Closes stdin, as a client does at its end. Resolves with the exit code. */
  end: () => Promise<number | null>;
}

export function startProcess(
  args: readonly string[],
  environment: Record<string, string> = {},
  nodeArgs: readonly string[] = [],
): ServerProcess {
  const child = spawn(
    process.execPath,
    ['--conditions=@context-sdk/source', '--no-warnings', ...nodeArgs, BIN, ...args],
    { env: { ...CHILD_ENVIRONMENT, BROWSER: 'none', ...environment }, stdio: 'pipe' },
  );
  let said = '';
  let onText = (): void => undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    onText();
  });
  const lines: string[] = [];
  const waiting = new Map<number, (message: { result?: Record<string, unknown> }) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    const message = JSON.parse(line) as { id?: number; result?: Record<string, unknown> };
    waiting.get(message.id ?? -1)?.(message);
  });
  let nextId = 1;
  const request: ServerProcess['request'] = (method, params = {}) => {
    const id = nextId++;
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  let opened: Promise<unknown> | undefined;
  return {
    child,
    said: () => said,
    lines,
    async heard(pattern) {
      for (;;) {
        const found = pattern.exec(said);
        if (found !== null) return found;
        const { promise, resolve } = Promise.withResolvers<void>();
        onText = resolve;
        await Promise.race([promise, once(child, 'exit')]);
        if (child.exitCode !== null && !pattern.test(said)) throw new Error(`It ended, and said: ${said}`);
      }
    },
    async call(name, input = {}) {
      opened ??= request('initialize', {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'test', version: '1' },
      }).then(() => child.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n'));
      await opened;
      const { result } = await request('tools/call', { name, arguments: input });
      const content = (result?.['content'] ?? []) as { text: string }[];
      return content[0]?.text ?? '';
    },
    request,
    async end() {
      if (child.exitCode !== null) return child.exitCode;
      child.stdin.end();
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

/** What a browser was sent. */
export interface Visit {
  status: number;
  location: string | null;
  text: string;
}

/** Opens a path; with a form, sends it as a page of the same origin does. */
export type Browser = (
  path: string,
  form?: Record<string, string>,
  headers?: Record<string, string>,
) => Promise<Visit>;

/** A browser with one cookie jar, which follows no redirects. */
export function browser(origin: string): Browser {
  const jar = new Map<string, string>();
  return async (path, form, headers = {}) => {
    const response = await fetch(new URL(path, origin), {
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form && { origin }),
        ...headers,
      },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    return {
      status: response.status,
      location: response.headers.get('location'),
      text: await response.text(),
    };
  };
}
