import type { CatalogueItem } from './types.js';

/** 十公示, in the order of 汶政字〔2022〕9号: the first two are 双公示, each in a table of organisations and one of persons. */
export const PUBLICITY_ITEMS = [
  'XZXK_FR',
  'XZXK_ZRR',
  'XZCF_FR',
  'XZCF_ZRR',
  'XZQZ',
  'XZQR',
  'XZZS',
  'XZJF',
  'XZCJ',
  'XZBC',
  'XZJL',
  'XZJC',
] as const;

const codes: ReadonlySet<string> = new Set(PUBLICITY_ITEMS);
export const isPublicity = (code: string): boolean => codes.has(code);

/** Whether anything of the item is ever shown to the public: of natural persons nothing is (条例 art. 20). */
export const isShown = ({ code, disclosure, subjectKinds }: CatalogueItem): boolean =>
  isPublicity(code) && disclosure === 'PUBLIC' && !subjectKinds.includes('NATURAL_PERSON');
