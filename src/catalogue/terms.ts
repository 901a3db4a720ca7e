import { ruleOn } from './rules/index.js';
import { EXPIRY_RULES, type ExpiryDefinition, PUBLICITY_RULES, type PublicityDefinition } from './rules/publicity.js';
import type { CatalogueItem } from './types.js';

/** 市场信用信息 counts as long as its subject has authorised it, and no longer than a record of the state (条例 art. 38). */
export const MARKET_YEARS = 5;

// The newest rule: what is decided today falls under it.
const NEWEST = '9999-12-31';

/** 有效期限 of an item in words, from the rules in force: until when it is public, and until when it counts. */
export function termOf({ code, yields, disclosure }: CatalogueItem): string {
  if (yields === 'SUBJECT') return '存续期间';
  if (yields === 'LIST_ENTRY') return '至名单所定期限届满或移出';
  if (yields === 'MARKET') return `不公示；有效期至主体书面授权截止，至多 ${MARKET_YEARS} 年`;
  if (yields === 'PENALTY') return '按失信程度分档公示（规则 PENALTY_SEVERITY）；有效期 5 年';
  const kind = yields === 'PERMIT' ? 'PERMIT' : code;
  const shown = newest<PublicityDefinition>(PUBLICITY_RULES, `PUBLICITY_${kind}`).until;
  const counts = newest<ExpiryDefinition>(EXPIRY_RULES, `EXPIRY_${kind}`).on;
  return [disclosure === 'PUBLIC' ? `公示${publicUntil(shown)}` : '不公示', `有效期${activeUntil(counts)}`].join('；');
}

const newest = <Definition>(rules: readonly { kind: string }[], kind: string): Definition =>
  ruleOn(
    (rules as Parameters<typeof ruleOn<Definition>>[0]).filter((rule) => rule.kind === kind),
    NEWEST,
  ).definition;

function publicUntil(until: PublicityDefinition['until']): string {
  if (until === 'validTo') return '至有效期届满';
  if (until === 'never') return '：否';
  return until.months === null ? '不限期' : ` ${until.months} 个月`;
}

function activeUntil(on: ExpiryDefinition['on']): string {
  if (on === 'never') return '不限';
  return on === 'validTo' ? '至证载期限' : ` ${on.years} 年`;
}
