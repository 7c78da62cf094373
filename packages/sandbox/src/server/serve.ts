import { createSandbox } from '../create-sandbox.ts';
import { listen, type Listener, type ListenOptions } from '../http/listen.ts';
import { omitUndefined } from '../json.ts';
import type { Sandbox, SandboxOptions } from '../sandbox.ts';
import { restoreSandbox } from '../state/restore.ts';
import type { SavedState } from '../state/saved-state.ts';
import { answerPage } from './pages.ts';

/** How a sandbox is served to other programs. */
export interface ServeOptions extends ListenOptions, Omit<SandboxOptions, 'keepsState'> {
  /** What it holds at first, in place of `seed`. */
  state?: SavedState;
}

/** A sandbox that other programs use, with a page of its own at `/`. */
export interface SandboxServer extends Listener {
  /** The sandbox that answers now: loading a state on the page replaces it. */
  readonly sandbox: Sandbox;
}

/** Sets up a sandbox and serves it on 127.0.0.1. By default consent pages wait for a click. */
export async function serveSandbox(options: ServeOptions = {}): Promise<SandboxServer> {
  const { state, port, portPerHost, background, ...given } = options;
  const clicks = { consent: 'click' } as const;
  const sandboxOptions: SandboxOptions = {
    ...given,
    ticktick: { ...clicks, ...given.ticktick },
    dida365: { ...clicks, ...given.dida365 },
    google: { ...clicks, ...given.google },
    azureDevOps: { ...clicks, ...given.azureDevOps },
    keepsState: true,
  };
  const load = async (saved: SavedState): Promise<Sandbox> =>
    await restoreSandbox(saved, sandboxOptions, createSandbox);
  let sandbox = state ? await load(state) : createSandbox(sandboxOptions);
  const host = {
    sandbox: () => sandbox,
    load: async (saved: SavedState) => {
      sandbox = await load(saved);
    },
    urlOf: (name: string) => listener.urlOf(name),
  };
  const listener = await listen(
    {
      exchange: async (request) => await sandbox.fetch(request),
      hosts: sandbox.hosts,
      pages: (incoming, outgoing) => answerPage(host, incoming, outgoing),
    },
    omitUndefined({ port, portPerHost, background }),
  );
  return {
    ...listener,
    get sandbox() {
      return sandbox;
    },
  };
}
