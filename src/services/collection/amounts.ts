/** Yuan with two places, from 万元 with up to six, digit by digit: no binary fraction touches money. Null when it is none. */
export function yuanOf(tenThousands: string): string | null {
  const parts = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(tenThousands);
  if (!parts) return null;
  const fraction = (parts[2] ?? '').padEnd(6, '0');
  const whole = BigInt((parts[1] as string) + fraction.slice(0, 4));
  return `${whole}.${fraction.slice(4)}`;
}
