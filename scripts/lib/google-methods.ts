import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from './workspace.ts';

/** The generated file. */
export const GOOGLE_METHODS_FILE: string = join(ROOT, 'packages/sandbox/src/google/api/discovered.ts');

/** The methods that the sandbox emulates. To add one: name it here, `npm run generate`, and write its handler. */
const EMULATED = [
  {
    document: 'calendar-v3.json',
    name: 'CALENDAR_METHODS',
    shapes: 'CALENDAR_SHAPES',
    prefix: 'calendar.',
    ids:
      'acl.delete acl.get acl.insert acl.list acl.patch acl.update acl.watch calendarList.delete ' +
      'calendarList.get calendarList.insert calendarList.list calendarList.patch calendarList.update ' +
      'calendarList.watch calendars.clear calendars.delete calendars.get calendars.insert calendars.patch ' +
      'calendars.update channels.stop colors.get events.delete events.get events.import events.insert ' +
      'events.instances events.list events.move events.patch events.quickAdd events.update events.watch ' +
      'freebusy.query settings.get settings.list settings.watch',
  },
  {
    document: 'gmail-v1.json',
    name: 'GMAIL_METHODS',
    shapes: 'GMAIL_SHAPES',
    prefix: 'gmail.users.',
    ids:
      'drafts.create drafts.delete drafts.get drafts.list drafts.send drafts.update getProfile history.list ' +
      'labels.create labels.delete labels.get labels.list labels.patch labels.update ' +
      'messages.attachments.get messages.batchDelete messages.batchModify messages.delete messages.get ' +
      'messages.import messages.insert messages.list messages.modify messages.send messages.trash ' +
      'messages.untrash settings.delegates.create settings.delegates.delete settings.delegates.get ' +
      'settings.delegates.list settings.filters.create settings.filters.delete settings.filters.get ' +
      'settings.filters.list settings.forwardingAddresses.create settings.forwardingAddresses.delete ' +
      'settings.forwardingAddresses.get settings.forwardingAddresses.list settings.getAutoForwarding ' +
      'settings.getImap settings.getLanguage settings.getPop settings.getVacation settings.sendAs.create ' +
      'settings.sendAs.delete settings.sendAs.get settings.sendAs.list settings.sendAs.patch ' +
      'settings.sendAs.update settings.sendAs.verify settings.updateAutoForwarding settings.updateImap ' +
      'settings.updateLanguage settings.updatePop settings.updateVacation stop threads.delete threads.get threads.list threads.modify threads.trash ' +
      'threads.untrash watch',
  },
];

const SCOPE_PREFIX = 'https://www.googleapis.com/auth/';

interface Resource {
  methods?: Record<string, Method>;
  resources?: Record<string, Resource>;
}

interface Method {
  id: string;
  httpMethod: string;
  path: string;
  scopes: string[];
  parameters?: Record<string, { location: string }>;
  request?: { $ref: string };
  response?: { $ref: string };
  mediaUpload?: { protocols: { simple: { path: string } } };
}

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  items?: Schema;
}

interface DiscoveryDocument extends Resource {
  schemas: Record<string, Schema>;
  name: string;
  revision: string;
  servicePath: string;
  auth: { oauth2: { scopes: Record<string, unknown> } };
}

/** The source of {@link GOOGLE_METHODS_FILE}, from the discovery documents in `conformanceDir`. */
export async function renderGoogleMethods(conformanceDir: string): Promise<string> {
  const apis = EMULATED.map(({ document, ...api }) => {
    const path = join(conformanceDir, 'specs/google', document);
    return { ...api, document: JSON.parse(readFileSync(path, 'utf8')) as DiscoveryDocument };
  });
  const revisions = apis.map(({ document: { name, revision } }) => `${name} ${revision}`).join(', ');
  const scopes = new Set(apis.flatMap(({ document }) => Object.keys(document.auth.oauth2.scopes)));
  const tables = apis.map(({ document, name, shapes, prefix, ids }) => {
    const methods = ids.split(' ').map((id): [string, Method] => [id, find(document, prefix + id)]);
    const entries = methods.map(([id, method]) => renderMethod(id, method, document));
    return `/** By id behind \`${prefix}\`. */\nexport const ${name} = {${entries.join('')}} as const;

/** What those methods take and answer, by schema: its members, in parentheses those of a member. */
export const ${shapes}: Readonly<Record<string, string>> = {${renderShapes(
      document,
      methods.flatMap(([, { request, response }]) => [request, response]),
    )}};`;
  });
  const source = `// Written by \`npm run generate\` from Google's discovery documents (${revisions}): edit
// scripts/lib/google-methods.ts instead. Scopes have their short names, without ${SCOPE_PREFIX}. In shapes,
// \`*\` stands for any name, and \`*Name\` for the members of that schema.

${tables.join('\n\n')}

/** Every scope of the documents. */
export const DATA_SCOPES = '${shortNames([...scopes])}';
`;
  const options = await resolveConfig(GOOGLE_METHODS_FILE);
  return format(source, { ...options, parser: 'typescript' });
}

function find(resource: Resource, id: string): Method {
  const found = methodsOf(resource).find((method) => method.id === id);
  if (!found) throw new Error(`No discovery document has a method ${id}.`);
  return found;
}

function methodsOf({ methods = {}, resources = {} }: Resource): Method[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsOf)];
}

function renderMethod(id: string, method: Method, { name, servicePath }: DiscoveryDocument): string {
  const { httpMethod, path, scopes, mediaUpload, request, response, parameters = {} } = method;
  const query = Object.keys(parameters).filter((one) => parameters[one]?.location === 'query');
  const entries = {
    route: `${httpMethod} /${servicePath}${path}`,
    uploadPath: mediaUpload?.protocols.simple.path,
    // Calendar passes over names that it doesn't know.
    ...(name === 'gmail' && { query: query.toSorted().join(' '), request: request?.$ref }),
    response: response?.$ref,
    scopes: shortNames(scopes),
  };
  const texts = Object.entries(entries).filter(([, text]) => text !== undefined);
  return `'${id}': { ${texts.map(([key, text]) => `${key}: '${text}'`).join(', ')} },\n`;
}

function renderShapes({ schemas }: DiscoveryDocument, used: readonly (Schema | undefined)[]): string {
  const names = new Set<string>();
  const visit = (schema: Schema | undefined): void => {
    if (schema === undefined) return;
    const { $ref, properties = {}, items, additionalProperties } = schema;
    for (const below of [...Object.values(properties), items, additionalProperties]) visit(below);
    if ($ref === undefined || names.has($ref)) return;
    names.add($ref);
    visit(schemas[$ref]);
  };
  used.forEach(visit);
  return [...names]
    .toSorted()
    .map((name) => `${name}: '${membersOf(schemas[name] ?? {})}',`)
    .join('\n');
}

function membersOf({ $ref, properties, items, additionalProperties }: Schema): string {
  if ($ref !== undefined) return `*${$ref}`;
  if (items) return membersOf(items);
  if (additionalProperties) return '*';
  return Object.entries(properties ?? {})
    .map(([name, schema]) => {
      const below = membersOf(schema);
      return below === '' ? name : `${name}(${below})`;
    })
    .join(',');
}

function shortNames(scopes: readonly string[]): string {
  return scopes
    .map((scope) => scope.replace(SCOPE_PREFIX, ''))
    .toSorted()
    .join(' ');
}
