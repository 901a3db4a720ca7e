/** Made up from words that name nobody: 示例 stands in every organisation's name, as in the demonstration county. */
const WORDS =
  '青麦 云岫 听泉 白榆 竹影 海棠 松烟 晴川 望舒 星野 流萤 砚田 陶然 知秋 半夏 南栀 北辰 桐花 稻香 荷风 梨白 霁月 新柳 沐风 澄江 远山 清河 拾光 微澜 木棉 石桥 橘井 兰亭 鹤鸣 归帆 秋水 长汀 暮云 朝露 苍梧 丹枫 芦荻 溪山 杏坛 雁回 鸣泉 锦瑟 素问 灵泽 浮玉'.split(
    ' ',
  );
const TRADES = '食品 餐饮 建材 纺织 机械 商贸 物流 电子 化工 文旅 建筑 劳务 药房 园林'.split(' ');

/** Two words and a trade: a search for both words finds a few dozen in a hundred thousand. */
export function organisationName(serial: number, ending: string): string {
  const at = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;
  const [first, second] = pairOf(serial);
  return `示例${first}${second}${at(TRADES, serial)}${serial}${ending}`;
}

/** The two words of an organisation: what one would search for. */
export function pairOf(serial: number): [string, string] {
  const n = Math.imul(serial, 2_654_435_761) >>> 0;
  return [WORDS[n % WORDS.length] as string, WORDS[Math.floor(n / WORDS.length) % WORDS.length] as string];
}

export const personName = (serial: number): string => `${'赵钱孙李周吴郑王'[serial % 8]}示例${serial}`;
