import { asked, type Entry } from './entry.ts';

/** Answers to greetings and thanks, one line each. */
export const smalltalk: readonly Entry[] = [
  {
    id: 'hello',
    kind: 'smalltalk',
    title: '인사',
    questions: asked`
      안녕하세요
      안녕
      안녕하십니까
      반갑습니다
      하이
      hello
      좋은 아침입니다
      여보세요
      계세요?
      안녕하세요 처음 뵙겠습니다
      굿모닝
      hi
    `,
    answer: '안녕하십니까. 표준API 신청, 라이선스, 담당자 변경 같은 것을 평소 말로 물어보십시오.',
  },
  {
    id: 'thanks',
    kind: 'smalltalk',
    title: '감사',
    questions: asked`
      감사합니다
      고맙습니다
      고마워요
      감사해요 해결됐어요
      덕분에 잘 됐습니다
      도와주셔서 감사합니다
      땡큐
      친절하시네요
      답변 감사드립니다
      잘 해결됐습니다
      네 감사합니다
      thank you
    `,
    answer: '도움이 되었다니 다행입니다. 또 물어보십시오.',
  },
  {
    id: 'goodbye',
    kind: 'smalltalk',
    title: '끝인사',
    questions: asked`
      수고하세요
      수고하십시오
      수고 많으십니다
      고생하셨습니다
      안녕히 계세요
      좋은 하루 되세요
      즐거운 주말 보내세요
      수고하셨습니다
      들어가세요
      내일 봬요
      새해 복 많이 받으세요
      bye
      안녕히 가세요
    `,
    answer: '네, 수고하십시오.',
  },
  {
    id: 'assent',
    kind: 'smalltalk',
    title: '대답',
    questions: asked`
      네
      네 알겠습니다
      알겠습니다
      확인했습니다
      넵
      예
      ok
      오케이
      아 그렇군요
      ㅇㅋ
      ㅎㅎ
      ㅋㅋㅋㅋ
    `,
    answer: '네. 더 궁금하신 것이 있으면 물어보십시오.',
  },
];
