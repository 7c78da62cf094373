import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@context-sdk/sandbox';
import { asDocument, methodsOf, readSchema } from '../../src/spec/discovery.ts';
import { checkValue } from '../../src/spec/schema.ts';
import { fieldsOf, listOf } from '../support.ts';

const conformance = process.env['CONFORMANCE_DIR'];

export const hasFixtures: boolean = conformance !== undefined && conformance !== '';
/** Stands behind a suite's name, so that a skip says why. */
export const skipped: string = hasFixtures ? '' : ' (skipped: CONFORMANCE_DIR is not set)';

export function fixture(name: string): Record<string, unknown> {
  return fieldsOf(readJson(`fixtures/google/${name}.json`));
}

/** Gmail's discovery document. */
export function gmailDiscovery(): unknown {
  return readJson('specs/google/gmail-v1.json');
}

/** What in an answer its schema does not allow, in words. */
export function problemsOf(answer: unknown, schema: string, discovery: unknown): string[] {
  return checkValue(readSchema({ $ref: schema }, asDocument(discovery)), answer as JsonValue, schema);
}

/** By method id: the scopes that let a request in. */
export function scopesByMethod(discovery: unknown): Map<string, unknown[]> {
  return new Map(
    methodsOf(asDocument(discovery)).map((method) => [method.id, listOf(fieldsOf(method)['scopes'])]),
  );
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(conformance ?? '', path), 'utf8'));
}
