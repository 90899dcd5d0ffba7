import { Refusal } from '../../core/refusal.ts';
import { defineProcedure } from '../../filing/procedure.ts';
import { OFFERED } from '../../records/filings/states.ts';
import { filingIdOf, systemIdOf } from '../../records/filings/subject.ts';
import { requireRegistered } from '../../records/people/who.ts';
import { lockSystems } from '../../records/systems/own-system.ts';
import { moves } from '../effects.ts';
import { moveFindings } from './findings.ts';
import { contactChangeForm } from './form.ts';
import { refuseWrongMobile } from './mobile-check.ts';
import { tellOfMove } from './notices.ts';
import { atField, objectionToPerson, objectionToSystems, refuse } from './objections.ts';
import { placeOnSystems, transferSystems } from './transfer.ts';

/**
 * 담당자 변경 by the present contact (guide 1.8). The contact names the new one by CN and types the new one's mobile
 * number. The new contact accepts, an officer approves, and the old contact's access ends.
 */
export const contactChange = defineProcedure<typeof contactChangeForm.fields>({
  name: 'contactChange',
  title: '담당자 변경',
  document: '담당자 변경신청',
  approvedLabel: '승인완료',
  reopenable: false,
  answersSurveyAs: 'CONTACT',
  together: true,
  outlivesApplicant: true,
  form: contactChangeForm,
  onHome: { label: '담당자 변경', for: 'official', about: '담당하는 시스템을 다른 사람에게 넘깁니다.' },
  onSystem: {
    label: '담당자 변경',
    about: '이 시스템을 다른 사람에게 넘길 때',
    often: true,
    offered: (system, who) => system.contactId === who.id && !system.retiredAt,
  },
  offered: {
    asks: '수락하고 표준API 관리자가 승인하면 아래 시스템의 담당자가 됩니다. 접수와 처리, 라이선스에 관한 안내를 모두 받게 됩니다.',
  },
  approvedText:
    '담당자가 바뀌었습니다. 이제 이 시스템은 목록에 보이지 않으며 라이선스를 받을 수 없습니다. 업무 자료는 새 담당자에게 인계하십시오.',

  async begin(tx, applicant, subject) {
    requireRegistered(applicant);
    const systemId = systemIdOf(subject);
    if (systemId) {
      const systems = [systemId];
      refuse(await objectionToSystems(tx, systems, applicant.id, null));
      return { systems };
    }
    const some = await tx.system.count({ where: { contactId: applicant.id, retiredAt: null } });
    if (some === 0) {
      throw new Refusal(
        '담당하는 시스템이 없습니다.',
        '전임자가 없어 넘겨받지 못한 시스템이면 ‘담당자 부재 변경’을 누르십시오.',
      );
    }
    return {};
  },

  async verify(ground, scene, { systems, successor, mobile }) {
    const { db } = ground;
    const wrong: Record<string, string> = {};
    const toSystems =
      systems && (await objectionToSystems(db, systems, scene.who.id, filingIdOf(scene.subject)));
    if (toSystems) wrong.systems = atField(toSystems);
    const toPerson = successor && (await objectionToPerson(db, successor, scene.who.id));
    if (toPerson) wrong.successor = atField(toPerson);
    else if (successor && mobile) {
      const toMobile = await refuseWrongMobile(ground, scene, successor, mobile);
      if (toMobile) wrong.mobile = toMobile;
    }
    return wrong;
  },

  async place(op, applicant, _subject, answers, filing) {
    requireRegistered(applicant);
    const { systems, successor } = answers;
    await lockSystems(op.tx, systems);
    refuse(await objectionToSystems(op.tx, systems, applicant.id, filing?.id ?? null));
    refuse(await objectionToPerson(op.tx, successor, applicant.id));
    const person = await op.tx.person.findUniqueOrThrow({ where: { id: successor } });
    if (person.mobile !== answers.mobile) {
      throw new Refusal(
        '새 담당자의 등록된 휴대폰번호와 다릅니다.',
        '‘고치기’를 눌러 새 담당자에게 확인한 번호를 입력하십시오.',
      );
    }
    return { ...(await placeOnSystems(op.tx, systems)), namedId: successor };
  },

  async findings(tx, filing, answers) {
    const found = await moveFindings(tx, filing.systemIds, [filing.applicantId], answers.successor);
    const person = await tx.person.findUnique({ where: { id: answers.successor } });
    return [
      ...found,
      person?.mobile === answers.mobile
        ? { level: 'ok', text: '다시 입력한 휴대폰번호가 등록된 번호와 같습니다.' }
        : { level: 'look', text: '새 담당자의 휴대폰번호가 신청한 뒤에 바뀌었습니다.' },
      ...(filing.state === OFFERED ? [] : [{ level: 'ok' as const, text: '새 담당자가 수락했습니다.' }]),
    ];
  },

  effect: (tx, { systemIds, applicantId }, { successor }) =>
    moves(tx, systemIds.length, [applicantId], successor),

  async approve(op, filing, answers) {
    const { systemIds, applicantId: from } = filing;
    await transferSystems(op, { filing, systemIds, from, to: answers.successor });
    await tellOfMove(op, filing, answers.successor, 'successor');
  },
});
