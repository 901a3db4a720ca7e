import { Command } from 'commander';
import { FUNCTIONS, type FunctionCode } from '../catalogue/functions.js';
import { ruleOn } from '../catalogue/rules/index.js';
import { type SectorDefinition, sectorRulesOn } from '../catalogue/rules/sectors.js';
import { SEVERITY_RULES } from '../catalogue/rules/severity.js';
import { asOwner } from '../house.js';
import { sectorTables } from '../services/collection/penaltyTable.js';
import { inHouse } from './house.js';

/** `hub penalties`: by which tables a penalty decided on a day is classed. */
export function penaltiesCommand(): Command {
  return new Command('penalties')
    .description('处罚分类标准 The tables by which a penalty that is decided on a day is classed')
    .option('--on <DATE>', '决定日期 day of the decision; default today')
    .action(({ on }: { on?: string }) =>
      inHouse(async ({ owner, clock }) => {
        const day = on ?? clock.today();
        const sectors = await asOwner(owner, (query) => sectorTables({ query }));
        const { version, effectiveFrom, definition } = ruleOn(SEVERITY_RULES, day);
        print(version, '全县 county', effectiveFrom, definition.kinds, definition.fines);
        for (const rule of sectorRulesOn(sectors, day, Object.keys(FUNCTIONS))) {
          const { sector, kinds, fines, source } = rule.definition as SectorDefinition & { source?: string };
          print(rule.version, FUNCTIONS[sector as FunctionCode].zh, rule.effectiveFrom, kinds, fines ?? []);
          if (source) process.stdout.write(`  依据 source: ${source}\n`);
        }
      }),
    );
}

function print(
  version: string,
  whose: string,
  from: string,
  kinds: SectorDefinition['kinds'],
  fines: NonNullable<SectorDefinition['fines']>,
): void {
  process.stdout.write(`${version}  ${whose}  自 from ${from}\n`);
  const bounds = fines.map(({ below, severity }) => `${below === null ? '其余 else' : `<${below} 元`} ${severity}`);
  if (bounds.length > 0) process.stdout.write(`  罚款 fines: ${bounds.join('，')}\n`);
  const named = Object.entries(kinds).map(([kind, severity]) => `${kind} ${severity}`);
  if (named.length > 0) process.stdout.write(`  种类 kinds: ${named.join('，')}\n`);
}
