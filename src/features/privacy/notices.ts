import { koreanDateTime } from '../../core/calendar.ts';
import { csvFile } from '../../core/csv-file.ts';
import { allFillable, type Filings } from '../../filing/procedure.ts';
import { context, fallback, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/notice.ts';
import { holdsRole } from '../../records/people/office.ts';
import { auditTrail, trailName } from './audit-trail.ts';
import { CHECKPOINT } from './checkpoint.ts';
import { koreanMonth } from './month.ts';
import { monthlyReport, reportName, UNUSUAL_RULE } from './monthly-report.ts';
import { everythingOn, heldRows } from './person-export.ts';
import { ACCESS_REPORT, AUDIT_EXPORT, MY_EXPORT } from './privacy-view.ts';

/** Sends files with personal data. A file is made from ids at the time of sending, and no copy of it is stored. */
export function privacyNotices(
  filings: Pick<Filings, 'procedures' | 'documents'>,
  extraHolidays: () => Promise<ReadonlySet<string>>,
): Notices {
  return {
    /** Posts the day's checkpoint to the officers' channel, which the owner of the database cannot change. */
    [CHECKPOINT]: async (_db, { seq, hash, at }) => {
      const text = `감사기록 확인값 ${koreanDateTime(new Date(String(at)))}: ${seq}:${hash}`;
      return { text: fallback(text), blocks: [context(text)] };
    },

    [ACCESS_REPORT]: async (db, facts, _by, to) => {
      if (to !== undefined && !(await holdsRole(db, to))) return null;
      const month = String(facts.month);
      const rows = await monthlyReport(db, month, new Date(String(facts.at)), await extraHolidays());
      const text = `${koreanMonth(month)} 접속기록 보고서입니다.`;
      return {
        text: fallback(text),
        blocks: [section(text), context(`‘많음’은 ${UNUSUAL_RULE}인 사람입니다. 사유를 확인하십시오.`)],
        files: [csvFile(reportName(month), rows)],
      };
    },

    [AUDIT_EXPORT]: async (db, facts, _by, to) => {
      if (to !== undefined && !(await holdsRole(db, to))) return null;
      const month = String(facts.month);
      const text = `${koreanMonth(month)} 감사기록입니다.`;
      return {
        text: fallback(text),
        blocks: [
          section(text),
          context(
            '이름 칸과 연락처, 주소는 가려져 있습니다. 사람이 적은 사유 속의 이름은 가려지지 않습니다.',
          ),
        ],
        files: [csvFile(trailName(month), await auditTrail(db, month, new Date(String(facts.at))))],
      };
    },

    [MY_EXPORT]: async (db, facts) => {
      const held = await everythingOn(
        db,
        allFillable(filings),
        String(facts.personId),
        new Date(String(facts.at)),
      );
      const text = '이 앱이 가진 내 정보 전부입니다.';
      const name = '내정보';
      return {
        text: fallback(text),
        blocks: [section(text), context('개인정보가 들어 있습니다. 다 본 뒤에는 파일을 지우십시오.')],
        files: [
          facts.format === 'csv'
            ? csvFile(`${name}.csv`, heldRows(held))
            : { name: `${name}.json`, bytes: Buffer.from(`${JSON.stringify(held, null, 2)}\n`) },
        ],
      };
    },
  };
}
