-- A warehouse as schema version 1 had it (2026-11-25): two documents with their claims, written with `bilateral run`.
create schema landing;
create schema claims;
create schema ref;
CREATE TABLE claims.agreement_claims(claim_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, parties VARCHAR[] NOT NULL, kind VARCHAR NOT NULL, status VARCHAR NOT NULL, signed_on DATE, signed_on_precision VARCHAR, instrument_count BIGINT, instrument_count_bound VARCHAR, amount DOUBLE, currency VARCHAR, amount_bound VARCHAR, subject VARCHAR, sectors VARCHAR[], evidence VARCHAR NOT NULL, evidence_start BIGINT NOT NULL, evidence_end BIGINT NOT NULL, "rule" VARCHAR NOT NULL, extractor_version VARCHAR NOT NULL, batch_id BIGINT NOT NULL);
CREATE TABLE claims.flow_claims(claim_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, flow_type VARCHAR NOT NULL, provider VARCHAR, recipient VARCHAR, pair VARCHAR[] NOT NULL, amount DOUBLE NOT NULL, currency VARCHAR, amount_bound VARCHAR, period_start DATE, period_end DATE, evidence VARCHAR NOT NULL, evidence_start BIGINT NOT NULL, evidence_end BIGINT NOT NULL, "rule" VARCHAR NOT NULL, extractor_version VARCHAR NOT NULL, batch_id BIGINT NOT NULL);
CREATE TABLE claims.meeting_claims(claim_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, countries VARCHAR[] NOT NULL, participants STRUCT("name" VARCHAR, country VARCHAR, "role" VARCHAR)[], medium VARCHAR NOT NULL, status VARCHAR NOT NULL, started_on DATE, ended_on DATE, date_precision VARCHAR, city VARCHAR, host_country VARCHAR, forum VARCHAR, evidence VARCHAR NOT NULL, evidence_start BIGINT NOT NULL, evidence_end BIGINT NOT NULL, "rule" VARCHAR NOT NULL, extractor_version VARCHAR NOT NULL, batch_id BIGINT NOT NULL);
CREATE TABLE claims.rejected_candidates(document_id VARCHAR NOT NULL, candidate VARCHAR NOT NULL, reason VARCHAR NOT NULL, evidence VARCHAR NOT NULL, evidence_start BIGINT NOT NULL, evidence_end BIGINT NOT NULL, batch_id BIGINT NOT NULL);
CREATE TABLE landing.batches(batch_id BIGINT NOT NULL, started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP NOT NULL, extractor_version VARCHAR NOT NULL, files_new BIGINT, files_changed BIGINT, files_removed BIGINT, files_quarantined BIGINT, documents_extracted BIGINT, documents_dropped BIGINT, claims_written BIGINT, claims_dropped BIGINT);
CREATE TABLE landing.documents(document_id VARCHAR NOT NULL, "language" VARCHAR, published_on DATE, published_on_basis VARCHAR, title VARCHAR, body VARCHAR NOT NULL, "encoding" VARCHAR NOT NULL, extractor_version VARCHAR NOT NULL, extracted_at TIMESTAMP NOT NULL, batch_id BIGINT NOT NULL);
CREATE TABLE landing.files(source_path VARCHAR NOT NULL, document_id VARCHAR, content_sha256 VARCHAR, size_bytes BIGINT NOT NULL, modified_at TIMESTAMP NOT NULL, first_seen_at TIMESTAMP NOT NULL, ingested_at TIMESTAMP, removed_at TIMESTAMP, status VARCHAR NOT NULL, problem VARCHAR, "encoding" VARCHAR, modified_ns BIGINT, changed_ns BIGINT, checked_ns BIGINT, refused_by VARCHAR, batch_id BIGINT NOT NULL);
CREATE TABLE landing.meta(schema_version BIGINT NOT NULL, created_at TIMESTAMP NOT NULL);
CREATE TABLE landing.touched_documents(batch_id BIGINT NOT NULL, document_id VARCHAR NOT NULL);
CREATE TABLE landing.touched_pairs(batch_id BIGINT NOT NULL, pair VARCHAR[] NOT NULL);
insert into claims.agreement_claims values ('a-10235c6c6709e282', 'd-02ba4aa8ae7b8343d4cd', ['JPN', 'KAZ'], 'agreement', 'planned', null, null, 1, 'exact', null, null, null, 'Japonya ile nadir elementler', ['mining', 'environment'], 'Nurtleu, Japonya ile nadir elementler alanında uzun vadeli anlaşma imzalanması konusunu da değerlendirdiklerini belirterek, "Kazakistan, yeşil dönüşüm için gerekli olan nadir elementlerin zengin rezervlerine sahiptir.', 1528, 1745, 'agreement:sign_planned:stated', '101f650453c4', 2);
insert into claims.agreement_claims values ('a-126f771ca66bf62f', 'd-bf70f0347e42361ddf89', ['JPN', 'KAZ'], 'package', 'signed', null, null, 40, 'at_least', 3000000000.0, 'EUR', 'at_least', 'وقعت البلدان على أكثر من 40 وثيقة', ['energy', 'digital', 'mining', 'transport'], 'وفي المجمل، وقعت البلدان على أكثر من 40 وثيقة تبلغ قيمتها أكثر من 3 مليارات يورو في مجالات الطاقة والرقمنة والتعدين والنقل.', 211, 334, 'agreement:sign:document', '101f650453c4', 2);
insert into claims.agreement_claims values ('a-3a764ef4005b1a7f', 'd-bf70f0347e42361ddf89', ['JPN', 'KAZ'], 'package', 'signed', null, null, 2, 'at_least', null, null, null, null, ['science', 'health', 'nuclear'], 'تشمل الاتفاقيات البارزة التكنولوجيا الحيوية لمجموعة راكوتين لعلاج السرطان ومشروع مشترك بين شركة سوميتومو والشركة النووية الوطنية كازاتومبروم لإنتاج النظائر المشعة الطبية من المنتجات الثانوية لتصنيع اليورانيوم.', 336, 545, 'agreement:sign:stated', '101f650453c4', 2);
insert into claims.agreement_claims values ('a-43fd09ae2792a57f', 'd-bf70f0347e42361ddf89', ['JPN', 'KAZ'], 'package', 'signed', null, null, 14, 'exact', null, null, null, 'وقعت الوفود 14 اتفاقا', [], 'وفي أعقاب المفاوضات الحالية، وقعت الوفود 14 اتفاقا حكوميا دوليا.', 1618, 1682, 'agreement:sign:document', '101f650453c4', 2);
insert into claims.agreement_claims values ('a-754e4aeef9490437', 'd-bf70f0347e42361ddf89', ['JPN', 'KAZ'], 'contract', 'signed', null, null, 1, 'exact', null, null, null, 'تشمل الاتفاقيات البارزة التكنولوجيا الحيوية لمجموعة راكوتين لعلاج السرطان ومشروع مشترك بين', ['science', 'health', 'nuclear'], 'تشمل الاتفاقيات البارزة التكنولوجيا الحيوية لمجموعة راكوتين لعلاج السرطان ومشروع مشترك بين شركة سوميتومو والشركة النووية الوطنية كازاتومبروم لإنتاج النظائر المشعة الطبية من المنتجات الثانوية لتصنيع اليورانيوم.', 336, 545, 'agreement:sign:stated', '101f650453c4', 2);
insert into claims.agreement_claims values ('a-82e1497be8968d88', 'd-02ba4aa8ae7b8343d4cd', ['JPN', 'KAZ'], 'agreement', 'signed', null, null, 1, 'exact', 7400000.0, 'USD', 'exact', 'Nükleer Deneme Sahası mağdurlarına yardım amacıyla 7,4 milyon dolarlık karşılıksız hibe sağlanmasına', ['nuclear'], 'Japon ve Kazak hükümetleri arasında Kazakistan''daki eski Semipalatinsk (Semey) Nükleer Deneme Sahası mağdurlarına yardım amacıyla 7,4 milyon dolarlık karşılıksız hibe sağlanmasına ilişkin anlaşma imzalandığı duyuruldu.', 17, 235, 'agreement:sign:stated', '101f650453c4', 2);
insert into claims.flow_claims values ('f-15429c5d3f732612', 'd-02ba4aa8ae7b8343d4cd', 'grant', 'JPN', 'KAZ', ['JPN', 'KAZ'], 7400000.0, 'USD', 'exact', null, null, 'Kazakistan Başbakan Yardımcısı ve Dışişleri Bakanı Nurtleu, burada yaptığı açıklamada, Japonya ile nükleer denemelerin mağdurlarına yardım amacıyla Kazakistan''a 7,4 milyon dolarlık karşılıksız hibe sağlanmasına ilişkin hükümetler arası anlaşma imzaladıklarını duyurdu.', 492, 760, 'grant:grant:stated', '101f650453c4', 2);
insert into claims.flow_claims values ('f-865ab4b58f4b4489', 'd-bf70f0347e42361ddf89', 'fdi', 'JPN', 'KAZ', ['JPN', 'KAZ'], 7000000000.0, 'EUR', 'at_least', '2005-01-01', null, 'ومنذ عام 2005، استثمرت اليابان أكثر من 7 مليارات يورو في كازاخستان.', 929, 996, 'fdi:invest:stated', '101f650453c4', 2);
insert into claims.flow_claims values ('f-a0cd13f662dd0bf8', 'd-bf70f0347e42361ddf89', 'trade_turnover', null, null, ['JPN', 'KAZ'], 1500000000.0, 'EUR', 'exact', null, null, 'وبلغ حجم التبادل التجاري بين البلدين 1.5 مليار يورو العام الماضي و1.1 مليار يورو في الفترة من يناير إلى سبتمبر.', 998, 1109, 'trade_turnover:trade:document', '101f650453c4', 2);
insert into claims.flow_claims values ('f-b9142285e5c1634b', 'd-bf70f0347e42361ddf89', 'fdi', 'JPN', 'KAZ', ['JPN', 'KAZ'], 102000000.0, 'EUR', 'exact', '2025-01-01', '2025-06-30', 'وتعد اليابان واحدة من أبرز المستثمرين في كازاخستان، حيث من المتوقع أن يصل الاستثمار الأجنبي المباشر إلى حوالي 400 مليون يورو في عام 2024 و102 مليون يورو في النصف الأول من عام 2025.', 748, 928, 'fdi:invest:stated', '101f650453c4', 2);
insert into claims.flow_claims values ('f-c1c8f7387d80bf50', 'd-bf70f0347e42361ddf89', 'fdi', 'JPN', 'KAZ', ['JPN', 'KAZ'], 400000000.0, 'EUR', 'about', '2024-01-01', '2024-12-31', 'وتعد اليابان واحدة من أبرز المستثمرين في كازاخستان، حيث من المتوقع أن يصل الاستثمار الأجنبي المباشر إلى حوالي 400 مليون يورو في عام 2024 و102 مليون يورو في النصف الأول من عام 2025.', 748, 928, 'fdi:invest:stated', '101f650453c4', 2);
insert into claims.flow_claims values ('f-c1c9baa4672a2dd3', 'd-bf70f0347e42361ddf89', 'trade_turnover', null, null, ['JPN', 'KAZ'], 1100000000.0, 'EUR', 'exact', null, null, 'وبلغ حجم التبادل التجاري بين البلدين 1.5 مليار يورو العام الماضي و1.1 مليار يورو في الفترة من يناير إلى سبتمبر.', 998, 1109, 'trade_turnover:trade:document', '101f650453c4', 2);
insert into claims.flow_claims values ('f-cd56ffdd11e93560', 'd-02ba4aa8ae7b8343d4cd', 'fdi', 'JPN', 'KAZ', ['JPN', 'KAZ'], 9000000000.0, 'USD', 'at_least', null, null, 'Japonya''nın ülkesinin en büyük 10 yatırımcısı arasında yer aldığını kaydeden Nurtleu, bugüne kadar Japonya''dan Kazakistan''a 9 milyar dolardan fazla doğrudan yatırım geldiğini bildirdi.', 1342, 1526, 'fdi:invest:stated', '101f650453c4', 2);
insert into claims.meeting_claims values ('m-56ce32e62571fd7a', 'd-bf70f0347e42361ddf89', ['JPN', 'KAZ'], [{'name': 'Sanae Takaichi', 'country': 'JPN', 'role': 'head_of_government'}, {'name': 'Kassym-Jomart Tokayev', 'country': 'KAZ', 'role': 'head_of_state'}], 'in_person', 'held', null, null, null, null, 'JPN', null, 'ناقش الرئيس مع رئيسة الوزراء ساناي تاكايشي اجتماع مجموعة 5 + 1 القادم.', 1322, 1392, 'meeting:meet:people', '101f650453c4', 2);
insert into claims.meeting_claims values ('m-630ac04c526e3aa0', 'd-02ba4aa8ae7b8343d4cd', ['JPN', 'KAZ'], [{'name': 'Kassym-Jomart Tokayev', 'country': 'KAZ', 'role': 'head_of_state'}], 'in_person', 'planned', null, '2025-12-31', 'day', null, 'JPN', null, 'Ayrıca Kazakistan Cumhurbaşkanı Kasım Cömert Tokayev''in bu yıl sonuna kadar Japonya''ya resmi ziyaret gerçekleştirmesi hazırlıklarını ele aldıklarını aktaran Nurtleu, gelecek sene Kazakistan ile Japonya arasında doğrudan uçuşların başlatılmasının planlandığını sözlerine ekledi.', 1867, 2144, 'meeting:visit_planned:visit', '101f650453c4', 2);
insert into claims.meeting_claims values ('m-8ef5918c5fb4af96', 'd-bf70f0347e42361ddf89', ['JPN', 'KAZ'], [{'name': 'Kassym-Jomart Tokayev', 'country': 'KAZ', 'role': 'head_of_state'}], 'in_person', 'held', null, null, null, 'Tokyo', 'JPN', null, 'كما التقى توكاييف بأعضاء رابطة الصداقة البرلمانية اليابانية الكازاخستانية وأكد على أهميتها كآلية لتعزيز التعاون الثنائي.', 2222, 2342, 'meeting:meet:office', '101f650453c4', 2);
insert into claims.meeting_claims values ('m-9b17257dfe45fd03', 'd-bf70f0347e42361ddf89', ['JPN', 'KAZ'], [{'name': 'Kassym-Jomart Tokayev', 'country': 'KAZ', 'role': 'head_of_state'}], 'in_person', 'planned', null, null, null, 'Tokyo', 'JPN', null, 'قبل اجتماع مجموعة 5+1 لدول آسيا الوسطى واليابان في نهاية هذا الأسبوع، وصل الرئيس الكازاخستاني قاسم جومارت توكاييف إلى طوكيو للقاء ممثلي الشركات اليابانية.', 55, 209, 'meeting:meet_planned:office', '101f650453c4', 2);
insert into claims.meeting_claims values ('m-a05f9edeb60c89e5', 'd-bf70f0347e42361ddf89', ['JPN', 'KAZ'], [{'name': 'Kassym-Jomart Tokayev', 'country': 'KAZ', 'role': 'head_of_state'}, {'name': 'Naruhito', 'country': 'JPN', 'role': 'monarch'}], 'in_person', 'held', null, null, null, 'Tokyo', 'JPN', null, 'وبدأت زيارة توكاييف يوم الخميس بمأدبة غداء رسمية مع الإمبراطور ناروهيتو، ناقش خلالها الاثنان فرص التعاون في الطب وإدارة المياه.', 1193, 1320, 'meeting:meet:people', '101f650453c4', 2);
insert into claims.meeting_claims values ('m-b4cd6330bf4e99ac', 'd-02ba4aa8ae7b8343d4cd', ['JPN', 'KAZ'], [{'name': 'Takeshi Iwaya', 'country': 'JPN', 'role': 'foreign_minister'}, {'name': 'Murat Nurtleu', 'country': 'KAZ', 'role': 'foreign_minister'}], 'in_person', 'held', null, null, null, 'Astana', 'KAZ', null, 'Kazakistan''a resmi ziyaret gerçekleştiren Japonya Dışişleri Bakanı İvaya Takeşi, başkent Astana''da Kazak mevkidaşı Murat Nurtleu ile bir araya geldi.', 237, 386, 'meeting:meet:people', '101f650453c4', 2);
insert into claims.meeting_claims values ('m-bc0cae97537a1671', 'd-02ba4aa8ae7b8343d4cd', ['JPN', 'KAZ'], [{'name': 'Kassym-Jomart Tokayev', 'country': 'KAZ', 'role': 'head_of_state'}, {'name': 'Takeshi Iwaya', 'country': 'JPN', 'role': 'foreign_minister'}], 'in_person', 'held', null, null, null, 'Astana', 'KAZ', null, 'Japon Bakan İvaya, Cumhurbaşkanı Tokayev ile görüştü', 2146, 2198, 'meeting:meet:people', '101f650453c4', 2);
insert into claims.rejected_candidates values ('d-02ba4aa8ae7b8343d4cd', 'meeting', 'a visit without visitor or destination', 'Japonya''nın ülkesinin en büyük 10 yatırımcısı arasında yer aldığını kaydeden Nurtleu, bugüne kadar Japonya''dan Kazakistan''a 9 milyar dolardan fazla doğrudan yatırım geldiğini bildirdi.', 1342, 1526, 2);
insert into claims.rejected_candidates values ('d-02ba4aa8ae7b8343d4cd', 'meeting', 'a visit without visitor or destination', 'Ziyaretimin ikili ilişkilerin daha da gelişmesine zemin hazırlayacağına inanıyorum." değerlendirmesinde bulundu.', 2685, 2797, 2);
insert into claims.rejected_candidates values ('d-02ba4aa8ae7b8343d4cd', 'meeting', 'no encounter between two sides', 'Kazak Bakan, bunun yanı sıra görüşmede enerji, nükleer yakıt ve nükleer tıp başta olmak üzere çeşitli alanlarda işbirliği imkanlarını ele aldıklarını belirterek, "Acil durumları önleme alanında da işbirliğinin güçlendirilmesi konusunu değerlendirdik." bilgisini verdi.', 1072, 1340, 2);
insert into claims.rejected_candidates values ('d-bf70f0347e42361ddf89', 'agreement', 'no word of signing', 'كازاخستان واليابان توقعان اتفاقا بقيمة 3 مليارات يورو', 0, 53, 2);
insert into claims.rejected_candidates values ('d-bf70f0347e42361ddf89', 'agreement', 'no word of signing', 'كما عقد الرئيس اجتماعات مع كوماتسو، وميتسوبيشي للصناعات الثقيلة، وهيتاشي للطاقة، وهيتاشي لآلات البناء، وتوشيبا، وجوجماك، وميتسوي، وكانساي للطاقة الكهربائية، وريكين كوجيو، وبنك MUFG، وماروبيني وآخرين.', 547, 746, 2);
insert into claims.rejected_candidates values ('d-bf70f0347e42361ddf89', 'meeting', 'no representatives named', 'وفي أعقاب المفاوضات الحالية، وقعت الوفود 14 اتفاقا حكوميا دوليا.', 1618, 1682, 2);
insert into claims.rejected_candidates values ('d-bf70f0347e42361ddf89', 'meeting', 'no second side', 'وقال تاكايتشي إن الاجتماع الأول بهذا الشكل بدأته اليابان في عام 2004.', 1393, 1462, 2);
insert into claims.rejected_candidates values ('d-bf70f0347e42361ddf89', 'meeting', 'talks mentioned, not held by the people named', 'كما عقد الرئيس اجتماعات مع كوماتسو، وميتسوبيشي للصناعات الثقيلة، وهيتاشي للطاقة، وهيتاشي لآلات البناء، وتوشيبا، وجوجماك، وميتسوي، وكانساي للطاقة الكهربائية، وريكين كوجيو، وبنك MUFG، وماروبيني وآخرين.', 547, 746, 2);
insert into landing.batches values (1, '2026-11-25 20:57:04.053342', '2026-11-25 20:57:06.286673', '9367c793b1f8', 5, 0, 0, 0, 5, 0, 31, 0);
insert into landing.batches values (2, '2026-11-25 21:06:50.949356', '2026-11-25 21:06:55.053605', '101f650453c4', 0, 0, 0, 0, 5, 0, 31, 31);
insert into landing.documents values ('d-02ba4aa8ae7b8343d4cd', 'tr', '2025-08-25', 'header', 'Japon ve Kazak hükümetleri arasında Kazakistan''daki eski Semipalatinsk (Semey) Nükleer Deneme Sahası mağdurlarına yardım amacıyla 7,4 milyon dolarlık karşılıksız hibe sağlanmasına ilişkin anlaşma imzalandığı duyuruldu.', ' date 2025-08-25 Japon ve Kazak hükümetleri arasında Kazakistan''daki eski Semipalatinsk (Semey) Nükleer Deneme Sahası mağdurlarına yardım amacıyla 7,4 milyon dolarlık karşılıksız hibe sağlanmasına ilişkin anlaşma imzalandığı duyuruldu.

Kazakistan''a resmi ziyaret gerçekleştiren Japonya Dışişleri Bakanı İvaya Takeşi, başkent Astana''da Kazak mevkidaşı Murat Nurtleu ile bir araya geldi.

Bakanlıktaki baş başa ve heyetler arası görüşmeler sonrası iki bakan ortak basın toplantısı düzenledi.

Kazakistan Başbakan Yardımcısı ve Dışişleri Bakanı Nurtleu, burada yaptığı açıklamada, Japonya ile nükleer denemelerin mağdurlarına yardım amacıyla Kazakistan''a 7,4 milyon dolarlık karşılıksız hibe sağlanmasına ilişkin hükümetler arası anlaşma imzaladıklarını duyurdu.

Nurtleu, bu vesileyle Kazakistan ve Japonya''nın uluslararası topluma nükleer silahlardan vazgeçmeye yönelik ortak çağrısını bir kez daha teyit ettiklerini vurgulayarak, "Bu yıl Hiroşima ve Nagazaki faciasının 80. yılı, gelecek yıl ise Semipalatinsk Nükleer Deneme Sahasının kapatılmasının 35. yılıdır." dedi.

Kazak Bakan, bunun yanı sıra görüşmede enerji, nükleer yakıt ve nükleer tıp başta olmak üzere çeşitli alanlarda işbirliği imkanlarını ele aldıklarını belirterek, "Acil durumları önleme alanında da işbirliğinin güçlendirilmesi konusunu değerlendirdik." bilgisini verdi.

Japonya''nın ülkesinin en büyük 10 yatırımcısı arasında yer aldığını kaydeden Nurtleu, bugüne kadar Japonya''dan Kazakistan''a 9 milyar dolardan fazla doğrudan yatırım geldiğini bildirdi.

Nurtleu, Japonya ile nadir elementler alanında uzun vadeli anlaşma imzalanması konusunu da değerlendirdiklerini belirterek, "Kazakistan, yeşil dönüşüm için gerekli olan nadir elementlerin zengin rezervlerine sahiptir. Japonya''nın ''yeşil'' teknolojilerde kullandığı 32 çeşit ham maddenin 22''si ülkemizde çıkarılıyor." ifadelerini kullandı.

Ayrıca Kazakistan Cumhurbaşkanı Kasım Cömert Tokayev''in bu yıl sonuna kadar Japonya''ya resmi ziyaret gerçekleştirmesi hazırlıklarını ele aldıklarını aktaran Nurtleu, gelecek sene Kazakistan ile Japonya arasında doğrudan uçuşların başlatılmasının planlandığını sözlerine ekledi.

Japon Bakan İvaya, Cumhurbaşkanı Tokayev ile görüştü

Kazakistan Cumhurbaşkanlığından yapılan açıklamaya göre, Cumhurbaşkanı Kasım Cömert Tokayev Japonya Dışişleri Bakanı İvaya''yı kabul etti.

Tokayev, Japonya''yı Asya''daki güvenilir ve yakın ortak olarak nitelendirdiklerini kaydederek, "Tokyo ile kapsamlı işbirliğinin derinleştirilmesine büyük önem veriyoruz." dedi.

Japonya Dışişleri Bakanı İvaya da sıcak karşılamadan dolayı teşekkür ederek, "Kazakistan ve Japonya, uluslararası düzeni güçlendirmekle ilgilenen stratejik ortaklardır. Ziyaretimin ikili ilişkilerin daha da gelişmesine zemin hazırlayacağına inanıyorum." değerlendirmesinde bulundu.', 'utf-8', '101f650453c4', '2026-11-25 21:06:54.942850', 2);
insert into landing.documents values ('d-bf70f0347e42361ddf89', 'ar', null, null, 'كازاخستان واليابان توقعان اتفاقا بقيمة 3 مليارات يورو', 'كازاخستان واليابان توقعان اتفاقا بقيمة 3 مليارات يورو

قبل اجتماع مجموعة 5+1 لدول آسيا الوسطى واليابان في نهاية هذا الأسبوع، وصل الرئيس الكازاخستاني قاسم جومارت توكاييف إلى طوكيو للقاء ممثلي الشركات اليابانية.

وفي المجمل، وقعت البلدان على أكثر من 40 وثيقة تبلغ قيمتها أكثر من 3 مليارات يورو في مجالات الطاقة والرقمنة والتعدين والنقل.

تشمل الاتفاقيات البارزة التكنولوجيا الحيوية لمجموعة راكوتين لعلاج السرطان ومشروع مشترك بين شركة سوميتومو والشركة النووية الوطنية كازاتومبروم لإنتاج النظائر المشعة الطبية من المنتجات الثانوية لتصنيع اليورانيوم.

كما عقد الرئيس اجتماعات مع كوماتسو، وميتسوبيشي للصناعات الثقيلة، وهيتاشي للطاقة، وهيتاشي لآلات البناء، وتوشيبا، وجوجماك، وميتسوي، وكانساي للطاقة الكهربائية، وريكين كوجيو، وبنك MUFG، وماروبيني وآخرين.

وتعد اليابان واحدة من أبرز المستثمرين في كازاخستان، حيث من المتوقع أن يصل الاستثمار الأجنبي المباشر إلى حوالي 400 مليون يورو في عام 2024 و102 مليون يورو في النصف الأول من عام 2025. ومنذ عام 2005، استثمرت اليابان أكثر من 7 مليارات يورو في كازاخستان.

وبلغ حجم التبادل التجاري بين البلدين 1.5 مليار يورو العام الماضي و1.1 مليار يورو في الفترة من يناير إلى سبتمبر. وفي المقابل تمثل كازاخستان 70% من تجارة اليابان مع آسيا الوسطى.

أكثر من مجرد عمل

وبدأت زيارة توكاييف يوم الخميس بمأدبة غداء رسمية مع الإمبراطور ناروهيتو، ناقش خلالها الاثنان فرص التعاون في الطب وإدارة المياه.

ناقش الرئيس مع رئيسة الوزراء ساناي تاكايشي اجتماع مجموعة 5 + 1 القادم. وقال تاكايتشي إن الاجتماع الأول بهذا الشكل بدأته اليابان في عام 2004.

وقال تاكايشي: “لقد مر واحد وعشرون عاماً منذ الاجتماع الأول لوزراء الخارجية في صيغة “آسيا الوسطى بالإضافة إلى اليابان” برئاسة السيد قاسم جومارت توكاييف”.

وفي أعقاب المفاوضات الحالية، وقعت الوفود 14 اتفاقا حكوميا دوليا.

وألقى الرئيس الكازاخستاني محاضرة في جامعة الأمم المتحدة في طوكيو، حيث دعا مرة أخرى إلى إصلاح الأمم المتحدة.

كما تناول مسألة التهديد النووي المتزايد، مذكراً بأن قلة من البلدان تدرك بعمق مثل كازاخستان واليابان الثمن الذي دفعته البشرية مقابل الأسلحة النووية.

وشدد على أن “هيروشيما وناجازاكي وسيميبالاتينسك (مواقع التجارب النووية السوفيتية) هي تذكير بالتكلفة المرتفعة للمسؤولية النووية وضبط النفس”.

“بعد حصولها على الاستقلال، اتخذت كازاخستان قرارا تاريخيا ومبدئيا بإغلاق موقع التجارب النووية والتخلي عن رابع أكبر ترسانة نووية في العالم”.

كما التقى توكاييف بأعضاء رابطة الصداقة البرلمانية اليابانية الكازاخستانية وأكد على أهميتها كآلية لتعزيز التعاون الثنائي.

قدمت محافظة طوكيو، يوريكو كويكي، مفهوم المدينة الذكية ومركز حالات الطوارئ في المدينة إلى الرئيس.

زار توكاييف أكبر ضريح شنتو في طوكيو، ميجي جينغو، والتقى بالمواطنين الكازاخستانيين العاملين في اليابان، بما في ذلك مقاتل السومو يرسين بالتاغول.

رابط المصدر', 'utf-8', '101f650453c4', '2026-11-25 21:06:54.943295', 2);
insert into landing.files values ('000_f50a0cd22758dade.txt', 'd-02ba4aa8ae7b8343d4cd', '02ba4aa8ae7b8343d4cd3fbae96db8d387073587634ec20866f0de6b0e8d2dae', 3056, '2026-11-25 20:55:08.884647', '2026-11-25 20:57:04.053342', '2026-11-25 20:57:04.053342', null, 'ingested', null, 'utf-8', 1795640108884647220, 1795640108884647220, 1795640224053369477, null, 1);
insert into landing.files values ('001_e534b1e8911f95b7.txt', 'd-bf70f0347e42361ddf89', 'bf70f0347e42361ddf892a445f19b03b3a41d4d532f35cd60ca0cb03840f1d79', 4712, '2026-11-25 20:55:08.886999', '2026-11-25 20:57:04.053342', '2026-11-25 20:57:04.053342', null, 'ingested', null, 'utf-8', 1795640108886999185, 1795640108886999185, 1795640224055252257, null, 1);
insert into landing.meta values (1, '2026-11-25 20:57:03.208475');
insert into landing.touched_documents values (1, 'd-02ba4aa8ae7b8343d4cd');
insert into landing.touched_documents values (1, 'd-bf70f0347e42361ddf89');
insert into landing.touched_documents values (2, 'd-02ba4aa8ae7b8343d4cd');
insert into landing.touched_documents values (2, 'd-bf70f0347e42361ddf89');
insert into landing.touched_pairs values (1, ['IRN', 'KAZ']);
insert into landing.touched_pairs values (1, ['JPN', 'KAZ']);
insert into landing.touched_pairs values (1, ['KAZ', 'RUS']);
insert into landing.touched_pairs values (2, ['IRN', 'KAZ']);
insert into landing.touched_pairs values (2, ['JPN', 'KAZ']);
insert into landing.touched_pairs values (2, ['KAZ', 'RUS']);
