import { requiredProject } from '../input.ts';
import { type AdoContext, PROJECT_OPTIONS, type ProjectOptions } from '../wire.ts';
import { createNode, type NewArea, type NewIteration, readNode, sendNode } from './create-node.ts';
import { checkedPath, type ClassificationNode, fieldPathOf, namesIn, type Structure } from './node.ts';
import { projectNameOf, readNodes, readTree, suggesting } from './suggestion.ts';

/** Areas or iterations of a project, as a tree. Scope `vso.work`, to change them `vso.work_write`. */
export class Classification<New extends NewArea | NewIteration> {
  readonly #context: AdoContext;
  readonly #structure: Structure;

  constructor(context: AdoContext, structure: Structure) {
    this.#context = context;
    this.#structure = structure;
  }

  /** The whole tree, from the project down, in one request. */
  async tree(options?: ProjectOptions): Promise<ClassificationNode> {
    return await readTree(
      this.#context.service.call(options, PROJECT_OPTIONS),
      this.#structure,
      this.#projectOf(options),
    );
  }

  /** Every node of the tree, from the project down. {@link fieldPathOf} gives what stands in fields of work items. */
  async list(options?: ProjectOptions): Promise<ClassificationNode[]> {
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    return await readNodes(call, this.#structure, this.#projectOf(options));
  }

  /** The node of a path such as `Fabrikam\Web`, in any case; undefined if there is none. */
  async find(path: string, options?: ProjectOptions): Promise<ClassificationNode | undefined> {
    const project = this.#projectOf(options);
    checkedPath(path, project, 'path');
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    const nodes = await readNodes(call, this.#structure, project);
    // The project may be named by its id, paths begin with its name.
    const root = nodes[0]?.name ?? project;
    const wanted = [root, ...namesIn(path, root)].join('\\').toLowerCase();
    return nodes.find((node) => fieldPathOf(node).toLowerCase() === wanted);
  }

  /**
   * Creates a node. Throws {@link ConflictError} if there is one of that name, and {@link InvalidRequestError} that
   * suggests the right path if `parent` is wrong. If the response is lost, one of that name is taken for it.
   */
  async create(input: New, options?: ProjectOptions): Promise<ClassificationNode> {
    return await createNode(
      this.#context.service.call(options, PROJECT_OPTIONS),
      this.#structure,
      this.#projectOf(options),
      input,
    );
  }

  /** Moves a node, with what is below it and the items in it, below another. Wrong paths are refused with a suggestion. */
  async move(path: string, parent: string, options?: ProjectOptions): Promise<ClassificationNode> {
    const project = this.#projectOf(options);
    const call = this.#context.service.call(options, PROJECT_OPTIONS);
    const rest = checkedPath(path, await projectNameOf(call, this.#structure, project), 'path');
    const structure = this.#structure;
    const { id } = await suggesting(call, { structure, project, path, field: 'path' }, () =>
      readNode(call, structure, project, rest),
    );
    const isThat = (node: ClassificationNode): boolean => node.id === id;
    const name = rest.at(-1) ?? '';
    return await sendNode(call, structure, project, { parent, name, json: { id }, isThat });
  }

  #projectOf(options: ProjectOptions | undefined): string {
    return requiredProject(options?.project, this.#context.project);
  }
}
