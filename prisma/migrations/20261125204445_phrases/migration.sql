-- CreateTable
CREATE TABLE "Phrase" (
    "id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "addedBy" TEXT NOT NULL,
    "addedAt" TIMESTAMP(3) NOT NULL,
    "removedAt" TIMESTAMP(3),

    CONSTRAINT "Phrase_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Phrase_removedAt_idx" ON "Phrase"("removedAt");

-- What the list begins with; officers change it as they like.
INSERT INTO "Phrase" ("id", "text", "label", "addedBy", "addedAt") VALUES
    ('starter-1', '내용이 서로 맞지 않습니다. 확인하여 고친 뒤 다시 제출하십시오.', '', 'settings', CURRENT_TIMESTAMP),
    ('starter-2', '표시한 항목을 고친 뒤 다시 제출하십시오.', '', 'settings', CURRENT_TIMESTAMP),
    ('starter-3', '직인이 보이지 않습니다. 부서장 직인이 보이게 다시 스캔하여 올리십시오.', '공문', 'settings', CURRENT_TIMESTAMP),
    ('starter-4', '다른 문서가 첨부되었습니다. 이번 신청의 공문을 올리십시오.', '공문', 'settings', CURRENT_TIMESTAMP),
    ('starter-5', '문서번호가 공문과 다릅니다. 공문에 적힌 대로 입력하십시오.', '공문 문서번호', 'settings', CURRENT_TIMESTAMP),
    ('starter-6', '서버와 망 구분이 보이지 않습니다. 표준API를 적용할 서버를 표시하여 다시 올리십시오.', '구성도', 'settings', CURRENT_TIMESTAMP),
    ('starter-7', '인증서를 쓰는 단계가 보이지 않습니다. 어느 업무에서 쓰는지 표시하여 다시 올리십시오.', '업무 프로세스', 'settings', CURRENT_TIMESTAMP),
    ('starter-8', 'WAS 서버의 내부 물리 IP를 입력하십시오. VIP나 공인 IP가 아닙니다.', 'IP 주소', 'settings', CURRENT_TIMESTAMP),
    ('starter-9', '기관명을 앞에 붙이십시오. 예: 행정안전부 민원관리시스템', '시스템명', 'settings', CURRENT_TIMESTAMP);
