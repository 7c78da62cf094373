import { type Random, uuidFrom } from '../../random.ts';

/** An area or an iteration. */
export interface ClassificationNode {
  readonly id: number;
  readonly identifier: string;
  /** `Fabrikam\Web`, with the project first. */
  path: string;
  /** Of iterations, at midnight UTC. */
  startDate?: string | undefined;
  finishDate?: string | undefined;
}

/** The areas or the iterations of a project. Paths are found in any case. */
export class ClassificationTree {
  readonly structure: 'area' | 'iteration';
  readonly #nodes: ClassificationNode[] = [];
  readonly #firstId: number;
  readonly #random: Random;

  constructor(
    structure: 'area' | 'iteration',
    paths: readonly string[],
    { firstId, random }: { firstId: number; random: Random },
  ) {
    this.structure = structure;
    this.#firstId = firstId;
    this.#random = random;
    for (const path of paths) this.add(path);
  }

  /** The project's own first. */
  get nodes(): readonly ClassificationNode[] {
    return this.#nodes;
  }

  get paths(): readonly string[] {
    return this.#nodes.map(({ path }) => path);
  }

  find(path: string): ClassificationNode | undefined {
    return this.#nodes.find((node) => node.path.toLowerCase() === path.toLowerCase());
  }

  byId(id: number | string): ClassificationNode | undefined {
    return this.#nodes.find((node) => node.id === Number(id) || node.identifier === String(id).toLowerCase());
  }

  childrenOf({ path }: ClassificationNode): readonly ClassificationNode[] {
    return this.#nodes.filter(
      (node) => isBelow(node.path, path) && !node.path.slice(path.length + 1).includes('\\'),
    );
  }

  add(path: string, dates: Pick<ClassificationNode, 'startDate' | 'finishDate'> = {}): ClassificationNode {
    const last = this.#nodes.at(-1)?.id ?? this.#firstId - 1;
    const node = { id: last + 1, identifier: uuidFrom(this.#random), path, ...dates };
    this.#nodes.push(node);
    return node;
  }

  /** Gives a node another path, and with it those below it. */
  move({ path }: ClassificationNode, to: string): void {
    for (const node of this.#nodes) {
      if (node.path === path || isBelow(node.path, path)) node.path = to + node.path.slice(path.length);
    }
  }

  /** Deletes a node and those below it; gives their paths. */
  delete({ path }: ClassificationNode): readonly string[] {
    const gone = this.#nodes.filter((node) => node.path === path || isBelow(node.path, path));
    for (const node of gone) this.#nodes.splice(this.#nodes.indexOf(node), 1);
    return gone.map((node) => node.path);
  }
}

export function isBelow(path: string, above: string): boolean {
  return path.toLowerCase().startsWith(`${above.toLowerCase()}\\`);
}
