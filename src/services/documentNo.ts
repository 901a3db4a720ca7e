import { HubError } from '../platform/errors.js';
import { holdsCitizenId } from './collection/identifiers.js';
import { DOCUMENT_NO_LENGTH, optionalText, requiredText } from './inputs.js';

/**
 * 文书号 of a verb's own document, trimmed. It is shown wherever its row is, to the public too, so it must name nobody.
 * @throws BAD_USER_INPUT with `documentNo` when it is blank, too long, or holds a citizen id
 */
export const requiredDocumentNo = (value: string | null | undefined): string =>
  withoutPerson(requiredText(value, 'documentNo', DOCUMENT_NO_LENGTH));

/** The same for a number that may be absent; blank counts as absent. */
export function optionalDocumentNo(value: string | null | undefined): string | null {
  const text = optionalText(value, 'documentNo', DOCUMENT_NO_LENGTH);
  return text && withoutPerson(text);
}

function withoutPerson(text: string): string {
  if (!holdsCitizenId(text)) return text;
  throw new HubError(
    'BAD_USER_INPUT',
    { zh: '文书号不得含公民身份号码', en: 'a document number holds no citizen id' },
    'documentNo',
  );
}
