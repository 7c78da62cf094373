import type { CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import { type OwnOptions, tellListener } from '@context-sdk/oauth-core/client-kit';
import type { TickTickCall } from './operations.ts';

/**
 * What a list left out.
 * - `gone`: the project was deleted, left or closed;
 * - `forbidden`: the user may no longer read the project;
 * - `unknown`: the response for the project made no sense, which says nothing about it;
 * - `unreadable`: a row without an id, or a task without a project.
 */
export type Skipped =
  | { reason: 'gone' | 'forbidden' | 'unknown'; projectId: string; error?: ContextSdkError }
  | { reason: 'unreadable'; row: unknown };

/** What lists take besides the options of every call. */
export interface ListOptions extends CallOptions {
  /** Called for everything that is left out. What it throws is ignored. */
  onSkipped?: ((skipped: Skipped) => void) | undefined;
}

export const LIST_OPTIONS: OwnOptions<ListOptions> = { onSkipped: 'function' };

type Listener = (skipped: Skipped) => void;

const listeners = new WeakMap<TickTickCall, Listener>();

/** Passes what the call leaves out to the listener. */
export function onSkip(call: TickTickCall, listener: Listener | undefined): TickTickCall {
  if (listener) listeners.set(call, listener);
  return call;
}

export function skip(call: TickTickCall, skipped: Skipped): void {
  tellListener(listeners.get(call), skipped);
}
