import { bodyText, type ServiceRequest } from '../../http/service.ts';
import { parseJson } from '../../json.ts';
import type { FoundOperation } from './find-operations.ts';
import { checkValue } from './check-value.ts';
import type { SwaggerParameter } from './swagger-document.ts';

/** What is wrong with a request by one operation: query, content type, body. */
export function checkRequest(request: ServiceRequest, found: FoundOperation): readonly string[] {
  return [
    ...checkPath(found),
    ...checkQuery(request, found),
    ...checkContentType(request, found),
    ...checkBody(request, found),
  ];
}

function checkPath({ operation, params }: FoundOperation): readonly string[] {
  return operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .flatMap((parameter) => {
      const value = params[parameter.name.toLowerCase()];
      return value === undefined ? [] : checkText(parameter, value, 'path');
    });
}

function checkQuery({ query, headers }: ServiceRequest, { operation }: FoundOperation): readonly string[] {
  const known = operation.parameters.filter((parameter) => parameter.in === 'query');
  const inHeader = /api-version=/i.test(headers.get('accept') ?? '');
  const missing = known
    .filter(({ required, name }) => required && !query.has(name) && !(name === 'api-version' && inHeader))
    .map(({ name }) => `query ${name} is missing`);
  const wrong = [...query].flatMap(([name, value]) => {
    const parameter = known.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    return parameter ? checkText(parameter, value, 'query') : [`query ${name} is not known`];
  });
  return [...missing, ...wrong];
}

/** A text of the path or the query, by the type it stands for. */
function checkText({ name, schema }: SwaggerParameter, text: string, place: string): readonly string[] {
  const where = `${place} ${name}`;
  switch (schema['type']) {
    case 'integer':
      return checkValue({}, schema, /^-?\d+$/.test(text) ? Number(text) : text, where);
    case 'boolean':
      return checkValue(
        {},
        schema,
        /^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text,
        where,
      );
    case 'string':
      return checkValue({}, schema, 'enum' in schema && /^\d+$/.test(text) ? Number(text) : text, where);
    default:
      return [];
  }
}

function checkContentType({ headers }: ServiceRequest, { operation }: FoundOperation): readonly string[] {
  if (operation.consumes.length === 0) return [];
  const sent = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? 'none';
  return operation.consumes.includes(sent)
    ? []
    : [`the content type is ${sent}, not ${operation.consumes.join(' or ')}`];
}

function checkBody(request: ServiceRequest, { operation }: FoundOperation): readonly string[] {
  const parameter = operation.parameters.find((candidate) => candidate.in === 'body');
  if (!parameter) return request.body.length === 0 ? [] : ['there is a body where none is known'];
  if (parameter.schema['format'] === 'Stream') return [];
  const body = parseJson(bodyText(request));
  if (body === undefined) return ['the body is not JSON'];
  return checkValue(operation.definitions, parameter.schema, body, 'body');
}
