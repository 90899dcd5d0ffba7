import { describe, expect, test } from 'vitest';
import { isWritten, plainText } from '../../src/messenger/spoken-text.ts';

describe('text of a message as it was typed', () => {
  test.each([
    ['<mailto:hong@korea.kr|hong@korea.kr> 로 바뀌었어요', 'hong@korea.kr 로 바뀌었어요'],
    ['메일 <mailto:Hong@korea.kr>', '메일 Hong@korea.kr'],
    ['<https://api.gpki.go.kr/a?b=1&amp;c=2> 가 안 열려요', 'https://api.gpki.go.kr/a?b=1&c=2 가 안 열려요'],
    ['<http://www.mois.go.kr|www.mois.go.kr>의 도메인', 'www.mois.go.kr의 도메인'],
    ['<https://mois.go.kr/|mois.go.kr>', 'mois.go.kr'],
    ['<https://example.org/x|행정안전부>', '행정안전부 (https://example.org/x)'],
    ['<tel:0212345678|02-1234-5678>로 전화', '02-1234-5678로 전화'],
    ['<@U0KIM000001> 님께', '@김보람 님께'],
    ['<@U0KIM000001|kim> 님께', '@김보람 님께'],
    ['<#C0DESK00001|표준api> 에서', '#표준api 에서'],
    ['<#C0DESK00001> 에서', '#채널 에서'],
    ['<#C0DESK00001|> 에서', '#채널 에서'],
    ['<!here> <!channel|@channel> <!subteam^S012|@운영팀> <!subteam^S012>', '@here @channel @운영팀 @그룹'],
    ['<!date^1392734382^{date}|2014-02-18>', '2014-02-18'],
    ['at &lt;init&gt; (A.java:1) &amp;lt; List&lt;String&gt;', 'at <init> (A.java:1) &lt; List<String>'],
  ])('%s', (text, typed) => expect(plainText(text, () => '김보람')).toBe(typed));

  test('what somebody wrote is told from what the messenger notes', () => {
    for (const subtype of [undefined, 'file_share', 'thread_broadcast'])
      expect(isWritten({ subtype })).toBe(true);
    for (const subtype of ['message_changed', 'message_deleted', 'channel_join', 'bot_message'])
      expect(isWritten({ subtype })).toBe(false);
  });
});
