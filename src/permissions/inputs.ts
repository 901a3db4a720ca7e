const RECORDS = ['PermitRecord', 'PenaltyRecord', 'CatalogueRecord'];
const SUBJECTS = ['Organisation', 'NaturalPerson'];
const of = (types: readonly string[], field: string): string[] => types.map((type) => `${type}.${field}`);
const below = (
  types: readonly string[],
  fields: Record<string, readonly string[]>,
): Record<string, readonly string[]> =>
  Object.fromEntries(
    types.flatMap((type) => Object.entries(fields).map(([field, told]) => [`${type}.${field}`, told])),
  );

/** Names what is asked for, and nothing of a row beside: absent and forbidden are answered alike. */
const NAMES_IT: readonly string[] = [];

/**
 * 筛选项 Each argument that selects rows, by `Input.field` or `Type.field(argument)`, with the fields whose values it tells
 * (or their label, where no field shows them): whoever may not read those whole may not
 * select by them either. Pages (`first`, `after`) tell nothing. An argument that stands nowhere here stops the start.
 */
export const INPUTS: Readonly<Record<string, readonly string[]>> = {
  'RecordFilter.items': of(RECORDS, 'item'),
  'RecordFilter.states': of(RECORDS, 'state'),
  'RecordFilter.decidedFrom': of(RECORDS, 'decidedOn'),
  'RecordFilter.decidedTo': of(RECORDS, 'decidedOn'),
  'SubjectFilter.codes': ['Organisation.code'],
  'SubjectFilter.kinds': ['Organisation.kind'],
  'SubjectFilter.nameContains': ['Organisation.name'],
  ...below(SUBJECTS, {
    'listEntries(activeOnly)': ['ListEntry.state'],
    'listEntries(color)': ['ListEntry.list'],
    'commitments(state)': ['Commitment.state'],
  }),
  // of the log, and shown by no field
  'AccessEventFilter.caseNo': ['AUDIT'],
  'AccessEventFilter.consent': ['AccessEvent.consent'],
  'AccessEventFilter.department': ['AccessEvent.department'],
  'AccessEventFilter.from': ['AccessEvent.at'],
  'AccessEventFilter.operations': ['AccessEvent.operation'],
  'AccessEventFilter.outcomes': ['AccessEvent.outcome'],
  'AccessEventFilter.power': ['AccessEvent.power'],
  'AccessEventFilter.purposes': ['AccessEvent.purpose'],
  'AccessEventFilter.roles': ['AccessEvent.role'],
  'AccessEventFilter.sealed': ['AccessEvent.sealed'],
  'AccessEventFilter.to': ['AccessEvent.at'],
  'PatrolFindingFilter.department': ['PatrolFinding.department'],
  'PatrolFindingFilter.foundFrom': ['PatrolFinding.foundOn'],
  'PatrolFindingFilter.foundTo': ['PatrolFinding.foundOn'],
  'PatrolFindingFilter.overdue': ['PatrolFinding.overdue'],
  'PatrolFindingFilter.rules': ['PatrolFinding.rule'],
  'PatrolFindingFilter.states': ['PatrolFinding.state'],
  'Query.accessEvents(subject)': ['AUDIT'],
  'Query.exchangeCases(state)': ['ExchangeCase.state'],
  'Query.collectionAgreements(state)': ['CollectionAgreement.state'],
  'Query.marketRecords(items)': ['MarketRecord.item'],
  'Query.listEntries(list)': ['ListEntry.list'],
  'Query.publicityMonitor(department)': ['PublicityStanding.department'],
  'Query.publicityMonitor(item)': ['PublicityStanding.item'],
  'Query.publicityMonitor(month)': ['PublicityMonitor.month'],
  'Query.publicityNotices(item)': ['PublicityNotice.item'],
  'Query.publicityNotices(month)': ['PublicityNotice.withdrawnOn'],
  'Query.publicityReminders(department)': ['PublicityReminder.department'],
  'Query.publicityReminders(dueFrom)': ['PublicityReminder.dueOn'],
  'Query.reviewItems(department)': ['ReviewItem.department'],
  'Query.reviewItems(openOnly)': ['ReviewItem.closedAt'],
  'Query.reportingDuties(department)': ['ReportingDuty.department'],
  'Query.reportingDuties(overdueOnly)': ['ReportingDuty.overdue'],
  'Query.qualityReport(department)': ['QualityReport.department'],
  'Query.qualityReport(item)': ['QualityReport.item'],
  'Query.qualityReport(month)': ['QualityReport.month'],
  'Query.statistics(by)': ['StatisticsLine.subjects'],
  'Query.statistics(from)': ['StatisticsLine.month'],
  'Query.statistics(of)': ['StatisticsLine.count'],
  'Query.statistics(to)': ['StatisticsLine.month'],
  'Query.subjectMerges(state)': ['SubjectMerge.state'],
  'Query.sealedCases(state)': ['SealedCase.state'],
  'ImportBatch.rows(rejectedOnly)': ['ImportRow.issues'],
  'Query.creditCheck(receiptNo)': NAMES_IT,
  'Query.importBatch(id)': NAMES_IT,
  'Query.node(id)': NAMES_IT,
  'Query.subject(code)': NAMES_IT,
  'Subscription.importProgress(batch)': NAMES_IT,
};

/** Of a connection, how much and from where: no row is told by it. */
export const PAGES: ReadonlySet<string> = new Set(['first', 'after']);
