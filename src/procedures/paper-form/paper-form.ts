import { Refusal } from '../../core/refusal.ts';
import type { DocumentForm } from '../../filing/procedure.ts';
import type { Answers } from '../../messenger/forms/form.ts';
import { paperForm } from './form.ts';

export const FILLED_PAPER = 'paper.filled';

/** 신청서 작성하여 받기: people of a 공공기관 fill in the form here, and send the document with their 공문 (guide 개요). */
export const paperApplication: DocumentForm = {
  name: 'paperForm',
  document: '표준API 이용 신청서',
  form: paperForm,
  delivers: { notice: FILLED_PAPER },

  async begin(_tx, who): Promise<Answers> {
    if (who.registeredAt && who.agency?.kind !== 'PUBLIC') {
      throw new Refusal(
        '행정기관은 온라인으로 신청합니다.',
        '홈에서 ‘이용신청서 작성’을 누르십시오. 제출한 신청서는 시스템 ‘상세’에서 내려받을 수 있습니다.',
      );
    }
    const { agencyCode, agency, department, name, phone, mobile, email } = who;
    const known = {
      agency: agency?.kind === 'PUBLIC' ? agencyCode : null,
      department,
      name,
      phone,
      mobile,
      email,
      serviceType: 'GPKI',
    };
    return Object.fromEntries(
      Object.entries(known).flatMap(([field, value]) => (value ? [[field, value]] : [])),
    );
  },
};
