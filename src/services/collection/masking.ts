import { citizenId } from './identifiers.js';
import { halfWidth } from './text.js';

const STARS = '********';

/** 张三 → 张*; 欧阳某某 → 欧***. */
export function maskName(name: string): string {
  const [first = '', ...rest] = name;
  return first + '*'.repeat(Math.max(rest.length, 1));
}

/** 370830********0013; a document of another kind keeps its first and last two characters. */
export function maskNumber(number: string): string {
  if (/^\d{17}[\dXx]$/.test(number)) return number.slice(0, 6) + STARS + number.slice(14);
  // by characters: half of one is no text to Postgres
  const characters = [...number];
  if (characters.length < 8) return '*'.repeat(characters.length);
  return characters.slice(0, 2).join('') + STARS + characters.slice(-2).join('');
}

/** 138****5678. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(7)}`;

// A digit or letter beside it makes it part of some other number.
const ID_ALONE = /(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g;
const ID_OR_PHONE = /(?<![0-9A-Za-z])(?:\d{17}[\dXx]|(?:\+?86[- ]?)?1[3-9]\d{9})(?![0-9A-Za-z])/g;
const LONG_NUMBER = /[\d\uff10-\uff19]{11}/;

/**
 * Citizen ids that pass the check and mobile numbers (unless `phones` is false: numbers of documents look alike) masked
 * where they stand; null when the text has none. A number of 15 digits is left alone: registration numbers look alike.
 */
export function maskText(text: string, today: string, phones = true): string | null {
  if (!LONG_NUMBER.test(text)) return null;
  const narrow = halfWidth(text);
  let masked = '';
  let at = 0;
  for (const { 0: found, index } of narrow.matchAll(phones ? ID_OR_PHONE : ID_ALONE)) {
    const cover = coverOf(found, today);
    if (cover === null) continue;
    masked += text.slice(at, index) + cover;
    at = index + found.length;
  }
  return at === 0 ? null : masked + text.slice(at);
}

function coverOf(found: string, today: string): string | null {
  if (found.length !== 18) return found.slice(0, -11) + maskPhone(found.slice(-11));
  const id = citizenId(found.toUpperCase(), today);
  return id ? maskNumber(id) : null;
}
