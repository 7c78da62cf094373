/** A kind of link. */
export interface RelationType {
  readonly rel: string;
  readonly name: string;
  /** Work item links are seen from both ends and make no revision. */
  readonly usage: 'workItemLink' | 'resourceLink';
  /** The kind of link that the other end has; undefined for resources. */
  readonly opposite: string | undefined;
  readonly topology: 'dependency' | 'tree' | 'network' | undefined;
  readonly isForward: boolean;
}

/** The kinds of links of an organization, as Microsoft's example lists them. */
export const RELATION_TYPES: readonly RelationType[] = [
  ...pair('Microsoft.VSTS.Common.Affects', 'Affects', 'Affected By'),
  ...pair('Microsoft.VSTS.TestCase.SharedParameterReferencedBy', 'Referenced By', 'References'),
  ...pair('Microsoft.VSTS.Common.TestedBy', 'Tested By', 'Tests'),
  ...pair('Microsoft.VSTS.TestCase.SharedStepReferencedBy', 'Test Case', 'Shared Steps'),
  ...pair('System.LinkTypes.Duplicate', 'Duplicate', 'Duplicate Of', 'tree'),
  ...pair('System.LinkTypes.Dependency', 'Successor', 'Predecessor'),
  ...pair('System.LinkTypes.Hierarchy', 'Child', 'Parent', 'tree'),
  {
    rel: 'System.LinkTypes.Related',
    name: 'Related',
    usage: 'workItemLink',
    opposite: 'System.LinkTypes.Related',
    topology: 'network',
    isForward: true,
  },
  resource('AttachedFile', 'Attached File'),
  resource('Hyperlink', 'Hyperlink'),
  resource('ArtifactLink', 'Artifact Link'),
];

/** Links to items of other organizations, which have no other end here. */
const REMOTE_TYPES: readonly RelationType[] = [
  resource('System.LinkTypes.Remote.Related', 'Remote Related'),
  resource('System.LinkTypes.Remote.Dependency-Forward', 'Consumed By'),
  resource('System.LinkTypes.Remote.Dependency-Reverse', 'Consumes From'),
];

const BY_REL = new Map([...RELATION_TYPES, ...REMOTE_TYPES].map((type) => [type.rel.toLowerCase(), type]));

/** By its reference name, in any case. */
export function findRelationType(rel: string): RelationType | undefined {
  return BY_REL.get(rel.toLowerCase());
}

export const PARENT_REL = 'System.LinkTypes.Hierarchy-Reverse';
export const CHILD_REL = 'System.LinkTypes.Hierarchy-Forward';

function pair(
  name: string,
  forward: string,
  reverse: string,
  topology: 'dependency' | 'tree' = 'dependency',
): RelationType[] {
  const rels = [`${name}-Forward`, `${name}-Reverse`];
  return [forward, reverse].map((label, index) => ({
    rel: rels[index] ?? name,
    name: label,
    usage: 'workItemLink',
    opposite: rels[1 - index],
    topology,
    isForward: index === 0,
  }));
}

function resource(rel: string, name: string): RelationType {
  return { rel, name, usage: 'resourceLink', opposite: undefined, topology: undefined, isForward: true };
}
