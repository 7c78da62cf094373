import { createSandbox, type Sandbox, type SandboxOptions } from '@context-sdk/sandbox';

/** 22 November 2026, 10:00 UTC. */
export const start: number = Date.UTC(2026, 10, 22, 10);

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is empty. */
  readonly json: unknown;
}

/** A sandbox whose clock stands still, by default an empty one. */
export function stillSandbox(options: SandboxOptions = {}): Sandbox {
  return createSandbox({ seed: 'empty', clock: { now: () => start }, ...options });
}

export async function readAnswer(response: Response): Promise<ApiAnswer> {
  const text = await response.text();
  const json: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, text, json };
}

/** The error that a promise rejects with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('The promise did not reject');
}

/** An answer's properties, by name; an array's elements, by index. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A property as a string. */
export function textOf(value: unknown, key: string): string {
  return String(fieldsOf(value)[key]);
}

/** All of an answer's properties as strings. */
export function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, item]) => [name, String(item)]));
}

export function idOf(value: unknown): string {
  return textOf(value, 'id');
}

/** An array's elements. */
export function listOf(value: unknown): unknown[] {
  return Object.values(fieldsOf(value));
}
