import { recorded } from '@context-sdk/test-support/recordings';
import type { Sent } from './judged-clients.ts';

interface Schema {
  $ref?: string;
  readOnly?: boolean;
  description?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
}

interface Method {
  httpMethod: string;
  path: string;
  request?: { $ref: string };
}

interface Resource {
  methods?: Record<string, Method>;
  resources?: Record<string, Resource>;
}

interface Discovery extends Resource {
  servicePath: string;
  schemas: Record<string, Schema>;
}

/** A method with a body, as one of Google's documents has it. */
interface Place {
  method: string;
  path: RegExp;
  body: Schema;
  schemas: Discovery['schemas'];
}

/** Calendar's document has it in words only; some members are read-only but for one method. */
const READ_ONLY = /read-only(?! for all operations except)/i;

function methodsOf({ methods = {}, resources = {} }: Resource): Method[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsOf)];
}

function placesOf(document: Discovery): Place[] {
  return methodsOf(document).flatMap(({ httpMethod, path, request }) => {
    const pattern = `/${document.servicePath}${path}`.replaceAll(/\{\w+\}/g, '[^/]+');
    const place = { method: httpMethod, path: new RegExp(`^${pattern}$`), schemas: document.schemas };
    return request === undefined ? [] : [{ ...place, body: request }];
  });
}

function problemsIn(value: unknown, schema: Schema, schemas: Discovery['schemas'], place: string): string[] {
  const { properties, items, ...said } = schema.$ref === undefined ? schema : (schemas[schema.$ref] ?? {});
  if (schema.readOnly === true || READ_ONLY.test(schema.description ?? said.description ?? ''))
    return [place];
  if (Array.isArray(value))
    return value.flatMap((item) => problemsIn(item, items ?? {}, schemas, `${place}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    problemsIn(member, properties?.[name] ?? {}, schemas, `${place}.${name}`),
  );
}

/** Finds the members of bodies that, by Google's documents, only the service sets. */
export function readOnlyJudge(): (request: Sent) => string[] {
  const places = ['calendar-v3.json', 'gmail-v1.json'].flatMap((name) =>
    placesOf(recorded('specs', 'google', name) as Discovery),
  );
  return ({ method, url, body }) => {
    const place = places.find((one) => one.method === method && one.path.test(url.pathname));
    if (place === undefined || !body.startsWith('{')) return [];
    return problemsIn(JSON.parse(body), place.body, place.schemas, `${method} ${url.pathname}`);
  };
}
