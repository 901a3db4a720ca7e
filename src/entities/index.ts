import { AccessEvent } from './audit/accessEvent.js';
import { SealedCase } from './audit/sealedCase.js';
import { CatalogueItem } from './catalogue/catalogueItem.js';
import { RuleSet } from './catalogue/ruleSet.js';
import { CreditCheck } from './checks/creditCheck.js';
import { CreditCheckFinding } from './checks/creditCheckFinding.js';
import { ImportBatch } from './collection/importBatch.js';
import { ImportRow } from './collection/importRow.js';
import { ReviewItem } from './collection/reviewItem.js';
import { Commitment } from './commitments/commitment.js';
import { Consent } from './consents/consent.js';
import { Department } from './departments/department.js';
import { LegalBasis } from './departments/legalBasis.js';
import { CreditList } from './lists/creditList.js';
import { ListEntry } from './lists/listEntry.js';
import { Measure } from './measures/measure.js';
import { MeasureTrigger } from './measures/measureTrigger.js';
import { ServiceMatter } from './measures/serviceMatter.js';
import { CreditRecord } from './records/creditRecord.js';
import { PersonalText } from './records/personalText.js';
import { FormerName } from './subjects/formerName.js';
import { PersonIdentity } from './subjects/personIdentity.js';
import { Subject } from './subjects/subject.js';
import { SubjectRepresentative } from './subjects/subjectRepresentative.js';

/** Every entity, for the ORM and for whoever takes columns and foreign keys from its metadata. */
export const ENTITIES = [
  AccessEvent,
  CatalogueItem,
  Commitment,
  Consent,
  CreditCheck,
  CreditCheckFinding,
  CreditList,
  CreditRecord,
  Department,
  FormerName,
  ImportBatch,
  ImportRow,
  LegalBasis,
  ListEntry,
  Measure,
  MeasureTrigger,
  PersonalText,
  PersonIdentity,
  ReviewItem,
  RuleSet,
  SealedCase,
  ServiceMatter,
  Subject,
  SubjectRepresentative,
] as const;
