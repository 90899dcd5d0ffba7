import { koreanDate, seoulDay } from '../../core/calendar.ts';
import { dayNumber } from '../../core/holidays.ts';
import { Refusal } from '../../core/refusal.ts';
import { defineProcedure } from '../../filing/procedure.ts';
import { SUBMITTED } from '../../records/filings/states.ts';
import { systemIdOf } from '../../records/filings/subject.ts';
import { currentLicence } from '../../records/in-force.ts';
import type { Issuer } from '../../records/licences/issue.ts';
import { requireRegistered } from '../../records/people/who.ts';
import { nextLicenceFiling, type SystemWithLife } from '../../records/systems/standing.ts';
import type { Licence } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { approvedApplication } from '../application/approved-application.ts';
import { issueTemporary } from '../application/temporary-licence.ts';
import { issues } from '../effects.ts';
import { temporaryReissueForm } from './temporary-form.ts';

/** How many days before its end another temporary licence may be asked for. No source says. */
const EARLY_DAYS = 14;

/** 임시라이선스 재발급, when the report is late. Its approval issues a new temporary licence for the approved application. */
export const makeTemporaryReissue = (issuer: Issuer) =>
  defineProcedure<typeof temporaryReissueForm.fields>({
    name: 'temporaryReissue',
    title: '임시라이선스 재발급',
    document: '임시라이선스 재발급 요청',
    approvedLabel: '발급완료',
    reopenable: false,
    stepUp: true,
    leadsToLicence: true,
    issues: 'TEMPORARY',
    form: temporaryReissueForm,
    onSystem: {
      label: '임시라이선스 재발급 요청',
      about: '시험이 끝나기 전에 임시라이선스가 만료될 때',
      often: true,
      offered: (system, who, today) =>
        system.contactId === who.id && obstacle(system, today) === null && !nextLicenceFiling(system),
    },

    async begin(tx, applicant, subject, now) {
      requireRegistered(applicant);
      await ending(tx, applicant.id, systemIdOf(subject), seoulDay(now), null);
      return {};
    },

    async place(op, applicant, subject, _answers, filing) {
      requireRegistered(applicant);
      const id = filing?.systemId ?? systemIdOf(subject);
      const { system } = await ending(op.tx, applicant.id, id, seoulDay(op.now), filing?.id ?? null);
      return { title: system.name, agencyCode: system.agencyCode, systemId: system.id };
    },

    async findings(tx, filing, answers) {
      const all = await tx.licence.findMany({ where: { systemId: filing.systemId ?? '' } });
      const licences = all.filter(({ kind }) => kind === 'TEMPORARY');
      const current = currentLicence(licences);
      return [
        ...(filing.state !== SUBMITTED || onTrial(all)
          ? []
          : [{ level: 'stop' as const, text: NOT_ON_TRIAL }]),
        {
          level: licences.length > 1 ? 'look' : 'ok',
          text: `지금까지 임시라이선스를 ${licences.length}번 발급했습니다.${current?.expiresOn ? ` 마지막 것은 ${koreanDate(current.expiresOn)}까지입니다.` : ''}`,
        },
        { level: 'ok', text: `적용결과표는 ${koreanDate(answers.reportOn)}에 제출할 예정입니다.` },
      ];
    },

    effect: (tx, filing, _answers, to) =>
      issues(tx, filing.systemId, { kind: 'TEMPORARY', what: '새 임시라이선스', to, source: issuer.source }),

    async approve(op, filing, _answers, choices) {
      const licences = await op.tx.licence.findMany({ where: { systemId: filing.systemId ?? '' } });
      if (!onTrial(licences)) throw new Refusal(NOT_ON_TRIAL, '이 요청을 반려하십시오.');
      const { answers } = await approvedApplication(op.tx, filing.systemId ?? '');
      await issueTemporary(op, issuer, filing, answers, {
        ...choices,
        reason: '임시라이선스 재발급. 임시라이선스 만료',
      });
    },
  });

/** @throws Refusal */
async function ending(tx: Tx, personId: string, id: string, today: string, own: string | null) {
  const system = await tx.system.findUnique({ where: { id }, include: { licences: true, filings: true } });
  if (system?.contactId !== personId) {
    throw new Refusal(
      '담당하는 시스템의 임시라이선스만 요청할 수 있습니다.',
      '홈의 목록에서 시스템을 확인하십시오.',
    );
  }
  const refusal = obstacle(system, today);
  if (refusal) throw refusal;
  const others = { ...system, filings: system.filings.filter((filing) => filing.id !== own) };
  if (nextLicenceFiling(others)) {
    throw new Refusal(
      '검토하고 있는 적용결과표나 재발급 요청이 있습니다.',
      '홈의 목록에서 그 건의 상태를 확인하십시오.',
    );
  }
  return { system };
}

const NOT_ON_TRIAL = '임시라이선스를 쓰고 있는 시스템이 아닙니다.';

/** The temporary licence that the system uses; null when it has a regular one, or none in force. */
function onTrial(licences: readonly Licence[]): Licence | null {
  const current = currentLicence(licences);
  return current?.kind === 'TEMPORARY' ? current : null;
}

function obstacle({ retiredAt, licences }: SystemWithLife, today: string): Refusal | null {
  const current = onTrial(licences);
  if (retiredAt || !current)
    return new Refusal(NOT_ON_TRIAL, '홈의 목록에서 시스템의 라이선스를 확인하십시오.');
  const left = current.expiresOn === null ? Infinity : dayNumber(current.expiresOn) - dayNumber(today);
  if (left <= EARLY_DAYS) return null;
  return new Refusal(
    `임시라이선스의 유효기간이 아직 남아 있습니다.${current.expiresOn ? ` (${koreanDate(current.expiresOn)}까지)` : ''}`,
    `만료 ${EARLY_DAYS}일 전부터 요청할 수 있습니다. 그 전에 시험을 마치면 적용결과표를 제출하십시오.`,
  );
}
