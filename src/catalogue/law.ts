/**
 * 法律依据: one provision a row. Outside its dates it carries nothing. `sure` tells how the fact was come by: the text
 * was read (TEXT), a secondary copy was read (COPY), or it is from memory and stays to be confirmed (MEMORY).
 */
export interface Basis {
  readonly title: string;
  readonly article: string | null;
  readonly rank:
    | '法律'
    | '行政法规'
    | '地方性法规'
    | '部门规章'
    | '司法解释'
    | '国务院文件'
    | '规范性文件'
    | '国家标准';
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly sure: 'TEXT' | 'COPY' | 'MEMORY';
}

type Rank = Basis['rank'];
type Sure = Basis['sure'];
const basis = (
  rank: Rank,
  title: string,
  article: string | null,
  validFrom: string,
  sure: Sure,
  validTo: string | null = null,
): Basis => ({ title, article, rank, validFrom, validTo, sure });

const REGULATION = '山东省社会信用条例';
const COMMITMENT_NOTICE = '全面推行证明事项和涉企经营许可事项告知承诺制的指导意见（国办发〔2020〕42号）';
const PENALTY_LAW = '中华人民共和国行政处罚法';

export const LAW = {
  SD_XYTL_8: basis('地方性法规', REGULATION, '第八条', '2020-10-01', 'TEXT'),
  SD_XYTL_10: basis('地方性法规', REGULATION, '第十条', '2020-10-01', 'TEXT'),
  SD_XYTL_11: basis('地方性法规', REGULATION, '第十一条至第十四条', '2020-10-01', 'TEXT'),
  SD_XYTL_17: basis('地方性法规', REGULATION, '第十七条', '2020-10-01', 'TEXT'),
  SD_XYTL_20: basis('地方性法规', REGULATION, '第二十条', '2020-10-01', 'TEXT'),
  SD_XYTL_21: basis('地方性法规', REGULATION, '第二十一条', '2020-10-01', 'TEXT'),
  SD_XYTL_22: basis('地方性法规', REGULATION, '第二十二条', '2020-10-01', 'TEXT'),
  SD_XYTL_24: basis('地方性法规', REGULATION, '第二十四条', '2020-10-01', 'TEXT'),
  SD_XYTL_26: basis('地方性法规', REGULATION, '第二十六条', '2020-10-01', 'TEXT'),
  SD_XYTL_28: basis('地方性法规', REGULATION, '第二十八条', '2020-10-01', 'TEXT'),
  SD_XYTL_32: basis('地方性法规', REGULATION, '第三十二条', '2020-10-01', 'TEXT'),
  SD_XYTL_38: basis('地方性法规', REGULATION, '第三十八条', '2020-10-01', 'TEXT'),
  SD_XYTL_39: basis('地方性法规', REGULATION, '第三十九条', '2020-10-01', 'TEXT'),
  SD_XYTL_42: basis('地方性法规', REGULATION, '第四十二条', '2020-10-01', 'TEXT'),
  XZXKF_40: basis('法律', '中华人民共和国行政许可法', '第四十条', '2004-07-01', 'TEXT'),
  XZCFF_9: basis('法律', PENALTY_LAW, '第九条', '2021-07-15', 'TEXT'),
  XZCFF_48: basis('法律', PENALTY_LAW, '第四十八条', '2021-07-15', 'TEXT'),
  XZCFF_51: basis('法律', PENALTY_LAW, '第五十一条', '2021-07-15', 'TEXT'),
  XZQZF: basis('法律', '中华人民共和国行政强制法', '第十八条', '2012-01-01', 'MEMORY'),
  ZAGLF_136: basis('法律', '中华人民共和国治安管理处罚法', '第一百三十六条', '2026-01-01', 'COPY'),
  QYXXGS_6: basis('行政法规', '企业信息公示暂行条例', '第六条', '2014-10-01', 'MEMORY'),
  SCZTDJ_35: basis('行政法规', '中华人民共和国市场主体登记管理条例', '第三十五条', '2022-03-01', 'MEMORY'),
  SGS_424: basis(
    '规范性文件',
    '关于进一步完善行政许可和行政处罚等信用信息公示工作的指导意见（发改办财金〔2018〕424号）',
    null,
    '2018-07-01',
    'TEXT',
  ),
  WSZ_9: basis('规范性文件', '汶政字〔2022〕9号', null, '2022-01-01', 'TEXT'),
  GRXXBHF_51: basis('法律', '中华人民共和国个人信息保护法', '第五十一条', '2021-11-01', 'TEXT'),
  WLAQF_21: basis('法律', '中华人民共和国网络安全法（2016年文本）', '第二十一条', '2017-06-01', 'TEXT'),
  WLSJ_12: basis('行政法规', '网络数据安全管理条例', '第十二条', '2025-01-01', 'TEXT'),
  DJBH_8143: basis(
    '国家标准',
    '信息安全技术 网络安全等级保护基本要求（GB/T 22239-2019）',
    '8.1.4.3',
    '2019-12-01',
    'MEMORY',
  ),
  XYXF_36: basis('部门规章', '信用修复管理办法（国家发展改革委令第36号）', null, '2026-04-01', 'COPY'),
  XYXF_58: basis(
    '部门规章',
    '失信行为纠正后的信用信息修复管理办法（试行）（国家发展改革委令第58号）',
    null,
    '2023-05-01',
    'COPY',
    '2026-03-31',
  ),
  GBF_22: basis('国务院文件', '关于进一步完善信用修复制度的实施方案（国办发〔2025〕22号）', null, '2025-06-22', 'COPY'),
  FS_2017_7_8: basis('司法解释', '最高人民法院关于公布失信被执行人名单信息的若干规定', '第八条', '2017-05-01', 'TEXT'),
  NMGGZ_48: basis('行政法规', '保障农民工工资支付条例', '第四十八条', '2020-05-01', 'MEMORY'),
  HRSS_45: basis(
    '部门规章',
    '拖欠农民工工资失信联合惩戒对象名单管理暂行办法（人力资源社会保障部令第45号）',
    null,
    '2022-01-01',
    'COPY',
  ),
  SWZJ_54: basis(
    '部门规章',
    '重大税收违法失信主体信息公布管理办法（国家税务总局令第54号）',
    null,
    '2022-02-01',
    'MEMORY',
  ),
  ZFCG_22: basis('法律', '中华人民共和国政府采购法', '第二十二条', '2003-01-01', 'MEMORY'),
  ZFCG_77: basis('法律', '中华人民共和国政府采购法', '第七十七条', '2003-01-01', 'MEMORY'),
  CK_125: basis(
    '规范性文件',
    '财政部关于在政府采购活动中查询及使用信用记录有关问题的通知（财库〔2016〕125号）',
    null,
    '2016-08-01',
    'MEMORY',
  ),
  SCJG_44: basis(
    '部门规章',
    '市场监督管理严重违法失信名单管理办法（国家市场监督管理总局令第44号）',
    null,
    '2021-09-01',
    'COPY',
  ),
  SCJG_44_15: basis(
    '部门规章',
    '市场监督管理严重违法失信名单管理办法（国家市场监督管理总局令第44号）',
    '第十五条',
    '2021-09-01',
    'MEMORY',
  ),
  SPAQF_135: basis('法律', '中华人民共和国食品安全法', '第一百三十五条', '2015-10-01', 'MEMORY'),
  YJ_11: basis('部门规章', '安全生产严重失信主体名单管理办法（应急管理部令第11号）', null, '2023-10-01', 'MEMORY'),
  SWXY_2025_12: basis(
    '规范性文件',
    '纳税缴费信用管理办法（国家税务总局公告2025年第12号）',
    null,
    '2025-07-01',
    'MEMORY',
  ),
  FGCJ_1467: basis(
    '规范性文件',
    '关于对纳税信用A级纳税人实施联合激励措施的合作备忘录（发改财金〔2016〕1467号）',
    null,
    '2016-07-08',
    'MEMORY',
  ),
  GF_33: basis(
    '国务院文件',
    '关于建立完善守信联合激励和失信联合惩戒制度加快推进社会诚信建设的指导意见（国发〔2016〕33号）',
    '第二部分',
    '2016-05-30',
    'MEMORY',
  ),
  GBF_42_BREACH: basis('国务院文件', COMMITMENT_NOTICE, '曾作出虚假承诺的不适用告知承诺制', '2020-10-27', 'MEMORY'),
  GBF_42_RECORD: basis(
    '国务院文件',
    COMMITMENT_NOTICE,
    '有较严重不良信用记录的不适用告知承诺制',
    '2020-10-27',
    'MEMORY',
  ),
  // the channels of 汶政字〔2022〕9号, 二（二）2, and the campaigns of 二（三）3
  QYXXGS_17: basis('行政法规', '企业信息公示暂行条例', '第十七条', '2014-10-01', 'TEXT'),
  CPZLF_24: basis('法律', '中华人民共和国产品质量法', '第二十四条', '2000-09-01', 'MEMORY'),
  SHTT_TL: basis('行政法规', '社会团体登记管理条例', null, '1998-10-25', 'MEMORY'),
  SYDW_TL: basis('行政法规', '事业单位登记管理暂行条例', null, '1998-10-25', 'MEMORY'),
  LSF: basis('法律', '中华人民共和国律师法', null, '2008-06-01', 'MEMORY'),
  SHBXF: basis('法律', '中华人民共和国社会保险法', null, '2011-07-01', 'MEMORY'),
  SHBXF_88: basis('法律', '中华人民共和国社会保险法', '第八十八条', '2011-07-01', 'MEMORY'),
  YBJJ_735: basis('行政法规', '医疗保障基金使用监督管理条例（国务院令第735号）', null, '2021-05-01', 'MEMORY'),
  GJJ_TL: basis('行政法规', '住房公积金管理条例', null, '1999-04-03', 'MEMORY'),
  ZLF_21: basis('法律', '中华人民共和国专利法', '第二十一条', '2021-06-01', 'MEMORY'),
  ZSCQ_8: basis(
    '规范性文件',
    '国家知识产权局知识产权信用管理规定（国知发保字〔2022〕8号）',
    null,
    '2022-01-24',
    'MEMORY',
  ),
  DLYSTL: basis('行政法规', '中华人民共和国道路运输条例', null, '2004-07-01', 'MEMORY'),
  ZFCGTL_50: basis('行政法规', '中华人民共和国政府采购法实施条例', '第五十条', '2015-03-01', 'MEMORY'),
  MSSSF_266: basis('法律', '中华人民共和国民事诉讼法', '第二百六十六条', '2024-01-01', 'MEMORY'),
  FDXWLZPF_31: basis('法律', '中华人民共和国反电信网络诈骗法', '第三十一条', '2022-12-01', 'MEMORY'),
  JYKS_33: basis('部门规章', '国家教育考试违规处理办法（教育部令第33号）', null, '2012-01-05', 'MEMORY'),
  GRXXBHF_28: basis('法律', '中华人民共和国个人信息保护法', '第二十八条', '2021-11-01', 'TEXT'),
  GBF_49: basis(
    '国务院文件',
    '关于进一步完善失信约束制度构建诚信建设长效机制的指导意见（国办发〔2020〕49号）',
    null,
    '2020-12-07',
    'MEMORY',
  ),
} as const satisfies Record<string, Basis>;

export type BasisKey = keyof typeof LAW;
