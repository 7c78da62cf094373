/** What types of work items stand for, in every process. */
export const TYPE_CATEGORIES: readonly [referenceName: string, name: string, types: readonly string[]][] = [
  ['Microsoft.BugCategory', 'Bug Category', ['Bug']],
  ['Microsoft.EpicCategory', 'Epic Category', ['Epic']],
  ['Microsoft.FeatureCategory', 'Feature Category', ['Feature']],
  ['Microsoft.RequirementCategory', 'Requirement Category', ['User Story', 'Product Backlog Item']],
  ['Microsoft.TaskCategory', 'Task Category', ['Task']],
];
