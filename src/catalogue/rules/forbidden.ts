import type { FieldPart } from '../types.js';
import { FORBIDDEN_CONTENT } from './collection.js';
import type { RuleSet } from './severity.js';

/**
 * What is no dishonesty and may not be made one: neither a column of that name is collected, nor a record whose act,
 * reason, title or document is called so. Where the act is a lawful penalty of an organisation's (垃圾分类), it is refused
 * of natural persons alone.
 */
export interface ForbiddenActs {
  readonly headers: readonly string[];
  readonly acts: readonly { readonly words: readonly string[]; readonly of: 'ANYBODY' | 'NATURAL_PERSON' }[];
  /** parts in which the act itself is named: in the facts the same word may tell how it came to light (经信访举报) */
  readonly parts: readonly FieldPart[];
}

/** 国办发〔2020〕49号: outside the catalogue and without a law nothing is made a matter of credit. */
export const FORBIDDEN_ACTS: RuleSet<ForbiddenActs> = {
  kind: 'FORBIDDEN_ACTS',
  version: 'FORBIDDEN_ACTS@2020-12-07',
  effectiveFrom: '2020-12-07',
  bases: ['GBF_49', 'SD_XYTL_10'],
  definition: {
    headers: ['信访', '上访', '献血', '闯红灯', '垃圾分类', '广场舞', '物业费', '志愿服务时长', '信用积分', '信用评分'],
    acts: [
      { words: ['信访', '上访', '缠访', '闹访'], of: 'ANYBODY' },
      { words: ['无偿献血', '拒绝献血', '未献血', '未参加献血', '献血次数'], of: 'ANYBODY' },
      { words: ['闯红灯', '垃圾分类', '分类投放', '广场舞', '物业费'], of: 'NATURAL_PERSON' },
    ],
    parts: ['violation', 'reason', 'title', 'documentName', 'category'],
  },
};

/** 个人信息保护法 art. 28: sensitive whatever the column is for, beside what 条例 art. 42 names. */
export const SENSITIVE_CONTENT: RuleSet<{ readonly headers: readonly string[]; readonly phrases: readonly string[] }> =
  {
    kind: 'SENSITIVE_CONTENT',
    version: 'SENSITIVE_CONTENT@2021-11-01',
    effectiveFrom: '2021-11-01',
    bases: ['GRXXBHF_28'],
    definition: {
      headers: [
        '生物识别',
        '人脸',
        '虹膜',
        '声纹',
        '掌纹',
        '行踪轨迹',
        '银行账号',
        '银行卡号',
        '诊断',
        '就诊',
        '住院号',
        '医疗记录',
      ],
      phrases: ['人脸信息', '虹膜信息', '声纹信息', '行踪轨迹', '银行账号', '银行卡号'],
    },
  };

export const FORBIDDEN_RULES = [FORBIDDEN_ACTS, SENSITIVE_CONTENT] as const;

const HEADERS = [FORBIDDEN_CONTENT, FORBIDDEN_ACTS, SENSITIVE_CONTENT].flatMap(({ definition }) => definition.headers);

/** Whether a column of that name holds what may not be collected. `header` with its width and brackets levelled. */
export const isForbiddenHeader = (header: string): boolean => HEADERS.some((word) => header.includes(word));

// Said of somebody: the word, then what it is. "治疗疾病" in the facts of an advertising case is not.
const SAID = new RegExp(
  `(${[FORBIDDEN_CONTENT, SENSITIVE_CONTENT].flatMap(({ definition }) => definition.phrases).join('|')})\\s*(为|是|[:：=])`,
);
export const saysForbidden = (text: string): boolean => SAID.test(text);

/** Whether a field that names the act names one that is no matter of credit. */
export const isForbiddenAct = (part: FieldPart | undefined, text: string, ofPerson: boolean): boolean =>
  part !== undefined &&
  FORBIDDEN_ACTS.definition.parts.includes(part) &&
  FORBIDDEN_ACTS.definition.acts.some(
    ({ words, of }) => (of === 'ANYBODY' || ofPerson) && words.some((word) => text.includes(word)),
  );
