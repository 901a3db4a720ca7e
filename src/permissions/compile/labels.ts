import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { BY_ROW, RELABELLED } from '../exceptions.js';
import { INPUTS, PAGES } from '../inputs.js';
import { LABEL_NAMES, type Label } from '../labels.js';
import { ROOT_FIELDS } from '../verbs.js';

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

/** One field of an object type with its label; a root field has a cell instead. */
export interface LabelledField {
  type: string;
  field: string;
  coordinate: string;
  /** null: a root field */
  label: Label | null;
  /** the label depends on the row (exceptions.ts); `label` is then the narrowest */
  byRow: boolean;
  nullable: boolean;
  /**
   * labels that its arguments tell of: `argument` or `argument.field` → labels other than OPEN (inputs.ts). Refused, a field
   * that can't be null would take its parent along: it has none, and Postgres alone decides there, by the rows
   */
  inputs: Readonly<Record<string, readonly Label[]>>;
}

export const objectTypesOf = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );

/**
 * Every field with its label.
 * @throws naming every field without a label, every root field without a cell and every cell without a root field: the start fails
 */
export function labelledFields(schema: GraphQLSchema): LabelledField[] {
  const faults: string[] = [];
  const cells = new Set<string>(ROOT_FIELDS);
  const fields = objectTypesOf(schema).flatMap((type) =>
    Object.values(type.getFields()).map((field): LabelledField => {
      const coordinate = `${type.name}.${field.name}`;
      const root = ROOTS.has(type.name);
      const label = (RELABELLED[coordinate]?.label ?? field.extensions.label ?? null) as Label | null;
      if (root && !cells.delete(field.name)) faults.push(`${coordinate} has no cell in src/permissions/verbs.ts`);
      if (!root && !(label && LABEL_NAMES.includes(label)))
        faults.push(`${coordinate} has no label: declare it with @Labelled`);
      const nullable = !String(field.type).endsWith('!');
      const told = type.name === 'Mutation' ? {} : inputsOf(schema, coordinate, field, faults);
      return {
        type: type.name,
        field: field.name,
        coordinate,
        label: root ? null : label,
        byRow: coordinate in BY_ROW,
        nullable,
        inputs: root || nullable ? told : {},
      };
    }),
  );
  for (const cell of cells) faults.push(`the cell of ${cell} names no root field of the schema`);
  if (faults.length > 0) throw new Error(`the policy is incomplete:\n  ${faults.join('\n  ')}`);
  return fields;
}

const labelAt = (schema: GraphQLSchema, coordinate: string): Label | null => {
  const [name = '', field = ''] = coordinate.split('.');
  const type = schema.getType(name);
  const found = isObjectType(type) ? type.getFields()[field] : undefined;
  return (RELABELLED[coordinate]?.label ?? found?.extensions.label ?? null) as Label | null;
};

/** What the field's arguments tell of, by where they stand; what tells of open fields alone is left out. */
function inputsOf(
  schema: GraphQLSchema,
  coordinate: string,
  { args }: GraphQLField<unknown, unknown>,
  faults: string[],
): Record<string, Label[]> {
  const told: Record<string, Label[]> = {};
  const tell = (at: string, input: string) => {
    const fields = INPUTS[input];
    if (!fields) return void faults.push(`${input} has no line in src/permissions/inputs.ts`);
    const labels = fields.map((one) =>
      (LABEL_NAMES as readonly string[]).includes(one) ? (one as Label) : labelAt(schema, one),
    );
    if (labels.includes(null))
      return void faults.push(`${input} tells of ${fields.join(', ')}, of which one has no label`);
    const narrow = [...new Set(labels as Label[])].filter((label) => label !== 'OPEN');
    if (narrow.length > 0) told[at] = narrow;
  };
  for (const { name, type } of args) {
    if (PAGES.has(name)) continue;
    const of = getNamedType(type);
    if (!isInputObjectType(of)) tell(name, `${coordinate}(${name})`);
    else for (const field of Object.keys(of.getFields())) tell(`${name}.${field}`, `${of.name}.${field}`);
  }
  return told;
}
