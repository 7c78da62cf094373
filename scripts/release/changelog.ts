const UNRELEASED = /^## Unreleased(?:: (.+))?$/gm;

/** The changelog with what was "Unreleased" under the version's heading, each of its topics one level deeper. */
export function releasedChangelog(changelog: string, version: string, date: string): string {
  const first = changelog.search(UNRELEASED);
  if (first === -1) throw new Error('CHANGELOG.md has nothing under "Unreleased"');
  const topics = changelog
    .slice(first)
    .replaceAll(UNRELEASED, (_, topic?: string) => (topic === undefined ? '' : `### ${sentence(topic)}`));
  return `${changelog.slice(0, first)}## ${version} (${date})\n\n${topics.trimStart()}`;
}

function sentence(topic: string): string {
  return topic.charAt(0).toUpperCase() + topic.slice(1);
}
