/** A group of the pool, as far as tokens show it. */
export interface GroupDefinition {
  name: string;
  /** The ARN of an IAM role. */
  roleArn?: string | undefined;
  /** From 0; the lower one counts, and none counts least. */
  precedence?: number | undefined;
}

/** What tokens say of groups; also what a pre token generation trigger is told. */
export interface GroupConfiguration {
  groupsToOverride: readonly string[];
  iamRolesToOverride: readonly string[];
  preferredRole: string | null;
}

/**
 * The groups of somebody with their roles (facts, section 9). A group that nobody defined has no
 * role. Where the strongest group has none, the strongest of those with a role is taken; no source
 * says so.
 *
 * @param defined the pool's groups
 * @param names the groups that somebody is in
 */
export function groupConfiguration(
  defined: readonly GroupDefinition[],
  names: ReadonlySet<string>,
): GroupConfiguration {
  const withRole = defined.flatMap(({ name, roleArn, precedence = Number.POSITIVE_INFINITY }) => {
    return names.has(name) && roleArn !== undefined ? [{ roleArn, precedence }] : [];
  });
  const strongest = Math.min(...withRole.map(({ precedence }) => precedence));
  const candidates = new Set(
    withRole.filter((group) => group.precedence === strongest).map(({ roleArn }) => roleArn),
  );
  const [preferred] = candidates;
  return {
    groupsToOverride: [...names],
    iamRolesToOverride: [...new Set(withRole.map(({ roleArn }) => roleArn))],
    preferredRole: candidates.size === 1 && preferred !== undefined ? preferred : null,
  };
}
