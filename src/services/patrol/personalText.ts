import type { PersonalText } from '../../catalogue/patrol/holdings.js';
import { maskText } from '../collection/masking.js';
import { halfWidth } from '../collection/text.js';

type Kind = PersonalText['kinds'][number];

/** A name (or 当事人 and its like) followed by where somebody lives, down to a house, a village or a room. */
const NAME_AND_ADDRESS =
  /[\u4e00-\u9fa5]{2,4}[^。；;\n]{0,12}?(?:住址|家庭住址|户籍地|户籍所在地|居住地|现住|家住|住)[为在于：:]?[^，,。；;\n*]{4,40}?\d*(?:号|室|村|组|户)/;
/** 住所 of an organisation is in the public register. */
const NOT_A_HOME = /住所|住建|住房|住宅|住院|住宿/g;

/** Which kinds of personal data stand in a text that everybody may read. */
export function personalIn(text: string, today: string): Kind[] {
  const narrow = halfWidth(text);
  const kinds: Kind[] = [];
  if (maskText(narrow, today, false) !== null) kinds.push('CITIZEN_ID');
  if (phoneIn(narrow, today)) kinds.push('PHONE');
  if (NAME_AND_ADDRESS.test(narrow.replace(NOT_A_HOME, ''))) kinds.push('NAME_AND_ADDRESS');
  return kinds;
}

/** What is masked once the citizen ids are: only numbers of phones are left. */
function phoneIn(text: string, today: string): boolean {
  const withoutIds = maskText(text, today, false) ?? text;
  return maskText(withoutIds, today) !== null;
}
