import ts from 'typescript';
import { methodsOf, type Named, propertiesOf, referenced } from '../any-arguments/declarations.ts';

export interface Method {
  /** `GmailClient.messages.get` */
  path: string;
  parameters: Named[];
  /** The last type argument of its class: `AutoForwarding` of `Setting<AutoForwarding>`. */
  input: ts.TypeNode | undefined;
}

/** Every method of a client and of what it holds, by their declarations. */
export function methodsBelow(type: string, path: string = type, input?: ts.TypeNode): Method[] {
  const own = methodsOf(type).map(({ name, parameters }) => ({ path: `${path}.${name}`, parameters, input }));
  const held = propertiesOf(type).flatMap((property) => {
    const name = referenced(property.type);
    const last =
      property.type && ts.isTypeReferenceNode(property.type)
        ? property.type.typeArguments?.at(-1)
        : undefined;
    return name === undefined ? [] : methodsBelow(name, `${path}.${property.name}`, last);
  });
  return [...own, ...held];
}

/** Calls it, and takes the first item of a list. */
export async function callMethod(client: object, path: string, args: readonly unknown[]): Promise<void> {
  const [, ...names] = path.split('.');
  const method = names.pop() ?? '';
  const owner = names.reduce<object>((holder, name) => Object(Reflect.get(holder, name)), client);
  const result: unknown = await Reflect.apply(Reflect.get(owner, method), owner, args);
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) return;
  await (result as AsyncIterable<unknown>)[Symbol.asyncIterator]().next();
}
