import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type ts from 'typescript';
import {
  aliasOf,
  type Callable,
  callableNamed,
  isShape,
  methodsOf,
  type Named,
  propertiesOf,
  referenced,
} from './declarations.ts';
import { EXCEPTIONS, MADE_BY_US } from './exceptions.ts';
import { sampleFor } from './samples.ts';

/** A function, method or constructor that hosts can call. */
export interface PublicCall {
  /** `TickTickClient.tasks.get` */
  path: string;
  parameters: Named[];
  call(args: readonly unknown[]): unknown;
}

type Made = () => Promise<unknown>;

const FOLDERS = ['oauth-core', 'ticktick-client', 'google-workspace', 'ado-client', 'context'];
const PACKAGES = join(import.meta.dirname, '..', '..', '..');

function specifiersOf(folder: string): string[] {
  const manifest: { name: string; exports: Record<string, unknown> } = JSON.parse(
    readFileSync(join(PACKAGES, folder, 'package.json'), 'utf8'),
  );
  // What has no types is the packages' own.
  const isPublic = (target: unknown): boolean => typeof target === 'object';
  return Object.entries(manifest.exports)
    .filter(([, target]) => isPublic(target))
    .map(([path]) => manifest.name + path.slice(1));
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

/** Everything that can be called, from what the packages export at run time on, through what each call gives. */
export async function publicCalls(): Promise<PublicCall[]> {
  const found = new Finder();
  for (const specifier of FOLDERS.flatMap(specifiersOf)) {
    if (specifier in EXCEPTIONS) continue;
    const module: Record<string, unknown> = await import(specifier);
    // What a context gives is called on one of them, and the environment of a test is not where it should come from.
    const { createContext, ...others } = module;
    for (const [name, value] of Object.entries({ createContext, ...others })) found.addExport(name, value);
  }
  return found.calls;
}

class Finder {
  readonly calls: PublicCall[] = [];
  readonly #seen = new Set<unknown>();

  addExport(name: string, value: unknown): void {
    if (this.#seen.has(value) || name in EXCEPTIONS) return;
    this.#seen.add(value);
    if (typeof value === 'function') this.#addFunction(name, value as (...args: unknown[]) => unknown);
    else if (typeof value === 'object' && value !== null) this.#addConstant(name, value);
  }

  #addFunction(name: string, value: (...args: unknown[]) => unknown): void {
    if (value.prototype instanceof Error) return;
    const declared: Callable = callableNamed(name) ?? {
      name,
      parameters: unknownParameters(value),
      result: undefined,
    };
    const isConstructor = isClass(value);
    const call = (args: readonly unknown[]): unknown =>
      isConstructor ? Reflect.construct(value, args) : Reflect.apply(value, undefined, args);
    const { parameters } = declared;
    this.calls.push({ path: name, parameters, call });
    const made = once(async () => await call(samplesFor({ path: name, parameters })));
    this.#addMembers(name, made, isConstructor ? name : declared.result);
  }

  #addConstant(name: string, value: object): void {
    for (const [key, member] of Object.entries(value)) {
      if (typeof member !== 'function') continue;
      const parameters = unknownParameters(member);
      this.calls.push({
        path: `${name}.${key}`,
        parameters,
        call: (args) => Reflect.apply(member, value, args),
      });
    }
  }

  #addMembers(path: string, made: Made, type: string | ts.TypeNode | undefined): void {
    const name = typeof type === 'string' ? type : nameOf(type);
    if (name === undefined || MADE_BY_US.has(name) || this.#seen.has(name) || !isShape(name)) return;
    this.#seen.add(name);
    for (const { name: key, parameters, result } of methodsOf(name)) {
      const memberPath = `${path}.${key}`;
      if (memberPath in EXCEPTIONS) continue;
      const call = async (args: readonly unknown[]): Promise<unknown> => {
        const owner = await made();
        const method: unknown = Reflect.get(Object(owner), key);
        return typeof method === 'function' ? await Reflect.apply(method, owner, args) : undefined;
      };
      this.calls.push({ path: memberPath, parameters, call });
      this.#addMembers(
        memberPath,
        once(async () => await call(samplesFor({ path: memberPath, parameters }))),
        result,
      );
    }
    for (const { name: key, type: memberType } of propertiesOf(name)) {
      this.#addMembers(
        `${path}.${key}`,
        once(async () => Reflect.get(Object(await made()), key)),
        memberType,
      );
    }
  }
}

function nameOf(type: ts.TypeNode | undefined): string | undefined {
  const name = referenced(type);
  const alias = name === undefined ? undefined : aliasOf(name);
  return alias === undefined ? name : referenced(alias);
}

/** Nothing declares them: as many as the function counts, and one more. */
function unknownParameters(value: { length: number }): Named[] {
  return Array.from({ length: value.length + 1 }, (_, index) => ({
    name: `argument${index}`,
    type: undefined,
    isOptional: true,
  }));
}

export function samplesFor({ path, parameters }: Pick<PublicCall, 'path' | 'parameters'>): unknown[] {
  const required = parameters.filter(({ isOptional }) => !isOptional);
  return required.map((parameter) => sampleFor(path, parameter));
}

function once(make: Made): Made {
  let made: Promise<unknown> | undefined;
  return async () => await (made ??= make());
}
