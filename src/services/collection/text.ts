/** Invisible characters, controls, and white space at either end or beside a line's end: never meant, and never stored. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
const SUSPECT = /[\u0000-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\u3000\ud800-\udfff\ufeff]|^ | $/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;
const WIDE = /[\uff01-\uff5e\u3000]/;

/** The value without what cannot be seen, trimmed. Line ends within a text stay. */
export function clean(raw: string): string {
  if (!SUSPECT.test(raw)) return raw;
  return raw.toWellFormed().replace(INVISIBLE, '').trim();
}

/** Full-width ASCII as ASCII, character by character: positions stay. */
export function halfWidth(text: string): string {
  if (!WIDE.test(text)) return text;
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ');
}

const BRACKETS: Readonly<Record<string, string>> = {
  '〔': '(',
  '〕': ')',
  '[': '(',
  ']': ')',
  '【': '(',
  '】': ')',
  '{': '(',
  '}': ')',
  '﹝': '(',
  '﹞': ')',
};

/** Nothing to level: most codes and numbers are so. */
const LEVEL = /^[0-9A-Z-]*$/;

/** Width, case, white space and brackets levelled: for comparing names, numbers and headers, never for showing them. */
export function levelled(text: string): string {
  if (LEVEL.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[〔〕[\]【】{}﹝﹞]/g, (c) => BRACKETS[c] ?? c)
    .toUpperCase();
}
