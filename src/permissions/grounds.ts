import type { Role } from './roles.js';

/** 山东省社会信用条例, unless another law is named: what allows a role to read what its cells say, or why it reads nothing. */
export const GROUNDS = {
  PUBLIC: '条例 art. 20：公开公示；自然人信息不公开公示',
  SUBJECT: '条例 art. 21、37：自我查询，知悉采集与使用；个人信息保护法 art. 45',
  SERVICE_HALL: '条例 art. 21：书面授权；art. 22：办理许可等事项时查询；art. 26、28：激励与约束',
  DEPARTMENT: '条例 art. 15、16：提供单位对其信息负责；art. 22：依用途查询',
  CREDIT_OFFICE: '条例 art. 22：依用途查询；art. 39：异议处理',
  COURT: '条例 art. 11–14：失信被执行人信息的提供；art. 22：依用途查询',
  ASSOCIATION: '条例 art. 17：市场信用信息依约定归集；art. 21：书面授权；art. 20：公开公示',
  ORGANISATION_DEPARTMENT: '条例 art. 22：招录、选拔任用；art. 48：工作人员信用档案',
  CADRE_OFFICER: '条例 art. 48：工作人员信用档案',
  GOVERNMENT_OFFICE: '条例 art. 48：政务信用记录',
  ANALYST: '条例 art. 22：其他管理（统计）；个人信息保护法 art. 6：最小必要',
  AGENCY: '条例 art. 21：书面授权；art. 20：公开公示',
  EXCHANGE: '条例 art. 9：省、设区的市平台；依共享协议',
  SYSTEM_ADMIN: '网络安全等级保护 8.1.4.2：三员分立，系统管理员不读信用信息',
  SECURITY_ADMIN: '网络安全等级保护 8.1.4.2：三员分立，安全管理员不读信用信息',
  AUDITOR: '条例 art. 59；网络安全等级保护 8.1.4.3：依案审计',
} as const satisfies Record<Role, string>;
