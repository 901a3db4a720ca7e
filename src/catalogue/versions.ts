import type { BasisKey } from './law.js';

/**
 * A version of 公共信用信息数据清单. It holds from its day until the next one's; an item is in it that some version up to it
 * added and none retired. A version that has been in force is never changed: the next one is.
 */
export interface CatalogueVersion {
  readonly version: string;
  readonly effectiveFrom: string;
  readonly bases: readonly BasisKey[];
  /** why, in a sentence for the printed list */
  readonly zh: string;
  /** item codes */
  readonly adds: readonly string[];
  readonly retires: readonly string[];
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);

export const CATALOGUE_VERSIONS: readonly CatalogueVersion[] = [
  {
    version: '2020-10',
    effectiveFrom: '2020-10-01',
    bases: ['SD_XYTL_10'],
    zh: '条例施行：登记、双公示、名单',
    adds: words('DJ_SCZT XZXK_FR XZXK_ZRR XZCF_FR XZCF_ZRR YZSX_MD'),
    retires: [],
  },
  {
    version: '2022-01',
    effectiveFrom: '2022-01-01',
    bases: ['WSZ_9'],
    zh: '汶政字〔2022〕9号：双公示扩为十公示，打通各归集渠道，专项治理',
    adds: words(`XZQZ XZQR XZZS XZJF XZCJ XZBC XZJL XZJC
      DJ_SHTT DJ_SYDW JYYC CPCC FLFW SFCP SFZX SHBX YBJG NSZT NSXY GJJ CCWL ZSCQ_QL ZSCQ_SX YSZT YDZT YQZT DXZT
      CXRY XYCN HTLY ZYZG HYPJ ZXZL_MD`),
    retires: [],
  },
  {
    version: '2026-01',
    effectiveFrom: '2026-01-01',
    bases: ['SD_XYTL_8', 'SD_XYTL_17', 'WSZ_9'],
    zh: '汶政字〔2022〕9号二（二）3：与信用服务机构、行业协会商会合作，依协议归集市场信用信息',
    adds: words('SC_ZLCN SC_HYJC SC_XYPJ'),
    retires: [],
  },
];

/** The version in force on the day; a day before the first one falls under the first. */
export function versionOn(day: string, versions: readonly CatalogueVersion[] = CATALOGUE_VERSIONS): CatalogueVersion {
  const version = versions.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? versions[0];
  if (!version) throw new Error('a catalogue has a version');
  return version;
}

export interface ItemLife {
  /** the version that added it */
  readonly version: string;
  /** the first day on which it is collected; null: as long as there is a catalogue */
  readonly from: string | null;
  /** the day from which it is no more; null while nothing retires it */
  readonly until: string | null;
}

/** From when to when the item is one; null for a code that no version knows. */
export function lifeOf(code: string, versions: readonly CatalogueVersion[] = CATALOGUE_VERSIONS): ItemLife | null {
  const added = versions.find(({ adds }) => adds.includes(code));
  if (!added) return null;
  const retired = versions.find(({ retires }) => retires.includes(code));
  return {
    version: added.version,
    from: added === versions[0] ? null : added.effectiveFrom,
    until: retired?.effectiveFrom ?? null,
  };
}

/** What is wrong with the item's place in the versions. */
export function versionFaults(code: string, versions: readonly CatalogueVersion[] = CATALOGUE_VERSIONS): string[] {
  const life = lifeOf(code, versions);
  if (!life) return ['no version of the catalogue adds it'];
  const count = (kind: 'adds' | 'retires') => versions.filter((version) => version[kind].includes(code)).length;
  return [
    ...(count('adds') > 1 ? ['more than one version adds it'] : []),
    ...(count('retires') > 1 ? ['more than one version retires it'] : []),
    ...(life.until !== null && life.until <= (life.from ?? '') ? ['retired before it was added'] : []),
  ];
}
