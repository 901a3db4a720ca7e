import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { Labelled } from './labelled.js';

@ObjectType({ description: '分页信息 Where a page lies among its rows (Relay).' })
export class PageInfo {
  @Labelled('OPEN', () => Boolean, '后面还有 There are rows after this page.')
  hasNextPage: boolean;
  @Labelled('OPEN', () => Boolean, '前面还有 There are rows before this page.')
  hasPreviousPage: boolean;
  @Labelled('OPEN', () => String, '首行游标 Opaque.', { nullable: true })
  startCursor: string | null;
  @Labelled('OPEN', () => String, '末行游标 Opaque.', { nullable: true })
  endCursor: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 20, description: '每页行数 1 to 100; null is the default.' })
  first: number | null;
  @Field(() => String, { nullable: true, description: '自此游标之后 A cursor of an earlier page.' })
  after?: string | null;
}

/** Makes `NAMEConnection` and `NAMEEdge`; what they answer is a services/reading Page. */
export function connectionOf(name: string, zh: string, node: () => ClassType | object): ClassType {
  @ObjectType(`${name}Edge`, { description: `${zh}（边） A row of the page with its cursor.` })
  class Edge {
    @Labelled('OPEN', () => String, '游标 Opaque.')
    cursor: string;
    @Labelled('OPEN', node, zh)
    node: object;
  }

  @ObjectType(`${name}Connection`, { description: `${zh}（分页） A page of rows, in the order of reference.md.` })
  class Connection {
    @Labelled('OPEN', () => [Edge], '边 Rows with cursors.')
    edges: Edge[];
    @Labelled('OPEN', () => [node()], '行 The rows themselves.')
    nodes: object[];
    @Labelled('OPEN', () => PageInfo, '分页信息')
    pageInfo: PageInfo;
    @Labelled(
      'OPEN',
      () => Int,
      '总数 All rows that the caller may read, not only this page; counted only when asked for.',
    )
    totalCount: number;
  }
  return Connection;
}
