/**
 * Words that mean the same in questions about the Standard API. A line is a meaning: its name, then the ways to write
 * it, without spaces. Where two of them begin at the same letter the longer one counts, so 부담당자 is not read as
 * 담당자. Latin is matched as a whole word only: there is no ip in javascript.
 */
export const meanings = `
licence: 라이선스 라이센스 라이쎈스 라이선쓰 라이센쓰 라이썬스 라이슨스 라이센 라이선 라센 license licence lic
temporary: 임시라이선스 임시라이센스 임시 시험용라이선스 테스트용라이선스 개발용라이선스 개발서버에쓸라이선스
regular: 정상라이선스 정상라이센스 정식라이선스 정식라이센스 정상 정식 운영용라이선스 운영라이선스 본라이선스
module: 모듈 라이브러리 설치파일 설치본 보안모듈 jar so dll
report: 적용결과표 적용결과 결과표 결과서 테스트결과 시험결과
application: 이용신청서 신청서 이용신청 신청건 신청한거 신청한것
apply: 신청하려 신청하고싶 신청하겠 신청할게 신청방법 신청절차 신청을하 신청해야 새로쓰려 도입 새로구축 신규구축 신규시스템 신규이용 붙이려 적용하려 사용하려 신청하려구 신청어떻게
letter: 공문 공문서 전자문서 수신처 수신자 수신인 발송 문서번호 공문번호 시행일 직인 관인
attachment: 첨부파일 첨부 업로드 확장자 hwpx hwp docx doc png zip jpg jpeg gif pdf xlsx pptx 한글파일 파일형식 파일크기 용량 mb 3mb 메가 스캔
diagram: 구성도 시스템구성도 네트워크구성도 업무프로세스 업무흐름도 업무흐름 프로세스 별첨 흐름도
paperForm: 양식 서식 빈신청서 신청서폼 종이신청서 폼 별지
draft: 임시저장 임시저장한 저장 이어서 작성하던 작성중인 작성하다 쓰던 쓰다가 중간에 날아갔
signature: 서명란 서명또는 신청인서명 도장 사인 날인
esign: 전자서명 서명 서명할파일 cms 서명파일
signIn: 본인확인 본인인증 인증하고
login: 로그인 접속인증
serverCert: 서버용인증서 서버인증서 서버의인증서 서버용 컴퓨터용인증서 gssl
personalCert: 개인용인증서 개인인증서 공무원인증서 내인증서 제인증서 행정전자서명인증서
cert: 인증서
cn: cn 시엔 svr 아이디
sigenv: sig env cer key class1 class2 개인키 키파일 암호용 서명용
epki: epki 교육청 교육부 교육기관 나이스 학교인증서
npki: npki 공동인증서 공인인증서 민간인증서 민간인증 간편인증 금융인증서 외부인증서
scvp: scvp ivs 통합검증 통합검증서버 차순위검증 차순위
order: 순서 순위 우선순위 몇번째
verifyWay: crl ocsp 검증서비스 검증방식 검증방법 폐지목록 실시간
verify: 검증
setting: 설정 설정값 verifycertmethod conf
address: ip 아이피 아이피주소 vip nat 공인 사설 l4 ip주소 공인아이피 사설아이피
domain: 도메인 홈페이지주소 url
host: host hostname 호스트 호스트명 mac 맥주소 맥 시험용값 테스트용값 테스트서버 개발서버 시험서버
server: 서버 장비 was서버 웹서버 클라우드 이중화
os: 운영체제 os 리눅스 linux 윈도우 windows aix unix 유닉스 solaris 솔라리스 hpux uname 우분투 centos redhat 레드햇
bits: 비트 비트수 bit 32bit 64bit 32비트 64비트 32 64
jvm: jvm jdk java 자바 jre
was: was 와스 톰캣 tomcat 제우스 jeus 웹로직 weblogic 웹스피어 websphere 제이보스 jboss 제우스나 웹로직에서
spring: spring springboot 스프링 스프링부트 jakarta javax 서블릿 servlet 전자정부프레임워크 egov gpkisecureweb boot
language: php 파이썬 python asp net 닷넷 javascript 자바스크립트 node nodejs js c# c++ c 코틀린 kotlin 루비 ruby go golang 러스트 rust 개발언어 언어 jsp perl 펄 델파이 delphi 파워빌더 vb
mobile: 모바일 안드로이드 아이폰 ios 스마트폰 휴대폰앱 태블릿 앱 무선 android app
environment: 시스템환경 cs 클라이언트 배치 세부사항 환경칸 환경을 웹이면 웹시스템
supported: 지원 호환 호환되는 동작하 돌아가 지원되 지원하
container: 도커 컨테이너 쿠버네티스 docker k8s 도커
fieldOfUse: 적용분야 보안api적용내역 적용내역 송수신 데이터송수신 시점확인 시점확인용 암복호화 암호화 로그인용 exe html5
purpose: 용도 이용내용 용도외 사용처
serviceType: 서비스유형 업무용
network: 망구분 행정망 인터넷망 폐쇄망 내부망 업무망 인터넷 외부망 어느망 망을 망이 어떤망
serviceDate: 개시예정일 서비스예정일 개시일 오픈예정일 오픈일 오픈날짜 예정일 서비스시작
systemName: 시스템명 시스템이름 시스템명칭 시스템명에 프로젝트명 지역명
users: 이용인원 이용기관 이용자수 사용자수 인원 업무개요 업무내용
reason: 재배포 신청사유 신청구분 신규로 신규랑 신규와
consent: 동의 개인정보 수집 보유기간 개인정보동의 거부할
terms: 약관 이용약관 약관동의 약관에동의
oldMenu: 이용신청관리 적용결과표관리 담당자변경관리 결과조회 이용신청및결과조회 메뉴위치 연두색
column: 등록일 비활성화 신청목록 다운로드버튼 다운로드단추 다운로드칸 다운로드가안
contactField: 담당공무원정보 관리담당 담당자칸 신청자정보 담당자이름
website: 보급관리시스템 사이트 api.gpki 접속 url주소 접속이
public: 공공기관 공사 공단 공기업 지방공기업 산하기관 출연기관 출연연 진흥원 재단 행정기관이아니
who: 어떤기관 대상기관 보급대상 이용대상 신청자격 자격 누가이용 민간회사 민간업체 일반기업 대상인가
about: gpki 표준보안api 행정전자서명
vendor: 업체 개발업체 개발사 용역업체 유지보수업체 사업자 업체직원 대리작성 대신작성 작성도움 대신입력 수행사 협력업체
steps: 절차 절차도 순서대로 전체절차 단계 흐름 과정 거치는 처음부터끝까지 그다음 다음은 다음단계 먼저
register: 사용자등록 회원가입 가입 계정 아이디만들 회원 사용자로등록 등록부터 소속기관
agencyList: 기관목록 기관코드 기관이목록 기관이안나 기관을못찾 기관이름 기관명 기관검색 기관을찾 기관추가 신설된기관 폐지된기관 이용기관을찾
state: 진행상황 진행상태 상태 어디까지 처리상태 신청상태 진행상 현황보여 접수가됐 접수됐 접수되었 처리됐 처리되었 처리가됐 심사됐 통과됐 통과했나 승인됐나 승인났 승인되었나 어떻게됐 신청내역조회 내신청
stateName: 검토완료 승인완료 상태값 상태표시 상태종류
reopen: 승인취소 승인취소됐
approve: 승인
review: 검토
howLong: 얼마나 며칠만에 처리기간 소요기간 소요 기간이며칠 오래걸 걸려 걸리 언제쯤 빨리 늦어 급한데 급하게 급해 긴급 일주일째 이렇게늦 서둘러
deadline: 기한 마감 마감일 언제까지 몇일까지 며칠까지 데드라인 며칠남 남았 제출기한 해야할일 할일
correct: 수정 고치 고쳐 정정 오타 틀리게 틀렸
cancel: 취소 철회 회수 없던걸로 안하기로 신청취소 중복으로신청 두번신청
delete: 삭제 지우 지워 없애
returned: 보완요청 보완 반려 반려됐 거절 돌아왔 되돌아
numbers: 전체보급건수 보급건수 건수 숫자 보급현황 메인화면 홈화면 화면구성 문의진행 신청중이
install: 설치 적용방법 설치방법 설치하는 폴더 어디에넣 어디에둬 넣나 ftp 경로 gpkiapi init 샘플 소스 재기동 재시작 재구동
resource: 자료실 설치가이드 이용가이드 가이드 매뉴얼 메뉴얼 설명서 faq 자주묻는질문 자주묻는 참고자료 자료 문서다운 안내책자
notice: 공지사항 공지 점검일정 점검
receive: 다운로드 다운받 다운 내려받 받고싶 받을수 받으려 받아야 받나 받아 보내주 주세요 주실
again: 다시 재전송 또
lost: 잃어버렸 잃어 분실 없어졌 없어져 날아갔 지웠 못찾 손상 포맷
expire: 만료 끝났 끝나 지났 지나 다됐 다되 만료일 만료됐 다가와 멈췄
extend: 연장 늘려 늘리 더쓰고싶 더쓰 기간연장
validity: 유효기간 몇년 사용기간 수명 얼마동안 영구 기간제한 매년
replace: 교체하는 덮어쓰 전환 업데이트 대체
change: 바뀌 바뀐 바뀜 바뀔 바꿔 바꼈 바꼇 바꾼 바꿨 변경 변동 달라졌 교체 이전 이관 옮기 옮겼 옮긴 업그레이드 올렸 개편 바꾸 바꿀 바꾼 달라지 달라져 달라졌
reissue: 재발급 재교부 새로받 재발행
check: 맞는파일 진위 어느시스템것 유효한지 확인하는방법 맞는지 우리서버 임시인지정상 최신인가 내용을볼
renew: 갱신
infoUpdate: 현행화 정보현행화 이용정보 등록정보 등록된정보 정보수정 신청정보 정보변경
detail: 이메일 메일주소 전화번호 연락처 휴대폰번호 휴대전화 핸드폰 내선번호 부서명 부서이름 주소변경 이메일주소 주소가바뀌
contact: 담당자 담당공무원 담당 새담당자 담당을
handOver: 후임 후임자 인계 인수인계 넘기 넘겨 인사이동 발령 전보 전출 부서이동 업무분장 수락 동명이인
predecessor: 전임자 전임 이전담당자 전담당자 부재 떠났 연락이안 넘겨받 새로온 나가서 전출가셔 담당하던 퇴직 휴직 인수인계를못 앞으로돌 퇴직해서 퇴직했
deputy: 부담당자 부담당 한명더 두명으로 대신안내 함께받
survey: 이용현황조사 현황조사 이용현황 조사 변동없음 모두변동 응답
retire: 미사용 폐기 안써 안씁 안쓰 쓰지않 사용하지않 사용안 사용종료 서비스종료 종료 운영중단 중단 해지 반납 없어집 시스템폐지 철거
revoke: 폐지
incident: 보안사고 사고 해킹 침해 유출 랜섬웨어 랜섬 악성코드 도난 노출 탈취 외부메일
rule: 근거 법령 규정 고시 지침 인증업무지침 의무 준수사항 법에 전담관리자 31조
question: 문의 질문 물어 상담 통화 전화 고객센터 연락처가 기술지원 사람한테 콜센터 관리자에게 문의한
botHelp: 도와줘 도와주세요 사용법 명령어 명령 도움말 보급봇 봇 메뉴 기능이 사용방법 bogeup 슬래시
reminder: 알림 아침안내 9시반 미리 미리알려 알려줘요만료 아침마다 아침에
myData: 내정보 제정보 내개인정보 제개인정보 열람 나에관한 저에대해
firewall: 방화벽 포트 아웃바운드 389 8080 8000 ldap 네트워크방화벽 허용목록
error: 오류 에러 error exception 에러로그 오류코드 오류메시지 먹통 실패 동작안 동작을안 인식을못 죽었
cannot: 안돼 안되 안됩 안됨 안나 안열 안보여 못해 안올라 안눌 안와 끊어 막혀
test: 시험 테스트
done: 끝났어요결과 다끝났 마쳤 완료 완료했 다했
operate: 운영서버 운영 실서버
write: 적나 적어 적는 적을 뭘써 뭐라고써 뭐라고쓰 무엇을쓰 쓰나 쓰죠 기재 작성 작성법 작성요령 칸 칸에 항목 골라 고르 체크 선택 입력
what: 뭐예요 뭐에요 뭔가요 뭐죠 무엇 무슨 뜻 의미 개념 소개 설명
how: 어떻게 어떡 방법 하려면 하는법
where: 어디 어느경로
when: 언제
may: 되나 가능 해도되 할수있 돼요
must: 해야 필요 꼭 반드시
hello: 안녕 반갑 하이 hello hi 아침입니다 굿모닝 여보세요 계세요 뵙겠
thanks: 감사 고마 고맙 땡큐 thank thanks 덕분 친절 해결됐 해결됐습
bye: 수고 고생 안녕히 좋은하루 즐거운주말 들어가세요 봬요 새해복 bye 안녕히계세요 안녕히가세요 안녕히계십시오
assent: 알겠 확인했 넵 오케이 ok 그렇군 ㅇㅋ
card: 카드 검토카드 자동점검 검토대기
undo: 되돌리 되돌릴
phrase: 상용구 문구
together: 일괄승인 일괄 한번에 한꺼번에 여러건 대량
otp: 일회용비밀번호 일회용 otp 복구번호 인증앱 인증번호 qr 여섯자리 일회용비번
absence: 부재설정 휴가 출장 대신할 자리를비 부재중 부재를 대리자 부재끝내기
holiday: 휴일 공휴일 임시공휴일 선거일 쉬는날 영업일
paperEntry: 공문접수 접수등록 대신입력 공문신청접수 접수한공문
phoneEntry: 전화재발급 전화접수 통화로 유선으로 전화로재발급 전화로온 전화로아이피 전화를받
search: 찾기 찾으려 찾고싶 검색 조회 찾아보
statistics: 통계 엑셀 실적 목록받기 목록내려 csv 도표 월별
board: 올리기 올려요 faq등록 faq로 공지작성 게시
delivery: 반송 전달실패 재발송 보낸메일 전달되지
role: 관리자를 관리자권한 권한부여 권한변경 권한 감사자
transfer: 일괄변경 비활성화 담당자없는 담당자가없게
access: 접속기록 감사기록 열람기록 열람사유 파기대상 파기대장
mail: 메일
self: 제가승인 본인이 제가낸신청을제가
screen: 안눌려
phone: 전화로
history: 내역 이력
put: 넣어 넣나 넣으 올리나 덮어
fileName: 파일명 파일이름 이름을바꿔
reviewing: 검토중 심사중
usable: 쓸수있 써도되 사용가능 이용가능
other: 다른시스템
home: 홈은 홈에
menu: 화면 버튼 단추
number: 몇번 번호
submit: 제출 내려고 내나 낼게 내야
exist: 기존에 기존보유 보유 없는데 없이
each: 서버마다 하나씩 각각
password: 비밀번호 비번 암호
list: 목록
officer: 관리자
destroy: 파기
keep: 보관 보존
online: 온라인
rename: 명칭 개명
file: 파일 위치
issue: 발급
notYet: 아직 아직도 못받았 안왔 안나왔 못받
add: 추가 더하 추가로적
wrongly: 잘못 틀린
differ: 차이 달라요 다른건가 다른가 구분 같은거예요 같은건가
`;

/** Meanings that occur in any business: they do not show that a sentence is about the Standard API. */
export const ofEveryBusiness: ReadonlySet<string> = new Set(
  (
    'order setting reason who steps state stateName approve review howLong deadline correct cancel delete done operate ' +
    'write what how where when may must test lost again expire extend validity replace change check detail list number ' +
    'officer menu screen home submit exist each password other file fileName issue notYet add wrongly differ destroy keep ' +
    'online rename phone self put usable reviewing history mail cannot receive renew hello thanks bye assent error vendor ' +
    'together search access role statistics holiday absence apply register reissue paperForm mobile'
  ).split(' '),
);

/** Words of other business, in the same form. A sentence with as many of them as of ours is not about this API. */
export const otherBusiness = `
pay: 급여 월급 봉급 수당 연말정산 성과급 호봉 퇴직금 상여금 복지포인트 명세서 연금저축 건강보험료
leave: 연차 병가 육아휴직 반차 유연근무 초과근무 시간외 당직 숙직 근무시간 근태 조퇴 특별휴가
staff: 승진 근무평정 인사평가 채용 면접 재직증명 경력증명 명함 공무원증 신분증 출입증
trip: 여비 출장비 국외출장 비행기 기차표 숙박 관용차 관용차량 배차 주차 통근버스 차량
place: 청사 회의실 사무실 구내식당 식당 화장실 에어컨 냉난방 의자 책상 택배 열쇠 비품 사무용품 토너 형광등 엘리베이터 정수기
computer: 노트북 모니터 마우스 키보드 프린터 복합기 와이파이 무선랜 엑셀 파워포인트 워드 그룹웨어 온나라 업무포털 전자결재 결재선 메일함 메신저 백신 팩스 빔프로젝터 피시 pc 공유폴더 원격근무 보안usb 한글프로그램 윈도우업데이트
civil: 여권 운전면허 주민등록 등본 초본 전입신고 가족관계 자동차 건축 농지 지방세 재산세 과태료 예방접종 코로나 도서관 가로등 쓰레기 불법주차 상수도 어린이집
money: 예산 결산 입찰 낙찰 수의계약 계약서 세금계산서 법인카드 업무추진비 나라장터 홈택스 보조금 이월 정산 회계
papers: 보도자료 회의록 정보공개 국정감사 감사지적 지적사항 감사실 기안자 문서결재 의회 기록물 연설문 업무보고 민원
talk: 날씨 점심 저녁 주말 영화 노래 축구 야구 주식 맛집 농담 심심 커피 회식 여행 생일 인공지능
`;
