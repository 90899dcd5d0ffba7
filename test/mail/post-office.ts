import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { type Mailer, smtpMailer } from '../../src/messenger/mail/mailer.ts';

/** How the server treats what comes: as a real one does that is well, greylists, refuses, or dies at the worst moment. */
export type Temper =
  | 'working'
  /** 450 at RCPT TO. */
  | 'greylisting'
  /** 550 at RCPT TO. */
  | 'refusing'
  /** 552 after the whole mail. */
  | 'too large'
  /** 535 at the log-in, for every mail. */
  | 'not known'
  /** 550 at MAIL FROM, for every mail. */
  | 'not for this sender'
  /** 530 at RCPT TO, for every mail. */
  | 'wants a log-in'
  /** Takes the whole mail and hangs up without a word. */
  | 'cut after the mail'
  /** Hangs up when the mail is to be written. */
  | 'cut before the mail';

/** A real SMTP server on the loopback, and what has arrived there. */
export interface PostOffice {
  mailer: Mailer;
  url: string;
  temper: Temper;
  /** Conversations that got as far as an address. */
  asked: number;
  arrived: ParsedMail[];
  /** Nobody listens on the port any more. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** What nobody does who reads a mail: words of buttons and of screens. */
export const OF_SCREENS =
  /누르|눌러|단추|버튼|홈에서|홈의|이 앱|메신저|시스템 상세|목록에서|‘(메시지|수정|상세|변경신청)’/;

export const FROM = '표준API 보급관리 <api@klid.or.kr>';

function answer(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

export async function openPostOffice(): Promise<PostOffice> {
  let port = 0;
  let server: SMTPServer | null = null;
  const hangUp = () => {
    for (const connection of server?.connections ?? [])
      (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
  };

  async function open(): Promise<void> {
    server = new SMTPServer({
      logger: false,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      authOptional: true,
      disableReverseLookup: true,
      onAuth: (_auth, _session, done) =>
        office.temper === 'not known' ? done(answer(535, 'who are you')) : done(null, { user: 'bogeup' }),
      onMailFrom: (_address, _session, done) =>
        office.temper === 'not for this sender' ? done(answer(550, '5.7.1 relaying denied')) : done(),
      onRcptTo: ({ address }, _session, done) => {
        office.asked++;
        if (office.temper === 'greylisting') return done(answer(450, `4.7.1 <${address}> greylisted`));
        if (office.temper === 'refusing') return done(answer(550, `5.1.1 <${address}> user unknown`));
        if (office.temper === 'wants a log-in') return done(answer(530, '5.7.0 log in first'));
        if (office.temper === 'cut before the mail') return hangUp();
        done();
      },
      onData: (stream, _session, done) => {
        simpleParser(stream).then((mail) => {
          if (office.temper === 'cut after the mail') return hangUp();
          if (office.temper === 'too large') return done(answer(552, '5.3.4 message too big'));
          office.arrived.push(mail);
          done(null, 'taken');
        }, done);
      },
    });
    server.on('error', () => undefined); // a client that was hung up on
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    port = (server.server.address() as AddressInfo).port;
  }

  async function shut(): Promise<void> {
    const old = server;
    server = null;
    if (old) await new Promise<void>((resolve) => old.close(() => resolve()));
  }

  const office: PostOffice = {
    temper: 'working',
    asked: 0,
    arrived: [],
    url: '',
    mailer: null as unknown as Mailer,
    goAway: shut,
    comeBack: open,
    close: shut,
  };
  await open();
  office.url = `smtp://bogeup:secret@127.0.0.1:${port}`;
  office.mailer = smtpMailer(office.url, { from: FROM });
  return office;
}
