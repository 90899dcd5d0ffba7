import { timeOfDay } from '../../../core/time-of-day.ts';
import { OFFICE_FILES } from '../../../messenger/attachment-type.ts';
import { choice, choices, date, file, form, type Option, text } from '../../../messenger/forms/form.ts';

const plainOption = (label: string): Option => ({ value: label, label });
const kinds = ['안내', '시스템 점검', '보안', '교육', '이용현황조사'].map(plainOption);
export const targets: readonly Option[] = [
  { value: 'ALL', label: '전체' },
  { value: 'ADMINISTRATIVE', label: '행정기관' },
  { value: 'PUBLIC', label: '공공기관' },
];
export const MESSAGE = 'message';
export const URGENT = 'urgent';
/** The time of publication when an officer gives a day only. */
export const USUAL_TIME = '09:30';

const fields = {
  kind: choice({ label: '종류', options: kinds, shape: 'select' }),
  title: text({ label: '제목', max: 100 }),
  text: text({ label: '내용', lines: true, max: 3000 }),
  file: file({ label: '첨부파일', hint: OFFICE_FILES.hint, kinds: OFFICE_FILES.extensions, optional: true }),
  target: choice({ label: '대상', options: targets }),
  pinnedUntil: date({
    label: '상단 고정 마지막 날',
    hint: '이날까지 다른 공지보다 위에 보입니다. 비우면 고정하지 않습니다.',
    optional: true,
  }),
  how: choices({
    label: '알림',
    hint: '고르지 않으면 홈에만 게시합니다.',
    options: [
      { value: MESSAGE, label: '메시지로도 알림' },
      {
        value: URGENT,
        label: '긴급',
        description: '메시지를 근무일 09:30까지 기다리지 않고 게시할 때 바로 보냅니다.',
      },
    ],
    optional: true,
  }),
};

const all = ['kind', 'title', 'text', 'file', 'target', 'pinnedUntil'];

/** The form of 공지사항 작성, and of correcting a notice before it is published. */
export const noticeForm = form(
  {
    ...fields,
    publishOn: date({
      label: '게시일',
      hint: '비우면 바로 게시합니다.',
      optional: true,
      check: (day, { today }) => (day < today ? '오늘이나 그 뒤의 날을 고르십시오.' : null),
    }),
    publishTime: text({
      label: '게시 시각',
      hint: `예: 14:00. 게시일만 고르면 ${USUAL_TIME}에 게시합니다.`,
      max: 20,
      optional: true,
      schema: timeOfDay,
    }),
  },
  [{ title: '공지사항', fields: [...all, 'publishOn', 'publishTime', 'how'] }],
);

/** The form to correct a published notice: it stays published, and nobody who has the message gets it again. */
export const publishedForm = form(
  { ...fields, how: { ...fields.how, hint: '이미 받은 사람에게는 다시 보내지 않습니다.' } },
  [{ title: '공지사항', fields: [...all, 'how'] }],
);
