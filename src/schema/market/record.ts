import { ObjectType } from 'type-graphql';
import { CatalogueItem } from '../catalogue/item.js';
import { connectionOf } from '../connection.js';
import { RecordState } from '../enums.js';
import { Labelled } from '../labelled.js';
import { Node } from '../node.js';
import { DateScalar, JSONObject } from '../scalars.js';
import { Subject } from '../subjects/subject.js';

@ObjectType({
  implements: Node,
  description:
    '市场信用信息 What an association or a credit-service body brought under its agreement: kept apart from public data, in no verdict, and sent nowhere.',
})
export class MarketRecord extends Node {
  @Labelled('COLLECTED', () => CatalogueItem, '事项')
  item: CatalogueItem;
  @Labelled('COLLECTED', () => Subject, '信用主体')
  subject: Subject;
  @Labelled('COLLECTED', () => Subject, '提供机构 Who brought it, and answers for it.')
  body: Subject;
  @Labelled('COLLECTED', () => String, '归集共享协议编号')
  agreementNo: string;
  @Labelled('COLLECTED', () => String, '文书号')
  documentNo: string;
  @Labelled('COLLECTED', () => DateScalar, '决定（评价）日期')
  decidedOn: string;
  @Labelled('COLLECTED', () => DateScalar, '有效期至 Not after the subject’s written authorisation.')
  expiresOn: string;
  @Labelled('COLLECTED', () => DateScalar, '归集日期')
  receivedOn: string;
  @Labelled('COLLECTED', () => RecordState, '状态')
  state: keyof typeof RecordState;
  @Labelled(
    'COLLECTED',
    () => JSONObject,
    '数据 Values under the item’s own field codes; ids and phone numbers masked.',
  )
  values: Record<string, unknown>;
}

export const MarketRecordConnection = connectionOf('MarketRecord', '市场信用信息', () => MarketRecord);
