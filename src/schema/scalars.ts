import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { HubError } from '../platform/errors.js';
import { canonicalCode } from '../services/collection/identifiers.js';

// Every refusal of a scalar is BAD_USER_INPUT and says why, never what: the value may be somebody's number.
const refuse = (zh: string, en: string): never => {
  throw new HubError('BAD_USER_INPUT', { zh, en });
};

function stringScalar(
  name: string,
  description: string,
  parse: (text: string) => string,
  serialize: (value: string) => string = String,
) {
  const read = (value: unknown) =>
    typeof value === 'string' ? parse(value) : refuse(`${name} 须为字符串`, `${name} takes a string`);
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => serialize(value as string),
    parseValue: read,
    parseLiteral: (node: ValueNode) => read(node.kind === Kind.STRING ? node.value : undefined),
  });
}

const isRealDate = (text: string): boolean => {
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

export const DateScalar = stringScalar(
  'Date',
  '日期 A calendar day, `YYYY-MM-DD`; a string from end to end, never an instant.',
  (text) =>
    /^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDate(text)
      ? text
      : refuse('日期须为真实存在的 YYYY-MM-DD', 'a date is a real day written YYYY-MM-DD'),
);

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
export const DateTimeScalar = stringScalar(
  'DateTime',
  '时刻 An instant, ISO 8601 with an offset; always answered in UTC with `Z`.',
  (text) =>
    INSTANT.test(text) && isRealDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))
      ? new Date(text).toISOString()
      : refuse('时刻须为带时区的 ISO 8601', 'an instant is ISO 8601 with an offset'),
  (value) => new Date(value).toISOString(),
);

export const UnifiedSocialCreditCode = stringScalar(
  'UnifiedSocialCreditCode',
  '统一社会信用代码 18 characters of the GB 32100-2015 alphabet, both check digits right. Accepts full-width, lower-case and padded input; always answers the canonical form.',
  (text) =>
    canonicalCode(text) ??
    refuse(
      '统一社会信用代码无效：长度、字符或校验码不符 GB 32100-2015',
      'not a unified social credit code: length, alphabet or check digits (GB 32100-2015)',
    ),
);

export const JSONObject = GraphQLJSONObject;
