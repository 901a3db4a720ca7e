import pg from 'pg';

// Dates and instants stay the text that Postgres sent (MikroORM's own pool does the same): a Date would move a day by
// the machine's time zone and cut an instant to milliseconds, on which a cursor stands.
const DATE = 1082;
const TIMESTAMPTZ = 1184;

export const TYPES = new pg.TypeOverrides();
TYPES.setTypeParser(DATE, (text: string) => text);
TYPES.setTypeParser(TIMESTAMPTZ, (text: string) => text);
