import { choice, type Fields, file, form, text } from '../../messenger/forms/form.ts';
import { overviewFields } from '../application/overview-fields.ts';
import { usageFields } from '../application/usage-fields.ts';
import { receivedField } from '../received-field.ts';

/** The use of an approved system; it changes only through review (행정전자서명 인증업무지침 제31조제1항). */
const describedFields = {
  network: overviewFields.network,
  serviceType: overviewFields.serviceType,
  ...usageFields,
} satisfies Fields;

export const describedNames = Object.keys(describedFields) as (keyof typeof describedFields)[];

const NOT_YET =
  '신청한 용도와 다른 용도로 쓰려면 행정안전부와 사전에 협의해야 합니다. (행정전자서명 인증업무지침 제31조제1항) 협의를 마친 뒤 제출하십시오. 입력한 내용은 저장되어 있습니다.';

const NOT_YET_ON_PAPER =
  '사전협의를 마치지 않은 변경은 접수하지 않습니다. (행정전자서명 인증업무지침 제31조제1항) 보낸 기관에 협의를 마친 뒤 다시 보내 달라고 하십시오.';

const reasonFields = {
  reason: text({
    label: '변경 사유',
    words: true,
    lines: true,
    max: 500,
    placeholder: '예: 민원인에게 전자문서를 보내는 기능을 더하면서 전자서명을 함께 씁니다.',
  }),
  consulted: choice({
    label: '행정안전부 사전협의',
    hint: '신청한 용도와 다른 용도로 쓰려면 행정안전부와 사전에 협의합니다. (행정전자서명 인증업무지침 제31조제1항)',
    options: [
      { value: 'DONE', label: '협의함', description: '협의한 문서를 첨부합니다' },
      { value: 'NOT_NEEDED', label: '협의 대상 아님', description: '신청한 용도 안에서 바뀝니다' },
      { value: 'NOT_YET', label: '아직 협의하지 않음' },
    ],
    check: (value, { channel }) =>
      value === 'NOT_YET' ? (channel === 'PAPER' ? NOT_YET_ON_PAPER : NOT_YET) : null,
  }),
  consultationNumber: text({
    label: '협의 문서번호',
    max: 100,
    placeholder: '예: 디지털안전정책과-1234',
    when: { field: 'consulted', is: ['DONE'] },
  }),
  consultation: file({
    label: '협의 문서',
    hint: '3MB 이하의 hwp, doc, gif, jpg, pdf',
    kinds: ['hwp', 'doc', 'gif', 'jpg', 'pdf'],
    when: { field: 'consulted', is: ['DONE'] },
  }),
  received: receivedField,
} satisfies Fields;

/** 이용내용 변경: 적용분야, 서비스유형 and 망 구분 of a system in use. */
export const usageChangeForm = form({ ...describedFields, ...reasonFields }, [
  {
    title: '이용내용',
    intro: '지금 승인된 내용을 불러왔습니다. 바뀌는 항목만 고치십시오. 승인되기 전에는 지금 내용대로 씁니다.',
    fields: describedNames,
  },
  { title: '변경 사유와 사전협의', fields: Object.keys(reasonFields) },
]);
