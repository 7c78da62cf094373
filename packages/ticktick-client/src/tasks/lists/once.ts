/** Each task once, in the order of its first appearance. */
export async function* once<T extends { id: string }>(tasks: AsyncIterable<T>): AsyncGenerator<T> {
  const seen = new Set<string>();
  for await (const task of tasks) {
    if (!seen.has(task.id)) yield task;
    seen.add(task.id);
  }
}
