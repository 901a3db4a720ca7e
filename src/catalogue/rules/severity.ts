import type { BasisKey } from '../law.js';
import type { PenaltyKind } from './kinds.js';

export type Severity = 'MINOR' | 'GENERAL' | 'SERIOUS';
export const SEVERITIES: readonly Severity[] = ['MINOR', 'GENERAL', 'SERIOUS'];

/** A rule with the day from which it holds. A record keeps the version that was applied to it. */
export interface RuleSet<Definition> {
  readonly kind: string;
  readonly version: string;
  readonly effectiveFrom: string;
  readonly bases: readonly BasisKey[];
  readonly definition: Definition;
}

export interface SeverityDefinition {
  readonly classes: Readonly<
    Record<Severity, { readonly publicMonths: number | null; readonly repairAfterMonths: number | null }>
  >;
  /** class of a kind by itself; a kind that is not named is undecidable */
  readonly kinds: Readonly<Partial<Record<PenaltyKind, Severity>>>;
  /** class of a fine: the first row whose bound (yuan, not included) the amount is under */
  readonly fines: readonly { readonly below: number | null; readonly severity: Severity }[];
  /** 简易程序: words that tell it, in which parts, and the fine (yuan, included) beyond which it can't have been that */
  readonly summary: {
    readonly words: readonly string[];
    readonly numberWords: readonly string[];
    readonly upTo: number;
  };
  /** older rule: the class of every kind not named */
  readonly otherKinds: Severity | null;
  /** older rule: matters with a longer minimum before repair */
  readonly sectors: { readonly words: readonly string[]; readonly repairAfterMonths: number } | null;
}

// 行政处罚法 art. 51: up to 3,000 yuan for an organisation. Natural persons' records are never public, so their bound
// of 200 decides nothing here.
const summary = { words: ['简易程序', '当场处罚', '当场作出'], numberWords: ['当罚', '简罚'], upTo: 3000 };

/** Heaviest wins; undecidable → no class, not public, review. */
export const SEVERITY_RULES: readonly RuleSet<SeverityDefinition>[] = [
  {
    kind: 'PENALTY_SEVERITY',
    version: 'PENALTY_SEVERITY@2023-05-01',
    effectiveFrom: '2023-05-01',
    bases: ['XYXF_58'],
    definition: {
      // 令58号 knows no classes: what it keeps from the public stands as MINOR, everything else as GENERAL.
      classes: {
        MINOR: { publicMonths: null, repairAfterMonths: null },
        GENERAL: { publicMonths: 36, repairAfterMonths: 3 },
        SERIOUS: { publicMonths: 36, repairAfterMonths: 12 },
      },
      kinds: { 警告: 'MINOR', 通报批评: 'MINOR' },
      fines: [{ below: null, severity: 'GENERAL' }],
      summary,
      otherKinds: 'GENERAL',
      sectors: { words: ['食品', '药品', '特种设备', '安全生产', '消防'], repairAfterMonths: 12 },
    },
  },
  {
    kind: 'PENALTY_SEVERITY',
    version: 'PENALTY_SEVERITY@2026-04-01',
    effectiveFrom: '2026-04-01',
    bases: ['GBF_22', 'XYXF_36'],
    definition: {
      classes: {
        MINOR: { publicMonths: null, repairAfterMonths: 0 },
        GENERAL: { publicMonths: 12, repairAfterMonths: 3 },
        SERIOUS: { publicMonths: 36, repairAfterMonths: 12 },
      },
      kinds: {
        警告: 'MINOR',
        通报批评: 'MINOR',
        没收违法所得: 'GENERAL',
        没收非法财物: 'GENERAL',
        暂扣许可证件: 'GENERAL',
        降低资质等级: 'GENERAL',
        吊销许可证件: 'SERIOUS',
        限制开展生产经营活动: 'SERIOUS',
        责令停产停业: 'SERIOUS',
        责令关闭: 'SERIOUS',
        限制从业: 'SERIOUS',
      },
      // the sectors set the amounts: until they do, the county's default
      fines: [
        { below: 10_000, severity: 'MINOR' },
        { below: 100_000, severity: 'GENERAL' },
        { below: null, severity: 'SERIOUS' },
      ],
      summary,
      otherKinds: null,
      sectors: null,
    },
  },
];
