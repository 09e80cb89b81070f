BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'dailies','0001_the_spine','2026-11-28 09:39:04.439648+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'dailies','0003_dismissed_topics','2026-11-28 09:39:04.465466+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'dailies','0002_the_autopilot','2026-11-28 09:39:04.478495+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'dailies','0004_what_topics_leave','2026-11-28 09:39:04.490087+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'dailies','0005_other_programs','2026-11-28 09:39:04.498453+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'dailies','0006_the_desk','2026-11-28 09:39:04.522128+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'dailies','0007_where_exports_go','2026-11-28 09:39:04.525774+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'dailies','0008_secrets_change_hands','2026-11-28 09:39:04.530714+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'dailies','0009_a_large_archive','2026-11-28 09:39:04.562598+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'dailies','0010_consent','2026-11-28 09:39:04.573852+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'dailies','0011_training_sets','2026-11-28 09:39:04.578256+00:00');
CREATE TABLE briefs (
    clip_id TEXT NOT NULL REFERENCES clips (id), revision INTEGER NOT NULL, document TEXT NOT NULL,
    author TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL,
    PRIMARY KEY (clip_id, revision));
INSERT INTO "briefs" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'{"options":{},"presenter":{"name":"Mara","role":"Presenter","slug":"mara"},"show":{"name":"The Morning Desk","slug":"morning-desk"},"tag":"brief/1","topic":{"published_at":"2026-11-19T06:02:00Z","source":{"name":"Sample Wire","rights":"own","title":"The secret of a better cup: just add water","url":"https://sample.example/0"},"text":"A small spray of water before grinding keeps coffee from clinging to the mill. Friction charges the beans, and charged dust clumps together. Half a millilitre is enough for a double shot.\n\nThe result is a denser bed and a more even flow. Baristas in Lisbon and Portland had used the trick for years before anybody measured it.","title":"The secret of a better cup: just add water","topic_id":"topic-0"}}','autopilot','','2026-11-28T09:39:05.966Z');
CREATE TABLE clips (
    id TEXT PRIMARY KEY, show TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, topic_id TEXT,
    author TEXT NOT NULL, created_at TEXT NOT NULL,
    revision INTEGER NOT NULL, settled INTEGER NOT NULL DEFAULT 0, settled_at TEXT,
    plan TEXT, waiting TEXT, failure TEXT, cancelled_at TEXT, on_desk INTEGER NOT NULL DEFAULT 1);
INSERT INTO "clips" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c','morning-desk','The secret of a better cup: just add water','en','topic-0','autopilot','2026-11-28T09:39:05.966Z',1,1,'2026-11-28T09:39:10.621Z','{"asked":{"finish":"{\"brought\":false,\"language\":\"en\",\"wished\":[]}","line":"{\"brought\":false,\"language\":\"en\",\"samples\":false,\"wished\":[]}","scene":"{\"brought\":false,\"language\":\"en\",\"wished\":[]}","script":"{\"brought\":false,\"language\":\"en\",\"wished\":[]}","speech":"{\"brought\":false,\"language\":\"en\",\"wished\":[]}","video":"{\"brought\":false,\"language\":\"en\",\"presenter\":\"drawn\",\"wished\":[]}"},"engines":{"finish":[{"engine":"filming","reason":"the default","version":"1.2"}],"line":[{"engine":"speaking","reason":"the default","version":"1.2"}],"scene":[{"engine":"backdrop","reason":"the default","version":"1.2"}],"script":[{"engine":"quoting","reason":"the default","version":"1.2"}],"speech":[{"engine":"joining","reason":"the default","version":"1.2"}],"video":[{"engine":"figure","reason":"the default","version":"1.2"}]},"tag":"plan/1","variant":"presenter"}',NULL,NULL,NULL,1);
CREATE TABLE consents (
    id TEXT PRIMARY KEY, presenter TEXT NOT NULL, document TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL,
    revoked_at TEXT, revoked_by TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '');
CREATE TABLE decisions (
    id TEXT PRIMARY KEY, clip_id TEXT NOT NULL REFERENCES clips (id), revision INTEGER NOT NULL, kind TEXT NOT NULL,
    cuts TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL, undoes TEXT);
INSERT INTO "decisions" VALUES('01a22185-dce2-754b-ac8d-a670f4d72433','01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'approve','{"16:9":"e6fa6cae6b82aa96a217ee5960adecd3220ce411b309a9b8eac0367793651863"}','','','ana','2026-11-28T09:39:10.690Z',NULL);
CREATE TABLE dismissals (
        topic_id TEXT PRIMARY KEY REFERENCES topics (id), user TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE "events_seen" (number INTEGER PRIMARY KEY, epoch TEXT NOT NULL, id TEXT NOT NULL, UNIQUE (epoch, id));
INSERT INTO "events_seen" VALUES(1,'inline','a4369c3e8e3442c59262be1772bf9099cae9c8290c80487feb33319d2008b001:1:started');
INSERT INTO "events_seen" VALUES(2,'inline','a4369c3e8e3442c59262be1772bf9099cae9c8290c80487feb33319d2008b001:1:finished');
INSERT INTO "events_seen" VALUES(3,'inline','d0c009b21dced73218c3f22da8b5b5d92593fae2ed8fbc6e93244d3724d5dc93:1:started');
INSERT INTO "events_seen" VALUES(4,'inline','d0c009b21dced73218c3f22da8b5b5d92593fae2ed8fbc6e93244d3724d5dc93:1:finished');
INSERT INTO "events_seen" VALUES(5,'inline','4df91bcce048064940606772d3c1da0ffba2fcafef26dc4caf9c89381c2e7866:1:started');
INSERT INTO "events_seen" VALUES(6,'inline','4df91bcce048064940606772d3c1da0ffba2fcafef26dc4caf9c89381c2e7866:1:finished');
INSERT INTO "events_seen" VALUES(7,'inline','07fbde1da5184575592f643ec7e0350eead02a943d7b73e037590cf4063d0e58:1:started');
INSERT INTO "events_seen" VALUES(8,'inline','07fbde1da5184575592f643ec7e0350eead02a943d7b73e037590cf4063d0e58:1:finished');
INSERT INTO "events_seen" VALUES(9,'inline','5e1eadaf4148d9b8cf93f2aaa99b5c5d1615be30d28211fdef71879e5678bbb0:1:started');
INSERT INTO "events_seen" VALUES(10,'inline','5e1eadaf4148d9b8cf93f2aaa99b5c5d1615be30d28211fdef71879e5678bbb0:1:finished');
INSERT INTO "events_seen" VALUES(11,'inline','6dfcbb80ba16562e7e627f7ae8a7a9f8e6c6dda0b8de4b0a24a8621c419d2ed6:1:started');
INSERT INTO "events_seen" VALUES(12,'inline','6dfcbb80ba16562e7e627f7ae8a7a9f8e6c6dda0b8de4b0a24a8621c419d2ed6:1:finished');
INSERT INTO "events_seen" VALUES(13,'inline','b3a402c71d8fd6ed863926793c128edbcd03824bc55404f26d7ff6086d260d08:1:started');
INSERT INTO "events_seen" VALUES(14,'inline','b3a402c71d8fd6ed863926793c128edbcd03824bc55404f26d7ff6086d260d08:1:finished');
INSERT INTO "events_seen" VALUES(15,'inline','0578979ac1ae68976a5597e2f754a1b8b7c1c3d942ac0493bd60a4a54ce379b9:1:started');
INSERT INTO "events_seen" VALUES(16,'inline','0578979ac1ae68976a5597e2f754a1b8b7c1c3d942ac0493bd60a4a54ce379b9:1:finished');
INSERT INTO "events_seen" VALUES(17,'inline','c77f8d2c1c54bffe082bdc1f4d42bed5704fec7c3df61cad1198b1126cfbae16:1:started');
INSERT INTO "events_seen" VALUES(18,'inline','c77f8d2c1c54bffe082bdc1f4d42bed5704fec7c3df61cad1198b1126cfbae16:1:finished');
INSERT INTO "events_seen" VALUES(19,'inline','1e04c6639f3737e7a44a29b5a3068b1c20fea4949ab62e02990c9922b5351d9c:1:started');
INSERT INTO "events_seen" VALUES(20,'inline','1e04c6639f3737e7a44a29b5a3068b1c20fea4949ab62e02990c9922b5351d9c:1:finished');
CREATE TABLE exports (
    id TEXT PRIMARY KEY, clip_id TEXT NOT NULL REFERENCES clips (id), decision_id TEXT NOT NULL REFERENCES decisions (id),
    document TEXT NOT NULL, made_by TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE feeds (
    id TEXT PRIMARY KEY, show TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, made_by TEXT NOT NULL, made_at TEXT NOT NULL,
    revoked_at TEXT);
CREATE TABLE ledger (
    number INTEGER PRIMARY KEY AUTOINCREMENT, show TEXT NOT NULL, language TEXT NOT NULL, canonical_url TEXT NOT NULL,
    title TEXT NOT NULL, fingerprint TEXT NOT NULL, clip_id TEXT NOT NULL, made_at TEXT NOT NULL, meaning TEXT NOT NULL DEFAULT '',
    UNIQUE (show, language, canonical_url));
CREATE TABLE leftovers (kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, name));
CREATE TABLE login_links (
    hash TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users (name), expires_at TEXT NOT NULL, used_at TEXT);
CREATE TABLE nodes (
    clip_id TEXT NOT NULL REFERENCES clips (id), node TEXT NOT NULL, stage TEXT NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (clip_id, node));
INSERT INTO "nodes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c','script','script','a4369c3e8e3442c59262be1772bf9099cae9c8290c80487feb33319d2008b001');
INSERT INTO "nodes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c','scene.16:9','scene','d0c009b21dced73218c3f22da8b5b5d92593fae2ed8fbc6e93244d3724d5dc93');
INSERT INTO "nodes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c','line.0','line','4df91bcce048064940606772d3c1da0ffba2fcafef26dc4caf9c89381c2e7866');
INSERT INTO "nodes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c','line.1','line','07fbde1da5184575592f643ec7e0350eead02a943d7b73e037590cf4063d0e58');
INSERT INTO "nodes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c','line.2','line','5e1eadaf4148d9b8cf93f2aaa99b5c5d1615be30d28211fdef71879e5678bbb0');
INSERT INTO "nodes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c','line.3','line','6dfcbb80ba16562e7e627f7ae8a7a9f8e6c6dda0b8de4b0a24a8621c419d2ed6');
INSERT INTO "nodes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c','line.4','line','b3a402c71d8fd6ed863926793c128edbcd03824bc55404f26d7ff6086d260d08');
INSERT INTO "nodes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c','speech','speech','0578979ac1ae68976a5597e2f754a1b8b7c1c3d942ac0493bd60a4a54ce379b9');
INSERT INTO "nodes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c','video','video','c77f8d2c1c54bffe082bdc1f4d42bed5704fec7c3df61cad1198b1126cfbae16');
INSERT INTO "nodes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c','finish.16:9','finish','1e04c6639f3737e7a44a29b5a3068b1c20fea4949ab62e02990c9922b5351d9c');
CREATE TABLE presenters (
    slug TEXT NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL, created_at TEXT NOT NULL,
    PRIMARY KEY (slug, version));
INSERT INTO "presenters" VALUES('mara',1,'{"name":"Mara","role":"Presenter","slug":"mara","tag":"presenter/1"}','2026-11-28T09:39:04.614Z');
CREATE TABLE requests (
        id TEXT PRIMARY KEY, request TEXT NOT NULL, result TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (
    key TEXT PRIMARY KEY, show TEXT NOT NULL, starter TEXT NOT NULL, planned_at TEXT NOT NULL, state TEXT NOT NULL,
    note TEXT NOT NULL, finished_at TEXT, report TEXT);
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users (name), created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL, revoked_at TEXT);
CREATE TABLE shipments (
    export_id TEXT NOT NULL REFERENCES exports (id), target TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_at TEXT NOT NULL, error TEXT NOT NULL DEFAULT '', done_at TEXT,
    PRIMARY KEY (export_id, target));
CREATE TABLE shows (
    slug TEXT NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL, created_at TEXT NOT NULL,
    PRIMARY KEY (slug, version));
INSERT INTO "shows" VALUES('morning-desk',1,'{"name":"The Morning Desk","slug":"morning-desk","tag":"show/1"}','2026-11-28T09:39:04.597Z');
INSERT INTO "shows" VALUES('orbita',1,'{"name":"Órbita","slug":"orbita","tag":"show/1"}','2026-11-28T09:39:04.599Z');
INSERT INTO "shows" VALUES('night-sky',1,'{"name":"今夜星空","slug":"night-sky","tag":"show/1"}','2026-11-28T09:39:04.600Z');
INSERT INTO "shows" VALUES('sama',1,'{"name":"سماء الليل","slug":"sama","tag":"show/1"}','2026-11-28T09:39:04.613Z');
CREATE TABLE sources (
    show TEXT NOT NULL, url TEXT NOT NULL, state TEXT NOT NULL, report TEXT NOT NULL, updated_at TEXT NOT NULL, health TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (show, url));
CREATE TABLE takes (
    clip_id TEXT NOT NULL REFERENCES clips (id), revision INTEGER NOT NULL, node TEXT NOT NULL, stage TEXT NOT NULL,
    key TEXT NOT NULL, PRIMARY KEY (clip_id, revision, node));
INSERT INTO "takes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'script','script','a4369c3e8e3442c59262be1772bf9099cae9c8290c80487feb33319d2008b001');
INSERT INTO "takes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'scene.16:9','scene','d0c009b21dced73218c3f22da8b5b5d92593fae2ed8fbc6e93244d3724d5dc93');
INSERT INTO "takes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'line.0','line','4df91bcce048064940606772d3c1da0ffba2fcafef26dc4caf9c89381c2e7866');
INSERT INTO "takes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'line.1','line','07fbde1da5184575592f643ec7e0350eead02a943d7b73e037590cf4063d0e58');
INSERT INTO "takes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'line.2','line','5e1eadaf4148d9b8cf93f2aaa99b5c5d1615be30d28211fdef71879e5678bbb0');
INSERT INTO "takes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'line.3','line','6dfcbb80ba16562e7e627f7ae8a7a9f8e6c6dda0b8de4b0a24a8621c419d2ed6');
INSERT INTO "takes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'line.4','line','b3a402c71d8fd6ed863926793c128edbcd03824bc55404f26d7ff6086d260d08');
INSERT INTO "takes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'speech','speech','0578979ac1ae68976a5597e2f754a1b8b7c1c3d942ac0493bd60a4a54ce379b9');
INSERT INTO "takes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'video','video','c77f8d2c1c54bffe082bdc1f4d42bed5704fec7c3df61cad1198b1126cfbae16');
INSERT INTO "takes" VALUES('01a22185-ca6e-7007-8ca6-bc2039abfc4c',1,'finish.16:9','finish','1e04c6639f3737e7a44a29b5a3068b1c20fea4949ab62e02990c9922b5351d9c');
CREATE TABLE tokens (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL, user TEXT NOT NULL,
    created_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT);
CREATE TABLE topics (
    id TEXT PRIMARY KEY, show TEXT NOT NULL, canonical_url TEXT NOT NULL, fingerprint TEXT NOT NULL,
    title TEXT NOT NULL, language TEXT NOT NULL, score REAL NOT NULL, document TEXT NOT NULL, found_at TEXT NOT NULL, seen_at TEXT NOT NULL DEFAULT '');
CREATE TABLE training_files (
        presenter TEXT NOT NULL, sha256 TEXT NOT NULL, document TEXT NOT NULL, key TEXT NOT NULL,
        insisted INTEGER NOT NULL DEFAULT 0, user TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (presenter, sha256));
CREATE TABLE trash (
    clip_id TEXT PRIMARY KEY REFERENCES clips (id), user TEXT NOT NULL, at TEXT NOT NULL, emptied_at TEXT);
CREATE TABLE uploads (
        sha256 TEXT PRIMARY KEY, document TEXT NOT NULL, name TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE users (
    name TEXT PRIMARY KEY, role TEXT NOT NULL, password_hash TEXT NOT NULL, created_at TEXT NOT NULL, disabled_at TEXT);
INSERT INTO "users" VALUES('ana','reviewer','$argon2id$v=19$m=65536,t=3,p=4$b+YsBZpcA3rYkW6uec8qSA$kQRJF3icz9oURMRU8y7tvPR4RtfvONhx/7y8XsbU/M0','2026-11-28T09:39:05.953Z',NULL);
CREATE TABLE webhook_attempts (
        delivery INTEGER NOT NULL REFERENCES webhook_deliveries (number), at TEXT NOT NULL, status INTEGER NOT NULL,
        said TEXT NOT NULL, seconds REAL NOT NULL);
CREATE TABLE webhook_deliveries (
        number INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER NOT NULL REFERENCES webhook_messages (number),
        webhook_id TEXT NOT NULL REFERENCES webhooks (id), state TEXT NOT NULL DEFAULT 'waiting',
        tries INTEGER NOT NULL DEFAULT 0, next_at TEXT NOT NULL, UNIQUE (message, webhook_id));
CREATE TABLE webhook_messages (
        number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE DEFAULT ('msg_' || lower(hex(randomblob(16)))),
        type TEXT NOT NULL, at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), data TEXT NOT NULL);
INSERT INTO "webhook_messages" VALUES(1,'msg_c624e6725c6943d2d5e6599f373b9b8f','clip.ready','2026-11-28T09:39:10.621Z','{"clip":"01a22185-ca6e-7007-8ca6-bc2039abfc4c","show":"morning-desk","title":"The secret of a better cup: just add water","language":"en","revision":1,"failure":null}');
INSERT INTO "webhook_messages" VALUES(2,'msg_50296b95b8edc8660ffdf70f6f47124e','decision.made','2026-11-28T09:39:10.691Z','{"decision":"01a22185-dce2-754b-ac8d-a670f4d72433","clip":"01a22185-ca6e-7007-8ca6-bc2039abfc4c","show":"morning-desk","title":"The secret of a better cup: just add water","revision":1,"kind":"approve","cuts":{"16:9":"e6fa6cae6b82aa96a217ee5960adecd3220ce411b309a9b8eac0367793651863"},"reason":"","note":"","by":"ana","undoes":null}');
CREATE TABLE webhooks (
        id TEXT PRIMARY KEY, url TEXT NOT NULL, events TEXT NOT NULL, note TEXT NOT NULL, secret TEXT NOT NULL,
        user TEXT NOT NULL, created_at TEXT NOT NULL, off_at TEXT, off_why TEXT NOT NULL DEFAULT '', removed_at TEXT, old_secret TEXT NOT NULL DEFAULT '', old_secret_until TEXT);
CREATE TABLE work (
    key TEXT PRIMARY KEY, kind TEXT NOT NULL, queue TEXT NOT NULL, stage TEXT NOT NULL, engine TEXT NOT NULL,
    engine_version TEXT NOT NULL, payload TEXT, state TEXT NOT NULL, attempt INTEGER NOT NULL,
    strikes INTEGER NOT NULL DEFAULT 0, error TEXT, document TEXT, content_hash TEXT, worker TEXT,
    queued_at TEXT NOT NULL, started_at TEXT, finished_at TEXT, seconds REAL, finishes INTEGER NOT NULL DEFAULT 0);
INSERT INTO "work" VALUES('a4369c3e8e3442c59262be1772bf9099cae9c8290c80487feb33319d2008b001','stage','cpu.quoting','script','quoting','1.2',NULL,'done',1,0,NULL,'{"lines":[{"role":"hook","text":"Hello, and welcome back."},{"quote":"A small spray of water before grinding keeps coffee from clinging to the mill.","text":"A small spray of water before grinding keeps coffee from clinging to the mill."},{"quote":"Friction charges the beans, and charged dust clumps together.","text":"Friction charges the beans, and charged dust clumps together."},{"quote":"Half a millilitre is enough for a double shot.","text":"Half a millilitre is enough for a double shot."},{"quote":"The result is a denser bed and a more even flow.","text":"The result is a denser bed and a more even flow."}],"scene":"a quiet studio","source":{"name":"Sample Wire","rights":"own","title":"The secret of a better cup: just add water","url":"https://sample.example/0"},"tag":"script/1","title":"The secret of a better cup: just add water"}','fc36819a8bc37371a18f795d8c6ae23994244b2f37813ad510d4925e0f7d96ae','here','2026-11-28T09:39:06.003Z','2026-11-28T09:39:06.016Z','2026-11-28T09:39:06.053Z',0.0,1);
INSERT INTO "work" VALUES('d0c009b21dced73218c3f22da8b5b5d92593fae2ed8fbc6e93244d3724d5dc93','stage','cpu.backdrop','scene','backdrop','1.2',NULL,'done',1,0,NULL,'{"height":720,"image":{"media_type":"image/png","sha256":"18891693c08f3875536b926ea2266bf4f56547c5d0ca027b2d146a3d2fbd5914","size":277},"prompt":"a quiet studio","tag":"scene/1","width":1280}','348dab20adedffa0d0ce20c0a09d72469f00458c3dcc5ac264c5003ab23ef459','here','2026-11-28T09:39:06.085Z','2026-11-28T09:39:06.096Z','2026-11-28T09:39:06.145Z',0.013,1);
INSERT INTO "work" VALUES('4df91bcce048064940606772d3c1da0ffba2fcafef26dc4caf9c89381c2e7866','stage','cpu.speaking','line','speaking','1.2',NULL,'done',1,0,NULL,'{"audio":{"media_type":"audio/wav","sha256":"a8217c54d0b63cf5713ee4f324aaa777b75a313b30111b145cad7a8004faf8a1","size":22444},"duration_s":1.4,"language":"en","phonemes":[{"end":0.35,"start":0.0,"symbol":"a"},{"end":0.7,"start":0.35,"symbol":"a"},{"end":1.0499999999999998,"start":0.7,"symbol":"a"},{"end":1.4,"start":1.0499999999999998,"symbol":"a"}],"sample_rate":24000,"tag":"line/1","text":"Hello, and welcome back.","voice":"stub","words":[{"end":0.35,"start":0.0,"text":"Hello,"},{"end":0.7,"start":0.35,"text":"and"},{"end":1.0499999999999998,"start":0.7,"text":"welcome"},{"end":1.4,"start":1.0499999999999998,"text":"back."}]}','0de2a9172aa9d845d891b9859953bd381e9ec062f5cc4aacd99071d986ee4b64','here','2026-11-28T09:39:06.085Z','2026-11-28T09:39:06.157Z','2026-11-28T09:39:06.229Z',0.036,1);
INSERT INTO "work" VALUES('07fbde1da5184575592f643ec7e0350eead02a943d7b73e037590cf4063d0e58','stage','cpu.speaking','line','speaking','1.2',NULL,'done',1,0,NULL,'{"audio":{"media_type":"audio/wav","sha256":"b9e39e490af5e8b89cb34664e1ab1c37415955552ae5daf381cb36353aeef650","size":78442},"duration_s":4.8999999999999995,"language":"en","phonemes":[{"end":0.35,"start":0.0,"symbol":"a"},{"end":0.7,"start":0.35,"symbol":"a"},{"end":1.0499999999999998,"start":0.7,"symbol":"a"},{"end":1.4,"start":1.0499999999999998,"symbol":"a"},{"end":1.75,"start":1.4,"symbol":"a"},{"end":2.0999999999999996,"start":1.75,"symbol":"a"},{"end":2.4499999999999997,"start":2.0999999999999996,"symbol":"a"},{"end":2.8,"start":2.4499999999999997,"symbol":"a"},{"end":3.15,"start":2.8,"symbol":"a"},{"end":3.5,"start":3.15,"symbol":"a"},{"end":3.8499999999999996,"start":3.5,"symbol":"a"},{"end":4.199999999999999,"start":3.8499999999999996,"symbol":"a"},{"end":4.55,"start":4.199999999999999,"symbol":"a"},{"end":4.8999999999999995,"start":4.55,"symbol":"a"}],"sample_rate":24000,"tag":"line/1","text":"A small spray of water before grinding keeps coffee from clinging to the mill.","voice":"stub","words":[{"end":0.35,"start":0.0,"text":"A"},{"end":0.7,"start":0.35,"text":"small"},{"end":1.0499999999999998,"start":0.7,"text":"spray"},{"end":1.4,"start":1.0499999999999998,"text":"of"},{"end":1.75,"start":1.4,"text":"water"},{"end":2.0999999999999996,"start":1.75,"text":"before"},{"end":2.4499999999999997,"start":2.0999999999999996,"text":"grinding"},{"end":2.8,"start":2.4499999999999997,"text":"keeps"},{"end":3.15,"start":2.8,"text":"coffee"},{"end":3.5,"start":3.15,"text":"from"},{"end":3.8499999999999996,"start":3.5,"text":"clinging"},{"end":4.199999999999999,"start":3.8499999999999996,"text":"to"},{"end":4.55,"start":4.199999999999999,"text":"the"},{"end":4.8999999999999995,"start":4.55,"text":"mill."}]}','823c059d133ced303531058b0078952001b271a78a3f0ce302f34f7f2767fd0a','here','2026-11-28T09:39:06.085Z','2026-11-28T09:39:06.248Z','2026-11-28T09:39:06.291Z',0.015,1);
INSERT INTO "work" VALUES('5e1eadaf4148d9b8cf93f2aaa99b5c5d1615be30d28211fdef71879e5678bbb0','stage','cpu.speaking','line','speaking','1.2',NULL,'done',1,0,NULL,'{"audio":{"media_type":"audio/wav","sha256":"634b04c7bbaf08b84d9eb383a27777aca3e392f495f1ec6429f3db34280d39ae","size":50444},"duration_s":3.15,"language":"en","phonemes":[{"end":0.35,"start":0.0,"symbol":"a"},{"end":0.7,"start":0.35,"symbol":"a"},{"end":1.0499999999999998,"start":0.7,"symbol":"a"},{"end":1.4,"start":1.0499999999999998,"symbol":"a"},{"end":1.75,"start":1.4,"symbol":"a"},{"end":2.0999999999999996,"start":1.75,"symbol":"a"},{"end":2.4499999999999997,"start":2.0999999999999996,"symbol":"a"},{"end":2.8,"start":2.4499999999999997,"symbol":"a"},{"end":3.15,"start":2.8,"symbol":"a"}],"sample_rate":24000,"tag":"line/1","text":"Friction charges the beans, and charged dust clumps together.","voice":"stub","words":[{"end":0.35,"start":0.0,"text":"Friction"},{"end":0.7,"start":0.35,"text":"charges"},{"end":1.0499999999999998,"start":0.7,"text":"the"},{"end":1.4,"start":1.0499999999999998,"text":"beans,"},{"end":1.75,"start":1.4,"text":"and"},{"end":2.0999999999999996,"start":1.75,"text":"charged"},{"end":2.4499999999999997,"start":2.0999999999999996,"text":"dust"},{"end":2.8,"start":2.4499999999999997,"text":"clumps"},{"end":3.15,"start":2.8,"text":"together."}]}','bc4b6a33ac9866b28e4a6b65cc446436428ef93279d902e76591f81fd6ac363a','here','2026-11-28T09:39:06.085Z','2026-11-28T09:39:06.297Z','2026-11-28T09:39:06.361Z',0.04,1);
INSERT INTO "work" VALUES('6dfcbb80ba16562e7e627f7ae8a7a9f8e6c6dda0b8de4b0a24a8621c419d2ed6','stage','cpu.speaking','line','speaking','1.2',NULL,'done',1,0,NULL,'{"audio":{"media_type":"audio/wav","sha256":"634b04c7bbaf08b84d9eb383a27777aca3e392f495f1ec6429f3db34280d39ae","size":50444},"duration_s":3.15,"language":"en","phonemes":[{"end":0.35,"start":0.0,"symbol":"a"},{"end":0.7,"start":0.35,"symbol":"a"},{"end":1.0499999999999998,"start":0.7,"symbol":"a"},{"end":1.4,"start":1.0499999999999998,"symbol":"a"},{"end":1.75,"start":1.4,"symbol":"a"},{"end":2.0999999999999996,"start":1.75,"symbol":"a"},{"end":2.4499999999999997,"start":2.0999999999999996,"symbol":"a"},{"end":2.8,"start":2.4499999999999997,"symbol":"a"},{"end":3.15,"start":2.8,"symbol":"a"}],"sample_rate":24000,"tag":"line/1","text":"Half a millilitre is enough for a double shot.","voice":"stub","words":[{"end":0.35,"start":0.0,"text":"Half"},{"end":0.7,"start":0.35,"text":"a"},{"end":1.0499999999999998,"start":0.7,"text":"millilitre"},{"end":1.4,"start":1.0499999999999998,"text":"is"},{"end":1.75,"start":1.4,"text":"enough"},{"end":2.0999999999999996,"start":1.75,"text":"for"},{"end":2.4499999999999997,"start":2.0999999999999996,"text":"a"},{"end":2.8,"start":2.4499999999999997,"text":"double"},{"end":3.15,"start":2.8,"text":"shot."}]}','16e7104ed90b6920ac2c94f6369dffe9d08ca12d32a300196a27fec07ba40f21','here','2026-11-28T09:39:06.085Z','2026-11-28T09:39:06.369Z','2026-11-28T09:39:06.422Z',0.008,1);
INSERT INTO "work" VALUES('b3a402c71d8fd6ed863926793c128edbcd03824bc55404f26d7ff6086d260d08','stage','cpu.speaking','line','speaking','1.2',NULL,'done',1,0,NULL,'{"audio":{"media_type":"audio/wav","sha256":"1031e460233026328dc9ea80341640a87efe2929f7cb96f341bf787c53abe83b","size":61642},"duration_s":3.8499999999999996,"language":"en","phonemes":[{"end":0.35,"start":0.0,"symbol":"a"},{"end":0.7,"start":0.35,"symbol":"a"},{"end":1.0499999999999998,"start":0.7,"symbol":"a"},{"end":1.4,"start":1.0499999999999998,"symbol":"a"},{"end":1.75,"start":1.4,"symbol":"a"},{"end":2.0999999999999996,"start":1.75,"symbol":"a"},{"end":2.4499999999999997,"start":2.0999999999999996,"symbol":"a"},{"end":2.8,"start":2.4499999999999997,"symbol":"a"},{"end":3.15,"start":2.8,"symbol":"a"},{"end":3.5,"start":3.15,"symbol":"a"},{"end":3.8499999999999996,"start":3.5,"symbol":"a"}],"sample_rate":24000,"tag":"line/1","text":"The result is a denser bed and a more even flow.","voice":"stub","words":[{"end":0.35,"start":0.0,"text":"The"},{"end":0.7,"start":0.35,"text":"result"},{"end":1.0499999999999998,"start":0.7,"text":"is"},{"end":1.4,"start":1.0499999999999998,"text":"a"},{"end":1.75,"start":1.4,"text":"denser"},{"end":2.0999999999999996,"start":1.75,"text":"bed"},{"end":2.4499999999999997,"start":2.0999999999999996,"text":"and"},{"end":2.8,"start":2.4499999999999997,"text":"a"},{"end":3.15,"start":2.8,"text":"more"},{"end":3.5,"start":3.15,"text":"even"},{"end":3.8499999999999996,"start":3.5,"text":"flow."}]}','eb304ee3e5ba6ccea82218ed7b3baebdd46cda626980100d2c77c6cb083a3c25','here','2026-11-28T09:39:06.085Z','2026-11-28T09:39:06.429Z','2026-11-28T09:39:06.513Z',0.029,1);
INSERT INTO "work" VALUES('0578979ac1ae68976a5597e2f754a1b8b7c1c3d942ac0493bd60a4a54ce379b9','stage','cpu.joining','speech','joining','1.2',NULL,'done',1,0,NULL,'{"audio":{"media_type":"audio/wav","sha256":"e0b9706d14ff33d8c87b0bce997560e9c4a3e8c28adea7f692e9b9b45e72b26a","size":320},"duration_s":16.45,"lines":[{"end":1.4,"start":0.0},{"end":6.299999999999999,"start":1.4},{"end":9.45,"start":6.299999999999999},{"end":12.6,"start":9.45},{"end":16.45,"start":12.6}],"loudness_lufs":-20.0,"sample_rate":24000,"tag":"speech/1","words":[{"end":0.35,"start":0.0,"text":"Hello,"},{"end":0.7,"start":0.35,"text":"and"},{"end":1.0499999999999998,"start":0.7,"text":"welcome"},{"end":1.4,"start":1.0499999999999998,"text":"back."},{"end":1.75,"line":1,"start":1.4,"text":"A"},{"end":2.0999999999999996,"line":1,"start":1.75,"text":"small"},{"end":2.4499999999999997,"line":1,"start":2.0999999999999996,"text":"spray"},{"end":2.8,"line":1,"start":2.4499999999999997,"text":"of"},{"end":3.15,"line":1,"start":2.8,"text":"water"},{"end":3.4999999999999996,"line":1,"start":3.15,"text":"before"},{"end":3.8499999999999996,"line":1,"start":3.4999999999999996,"text":"grinding"},{"end":4.199999999999999,"line":1,"start":3.8499999999999996,"text":"keeps"},{"end":4.55,"line":1,"start":4.199999999999999,"text":"coffee"},{"end":4.9,"line":1,"start":4.55,"text":"from"},{"end":5.25,"line":1,"start":4.9,"text":"clinging"},{"end":5.6,"line":1,"start":5.25,"text":"to"},{"end":5.949999999999999,"line":1,"start":5.6,"text":"the"},{"end":6.299999999999999,"line":1,"start":5.949999999999999,"text":"mill."},{"end":6.649999999999999,"line":2,"start":6.299999999999999,"text":"Friction"},{"end":6.999999999999999,"line":2,"start":6.649999999999999,"text":"charges"},{"end":7.349999999999999,"line":2,"start":6.999999999999999,"text":"the"},{"end":7.699999999999999,"line":2,"start":7.349999999999999,"text":"beans,"},{"end":8.049999999999999,"line":2,"start":7.699999999999999,"text":"and"},{"end":8.399999999999999,"line":2,"start":8.049999999999999,"text":"charged"},{"end":8.749999999999998,"line":2,"start":8.399999999999999,"text":"dust"},{"end":9.099999999999998,"line":2,"start":8.749999999999998,"text":"clumps"},{"end":9.45,"line":2,"start":9.099999999999998,"text":"together."},{"end":9.799999999999999,"line":3,"start":9.45,"text":"Half"},{"end":10.149999999999999,"line":3,"start":9.799999999999999,"text":"a"},{"end":10.5,"line":3,"start":10.149999999999999,"text":"millilitre"},{"end":10.85,"line":3,"start":10.5,"text":"is"},{"end":11.2,"line":3,"start":10.85,"text":"enough"},{"end":11.549999999999999,"line":3,"start":11.2,"text":"for"},{"end":11.899999999999999,"line":3,"start":11.549999999999999,"text":"a"},{"end":12.25,"line":3,"start":11.899999999999999,"text":"double"},{"end":12.6,"line":3,"start":12.25,"text":"shot."},{"end":12.95,"line":4,"start":12.6,"text":"The"},{"end":13.299999999999999,"line":4,"start":12.95,"text":"result"},{"end":13.649999999999999,"line":4,"start":13.299999999999999,"text":"is"},{"end":14.0,"line":4,"start":13.649999999999999,"text":"a"},{"end":14.35,"line":4,"start":14.0,"text":"denser"},{"end":14.7,"line":4,"start":14.35,"text":"bed"},{"end":15.049999999999999,"line":4,"start":14.7,"text":"and"},{"end":15.399999999999999,"line":4,"start":15.049999999999999,"text":"a"},{"end":15.75,"line":4,"start":15.399999999999999,"text":"more"},{"end":16.1,"line":4,"start":15.75,"text":"even"},{"end":16.45,"line":4,"start":16.1,"text":"flow."}]}','b4c0ce7642ade4c389279deb3365cf0ed5b6691e4e70caf2887b44d8865be549','here','2026-11-28T09:39:06.555Z','2026-11-28T09:39:06.567Z','2026-11-28T09:39:06.648Z',0.032,1);
INSERT INTO "work" VALUES('c77f8d2c1c54bffe082bdc1f4d42bed5704fec7c3df61cad1198b1126cfbae16','stage','cpu.figure','video','figure','1.2',NULL,'done',1,0,NULL,'{"duration_s":16.45,"fps":25,"renderer":"stub/1","tag":"performance/1"}','6e2b7f2793da59c0401c9b2792c0145cf5ac7d6a2ec9ce9ec8aa8c265c08ccb3','here','2026-11-28T09:39:06.687Z','2026-11-28T09:39:06.705Z','2026-11-28T09:39:06.749Z',0.0,1);
INSERT INTO "work" VALUES('1e04c6639f3737e7a44a29b5a3068b1c20fea4949ab62e02990c9922b5351d9c','stage','cpu.filming','finish','filming','1.2',NULL,'done',1,0,NULL,'{"checks":[{"bound":"−16 LUFS ±1","name":"Loudness","passed":true,"value":-16.1},{"bound":"≤ −1 dBTP","name":"True peak","passed":true,"value":-1.4},{"bound":"≤ 120 ms","name":"Captions agree with the sound","passed":true,"value":"38 ms"},{"bound":"none over 0.5 s","name":"Black or frozen frames","passed":true,"value":"none"},{"at_s":2.0,"bound":"≤ 17 characters/s","name":"Caption reading speed","passed":false,"value":18.4}],"format":"16:9","line_spans":[{"end":1.4,"start":0.0},{"end":6.299999999999999,"start":1.4},{"end":9.45,"start":6.299999999999999},{"end":12.6,"start":9.45},{"end":16.45,"start":12.6}],"media":{"audio_codec":"aac","duration_s":16.45,"fps":10.0,"height":180,"loudness_lufs":-16.0,"true_peak_dbtp":-1.5,"video_codec":"h264","width":320},"peaks":[0.03,0.04,0.03,0.04,0.04,0.05,0.04,0.03,0.04,0.03,0.03,0.03,0.03,0.03,0.05,0.11,0.22,0.31,0.41,0.33,0.26,0.69,0.71,0.65,0.6,0.81,0.93,0.45,0.51,0.58,0.97,0.4,0.65,0.53,0.91,0.94,0.92,0.62,0.41,0.73,0.74,0.53,0.43,0.57,0.39,0.99,0.37,0.56,0.61,0.34,0.36,0.48,0.29,0.28,0.18,0.09,0.03,0.03,0.03,0.03,0.05,0.04,0.04,0.03,0.04,0.03,0.04,0.04,0.03,0.04,0.03,0.09,0.09,0.13,0.31,0.35,0.49,0.75,0.56,0.43,0.68,0.56,0.6,0.93,0.38,0.57,0.65,0.8,0.56,0.65,0.78,0.98,0.51,0.82,0.92,0.95,0.85,0.38,0.7,0.43,0.56,0.9,0.65,0.85,0.32,0.48,0.51,0.48,0.41,0.26,0.22,0.08,0.05,0.03,0.03,0.03,0.03,0.04,0.04,0.03,0.03,0.03,0.04,0.03,0.04,0.03,0.03,0.07,0.09,0.26,0.16,0.26,0.48,0.32,0.48,0.4,0.76,0.35,0.46,0.94,0.81,0.68,0.45,0.64,0.35,0.72,0.96,0.66,0.83,0.78,0.75,0.55,0.96,0.79,0.95,0.67,0.74,0.8,0.5,0.95,0.61,0.49,0.57,0.32,0.32,0.22,0.26,0.2,0.06,0.05,0.03,0.04,0.03,0.05,0.05,0.03,0.04,0.04,0.03,0.03,0.03,0.04,0.04,0.04,0.11,0.2,0.31,0.2,0.43,0.58,0.67,0.71,0.54,0.65,0.49,0.45,0.39,0.71,1.0,0.38],"poster":{"media_type":"image/jpeg","sha256":"70c4f0342111653874b6e48b84d5726061cf1ac0562883d91e1a97589b595a62","size":8760},"srt":{"media_type":"application/x-subrip","sha256":"53aabb5ab8dbf75461b30384a3f330f6d988826aeb73b29a0e34cb30381a2ccf","size":427},"tag":"cut/1","video":{"media_type":"video/mp4","sha256":"e6fa6cae6b82aa96a217ee5960adecd3220ce411b309a9b8eac0367793651863","size":157233},"vtt":{"media_type":"text/vtt","sha256":"ab760e032ec3eb4875566aa61925d8f25e067bd583e863bd2cf04fdcd1b7b43c","size":435},"words":[{"end":0.35,"start":0.0,"text":"Hello,"},{"end":0.7,"start":0.35,"text":"and"},{"end":1.0499999999999998,"start":0.7,"text":"welcome"},{"end":1.4,"start":1.0499999999999998,"text":"back."},{"end":1.75,"line":1,"start":1.4,"text":"A"},{"end":2.0999999999999996,"line":1,"start":1.75,"text":"small"},{"end":2.4499999999999997,"line":1,"start":2.0999999999999996,"text":"spray"},{"end":2.8,"line":1,"start":2.4499999999999997,"text":"of"},{"end":3.15,"line":1,"start":2.8,"text":"water"},{"end":3.4999999999999996,"line":1,"start":3.15,"text":"before"},{"end":3.8499999999999996,"line":1,"start":3.4999999999999996,"text":"grinding"},{"end":4.199999999999999,"line":1,"start":3.8499999999999996,"text":"keeps"},{"end":4.55,"line":1,"start":4.199999999999999,"text":"coffee"},{"end":4.9,"line":1,"start":4.55,"text":"from"},{"end":5.25,"line":1,"start":4.9,"text":"clinging"},{"end":5.6,"line":1,"start":5.25,"text":"to"},{"end":5.949999999999999,"line":1,"start":5.6,"text":"the"},{"end":6.299999999999999,"line":1,"start":5.949999999999999,"text":"mill."},{"end":6.649999999999999,"line":2,"start":6.299999999999999,"text":"Friction"},{"end":6.999999999999999,"line":2,"start":6.649999999999999,"text":"charges"},{"end":7.349999999999999,"line":2,"start":6.999999999999999,"text":"the"},{"end":7.699999999999999,"line":2,"start":7.349999999999999,"text":"beans,"},{"end":8.049999999999999,"line":2,"start":7.699999999999999,"text":"and"},{"end":8.399999999999999,"line":2,"start":8.049999999999999,"text":"charged"},{"end":8.749999999999998,"line":2,"start":8.399999999999999,"text":"dust"},{"end":9.099999999999998,"line":2,"start":8.749999999999998,"text":"clumps"},{"end":9.45,"line":2,"start":9.099999999999998,"text":"together."},{"end":9.799999999999999,"line":3,"start":9.45,"text":"Half"},{"end":10.149999999999999,"line":3,"start":9.799999999999999,"text":"a"},{"end":10.5,"line":3,"start":10.149999999999999,"text":"millilitre"},{"end":10.85,"line":3,"start":10.5,"text":"is"},{"end":11.2,"line":3,"start":10.85,"text":"enough"},{"end":11.549999999999999,"line":3,"start":11.2,"text":"for"},{"end":11.899999999999999,"line":3,"start":11.549999999999999,"text":"a"},{"end":12.25,"line":3,"start":11.899999999999999,"text":"double"},{"end":12.6,"line":3,"start":12.25,"text":"shot."},{"end":12.95,"line":4,"start":12.6,"text":"The"},{"end":13.299999999999999,"line":4,"start":12.95,"text":"result"},{"end":13.649999999999999,"line":4,"start":13.299999999999999,"text":"is"},{"end":14.0,"line":4,"start":13.649999999999999,"text":"a"},{"end":14.35,"line":4,"start":14.0,"text":"denser"},{"end":14.7,"line":4,"start":14.35,"text":"bed"},{"end":15.049999999999999,"line":4,"start":14.7,"text":"and"},{"end":15.399999999999999,"line":4,"start":15.049999999999999,"text":"a"},{"end":15.75,"line":4,"start":15.399999999999999,"text":"more"},{"end":16.1,"line":4,"start":15.75,"text":"even"},{"end":16.45,"line":4,"start":16.1,"text":"flow."}]}','554302b1eefb11743aa06a8433ca86a7b378d6274c149f97cb92cd19a60f68b5','here','2026-11-28T09:39:06.784Z','2026-11-28T09:39:06.799Z','2026-11-28T09:39:10.572Z',3.728,1);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX topics_by_url ON topics (show, canonical_url);
CREATE INDEX clips_open ON clips (id) WHERE settled < revision;
CREATE INDEX clips_by_topic ON clips (topic_id);
CREATE INDEX clips_by_settled ON clips (settled_at);
CREATE INDEX nodes_by_key ON nodes (key);
CREATE INDEX work_in_flight ON work (state) WHERE state IN ('queued', 'running');
CREATE INDEX work_by_engine ON work (engine, finished_at);
CREATE UNIQUE INDEX exports_by_decision ON exports (decision_id);
CREATE INDEX runs_by_show ON runs (show, planned_at);
CREATE INDEX runs_open ON runs (state) WHERE state = 'ordered';
CREATE INDEX ledger_by_day ON ledger (show, made_at);
CREATE INDEX topics_by_seen ON topics (show, seen_at);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, number);
CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (delivery);
CREATE TRIGGER tell_webhooks AFTER INSERT ON webhook_messages WHEN NEW.type <> 'webhook.test' BEGIN
        INSERT INTO webhook_deliveries (message, webhook_id, next_at) SELECT NEW.number, w.id, NEW.at FROM webhooks w
        WHERE w.off_at IS NULL AND EXISTS (SELECT 1 FROM json_each(w.events) e WHERE e.value = NEW.type); END;
CREATE TRIGGER tell_of_settled_clip AFTER UPDATE OF settled ON clips
        WHEN NEW.settled = NEW.revision AND OLD.settled < OLD.revision AND NEW.cancelled_at IS NULL BEGIN
        INSERT INTO webhook_messages (type, data) VALUES (
            CASE WHEN NEW.failure IS NULL THEN 'clip.ready' ELSE 'clip.failed' END,
            json_object('clip', NEW.id, 'show', NEW.show, 'title', NEW.title, 'language', NEW.language,
                'revision', NEW.revision, 'failure', json(NEW.failure))); END;
CREATE TRIGGER tell_of_decision AFTER INSERT ON decisions BEGIN
        INSERT INTO webhook_messages (type, data) SELECT 'decision.made',
            json_object('decision', NEW.id, 'clip', NEW.clip_id, 'show', c.show, 'title', c.title,
                'revision', NEW.revision, 'kind', NEW.kind, 'cuts', json(NEW.cuts), 'reason', NEW.reason,
                'note', NEW.note, 'by', NEW.user, 'undoes', NEW.undoes)
        FROM clips c WHERE c.id = NEW.clip_id; END;
CREATE TRIGGER tell_of_export AFTER INSERT ON exports BEGIN
        INSERT INTO webhook_messages (type, data) SELECT 'export.made',
            json_object('export', NEW.id, 'clip', NEW.clip_id, 'show', c.show, 'title', c.title,
                'decision', NEW.decision_id, 'folder', json_extract(NEW.document, '$.folder'), 'by', NEW.made_by)
        FROM clips c WHERE c.id = NEW.clip_id; END;
CREATE INDEX takes_by_key ON takes (key);
CREATE UNIQUE INDEX feeds_by_show ON feeds (show) WHERE revoked_at IS NULL;
CREATE INDEX shipments_due ON shipments (next_at) WHERE state = 'due'
;
CREATE INDEX decisions_undoing ON decisions (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX decisions_in_order ON decisions (clip_id, revision);
CREATE INDEX decisions_by_kind ON decisions (kind);
CREATE INDEX exports_by_clip ON exports (clip_id);
CREATE INDEX briefs_by_presenter ON briefs (json_extract(document, '$.presenter.slug'), clip_id);
CREATE INDEX clips_by_show ON clips (show, id);
CREATE INDEX clips_by_title ON clips (title, id);
CREATE INDEX clips_by_production ON clips (
    CASE WHEN cancelled_at IS NOT NULL THEN 'cancelled' WHEN failure IS NOT NULL THEN 'failed' WHEN settled = revision THEN 'ready'
    WHEN waiting IS NOT NULL THEN 'waiting' ELSE 'making' END);
CREATE INDEX work_by_state ON work (state, strikes);
CREATE INDEX work_set_aside ON work (finished_at) WHERE state = 'set_aside';
CREATE INDEX work_failed_errands ON work (key) WHERE kind <> 'stage' AND state = 'failed';
CREATE INDEX work_by_end ON work (finished_at) WHERE seconds > 0;
CREATE INDEX webhook_messages_by_age ON webhook_messages (at);
CREATE INDEX clips_on_desk ON clips (id) WHERE on_desk = 1;
CREATE TRIGGER desk_after_decision AFTER INSERT ON decisions BEGIN UPDATE clips SET on_desk = (NOT EXISTS (SELECT 1 FROM trash t WHERE t.clip_id = clips.id)
    AND NOT (settled = revision AND failure IS NULL AND cancelled_at IS NULL AND EXISTS (
        SELECT 1 FROM decisions d WHERE (d.kind = 'reject' OR EXISTS (SELECT 1 FROM exports e WHERE e.decision_id = d.id))
        AND d.rowid = (SELECT max(x.rowid) FROM decisions x WHERE x.clip_id = clips.id AND x.revision = clips.revision
            AND x.kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id))))) WHERE id = NEW.clip_id; END;
CREATE TRIGGER desk_after_export AFTER INSERT ON exports BEGIN UPDATE clips SET on_desk = (NOT EXISTS (SELECT 1 FROM trash t WHERE t.clip_id = clips.id)
    AND NOT (settled = revision AND failure IS NULL AND cancelled_at IS NULL AND EXISTS (
        SELECT 1 FROM decisions d WHERE (d.kind = 'reject' OR EXISTS (SELECT 1 FROM exports e WHERE e.decision_id = d.id))
        AND d.rowid = (SELECT max(x.rowid) FROM decisions x WHERE x.clip_id = clips.id AND x.revision = clips.revision
            AND x.kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id))))) WHERE id = NEW.clip_id; END;
CREATE TRIGGER desk_after_discarding AFTER INSERT ON trash BEGIN UPDATE clips SET on_desk = (NOT EXISTS (SELECT 1 FROM trash t WHERE t.clip_id = clips.id)
    AND NOT (settled = revision AND failure IS NULL AND cancelled_at IS NULL AND EXISTS (
        SELECT 1 FROM decisions d WHERE (d.kind = 'reject' OR EXISTS (SELECT 1 FROM exports e WHERE e.decision_id = d.id))
        AND d.rowid = (SELECT max(x.rowid) FROM decisions x WHERE x.clip_id = clips.id AND x.revision = clips.revision
            AND x.kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id))))) WHERE id = NEW.clip_id; END;
CREATE TRIGGER desk_after_restoring AFTER DELETE ON trash BEGIN UPDATE clips SET on_desk = (NOT EXISTS (SELECT 1 FROM trash t WHERE t.clip_id = clips.id)
    AND NOT (settled = revision AND failure IS NULL AND cancelled_at IS NULL AND EXISTS (
        SELECT 1 FROM decisions d WHERE (d.kind = 'reject' OR EXISTS (SELECT 1 FROM exports e WHERE e.decision_id = d.id))
        AND d.rowid = (SELECT max(x.rowid) FROM decisions x WHERE x.clip_id = clips.id AND x.revision = clips.revision
            AND x.kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id))))) WHERE id = OLD.clip_id; END;
CREATE TRIGGER desk_after_production AFTER UPDATE OF revision, settled, failure, cancelled_at ON clips BEGIN UPDATE clips SET on_desk = (NOT EXISTS (SELECT 1 FROM trash t WHERE t.clip_id = clips.id)
    AND NOT (settled = revision AND failure IS NULL AND cancelled_at IS NULL AND EXISTS (
        SELECT 1 FROM decisions d WHERE (d.kind = 'reject' OR EXISTS (SELECT 1 FROM exports e WHERE e.decision_id = d.id))
        AND d.rowid = (SELECT max(x.rowid) FROM decisions x WHERE x.clip_id = clips.id AND x.revision = clips.revision
            AND x.kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id))))) WHERE id = NEW.id; END;
CREATE INDEX consents_by_presenter ON consents (presenter);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('ledger',0);
INSERT INTO "sqlite_sequence" VALUES('webhook_deliveries',0);
INSERT INTO "sqlite_sequence" VALUES('webhook_messages',2);
COMMIT;
