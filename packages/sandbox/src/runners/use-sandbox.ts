import { createSandbox } from '../create-sandbox.ts';
import { listen } from '../http/listen.ts';
import type { Sandbox, SandboxOptions } from '../sandbox.ts';
import { redirectTls } from './redirect-tls.ts';

/** What a test runner calls before and after. */
export interface RunnerHooks {
  beforeAll(work: () => Promise<void>): void;
  beforeEach(work: () => void): void;
  afterAll(work: () => Promise<void>): void;
}

/** The sandbox of the test that runs. */
export interface SandboxInUse {
  readonly current: Sandbox;
}

/** Gives each test a sandbox of its own, and leads what this process sends to the services there. */
export function useSandboxWith(hooks: RunnerHooks, options: SandboxOptions): SandboxInUse {
  let current = createSandbox(options);
  let end = async (): Promise<void> => undefined;
  hooks.beforeAll(async () => {
    const served = {
      exchange: async (request: Request) => await current.fetch(request),
      hosts: current.hosts,
    };
    const { url, close } = await listen(served, {});
    const takeBack = redirectTls(Number(new URL(url).port));
    end = async () => {
      await takeBack();
      await close();
    };
  });
  hooks.beforeEach(() => {
    current = createSandbox(options);
  });
  hooks.afterAll(async () => await end());
  return {
    get current() {
      return current;
    },
  };
}
