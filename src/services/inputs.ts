import { HubError } from '../platform/errors.js';
import { maskText } from './collection/masking.js';

/** Trimmed text of a verb's input. @throws BAD_USER_INPUT with `field` when it is blank or longer than `longest` */
export function requiredText(value: string | null | undefined, field: string, longest: number): string {
  const text = value?.trim() ?? '';
  if (text === '') throw new HubError('BAD_USER_INPUT', { zh: '不能为空', en: 'must not be blank' }, field);
  if (text.length > longest) {
    throw new HubError(
      'BAD_USER_INPUT',
      { zh: `不得超过 ${longest} 字`, en: `must not be longer than ${longest} characters` },
      field,
    );
  }
  return text;
}

/** The same for text that may be absent; blank counts as absent. */
export const optionalText = (value: string | null | undefined, field: string, longest: number): string | null =>
  value?.trim() ? requiredText(value, field, longest) : null;

/** Text for the history of a row, where citizen ids and phone numbers are never whole. */
export const masked = (text: string, today: string): string => maskText(text, today) ?? text;

export const DOCUMENT_NO_LENGTH = 128;
export const TEXT_LENGTH = 4000;
