import { type Context, createContext, memoryStore } from '@context-sdk/context';
import { describe, expect, test } from 'vitest';

const HOST = { store: memoryStore(), baseUrl: 'https://host.example' };
const TICKTICK = { clientId: 'id', clientSecret: 'secret' };
const PROVIDERS = { ticktick: TICKTICK };

/** As from JavaScript, where no type is in the way. */
const create = createContext as (options?: unknown) => Context;

const MISTAKES: Readonly<Record<string, [options: unknown, message: string]>> = {
  nothing: [undefined, 'options must be an object.'],
  'no store': [{ ...HOST, store: undefined, providers: PROVIDERS }, 'store is missing: pass memoryStore(), '],
  'a store of another kind': [
    { ...HOST, store: new Map(), providers: PROVIDERS },
    'store must be a RecordStore',
  ],
  'no providers': [HOST, 'providers must be an object: configure ticktick, google or azureDevOps.'],
  'empty providers': [
    { ...HOST, providers: {} },
    'providers is empty: configure ticktick, google or azureDevOps.',
  ],
  'a misspelt provider': [
    { ...HOST, providers: { tiktick: TICKTICK } },
    'providers.tiktick is not an option: did you mean ticktick?',
  ],
  'no URL': [{ ...HOST, baseUrl: undefined, providers: PROVIDERS }, 'baseUrl'],
  'a base path without a slash': [{ ...HOST, basePath: 'api', providers: PROVIDERS }, 'basePath'],
  'a URL as base path': [{ ...HOST, basePath: 'https://host.example/api', providers: PROVIDERS }, 'basePath'],
};

describe('26.6: a first mistake is answered by the name of the option and the way out', () => {
  test.each(Object.entries(MISTAKES))('createContext with %s', (_, [options, message]) => {
    const error = expect.objectContaining({
      name: 'ConfigurationError',
      message: expect.stringContaining(message),
    });
    expect(() => create(options)).toThrow(error);
  });

  test.each([
    ['nothing', undefined, 'options must be an object.'],
    ['no getUserId', {}, 'getUserId is missing'],
    ['null for getUserId', { getUserId: null }, 'getUserId is missing'],
    ['a user id', { getUserId: 'ada' }, 'getUserId must be a function.'],
  ])('createHandler with %s', (_, options, message) => {
    const context = createContext({ ...HOST, providers: PROVIDERS });
    const createHandler = context.createHandler as (options?: unknown) => unknown;
    const error = expect.objectContaining({
      name: 'ConfigurationError',
      message: expect.stringContaining(message),
    });
    expect(() => createHandler(options)).toThrow(error);
  });
});
