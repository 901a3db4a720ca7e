-- 通知 What a department was told at once goes out to it as one notice, and again under the same id.
alter table publicity_reminder add column notice_id uuid;
create index publicity_reminder_notice on publicity_reminder (notice_id) where notice_id is not null;
